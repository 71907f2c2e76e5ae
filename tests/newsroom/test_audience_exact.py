"""Counts are exact on the production server: many readers, several processes, and SIGTERM."""

import http.client
import json
import sqlite3
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing

import psycopg
import pytest

from tests.server import Server

# Its servers are chosen in `site`, where nothing that collects tests can see them.
pytestmark = pytest.mark.integration

READERS = 12
# Both processes serve by then.
ENOUGH = 1000
POSTGRESQL = "postgres://root@127.0.0.1:5432"
# Wagtail's first page, the same in each empty site.
PAGE = 2

# All tables, as `migrate` would leave them, without the half minute it takes to get there.
CREATE_TABLES = f"""
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from wagtail.models import Locale, Page
settings.MIGRATION_MODULES = {{app.label: None for app in apps.get_app_configs()}}
call_command("migrate", run_syncdb=True, verbosity=0)
Locale.objects.create(language_code="th")
root = Page.add_root(instance=Page(title="Root", slug="root"))
assert root.add_child(instance=Page(title="Welcome", slug="home")).pk == {PAGE}
"""


class Readers:
    """Readers who each show the page to themselves as often as they can, or `times` times."""

    def __init__(self, server: Server, times: int | None = None) -> None:
        self.port, self.times = server.port, times
        self.counted = 0
        self.reached = threading.Event()
        self._lock = threading.Lock()
        self._threads = [
            threading.Thread(target=self._read, args=(number,)) for number in range(READERS)
        ]
        for thread in self._threads:
            thread.start()

    def _read(self, reader: int) -> None:
        done = 0
        while self.times is None or done < self.times:
            try:
                status, answer = send_view(self.port, f"Mozilla/5.0 reader {reader}.{done // 50}")
            except (OSError, http.client.HTTPException):
                return  # the server has gone, without an answer
            done += 1
            if status == 200 and answer["counted"]:
                with self._lock:
                    self.counted += 1
                    if self.counted >= ENOUGH:
                        self.reached.set()

    def finish(self) -> int:
        for thread in self._threads:
            thread.join()
        return self.counted


def send_view(port: int, agent: str) -> tuple[int, dict]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request(
            "POST",
            "/audience/view/",
            f"page={PAGE}",
            {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": agent},
        )
        response = connection.getresponse()
        return response.status, json.loads(response.read())


Site = tuple[Server, Callable[[str], int]]


@pytest.fixture
def on_sqlite(new_server) -> Site:
    server = new_server()

    def query(sql: str) -> int:
        with closing(sqlite3.connect(server.directory / "db.sqlite3")) as connection:
            return connection.execute(sql).fetchone()[0]

    return server, query


@pytest.fixture
def on_postgresql(new_server) -> Iterator[Site]:
    name = f"sala_test_{uuid.uuid4().hex[:12]}"
    try:
        maintenance = psycopg.connect(f"{POSTGRESQL}/postgres", autocommit=True, connect_timeout=2)
    except psycopg.OperationalError as error:
        pytest.skip(f"No PostgreSQL at {POSTGRESQL}: {error}")
    with closing(maintenance):
        maintenance.execute(f'CREATE DATABASE "{name}"')
        try:
            server = new_server(DATABASE_URL=f"{POSTGRESQL}/{name}")
            server.manage("shell", "--no-imports", "-c", CREATE_TABLES)

            def query(sql: str) -> int:
                with psycopg.connect(f"{POSTGRESQL}/{name}") as connection:
                    return connection.execute(sql).fetchone()[0]

            yield server, query
        finally:
            maintenance.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["on_sqlite", "on_postgresql"])
def site(request) -> Site:
    return request.getfixturevalue(request.param)


VIEWS = "SELECT coalesce(sum(views), 0) FROM newsroom_pageviews"
VISITORS = "SELECT coalesce(sum(visitors), 0) FROM newsroom_visitors"


def test_every_view_of_many_readers_at_once_is_counted_and_every_reader_once(site):
    server, query = site
    with server:
        assert Readers(server, times=30).finish() == READERS * 30
    assert query(VIEWS) == READERS * 30
    assert query(VISITORS) == READERS


def test_no_view_that_was_answered_is_lost_when_the_server_is_stopped(site):
    server, query = site
    server.start()
    readers = Readers(server)
    assert readers.reached.wait(120)
    assert server.stop() == 0
    counted = readers.finish()
    assert counted >= ENOUGH
    assert query(VIEWS) == counted


def test_readers_do_not_wait_while_somebody_else_writes_and_nothing_is_lost(on_sqlite):
    server, query = on_sqlite
    with server:
        # The salt of the day is written once, so each of the two processes is asked for it first.
        assert Readers(server, times=5).finish() == READERS * 5
        with closing(sqlite3.connect(server.directory / "db.sqlite3")) as other:
            other.isolation_level = None
            other.execute("BEGIN IMMEDIATE")
            assert Readers(server, times=20).finish() == READERS * 20
            assert query(VIEWS) < READERS * 25
            other.execute("COMMIT")
    assert query(VIEWS) == READERS * 25
