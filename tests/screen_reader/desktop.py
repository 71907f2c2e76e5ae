"""A desktop that nobody sees, for one screen reader and one browser."""

import os
import shutil
import subprocess
from contextlib import ExitStack
from pathlib import Path

BUS_LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
#: What must be installed; tests/packages.sh knows the packages.
PROGRAMS = (
    *("orca", "chromium", "Xvfb", "xdotool", "openbox", "dbus-daemon", "gdbus"),
    BUS_LAUNCHER,
)


def missing_programs() -> list[str]:
    return [program for program in PROGRAMS if not shutil.which(program)]


class Desktop:
    """A display, a message bus, the accessibility bus and a window manager of its own.

    `directory`, which must be empty, becomes the home of everything that runs on it. Leaving the
    context ends all that was started, the youngest first.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(directory),
            "XDG_RUNTIME_DIR": str(directory / "runtime"),
            "LANG": "C.UTF-8",
        }
        self.processes: list[subprocess.Popen] = []
        self._stack = ExitStack()

    def __enter__(self) -> "Desktop":
        with self._stack:
            self._begin()
            self._stack = self._stack.pop_all()
        return self

    def __exit__(self, *exception: object) -> None:
        self._stack.close()

    def _begin(self) -> None:
        (self.directory / "runtime").mkdir(mode=0o700)
        number = self._start_and_read(
            *("Xvfb", "-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp")
        )
        self.environment["DISPLAY"] = f":{number}"
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self._start_and_read(
            "dbus-daemon", "--session", "--nofork", "--print-address=1"
        )
        self.start(BUS_LAUNCHER, "--launch-immediately")
        for name in ("IsEnabled", "ScreenReaderEnabled"):
            self.run(
                *("gdbus", "call", "--session", "--dest", "org.a11y.Bus"),
                *("--object-path", "/org/a11y/bus"),
                *("--method", "org.freedesktop.DBus.Properties.Set"),
                *("org.a11y.Status", name, "<true>"),
            )
        self.start("openbox")

    def run(self, *command: str) -> None:
        """Run a command to its end."""
        subprocess.run(command, env=self.environment, check=True, capture_output=True, timeout=30)

    def start(self, *command: str, stdout: int | None = None) -> subprocess.Popen:
        """Start a program that runs until the end. What it prints lies in `<its name>.log`."""
        with (self.directory / f"{Path(command[0]).name}.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log if stdout is None else stdout,
                stderr=log,
            )
        self.processes.append(process)
        self._stack.callback(_end, process)
        return process

    def _start_and_read(self, *command: str) -> str:
        """Start a program and return the line by which it says that it is ready."""
        process = self.start(*command, stdout=subprocess.PIPE)
        assert process.stdout is not None
        self._stack.enter_context(process.stdout)
        return process.stdout.readline().decode().strip()


def _end(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
