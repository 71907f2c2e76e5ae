"""Colours of CSS and their contrast (WCAG 2.2, "contrast ratio" and "relative luminance")."""

from __future__ import annotations

import re
from functools import lru_cache

Colour = tuple[int, int, int]

#: The names that are met in written-by-hand style attributes.
_NAMES = {
    "aqua": "00ffff", "beige": "f5f5dc", "black": "000000", "blue": "0000ff", "brown": "a52a2a",
    "cyan": "00ffff", "darkblue": "00008b", "darkgray": "a9a9a9", "darkgreen": "006400",
    "darkgrey": "a9a9a9", "darkred": "8b0000", "dimgray": "696969", "dimgrey": "696969",
    "fuchsia": "ff00ff", "gainsboro": "dcdcdc", "gold": "ffd700", "gray": "808080",
    "green": "008000", "grey": "808080", "ivory": "fffff0", "khaki": "f0e68c",
    "lavender": "e6e6fa", "lightblue": "add8e6", "lightgray": "d3d3d3", "lightgreen": "90ee90",
    "lightgrey": "d3d3d3", "lightyellow": "ffffe0", "lime": "00ff00", "magenta": "ff00ff",
    "maroon": "800000", "navy": "000080", "olive": "808000", "orange": "ffa500",
    "pink": "ffc0cb", "purple": "800080", "red": "ff0000", "silver": "c0c0c0",
    "skyblue": "87ceeb", "teal": "008080", "tomato": "ff6347", "white": "ffffff",
    "whitesmoke": "f5f5f5", "yellow": "ffff00",
}  # fmt: skip
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})")
_RGB = re.compile(r"rgb\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*\)")


@lru_cache(maxsize=256)
def colour(value: str) -> Colour | None:
    """An opaque colour as red, green and blue (0 to 255); None for anything not understood."""
    digits = _NAMES.get(value, "")
    if match := _HEX.fullmatch(value):
        digits = match[1] if len(match[1]) == 6 else "".join(2 * digit for digit in match[1])
    if digits:
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if match := _RGB.fullmatch(value):
        return min(int(match[1]), 255), min(int(match[2]), 255), min(int(match[3]), 255)
    return None


@lru_cache(maxsize=256)
def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
