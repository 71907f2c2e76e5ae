"""A site as it runs in production, for tests that must ask it from outside."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from accessibility.audits.served import Reply

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent


def free_port() -> int:
    with socket.socket(socket.AF_INET6) as probe:
        probe.bind(("::", 0))
        return probe.getsockname()[1]


def get(url: str) -> Reply:
    """What a server answers to a GET, as audits take it; an error is an answer, too."""
    try:
        with urllib.request.urlopen(url, timeout=60) as response:
            return Reply(response.status, dict(response.headers), response.read())
    except urllib.error.HTTPError as error:
        return Reply(error.code, dict(error.headers), error.read())


class Server:
    """A production server on a database and files of its own, below `directory`.

    `manage` runs a management command on the same database. Used as a context manager, it starts
    the same server as `make demo` does, and stops it with SIGTERM.
    """

    def __init__(self, directory: Path, **environment: str) -> None:
        self.directory = directory
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "ENV_FILE": os.devnull,
            "DEBUG": "false",
            "SECRET_KEY": "only-for-tests",
            "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
            "BASE_URL": self.url,
            "HTTPS": "false",
            "VAR_DIR": str(directory),
            "DATABASE_URL": f"sqlite:///{directory}/db.sqlite3",
            "EMAIL_URL": "consolemail://",
            **environment,
        }
        self.log = directory / "server.log"
        self.process: subprocess.Popen | None = None

    def manage(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess:
        result = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        if check and result.returncode:
            raise AssertionError(
                f"manage.py {' '.join(arguments)}:\n{result.stdout}{result.stderr}"
            )
        return result

    def launch(self) -> subprocess.Popen:
        """Start the process, and do not wait until it serves."""
        command = [
            *(str(BIN / "granian"), "--interface", "wsgi", "--host", "::"),
            *("--port", str(self.port), "--workers", "2", "--blocking-threads", "64", "--no-ws"),
            *("--http1-header-read-timeout", "10000", "--workers-kill-timeout", "30"),
            *("--log-level", "warning", "config.wsgi:application"),
        ]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT
            )
        return self.process

    def start(self) -> None:
        self.launch()
        deadline = time.monotonic() + 180
        while time.monotonic() < deadline:
            if self.process is None or self.process.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"{self.url}/robots.txt", timeout=5).close()
                if self.all_workers_serve():
                    return
            except OSError:
                time.sleep(0.1)  # the port is not open yet, and nothing tells when it will be
        raise AssertionError(f"The server did not start:\n{self.log.read_text()}")

    def all_workers_serve(self) -> bool:
        """granian 2.8 loses a SIGTERM until a worker has the threads that serve."""
        return all(
            any(thread.read_text() == "tokio-rt-worker\n" for thread in tasks.glob("task/*/comm"))
            for tasks in self.workers()
        )

    def workers(self) -> list[Path]:
        """What Linux tells of the processes that serve: a directory of /proc each."""
        assert self.process is not None
        main = self.process.pid
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        return [Path(f"/proc/{child}") for child in children]

    def stop(self) -> int:
        """Ask it to stop, and return its exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()
