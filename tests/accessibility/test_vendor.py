"""What is vendored is what its register says, with its licence beside it."""

import hashlib
import re

import pytest

from tests.server import ROOT

PACKAGE = ROOT / "accessibility"
REGISTER = (PACKAGE / "vendor" / "README.md").read_text()
ENTRIES = re.findall(r"\| `(\S+\.js)` \| `([0-9a-f]{64})` \|", REGISTER)


def test_every_vendored_package_is_registered():
    assert {name.split("/")[-2] for name, _ in ENTRIES} == {"axe-core", "virtual-screen-reader"}


@pytest.mark.parametrize(("name", "digest"), ENTRIES)
def test_a_vendored_file_is_unchanged_and_has_its_licence(name, digest):
    file = PACKAGE / name
    assert hashlib.sha256(file.read_bytes()).hexdigest() == digest
    assert "Licen" in (file.parent / "LICENSE").read_text()


@pytest.mark.parametrize(("name", "digest"), ENTRIES)
def test_no_vendored_file_refers_to_a_source_map_that_is_not_there(name, digest):
    assert "sourceMappingURL" not in (PACKAGE / name).read_text()
