"""A site of somebody else: `wagtail start`, our wheel, and the steps of docs/adopting.md."""

import json
import os
import re
import shlex
import shutil
import subprocess
import textwrap
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.server import ROOT, free_port

PAGE = (ROOT / "docs" / "adopting.md").read_text(encoding="utf-8")
PASSWORD = "adopter-password-of-the-tests"

#: A page type with a text, as Wagtail's tutorial makes it, in place of the welcome.
MODELS = """\
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


class HomePage(Page):
    body = RichTextField(blank=True)
    content_panels = [*Page.content_panels, FieldPanel("body")]
"""
TEMPLATE = """\
{% extends "base.html" %}
{% load wagtailcore_tags %}
{% block content %}
<h1>{{ page.title }}</h1>
{{ page.body|richtext }}
{% endblock content %}
"""
#: Wagtail's editor writes from two requests at once, which SQLite as Django sets it may refuse.
LOCAL_SETTINGS = """\
from .base import DATABASES

DATABASES["default"]["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20}
"""


class Step(NamedTuple):
    """A block of code on the page, and the file that the sentence before it names."""

    file: str
    language: str
    code: str


def steps() -> Iterator[Step]:
    """The blocks of code of docs/adopting.md, in their order."""
    fenced = r"((?:[^\n]+\n)+)\n(?P<indent> *)```(\w+)\n(.*?)\n(?P=indent)```"
    for sentence, _indent, language, code in re.findall(fenced, PAGE, re.S):
        files = re.findall(r"`((?:mysite|home)/[\w/]+\.\w+)`", sentence)
        yield Step(files[-1] if files else "", language, textwrap.dedent(code))


class AdoptersSite:
    """A generated project in an environment that holds the wheel and its locked dependencies.

    Nothing of this checkout can be imported there. Used as a context manager, it serves.
    """

    def __init__(self, directory: Path, wheel: Path) -> None:
        self.wheel = wheel
        self.directory = directory / "project"
        self.environment_directory = directory / "venv"
        binaries = self.environment_directory / "bin"
        self.python = str(binaries / "python")
        # Not the tests' own: it names settings and files of this checkout.
        self.environment = {
            "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(directory),
            "LANG": "C.UTF-8",
            "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
        }
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.log = directory / "server.log"
        self.process: subprocess.Popen | None = None

    def build(self) -> None:
        """Make the project and follow the page; what goes wrong is raised with its output."""
        self.uv("sync", "--frozen", "--no-default-groups", "--no-install-project")
        self.directory.mkdir()
        self.run("wagtail", "start", "mysite", ".")
        (self.directory / "home" / "models.py").write_text(MODELS)
        (self.directory / "home" / "templates" / "home" / "home_page.html").write_text(TEMPLATE)
        (self.directory / "mysite" / "settings" / "local.py").write_text(LOCAL_SETTINGS)
        self.manage("makemigrations", "home")
        for step in steps():
            self.follow(step)
        self.manage("createsuperuser", "--noinput", "--username=admin", "--email=admin@example.org")

    def follow(self, step: Step) -> None:
        if step.language == "console":
            for command in re.findall(r"^\$ (.+)$", step.code, re.M):
                if command == "pip install wagtail-sala":
                    self.install_the_wheel()
                else:
                    self.run(*shlex.split(command))
            return
        file = self.directory / step.file
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        if step.language == "django":
            text = _in_template(text, step.code)
        else:
            text += f"\n{step.code}\n"
        file.write_text(text, encoding="utf-8")

    def install_the_wheel(self) -> None:
        """As pip would, but its dependencies are here already, in the versions of the lock."""
        self.uv("pip", "install", "--python", self.python, "--no-deps", str(self.wheel))
        self.uv("pip", "check", "--python", self.python)

    def uv(self, *arguments: str) -> None:
        uv = shutil.which("uv") or str(ROOT / ".uv" / "bin" / "uv")
        place = {"UV_PROJECT_ENVIRONMENT": str(self.environment_directory)}
        environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
        _run([uv, *arguments], cwd=ROOT, env=environment | place)

    def run(self, *command: str, check: bool = True) -> subprocess.CompletedProcess:
        program = shutil.which(command[0], path=self.environment["PATH"])
        assert program, command[0]
        return _run([program, *command[1:]], cwd=self.directory, env=self.environment, check=check)

    def manage(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess:
        return self.run("python", "manage.py", *arguments, check=check)

    def evaluate(self, code: str) -> Any:
        """Run code in the project; what it assigns to `answer` comes back, by way of JSON."""
        code = f"{textwrap.dedent(code)}\nimport json\nprint(json.dumps(answer))"
        return json.loads(self.manage("shell", "--no-imports", "-c", code).stdout)

    def __enter__(self) -> "AdoptersSite":
        command = [self.python, "manage.py", "runserver", "--noreload", f"localhost:{self.port}"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=self.directory,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/", timeout=30).close()
                return self
            except ConnectionError:
                pass
            except OSError as error:
                if not isinstance(getattr(error, "reason", None), ConnectionError):
                    break
            time.sleep(0.1)  # the port is not open yet, and nothing tells when it will be
        self.__exit__()
        raise AssertionError(f"The server did not start:\n{self.log.read_text()}")

    def __exit__(self, *exception: object) -> None:
        assert self.process is not None
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(timeout=60)


def _in_template(html: str, code: str) -> str:
    """Put each line of a block where the comment behind it says."""
    for line in code.splitlines():
        put, _, place = line.partition("{#")
        put, place = put.strip(), place.removesuffix("#}").strip()
        before = html
        if place == "at the top":
            html = f"{put}\n{html}"
        elif place == "last in <head>":
            html = html.replace("</head>", f"{put}\n</head>")
        elif place == "first in <body>":
            html = re.sub(r"(<body[^>]*>)", rf"\1\n{put}", html)
        else:
            html = html.replace(place.removeprefix("in the place of "), put)
        assert html != before, f"There is no place {place!r} in the template."
    return html


def _run(
    command: list[str], *, cwd: Path, env: dict[str, str], check: bool = True
) -> subprocess.CompletedProcess:
    result = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True)
    if check and result.returncode:
        raise AssertionError(f"{shlex.join(command)}:\n{result.stdout}{result.stderr}")
    return result
