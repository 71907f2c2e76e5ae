"""The body of an entry: its parts, and the blocks that they become."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import ModelForm
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.images.models import AbstractImage
from wagtail.images.utils import get_allowed_image_extensions
from wagtail.models import Collection
from wagtail.utils.file import hash_filelike

# Types of parts, and the fields of each.
PARTS: Mapping[str, tuple[str, ...]] = {
    "paragraph": ("type", "text"),
    "numbered_item": ("type", "text"),
    "heading": ("type", "text"),
    "quote": ("type", "text"),
    "image": ("type", "src", "alt"),
}
_BLOCKS = {
    "paragraph": "text",
    "numbered_item": "text",
    "heading": "heading",
    "quote": "quotation",
    "image": "image",
}
_NAMESPACE = uuid.UUID("a3a3f2f0-7a05-4c38-93a0-3d2f3f7a1c55")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that has passed the checks of the admin's own form, not yet stored."""

    form: ModelForm
    hash: str

    def save(self) -> tuple[AbstractImage, bool]:
        """Return the stored image and whether it is new: the same file is stored only once."""
        known = get_image_model().objects.filter(file_hash=self.hash).first()
        return (known, False) if known else (self.form.save(), True)


@dataclass(frozen=True, slots=True)
class Part:
    """`text` of an image is its alternative."""

    type: str
    text: str
    picture: Picture | None = None


def read_picture(src: str, alternative: str, folder: Path) -> Picture:
    """Return the picture at `src` below `folder`. Raises ValueError with what is allowed."""
    path = (folder / src).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise ValueError(_("give the path of a picture that lies beside the import file or below."))
    file = SimpleUploadedFile(path.name, path.read_bytes())
    form = get_image_form(get_image_model())(
        {
            "title": path.stem[:255],
            "description": alternative,
            "collection": Collection.get_first_root_node().pk,
        },
        {"file": file},
    )
    try:
        form.full_clean()
        reasons = [message for errors in form.errors.values() for message in errors]
    except (OSError, SyntaxError) as error:
        # Willow lets through what Pillow says of a damaged file.
        reasons = [str(error)]
    if reasons:
        raise ValueError(
            _("give a whole picture (%(formats)s). %(reasons)s")
            % {"formats": ", ".join(get_allowed_image_extensions()), "reasons": " ".join(reasons)}
        )
    return Picture(form, hash_filelike(form.cleaned_data["file"]))


def blocks(
    parts: Sequence[Part], images: Mapping[str, AbstractImage], source_id: str
) -> list[dict[str, Any]]:
    """Return the stream of an article. `images` are the stored ones by the hash of their picture.

    Neighbouring paragraphs and items form one block of text, and items one ordered list. A block
    has the same identifier in each import of an article, since translations are tied to it.
    """
    stream = list(_blocks(parts, images))
    for position, block in enumerate(stream):
        block["id"] = str(uuid.uuid5(_NAMESPACE, f"{source_id}\n{position}\n{block['type']}"))
    return stream


def _blocks(parts: Sequence[Part], images: Mapping[str, AbstractImage]) -> Iterator[dict[str, Any]]:
    for name, run in groupby(parts, key=lambda part: _BLOCKS[part.type]):
        if name == "text":
            yield {"type": name, "value": _html(list(run))}
            continue
        for part in run:
            yield {"type": name, "value": _value(part, images)}


def _value(part: Part, images: Mapping[str, AbstractImage]) -> dict[str, Any]:
    if part.type == "heading":
        return {"level": "h2", "text": part.text}
    if part.type == "quote":
        return {"text": part.text, "source": "", "role": ""}
    assert part.picture is not None  # noqa: S101 (the only type left)
    return {
        "image": {
            "image": images[part.picture.hash].pk,
            "alt_text": part.text,
            "decorative": False,
        },
        "caption": "",
        "credit": "",
    }


def _html(parts: Sequence[Part]) -> str:
    html = []
    for kind, run in groupby(parts, key=lambda part: part.type):
        texts = [escape(part.text).replace("\r\n", "\n").replace("\n", "<br/>") for part in run]
        if kind == "numbered_item":
            html.append("<ol>" + "".join(f"<li>{text}</li>" for text in texts) + "</ol>")
        else:
            html += [f"<p>{text}</p>" for text in texts]
    return "".join(html)
