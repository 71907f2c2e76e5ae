"""Real services for tests, each a process of its own on a free port, with data of its own.

Nothing here touches what already runs on the machine. `tests/packages.sh` installs the programs.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.server import BIN, free_port

# Debian keeps PostgreSQL's server programs off the PATH, by version.
POSTGRESQL = Path("/usr/lib/postgresql")


class Service:
    """A server process, stopped and started as often as a test likes; `port` stays.

    `answers` says of a port whether its server takes requests; an open port does not always.
    """

    def __init__(
        self,
        *command: str,
        port: int,
        user: str | None = None,
        answers: Callable[[int], bool] | None = None,
    ) -> None:
        self.command, self.port, self.user = command, port, user
        self.answers = answers or is_open
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command, user=self.user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            if self.answers(self.port):
                return
            time.sleep(0.05)  # nothing tells when it will answer
        raise AssertionError(f"{self.command[0]} did not start on port {self.port}.")

    def stop(self) -> None:
        """SIGINT, at which PostgreSQL does not wait for its clients to go."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=60)

    def __enter__(self) -> "Service":
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()


def is_open(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


@contextmanager
def redis() -> Iterator[Service]:
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        pytest.skip("No redis-server here: install Debian's package redis-server.")
    port = free_port()
    options = ("--bind", "127.0.0.1", "--port", str(port), "--save", "")
    with Service(program, *options, port=port) as service:
        yield service


@contextmanager
def postgresql() -> Iterator[Service]:
    """PostgreSQL with its superuser `postgres`, who needs no password."""
    versions = sorted(POSTGRESQL.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if not versions:
        pytest.skip("No PostgreSQL here: install Debian's package postgresql.")
    programs = versions[-1].parent
    # It refuses to run as root; Debian's package has made this account for it.
    user = "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory() as directory:
        if user:
            shutil.chown(directory, user)
        subprocess.run(
            [
                *(str(programs / "initdb"), "--username=postgres", "--auth=trust"),
                *("--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", directory),
            ],
            user=user,
            check=True,
            capture_output=True,
        )
        port = free_port()
        options = (f"-cport={port}", "-clisten_addresses=127.0.0.1", "-cfsync=off")
        command = (str(programs / "postgres"), "-D", directory, "-k", directory, *options)

        def answers(port: int) -> bool:
            # Its port is open while it still says "the database system is starting up".
            ready = (str(programs / "pg_isready"), "--quiet", "--host=127.0.0.1", f"--port={port}")
            return subprocess.run(ready, check=False).returncode == 0

        with Service(*command, port=port, user=user, answers=answers) as service:
            yield service


@contextmanager
def s3() -> Iterator[Service]:
    """moto's server: S3 over HTTP, which shows private objects to nobody without a signature."""
    port = free_port()
    command = (str(BIN / "moto_server"), "--host", "127.0.0.1", "--port", str(port))
    with Service(*command, port=port) as service:
        yield service
