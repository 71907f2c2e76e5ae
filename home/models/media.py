"""This site's own image and document models, made up front as Wagtail recommends."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _
from rest_framework.serializers import IntegerField
from wagtail.api import APIField
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image, SourceImageIOError

# What a storage raises when it does not answer: files of this machine, and S3 (botocore's two
# families of errors have no base in common).
STORAGE_ERRORS = (OSError, BotoCoreError, ClientError)


@contextmanager
def no_picture_without_storage() -> Iterator[None]:
    """Wagtail's own error of a missing file: pages are then shown without the picture."""
    try:
        yield
    except STORAGE_ERRORS as error:
        raise SourceImageIOError(str(error)) from error


class SiteImage(AbstractImage):
    credit = models.CharField(
        _("credit"),
        max_length=255,
        blank=True,
        help_text=_("Who made the picture, as it should be printed beside it."),
    )

    admin_form_fields = (*Image.admin_form_fields, "credit")
    api_fields = [
        APIField("description", writable=True),
        APIField("credit", writable=True),
        APIField("file_size"),
    ]

    def create_rendition(self, *args: Any) -> Any:
        with no_picture_without_storage():
            return super().create_rendition(*args)

    def create_renditions(self, *args: Any) -> Any:
        with no_picture_without_storage():
            return super().create_renditions(*args)

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]


class SiteRendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


def document_storage():
    """Documents have a storage of their own, which no web server shows: Wagtail guards each."""
    return storages["documents"]


def content_language() -> str:
    return settings.LANGUAGE_CODE


class SiteDocument(AbstractDocument):
    file = models.FileField(_("file"), storage=document_storage, upload_to="%Y")
    language = models.CharField(
        _("language"),
        max_length=15,
        default=content_language,
        help_text=_("The language the document is written in; readers see it beside the link."),
    )

    admin_form_fields = (*Document.admin_form_fields, "language")
    api_fields = [
        APIField("language", writable=True),
        # Older documents do not have it in the database.
        APIField("file_size", serializer=IntegerField(source="get_file_size", read_only=True)),
        APIField("content_type"),
    ]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]
