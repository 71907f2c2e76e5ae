"""Every word that a person sees is in the catalogues, and in Thai."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django import forms
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext, override, pgettext
from wagtail.blocks import Block, ListBlock
from wagtail.fields import StreamField
from wagtail.users.models import UserProfile

from tests.server import ROOT

ROOMS = ("home", "newsroom", "accessibility", "localization")
THAI = Path("locale", "th", "LC_MESSAGES")
WAGTAIL_IN_THAI = ROOT / "home" / "wagtail_thai" / THAI / "django.po"

Key = tuple[str | None, str | tuple[str, ...]]


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="th")


def keys(path: Path) -> set[Key]:
    """The messages of a catalogue; the first of its entries is its head."""
    return {(message.context, message.id) for message in catalogue(path) if message.id}


CATALOGUES = sorted(
    [*(po for room in ROOMS for po in (ROOT / room / THAI).glob("*.po")), WAGTAIL_IN_THAI]
)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_message_is_in_thai_and_nobody_has_to_look_at_it_again(path):
    messages = [message for message in catalogue(path) if message.id]
    assert messages
    assert not [message.id for message in messages if message.fuzzy]
    texts = {
        message.id: message.string if isinstance(message.string, tuple) else (message.string,)
        for message in messages
    }
    assert not [id for id, strings in texts.items() if not all(strings)]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("xgettext"), reason="needs Debian's package gettext")
def test_makemessages_finds_nothing_new(tmp_path):
    ignored = shutil.ignore_patterns("var", "tests", ".*", "__pycache__", "*.mo", "media", "vendor")
    for name in (*ROOMS, "templates", "site", "manage.py"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=ignored)
        else:
            shutil.copy(source, tmp_path)
    result = subprocess.run(
        [
            *(sys.executable, "-c", COLLECT, "makemessages", "--locale", "th", "--no-obsolete"),
            *("--no-wrap", "--add-location", "file"),
        ],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "DEBUG": "true", "ENV_FILE": "/dev/null"},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    for path in CATALOGUES:
        if path != WAGTAIL_IN_THAI:
            found = keys(tmp_path / path.relative_to(ROOT))
            known = keys(path)
            assert found - known == set(), f"{path} lacks them: make messages, then translate."
            assert known - found == set(), f"{path} keeps what no code says: make messages."


# The copy's own packages and settings, not those of the editable installation.
COLLECT = """
import os, sys
sys.path[:0] = [os.getcwd(), os.path.join(os.getcwd(), "site")]
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", *sys.argv[1:]])
"""


def test_what_is_put_right_of_wagtails_thai_is_still_said_by_wagtail():
    said: set[str | tuple[str, ...]] = set()
    for app in apps.get_app_configs():
        if app.name.startswith(("wagtail", "taggit", "django.")):
            for path in Path(app.path).glob("locale/en/LC_MESSAGES/django.po"):
                said |= {id for _context, id in keys(path)}
    core = Path(django.__file__).parent / "conf/locale/en/LC_MESSAGES/django.po"
    said |= {id for _context, id in keys(core)}
    assert {id for _context, id in keys(WAGTAIL_IN_THAI)} - said == set()


def test_an_editor_reads_wagtails_own_words_in_plain_thai():
    with override("th"):
        assert gettext("Snippets") == "ข้อมูลประกอบ"
        assert gettext("Submit to %(workflow_name)s").startswith("ส่ง")


#: Words for programmers, names, and signs.
NOT_IN_THAI = re.compile(
    r"Taggit|URL|Wagtail API v\d|[^a-z]*|%\(\w+\)s:"
    r"|.* tagged with .*|.*json list.*|All list items .*"
)


def test_nothing_that_wagtail_says_to_editors_is_left_in_english():
    left = set()
    for app in apps.get_app_configs():
        if app.name.startswith(("wagtail", "taggit")):
            for path in Path(app.path).glob("locale/en/LC_MESSAGES/django.po"):
                for message in (message for message in catalogue(path) if message.id):
                    id = message.id if isinstance(message.id, str) else message.id[0]
                    with override("th"):
                        said = pgettext(message.context, id) if message.context else gettext(id)
                    if said == id and not NOT_IN_THAI.fullmatch(id):
                        left.add(id)
    assert left == set()


def test_nothing_that_wagtails_scripts_say_is_left_in_english():
    spoken = keys(ROOT / "home" / THAI / "djangojs.po")
    left = set()
    for name in ("wagtailadmin", "wagtail_localize"):
        app = Path(apps.get_app_config(name).path)
        left |= keys(app / "locale/en/LC_MESSAGES/djangojs.po") - spoken
        if (thai := app / THAI / "djangojs.po").exists():
            left -= {(text.context, text.id) for text in catalogue(thai) if text.string}
    assert left == set()


def test_refusals_of_forms_and_passwords_are_in_thai():
    class Form(forms.Form):
        age = forms.IntegerField(max_value=9)
        name = forms.CharField(max_length=3)
        state = forms.ChoiceField(choices=[("open", "Open")])

    with override("th"):
        form = Form({"age": "x", "name": "กขคง", "state": "closed"})
        refusals = [message for messages in form.errors.values() for message in messages]
        with pytest.raises(ValidationError) as refused:
            validate_password("1234", get_user_model()(username="1234"))
        help = password_validators_help_texts()
        texts = [*refusals, *refused.value.messages, *help]
        texts.append(str(get_user_model()._meta.get_field("username").help_text))
    assert len(refusals) == 3
    assert len(refused.value.messages) == len(help) == 4
    assert [text for text in texts if not re.search("[ก-๛]", text)] == []


def blocks_in(block: Block, path: str) -> Iterator[tuple[str, Block]]:
    children = getattr(block, "child_blocks", {})
    if isinstance(block, ListBlock):
        children = {"item": block.child_block}
    for name, child in children.items():
        yield f"{path}.{name}", child
        yield from blocks_in(child, f"{path}.{name}")


def test_editors_read_the_name_of_every_part_of_a_page_in_thai():
    parts = [
        part
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, StreamField)
        for part in blocks_in(field.stream_block, f"{model.__name__}.{field.name}")
    ]
    assert parts
    with override("th"):
        # The items of a list have no name of their own.
        names = {path: str(block.label) for path, block in parts if not path.endswith(".item")}
    assert [path for path, name in names.items() if not re.search("[ก-๛]", name)] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("catalogue", "said"),
    [
        ("wagtail_localize:javascript_catalog", "ดาวน์โหลดไฟล์ PO"),
        ("wagtailadmin_javascript_catalog", "ความเห็น"),
    ],
)
def test_wagtails_scripts_speak_thai_too(client, django_user_model, catalogue, said):
    user = django_user_model.objects.create_superuser("admin")
    UserProfile.objects.create(user=user, preferred_language="th")
    client.force_login(user)
    # The catalogue is written as JSON, in ASCII.
    assert json.dumps(said).strip('"') in client.get(reverse(catalogue)).text
