"""Renew what is vendored from npm: the newest versions, or those that are named.

    python accessibility/vendor/renew.py [axe-core@4.14.1 …]

Needs npm; nothing of it is needed afterwards. README.md is written anew with versions, licences
and checksums, so that a review sees what came in.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).resolve().parent
PACKAGE = VENDOR.parent
README = """\
# Vendored from npm

Written by `renew.py`; `make vendor` runs it and takes the newest versions. The files are those of
the packages, except that the reference to a source map, which is not taken along, is left out.

| package | version | licence | files | SHA-256 of the module | what for |
|---|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Vendored:
    """An npm package: where it goes, and which of its files are taken."""

    name: str
    directory: Path
    module: str
    purpose: str


VENDORED = (
    Vendored(
        "axe-core",
        VENDOR / "axe-core",
        "axe.min.js",
        "checks of pages in a browser: audits and tests",
    ),
    Vendored(
        "@guidepup/virtual-screen-reader",
        PACKAGE / "static/accessibility/vendor/virtual-screen-reader",
        "lib/esm/index.browser.js",
        "what a screen reader says: the editor's panel, audits and tests",
    ),
)


def renew(vendored: Vendored, version: str) -> str:
    """Fetch a package, put its files in place, and return its line of the README."""
    with tempfile.TemporaryDirectory() as directory:
        packed = subprocess.run(  # noqa: S603 - a name from the table above
            ["npm", "pack", "--json", "--silent", f"{vendored.name}@{version}"],  # noqa: S607
            cwd=directory,
            check=True,
            capture_output=True,
            text=True,
        )
        archive = Path(directory, json.loads(packed.stdout)[0]["filename"])
        with tarfile.open(archive) as tar:
            tar.extractall(directory, filter="data")
        package = Path(directory, "package")
        facts = json.loads((package / "package.json").read_text())
        vendored.directory.mkdir(parents=True, exist_ok=True)
        source = (package / vendored.module).read_text()
        # A manifest of static files refuses a reference to a file that is not there.
        source = re.sub(r"\n?//# sourceMappingURL=\S+\s*$", "\n", source)
        module = vendored.directory / Path(vendored.module).name
        module.write_text(source)
        (vendored.directory / "LICENSE").write_text((package / "LICENSE").read_text())
    digest = hashlib.sha256(source.encode()).hexdigest()
    return (
        f"| [{vendored.name}](https://www.npmjs.com/package/{vendored.name}) "
        f"| {facts['version']} | {facts['license']} "
        f"| `{module.relative_to(PACKAGE)}` | `{digest}` | {vendored.purpose} |\n"
    )


def main(arguments: list[str]) -> None:
    versions = dict(argument.rsplit("@", 1) for argument in arguments)
    unknown = versions.keys() - {vendored.name for vendored in VENDORED}
    if unknown:
        known = ", ".join(vendored.name for vendored in VENDORED)
        raise SystemExit(f"{', '.join(sorted(unknown))} is not vendored here. Vendored: {known}.")
    lines = [renew(vendored, versions.get(vendored.name, "latest")) for vendored in VENDORED]
    (VENDOR / "README.md").write_text(README + "".join(lines))
    sys.stdout.writelines(lines)


if __name__ == "__main__":
    main(sys.argv[1:])
