import datetime

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, DateBlock, ListBlock, StructBlock
from wagtail.blocks import TextBlock as PlainTextBlock


class TimelineEventBlock(StructBlock):
    date = DateBlock(label=_("Date"))
    title = CharBlock(max_length=255, label=_("Event"))
    text = PlainTextBlock(required=False, label=_("Text"))

    class Meta:
        icon = "date"
        label = _("Event")


class TimelineBlock(StructBlock):
    items = ListBlock(TimelineEventBlock(), min_num=1, label=_("Events"))

    class Meta:
        icon = "history"
        label = _("Timeline")
        group = _("Facts")
        template = "newsroom/blocks/timeline.html"
        preview_value = {
            "items": [
                {"date": datetime.date(2025, 1, 31), "title": "เปิดรับความคิดเห็น", "text": ""},
                {"date": datetime.date(2025, 3, 31), "title": "ประกาศผล", "text": "ทางเว็บไซต์"},
            ]
        }
        description = _("Events in the order of time")
