from django.db.models.signals import post_save, pre_save
from wagtail.signals import page_published, page_unpublished

from .audits.publication import audit_on_publish
from .gate.conversion import note_conversion, record_conversion
from .gate.publication import end_overrides, refuse_inaccessible_publication
from .policies.publication import keep_published_version


def register_signal_handlers() -> None:
    # Of every model: signals are not sent to the base class that a page type inherits from.
    pre_save.connect(
        refuse_inaccessible_publication, dispatch_uid="refuse_inaccessible_publication"
    )
    pre_save.connect(note_conversion, dispatch_uid="note_conversion")
    post_save.connect(record_conversion, dispatch_uid="record_conversion")
    page_unpublished.connect(end_overrides, dispatch_uid="end_overrides")
    page_published.connect(keep_published_version, dispatch_uid="keep_published_version")
    page_published.connect(audit_on_publish, dispatch_uid="audit_on_publish")
