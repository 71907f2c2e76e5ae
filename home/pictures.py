"""Uploaded pictures are decoded whole and written anew, so that what is kept holds pixels only."""

from io import BytesIO
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

# How each format is written again; what a browser needs stays, the rest (GPS, serial numbers) goes.
WRITE_OPTIONS: dict[str, dict] = {
    "AVIF": {"quality": 85},
    "GIF": {},
    "JPEG": {"quality": 90, "optimize": True, "progressive": True},
    "MPO": {"format": "JPEG", "quality": 90, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 90, "method": 4},
}


def strip_picture(file: IO[bytes], name: str) -> ContentFile:
    """The same picture without metadata, upright and with its colour profile.

    Raises ValidationError where `file` is damaged, cut short, or no picture of an allowed format.
    """
    try:
        file.seek(0)
        picture = Image.open(file)
        options = {"format": picture.format, **WRITE_OPTIONS[picture.format or ""]}
        profile = picture.info.get("icc_profile")
        frames = [frame.copy() for frame in ImageSequence.Iterator(picture)]
        if options["format"] == "JPEG":
            frames = frames[:1]
    except (
        OSError,
        SyntaxError,
        ValueError,
        KeyError,
        EOFError,
        Image.DecompressionBombError,
        UnidentifiedImageError,
    ) as error:
        raise ValidationError(
            _(
                "“%(name)s” cannot be read to its end as a picture (%(error)s). "
                "Save it again as JPEG, PNG, WebP, AVIF or GIF, and choose that file."
            ),
            code="damaged_picture",
            params={"name": name, "error": error},
        ) from error
    if len(frames) == 1:
        # The orientation was in the metadata that is about to go.
        frames = [ImageOps.exif_transpose(frames[0])]
    else:
        options |= {
            "save_all": True,
            "append_images": frames[1:],
            "loop": picture.info.get("loop", 0),
            "duration": [frame.info.get("duration", 100) for frame in frames],
        }
    if profile:
        options["icc_profile"] = profile
    first = frames[0]
    for key in ("exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop"):
        first.info.pop(key, None)
    out = BytesIO()
    first.save(out, **options)
    return ContentFile(out.getvalue(), name=name)
