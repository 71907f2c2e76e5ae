"""Files that are written whole or not at all."""

import os
from pathlib import Path


def try_to_write(name: str) -> None:
    """Make sure that `write_whole` can write here, and leave nothing behind.

    Raises OSError where it cannot.
    """
    path = Path(name).resolve()
    if path.is_dir() or not _is_file_or_new(path):
        path.open("a").close()
    else:
        draft = _draft(path)
        draft.open("x").close()
        draft.unlink()


def write_whole(name: str, text: str) -> None:
    """Write a file so that nobody ever sees half of it. Raises OSError where it cannot."""
    path = Path(name).resolve()
    if not _is_file_or_new(path):
        # A terminal or a pipe cannot be replaced.
        path.write_text(text, encoding="utf-8")
        return
    draft = _draft(path)
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _is_file_or_new(path: Path) -> bool:
    return path.is_file() or not path.exists()


def _draft(path: Path) -> Path:
    # Beside it: only within one file system is a file renamed in one step.
    return path.with_name(f".audit-{os.getpid()}.part")
