"""Orca in front of a small site whose pages never change by themselves."""

import os
from collections.abc import Iterator

import pytest

from tests.server import Server

from .desktop import missing_programs


@pytest.fixture(scope="session")
def orca_installed() -> None:
    if missing := missing_programs():
        message = f"A screen reader needs {', '.join(missing)}: run tests/packages.sh as root."
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)


@pytest.fixture(scope="session")
def site(orca_installed, new_server) -> Iterator[Server]:
    server = new_server()
    server.manage("shell", "-v", "0", "-c", "from tests.screen_reader.site import build; build()")
    with server:
        yield server
