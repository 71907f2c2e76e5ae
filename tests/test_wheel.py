"""The wheel: what an adopter gets by `pip install wagtail-sala`."""

import gettext
import subprocess
import tomllib
import zipfile
from email.parser import HeaderParser

import pytest
from babel.messages.pofile import read_po

from tests.server import ROOT

PLUGINS = ("accessibility", "localization", "newsroom")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def archive(wheel):
    with zipfile.ZipFile(wheel) as archive:
        yield archive


@pytest.fixture(scope="module")
def metadata(archive):
    name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    return HeaderParser().parsestr(archive.read(name).decode())


def test_it_holds_the_three_plugins_with_compiled_translations_and_nothing_else(archive):
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *PLUGINS]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    sources = {name for name in listed.stdout.split() if (ROOT / name).exists()}
    compiled = {name.replace(".po", ".mo") for name in sources if name.endswith(".po")}
    assert compiled
    tools = {"accessibility/vendor/renew.py"}
    held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == sources - tools | compiled


@pytest.mark.parametrize("plugin", PLUGINS)
def test_it_speaks_thai_though_the_repository_keeps_no_compiled_translations(archive, plugin):
    place = f"{plugin}/locale/th/LC_MESSAGES/django"
    with archive.open(f"{place}.po") as source, archive.open(f"{place}.mo") as compiled:
        written, catalogue = read_po(source), gettext.GNUTranslations(compiled)
    texts = [text for text in written if isinstance(text.id, str) and text.id and text.string]
    assert texts
    for text in texts:
        plain = catalogue.pgettext(text.context, text.id) if text.context else None
        assert (plain or catalogue.gettext(text.id)) == text.string


def test_it_says_that_it_is_typed_to_type_checkers(archive):
    assert {f"{plugin}/py.typed" for plugin in PLUGINS} <= set(archive.namelist())


def test_it_asks_for_what_the_project_names_and_for_nothing_of_the_site(metadata):
    wanted = {requirement.partition(";")[0] for requirement in metadata.get_all("Requires-Dist")}
    extras = PROJECT["optional-dependencies"]
    named = [*PROJECT["dependencies"], *(name for extra in extras.values() for name in extra)]
    assert {_name(text) for text in wanted} == {_name(text) for text in named}
    assert set(metadata.get_all("Provides-Extra")) == set(extras)


def test_it_carries_the_licence_of_everything_in_it(archive, metadata):
    assert metadata["License-Expression"] == "BSD-3-Clause AND MIT AND MPL-2.0 AND OFL-1.1"
    for file in metadata.get_all("License-File"):
        assert any(name.endswith(f".dist-info/licenses/{file}") for name in archive.namelist())
    folders = {name.rpartition("/")[0] for name in metadata.get_all("License-File")}
    others = {
        name.rpartition("/")[0]
        for name in archive.namelist()
        if name.endswith((".min.js", ".browser.js", ".woff2"))
    }
    assert others
    assert others <= folders


def _name(requirement: str) -> str:
    for end in "[<>=!~ ":
        requirement = requirement.partition(end)[0]
    return requirement.lower()
