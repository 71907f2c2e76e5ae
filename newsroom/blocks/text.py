from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, RichTextBlock, StructBlock
from wagtail.blocks import TextBlock as PlainTextBlock
from wagtail.rich_text import RichText


class HeadingBlock(StructBlock):
    level = ChoiceBlock(
        # The page's title is the h1, so a body starts at h2 (WCAG 1.3.1).
        choices=[("h2", _("Heading 2")), ("h3", _("Heading 3")), ("h4", _("Heading 4"))],
        default="h2",
        label=_("Level"),
        help_text=_("Do not skip a level: a heading 3 stands below a heading 2."),
    )
    text = CharBlock(max_length=255, label=_("Heading"))

    class Meta:
        icon = "title"
        label = _("Heading")
        group = _("Text")
        template = "newsroom/blocks/heading.html"
        preview_value = {"level": "h2", "text": "ผู้มีสิทธิลงทะเบียน"}
        description = _("A heading of the second to fourth level")


class TextBlock(RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = _("Text")
        template = "newsroom/blocks/text.html"
        preview_value = RichText(
            "<p>ประชาชนยื่นเอกสารได้ <b>สองทาง</b> ดังนี้</p>"
            "<ol><li>ด้วยตนเองที่สำนักงานทุกแห่ง</li><li>ทางไปรษณีย์</li></ol>"
        )
        description = _("Paragraphs and lists")

    def __init__(self, **kwargs):
        features = ["bold", "italic", "ol", "ul", "link", "document-link", "language"]
        kwargs.setdefault("features", features)
        super().__init__(**kwargs)


class QuotationBlock(StructBlock):
    text = PlainTextBlock(label=_("Quotation"))
    source = CharBlock(max_length=255, label=_("Who said it"))
    role = CharBlock(max_length=255, required=False, label=_("Office or role"))

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        group = _("Text")
        template = "newsroom/blocks/quotation.html"
        preview_value = {
            "text": "ข้อมูลของรัฐเป็นของประชาชนทุกคน",
            "source": "ประธานกรรมการ",
            "role": "แถลงข่าวประจำปี",
        }
        description = _("What somebody said, with its source")


class CalloutBlock(StructBlock):
    kind = ChoiceBlock(
        choices=[
            ("info", _("Information")),
            ("warning", _("Warning")),
            ("success", _("Good news")),
        ],
        default="info",
        label=_("Kind"),
    )
    title = CharBlock(max_length=255, label=_("Title"))
    text = RichTextBlock(
        features=["bold", "italic", "ol", "ul", "link", "language"], label=_("Text")
    )

    class Meta:
        icon = "info-circle"
        label = _("Call-out")
        group = _("Text")
        template = "newsroom/blocks/callout.html"
        preview_value = {
            "kind": "warning",
            "title": "ปิดรับลงทะเบียน 30 กันยายน",
            "text": RichText("<p>เอกสารที่ส่งทางไปรษณีย์ถือวันประทับตราเป็นสำคัญ</p>"),
        }
        description = _("A short note that must not be missed")
