"""The parts an article is made of: one class and one template each, one file by topic."""

from wagtail.blocks import StreamBlock

from .contact import ContactBlock
from .media import DocumentBlock, FigureBlock, GalleryBlock, VideoBlock
from .table import TableBlock
from .text import CalloutBlock, HeadingBlock, QuotationBlock, TextBlock
from .timeline import TimelineBlock

__all__ = ["AttachmentsBlock", "BodyBlock", "ContactsBlock"]


class BodyBlock(StreamBlock):
    heading = HeadingBlock()
    text = TextBlock()
    image = FigureBlock()
    gallery = GalleryBlock()
    quotation = QuotationBlock()
    table = TableBlock()
    document = DocumentBlock()
    video = VideoBlock()
    callout = CalloutBlock()
    contact = ContactBlock()
    timeline = TimelineBlock()


class AttachmentsBlock(StreamBlock):
    document = DocumentBlock()


class ContactsBlock(StreamBlock):
    contact = ContactBlock()
