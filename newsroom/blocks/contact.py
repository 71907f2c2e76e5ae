from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, EmailBlock, StructBlock, TextBlock

from newsroom.api import representations


class TelephoneBlock(CharBlock):
    """A telephone number: the same in every language, so never a segment to translate."""

    def get_translatable_segments(self, value):
        return []

    def restore_translated_segments(self, value, segments):
        return value


class ContactBlock(StructBlock):
    name = CharBlock(max_length=255, label=_("Person or office"))
    telephone = TelephoneBlock(max_length=60, required=False, label=_("Telephone"))
    email = EmailBlock(required=False, label=_("E-mail"))
    address = TextBlock(required=False, label=_("Address"))
    hours = CharBlock(max_length=255, required=False, label=_("Hours"))

    class Meta:
        icon = "mail"
        label = _("Contact")
        group = _("Facts")
        template = "newsroom/blocks/contact.html"
        preview_value = {
            "name": "กลุ่มรับเรื่องร้องเรียน",
            "telephone": "0 2000 1000",
            "email": "contact@example.org",
            "address": "อาคารศาลา ชั้น 2 กรุงเทพมหานคร",
            "hours": "จันทร์–ศุกร์ 8.30–16.30 น.",
        }
        description = _("Whom to ask, and how")

    def get_api_representation(self, value, context=None):
        return representations.contact(value)
