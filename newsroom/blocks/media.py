from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ListBlock,
    RichTextBlock,
    StructBlock,
    StructBlockValidationError,
    URLBlock,
)
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText

from newsroom.api import representations


class FigureBlock(StructBlock):
    image = ImageBlock(label=_("Image"))
    # Wagtail calls the chooser in it by its name, in English only.
    image.child_blocks["image"].label = _("Image")
    caption = CharBlock(max_length=500, required=False, label=_("Caption"))
    credit = CharBlock(max_length=255, required=False, label=_("Credit"))

    class Meta:
        icon = "image"
        label = _("Image")
        group = _("Pictures and files")
        template = "newsroom/blocks/image.html"
        description = _("A picture with its alternative, caption and credit")

    def get_preview_value(self):
        image = get_image_model().objects.order_by("pk").first()
        if image is not None:
            image.contextual_alt_text = image.default_alt_text
            image.decorative = False
        return self.normalize(
            {"image": image, "caption": "คำบรรยายใต้ภาพ", "credit": "ฝ่ายสื่อสารองค์กร"}
        )

    def get_api_representation(self, value, context=None):
        image = value["image"]
        return {
            "image": image
            and representations.picture(
                image,
                alternative=image.contextual_alt_text or "",
                decorative=image.decorative,
                request=(context or {}).get("request"),
            ),
            "caption": value["caption"] or "",
            "credit": value["credit"] or "",
        }


class GalleryBlock(StructBlock):
    items = ListBlock(FigureBlock(), min_num=2, label=_("Pictures"))

    class Meta:
        icon = "grip"
        label = _("Gallery")
        group = _("Pictures and files")
        template = "newsroom/blocks/gallery.html"
        description = _("Several pictures as a list, each linked to its full size")

    def get_preview_value(self):
        picture = FigureBlock().get_preview_value()
        return self.normalize({"items": [picture, picture]})


class DocumentBlock(StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = CharBlock(
        max_length=255,
        required=False,
        label=_("Link text"),
        help_text=_("Left empty, the title of the document. Type, size and language are added."),
    )

    class Meta:
        icon = "doc-full-inverse"
        label = _("Document")
        group = _("Pictures and files")
        template = "newsroom/blocks/document.html"
        description = _("A link to a document that says its type, size and language")

    def get_preview_value(self):
        return self.normalize(
            {"document": get_document_model().objects.order_by("pk").first(), "title": ""}
        )

    def get_api_representation(self, value, context=None):
        document = value["document"]
        return document and representations.attachment(
            document, value["title"], (context or {}).get("request")
        )


class VideoBlock(StructBlock):
    title = CharBlock(max_length=255, label=_("Title"))
    file = DocumentChooserBlock(
        required=False, label=_("Video file"), help_text=_("MP4 or WebM, kept on this site.")
    )
    captions = DocumentChooserBlock(
        required=False,
        label=_("Captions"),
        help_text=_("A WebVTT file. A video file with speech needs captions (WCAG 1.2.2)."),
    )
    url = URLBlock(
        required=False,
        label=_("Address elsewhere"),
        help_text=_("A page such as YouTube; nothing is loaded from it before the reader goes."),
    )
    transcript = RichTextBlock(
        features=["bold", "italic", "ol", "ul", "link", "language"],
        label=_("Transcript"),
        help_text=_("All that is said, and what must be seen to understand it (WCAG 1.2.3)."),
    )

    class Meta:
        icon = "media"
        label = _("Video")
        group = _("Pictures and files")
        template = "newsroom/blocks/video.html"
        preview_value = {
            "title": "แนะนำบริการรับเรื่องร้องเรียน",
            "url": "https://video.example.org/1",
            "transcript": RichText("<p>ผู้บรรยาย: ยินดีต้อนรับ</p>"),
        }
        description = _("A video with captions and a transcript")

    def clean(self, value):
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned  # a draft may still be unfinished
        errors = {}
        if not cleaned["file"] and not cleaned["url"]:
            errors["file"] = ValidationError(
                _("Choose a video file, or give the address of the video elsewhere.")
            )
        if cleaned["file"] and not cleaned["captions"]:
            errors["captions"] = ValidationError(
                _("A video file needs captions: add a WebVTT file (WCAG 1.2.2).")
            )
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    def get_api_representation(self, value, context=None):
        request = (context or {}).get("request")
        files = {
            name: value[name] and representations.attachment(value[name], request=request)
            for name in ("file", "captions")
        }
        return super().get_api_representation(value, context) | files
