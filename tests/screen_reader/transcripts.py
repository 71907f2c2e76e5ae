"""What the screen reader said of a page, as text: a phrase a line, below headings that begin #."""

import difflib
import os
from pathlib import Path

FOLDER = Path(__file__).with_name("transcripts")
RENEW = "make screen-reader RENEW=1"


def as_text(sections: dict[str, list[str]]) -> str:
    return "\n".join(f"# {title}\n" + "".join(f"{p}\n" for p in s) for title, s in sections.items())


def expect_transcript(name: str, found: str) -> None:
    """Compare what was said with the transcript that was reviewed, or renew that."""
    path = FOLDER / f"{name}.txt"
    if os.environ.get("RENEW"):
        FOLDER.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
    reviewed = path.read_text(encoding="utf-8") if path.exists() else ""
    if found != reviewed:
        difference = difflib.unified_diff(
            *(reviewed.splitlines(), found.splitlines()),
            *(str(path.relative_to(Path.cwd())), "what Orca says now"),
            n=2,
            lineterm="",
        )
        raise AssertionError(
            f"Orca reads {name} otherwise than in its transcript. If that is better, renew it "
            f"with `{RENEW}` and review it with git diff.\n" + "\n".join(difference)
        )
