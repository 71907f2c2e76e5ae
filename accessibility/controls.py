"""Control characters, which come with what people paste and which no page or file needs."""

import re

#: Controls but tabs and line breaks, and what XML cannot hold at all (XML 1.0, 2.2).
_CONTROLS = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def without_controls(text: str) -> str:
    """Return the text without its control characters; tabs and line breaks stay."""
    return _CONTROLS.sub("", text)
