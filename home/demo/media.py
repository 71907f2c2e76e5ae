"""Pictures, documents and the video of the demo."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.files.base import ContentFile
from wagtail.models import Collection

from home.models import SiteDocument, SiteImage

from .reading import MEDIA, Data


@dataclass(frozen=True, slots=True)
class Files:
    """Primary keys by file name."""

    images: Mapping[str, int]
    documents: Mapping[str, int]


def store_files(listed: Data) -> Files:
    """Store the files that `media.toml` lists."""
    root = Collection.get_first_root_node()
    images = {}
    for item in listed["image"]:
        image = SiteImage(
            title=item["th"]["title"],
            description=item["th"]["description"],
            collection=root,
            file=_file(item["file"]),
        )
        # What Wagtail's own upload form does before it saves.
        image._set_image_file_metadata()
        image.save()
        images[item["file"]] = image.pk
    return Files(images, {item["file"]: _store(item, root) for item in _documents(listed)})


def _documents(listed: Data) -> list[Data]:
    """Return documents, videos and their captions alike: all are served as documents."""
    documents = [
        {"file": item["file"], "title": item["th"]["title"], "language": item["language"]}
        for item in listed["document"]
    ]
    for video in listed["video"]:
        documents.append({"file": video["file"], "title": video["th"]["title"], "language": "th"})
        documents += [
            {
                "file": video[language]["captions"],
                "title": video[language]["title"],
                "language": language,
            }
            for language in ("th", "en")
        ]
    return documents


def _store(item: Data, collection: Collection) -> int:
    document = SiteDocument(
        title=item["title"],
        language=item["language"],
        collection=collection,
        file=_file(item["file"]),
    )
    document._set_document_file_metadata()
    document.save()
    return document.pk


def _file(name: str) -> ContentFile:
    return ContentFile((MEDIA / name).read_bytes(), name=name)
