"""From blocks as the demo writes them to streams as Wagtail stores them.

A block has the same identifier in each language, since a translator's segments are paired by it.
"""

import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import escape, strip_tags

from .reading import Data

_NAMESPACE = uuid.UUID("5a1a0000-0000-4000-8000-000000000001")


def identifier(*place: object) -> str:
    """Return the identifier of what stands at `place`: the same in each run and language."""
    return str(uuid.uuid5(_NAMESPACE, "/".join(map(str, place))))


class Streams:
    """Makes streams that show pictures and link documents: primary keys by file name."""

    def __init__(self, images: Mapping[str, int], documents: Mapping[str, int]) -> None:
        self.images = images
        self.documents = documents

    def stream(self, blocks: Iterable[Data], *place: object) -> str:
        """Return the JSON of a stream. `place` tells it from the other streams of the demo."""
        return json.dumps(
            [
                {
                    "type": block["type"],
                    "value": getattr(self, block["type"])(block, *place, number),
                    "id": identifier(*place, number),
                }
                for number, block in enumerate(blocks)
            ]
        )

    def heading(self, block: Data, *place: object) -> Data:
        return {"level": block["level"], "text": block["text"]}

    def text(self, block: Data, *place: object) -> str:
        return block["html"]

    def image(self, block: Data, *place: object) -> Data:
        return {
            "image": {
                "image": self.images[block["file"]],
                "alt_text": block.get("alt", ""),
                "decorative": block.get("decorative", False),
            },
            "caption": block.get("caption", ""),
            "credit": block.get("credit", ""),
        }

    def gallery(self, block: Data, *place: object) -> Data:
        return {"items": self._list(block["items"], self.image, *place)}

    def quotation(self, block: Data, *place: object) -> Data:
        return {key: block.get(key, "") for key in ("text", "source", "role")}

    def table(self, block: Data, *place: object) -> Data:
        return {
            "row_headers": block["row_headers"],
            "table": {
                "caption": block["caption"],
                "columns": [{"type": "text", "heading": name} for name in block["columns"]],
                "rows": [{"values": row} for row in block["rows"]],
            },
        }

    def document(self, block: Data, *place: object) -> Data:
        return {"document": self.documents[block["file"]], "title": block.get("title", "")}

    def video(self, block: Data, *place: object) -> Data:
        return {
            "title": block["title"],
            "file": self.documents[block["file"]],
            "captions": self.documents[block["captions"]],
            "url": "",
            "transcript": block["transcript"],
        }

    def callout(self, block: Data, *place: object) -> Data:
        return {
            "kind": block["kind"],
            "title": block["title"],
            "text": f"<p>{escape(block['text'])}</p>",
        }

    def contact(self, block: Data, *place: object) -> Data:
        fields = ("name", "telephone", "email", "address", "hours")
        return {key: block.get(key, "") for key in fields}

    def timeline(self, block: Data, *place: object) -> Data:
        return {"items": self._list(block["items"], self._event, *place)}

    def https(self, block: Data, *place: object) -> Data:
        """A technical measure of a policy, with what is claimed of it."""
        return {key: value for key, value in block.items() if key != "type"}

    hsts = csp = cookies = https

    def _event(self, item: Data, *place: object) -> Data:
        return {key: item.get(key, "") for key in ("date", "title", "text")}

    def _list(self, items: Iterable[Data], value: Any, *place: object) -> list[Data]:
        return [
            {
                "type": "item",
                "value": value(item, *place, number),
                "id": identifier(*place, number),
            }
            for number, item in enumerate(items)
        ]


def rich_text(blocks: Iterable[Data]) -> str:
    """Return blocks as one rich text, for a page that has no stream: a table becomes a list."""
    return "".join(_html(block) for block in blocks)


def _html(block: Data) -> str:
    match block["type"]:
        case "heading":
            return f"<{block['level']}>{escape(block['text'])}</{block['level']}>"
        case "text":
            return block["html"]
        case "table":
            rows = "".join(
                f"<li><b>{escape(first)}</b>: "
                + "; ".join(
                    f"{escape(name)}: {escape(cell)}"
                    for name, cell in zip(block["columns"][1:], rest, strict=True)
                )
                + "</li>"
                for first, *rest in block["rows"]
            )
            return f"<p>{escape(block['caption'])}</p><ul>{rows}</ul>"
        case "contact":
            lines = [
                escape(block[key])
                for key in ("name", "address", "hours", "telephone", "email")
                if block.get(key)
            ]
            return f"<p>{'<br/>'.join(lines)}</p>"
    raise ValueError(f"A rich text has no block of type {block['type']!r}.")


def plain_text(html: str) -> str:
    return strip_tags(html).strip()
