"""Reads the TOML files below content/."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"
MEDIA = Path(__file__).parent / "media"

# One table of a file; its shape is in content/README.md.
Data = dict[str, Any]


def read(name: str) -> Data:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def read_folder(name: str) -> list[Data]:
    """Return the files of a folder in the order of their names."""
    return [
        tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted((FOLDER / name).glob("*.toml"))
    ]
