from django.db.models.signals import pre_save
from wagtail.signals import page_published, page_unpublished

from .audits.publication import audit_on_publish
from .gate.publication import (
    end_overrides,
    record_converted_alias,
    refuse_inaccessible_publication,
)
from .policies.publication import keep_published_version


def register_signal_handlers() -> None:
    # Of every model: signals are not sent to the base class that a page type inherits from.
    pre_save.connect(
        refuse_inaccessible_publication, dispatch_uid="refuse_inaccessible_publication"
    )
    pre_save.connect(record_converted_alias, dispatch_uid="record_converted_alias")
    page_unpublished.connect(end_overrides, dispatch_uid="end_overrides")
    page_published.connect(keep_published_version, dispatch_uid="keep_published_version")
    page_published.connect(audit_on_publish, dispatch_uid="audit_on_publish")
