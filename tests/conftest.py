import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.files.storage import storages
from django.utils import translation
from filelock import FileLock
from wagtail.models import Locale

from home.models import SiteDocument

from . import factories
from .adopter import AdoptersSite
from .server import ROOT, Server

#: Who asks for one of these needs a database or a server.
INTEGRATION = {"db", "transactional_db", "client", "demo", "new_server", "wheel"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what takes long by what it needs, so that `make check` can leave it out."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & INTEGRATION:
            item.add_marker(pytest.mark.integration)


@pytest.fixture(autouse=True, scope="session")
def static_root() -> None:
    """WhiteNoise warns of a directory that is not there, and warnings are errors here."""
    Path(django_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """What one test leaves in the cache is none of the next one's business."""
    cache.clear()


@pytest.fixture(autouse=True)
def language_of_the_site() -> Iterator[None]:
    """A request leaves its language behind in the thread; the next test begins without it."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def media(settings, tmp_path, monkeypatch):
    """Files that a test makes lie in its own directory; returns that directory."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = settings.STORAGES | {
        "documents": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "documents"), "base_url": None},
        }
    }
    # The field asked for its storage when the model was made.
    monkeypatch.setattr(SiteDocument._meta.get_field("file"), "storage", storages["documents"])
    return tmp_path


@pytest.fixture
def thai(db) -> Locale:
    return factories.locale("th")


@pytest.fixture
def english(db) -> Locale:
    return factories.locale("en")


@pytest.fixture
def bilingual_site(thai, english) -> factories.BilingualSite:
    return factories.make_bilingual_site()


@pytest.fixture
def editor(db):
    return factories.UserFactory(username="editor", role="editor")


@pytest.fixture
def moderator(db):
    return factories.UserFactory(username="moderator", role="moderator")


@pytest.fixture
def translator(db):
    return factories.UserFactory(username="translator", role="translator")


@pytest.fixture
def administrator(db):
    return factories.UserFactory(username="administrator", role="administrator")


def shared_directory(tmp_path_factory) -> Path:
    """A directory of this run of the tests, the same for all its processes."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def collected_static(tmp_path_factory) -> Path:
    """The static files as production serves them, collected once for all test processes."""
    shared = shared_directory(tmp_path_factory) / "collected"
    with FileLock(f"{shared}.lock"):
        if not (shared / "static").exists():
            shared.mkdir(exist_ok=True)
            Server(shared).manage("collectstatic", "--noinput", "--verbosity", "0")
    return shared / "static"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory) -> Path:
    """An SQLite file with all tables and no content, made once for all test processes."""
    shared = shared_directory(tmp_path_factory) / "migrated"
    with FileLock(f"{shared}.lock"):
        if not (shared / "db.sqlite3").exists():
            shared.mkdir(exist_ok=True)
            Server(shared).manage("migrate", "--verbosity", "0")
    return shared / "db.sqlite3"


@pytest.fixture(scope="session")
def wheel(tmp_path_factory) -> Path:
    """The wheel of this checkout, built once for all test processes."""
    shared = shared_directory(tmp_path_factory) / "wheel"
    with FileLock(f"{shared}.lock"):
        if not shared.exists():
            build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(shared)]
            subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(shared.glob("*.whl"))


@pytest.fixture(scope="module")
def adopters_site(tmp_path_factory, wheel) -> Iterator[AdoptersSite]:
    """A site of somebody else that has followed docs/adopting.md, running."""
    site = AdoptersSite(tmp_path_factory.mktemp("adopter"), wheel)
    site.build()
    with site:
        yield site


@pytest.fixture(scope="session")
def new_server(tmp_path_factory, collected_static, migrated):
    """Make a server on an empty site of its own: `new_server(LANGUAGES="th,en,ms")`."""

    def make(**environment: str) -> Server:
        directory = tmp_path_factory.mktemp("server")
        (directory / "static").symlink_to(collected_static)
        shutil.copy(migrated, directory)
        return Server(directory, **environment)

    return make
