"""Brings articles of an older system in, from a JSON file (docs/import.md).

`read_file` reads the file, `Importer.run` takes one entry of it after the other.
"""

from .entries import Entry, EntryError, Problem, SiteData
from .reading import ImportFileError, read_file
from .writing import Importer, Outcome

__all__ = [
    "Entry",
    "EntryError",
    "ImportFileError",
    "Importer",
    "Outcome",
    "Problem",
    "SiteData",
    "read_file",
]
