"""Uploaded pictures are decoded whole and written anew, so that what is kept holds pixels only."""

from io import BytesIO
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, ImageSequence

# How each format is written again; what a browser needs stays, the rest (GPS, serial numbers) goes.
WRITE_OPTIONS: dict[str, dict] = {
    "AVIF": {"quality": 85},
    "GIF": {},
    "JPEG": {"quality": 90, "optimize": True, "progressive": True},
    "MPO": {"format": "JPEG", "quality": 90, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 90, "method": 4},
}


def strip_picture(file: IO[bytes], name: str, max_pixels: int | None = None) -> bytes:
    """The same picture without metadata, upright and with its colour profile.

    Raises ValidationError where `file` is damaged, cut short, no picture of an allowed format, or
    larger than `max_pixels` (of all its frames together), which is found out before decoding.
    """
    try:
        file.seek(0)
        picture = Image.open(file)
        options = {"format": picture.format, **WRITE_OPTIONS[picture.format or ""]}
        pixels = picture.width * picture.height * getattr(picture, "n_frames", 1)
        if max_pixels and pixels > max_pixels:
            raise ValidationError(
                _(
                    "“%(name)s” has %(pixels)d pixels; %(max_pixels)d are allowed. "
                    "Make it smaller, and choose it again."
                ),
                code="file_too_many_pixels",
                params={"name": name, "pixels": pixels, "max_pixels": max_pixels},
            )
        frames = [frame.copy() for frame in ImageSequence.Iterator(picture)]
    except (
        OSError,
        SyntaxError,
        ValueError,
        KeyError,
        EOFError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise ValidationError(
            _(
                "“%(name)s” cannot be read to its end as a picture (%(error)s). "
                "Save it again as JPEG, PNG, WebP, AVIF or GIF, and choose that file."
            ),
            code="damaged_picture",
            params={"name": name, "error": error},
        ) from error
    if len(frames) == 1 or options["format"] == "JPEG":
        # The orientation was in the metadata that is about to go.
        frames = [ImageOps.exif_transpose(frames[0])]
    else:
        options |= {
            "save_all": True,
            "append_images": frames[1:],
            "loop": picture.info.get("loop", 0),
            "duration": [frame.info.get("duration", 100) for frame in frames],
        }
    if profile := picture.info.get("icc_profile"):
        options["icc_profile"] = profile
    for key in ("exif", "xmp", "comment"):
        frames[0].info.pop(key, None)
    out = BytesIO()
    frames[0].save(out, **options)
    return out.getvalue()
