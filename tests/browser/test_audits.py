"""Audits in a real Chromium: of the demo site, and beside browsers that hang and die."""

import datetime
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import termios
import threading
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from accessibility.audits.browser.browsers import Browsers
from accessibility.audits.coverage import BROWSER_CHECKS, CHECKS
from accessibility.audits.run import largest_text
from accessibility.audits.served import Reply
from tests.server import ROOT, Server, get

from .conftest import CHROMIUM

pytestmark = pytest.mark.browser

SITE = "http://audited.test"
PAGE = (
    "<!doctype html><html lang='en'><head><title>News of today</title></head>"
    "<body><main><h1>News of today</h1><p>Nothing happened.</p></main></body></html>"
)
ENDLESS = PAGE.replace("</main>", "<script>for (;;);</script></main>")
LATER_ENDLESS = PAGE.replace(
    "</main>", "<script>onload = () => setTimeout(() => { for (;;); }, 50);</script></main>"
)


class Pages:
    """Pages by path. A path /slow/ waits until `go_on` is set."""

    def __init__(self) -> None:
        self.asked, self.go_on = threading.Event(), threading.Event()

    def get(self, url: str) -> Reply:
        if url.endswith("/slow/"):
            self.asked.set()
            self.go_on.wait(60)
        bodies = {"/endless/": ENDLESS, "/later/": LATER_ENDLESS}
        html = bodies.get(url.removeprefix(SITE), PAGE)
        return Reply(200, {"Content-Type": "text/html; charset=utf-8"}, html.encode())


@pytest.fixture
def chromium_with_pid(tmp_path: Path) -> tuple[str, Path]:
    """A Chromium that writes its process id down; the program, and where it writes."""
    pids = tmp_path / "pids"
    program = tmp_path / "chromium"
    program.write_text(f'#!/bin/sh\necho $$ >> {pids}\nexec {CHROMIUM} "$@"\n')
    program.chmod(0o755)
    return str(program), pids


@pytest.mark.parametrize("path", ["/endless/", "/later/"])
def test_a_page_that_never_ends_costs_itself_and_no_other(path):
    with Browsers(CHROMIUM, Pages().get, workers=1, seconds=20) as browsers:
        endless = browsers.look(f"{SITE}{path}", "en")
        after = browsers.look(f"{SITE}/after/", "en")
        assert endless.result().failure == "The page took longer than 20 seconds."
        assert endless.result().not_checked == dict.fromkeys(BROWSER_CHECKS, "timeout")
        assert after.result().failure == ""
        assert after.result().found == []


@pytest.mark.parametrize("kill", [signal.SIGKILL, signal.SIGTERM])
def test_a_browser_that_dies_costs_the_page_it_was_on(chromium_with_pid, kill):
    program, pids = chromium_with_pid
    pages = Pages()
    with Browsers(program, pages.get, workers=1, seconds=30) as browsers:
        dying = browsers.look(f"{SITE}/slow/", "en")
        after = browsers.look(f"{SITE}/after/", "en")
        assert pages.asked.wait(60)
        os.kill(int(pids.read_text()), kill)
        assert dying.result().failure == "The browser stopped."
        assert dying.result().not_checked == dict.fromkeys(BROWSER_CHECKS, "browser-died")
        pages.go_on.set()
        assert after.result().failure == ""
    assert len(pids.read_text().split()) == 2


def test_a_browser_that_stands_still_costs_the_page_it_was_on(chromium_with_pid):
    program, pids = chromium_with_pid
    pages = Pages()
    with Browsers(program, pages.get, workers=1, seconds=20) as browsers:
        stopped = browsers.look(f"{SITE}/slow/", "en")
        after = browsers.look(f"{SITE}/after/", "en")
        assert pages.asked.wait(60)
        pid = int(pids.read_text())
        os.kill(pid, signal.SIGSTOP)
        pages.go_on.set()
        assert "longer than 20 seconds" in stopped.result().failure
        assert after.result().failure == ""


@pytest.mark.parametrize("path", ["/quick/", "/slow/"])
def test_no_browser_is_left_when_an_audit_ends_or_is_stopped(chromium_with_pid, path):
    program, pids = chromium_with_pid
    pages = Pages()
    with Browsers(program, pages.get, workers=1) as browsers:
        look = browsers.look(f"{SITE}{path}", "en")
        if path == "/slow/":
            pages.asked.wait(60)
        else:
            look.result()
    pages.go_on.set()
    assert not Path("/proc", pids.read_text().strip()).exists()


def test_a_program_that_is_no_browser_is_said_to_be_none():
    with Browsers("/bin/false", Pages().get, workers=1) as browsers:
        seen = browsers.look(f"{SITE}/", "en").result()
    assert seen.failure.startswith("The browser did not start")
    assert set(seen.not_checked.values()) == {"browser-died"}


def test_two_pages_are_looked_at_at_a_time():
    pages = Pages()
    with Browsers(CHROMIUM, pages.get, workers=2) as browsers:
        waiting = browsers.look(f"{SITE}/slow/", "en")
        assert browsers.look(f"{SITE}/quick/", "en").result().failure == ""
        assert not waiting.done()
        pages.go_on.set()
        assert waiting.result().failure == ""


# --- The demo site ------------------------------------------------------------------------------


#: Leaves two pages of each type in each language, the longest, as those published last.
CHOOSE = """
import datetime, json
from collections import defaultdict
from django.utils import timezone
from accessibility.audits.pages import auditable_pages
kinds = defaultdict(list)
for page in auditable_pages().specific():
    kinds[page.locale_id, type(page), bool(page.alias_of_id)].append(page)
auditable_pages().update(last_published_at=timezone.now() - datetime.timedelta(days=9))
for pages in kinds.values():
    pages.sort(key=lambda page: len(page.to_json()))
    ids = [page.pk for page in pages[-2:]]
    auditable_pages().filter(pk__in=ids).update(last_published_at=timezone.now())
"""


@pytest.fixture(scope="module")
def audited(demo_data: Path, tmp_path_factory) -> list[dict]:
    """The audit of every kind of page of the demo site, in both languages, by the command."""
    directory = tmp_path_factory.mktemp("audited")
    shutil.copytree(demo_data, directory, symlinks=True, dirs_exist_ok=True)
    server = Server(directory, ACCESSIBILITY_CHROMIUM=CHROMIUM)
    server.manage("shell", "-v0", "-c", CHOOSE)
    since = (datetime.date.today() - datetime.timedelta(days=2)).isoformat()
    output = directory / "audit.json"
    server.manage(
        *("audit_accessibility", "--changed-since", since, "--format", "json"),
        *("--output", str(output)),
        check=False,
    )
    return json.loads(output.read_text("utf-8"))["pages"]


@pytest.mark.slow
def test_the_demo_site_obeys_every_rule_that_it_is_audited_by(audited):
    assert {page["locale"] for page in audited} == {"th", "en"}
    assert len(audited) >= 14
    faults = {
        page["url"]: [
            (item["rule"], item["selector"], item["excerpt"]) for item in page["findings"]
        ]
        for page in audited
        if page["findings"] or page["failure"]
    }
    assert not faults, json.dumps(faults, ensure_ascii=False, indent=1)


@pytest.mark.slow
def test_every_check_was_made_on_the_demo_site(audited):
    for page in audited:
        assert not {*CHECKS} & page["not_checked"].keys(), page["not_checked"]
        assert [engine["name"] for engine in page["engines"]] == [
            "Sala content rules",
            "Chromium",
            "axe-core",
            "virtual-screen-reader",
        ]


@pytest.mark.slow
def test_the_audit_says_what_a_screen_reader_says_of_each_page(audited):
    for page in audited:
        said = page["transcript"]
        assert len(said) > 20
        assert all(phrase["lang"] in ("th", "en") for phrase in said)
        is_front_page = page["url"].endswith(("localhost/th/", "localhost/en/"))
        assert is_front_page or page["title"] in " ".join(phrase["text"] for phrase in said)


WORK = """
import json
from accessibility.audits.pages import auditable_pages
from accessibility.audits.publication import audit_published_page
from accessibility.models import PageAudit
page = auditable_pages().filter(depth=2).first()
audit_published_page.call(page.pk, with_browser=True)
look = PageAudit.objects.newest().get(page=page)
print(json.dumps([look.audit.trigger, look.failure, [engine["name"] for engine in look.engines]]))
"""


def test_a_worker_looks_at_a_published_page_in_the_browser(demo_data, tmp_path):
    shutil.copytree(demo_data, tmp_path, symlinks=True, dirs_exist_ok=True)
    server = Server(tmp_path, ACCESSIBILITY_CHROMIUM=CHROMIUM)
    trigger, failure, engines = json.loads(server.manage("shell", "-v0", "-c", WORK).stdout)
    assert (trigger, failure) == ("publication", "")
    assert {"Sala content rules", "Chromium", "axe-core"} <= set(engines)


def interrupt_after_one_page(server: Server, *arguments: str) -> tuple[int, str]:
    """Press Ctrl+C, as at a terminal, when one page is done: the exit code, and what was said."""
    terminal, stderr = pty.openpty()
    termios.tcsetwinsize(stderr, (24, 100))
    command = subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=server.environment,
        stdout=subprocess.PIPE,
        stderr=stderr,
        # Whoever runs the tests in the background has them ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        start_new_session=True,
    )
    os.close(stderr)
    said = ""
    interrupted = False
    with suppress(OSError), open(terminal, "rb", buffering=0) as screen:
        # Ends with an error when the command has closed its end.
        while piece := screen.read(1024):
            said += piece.decode(errors="replace")
            if not interrupted and " 1/" in said:
                # A terminal tells all that runs in it: the browsers' driver as well.
                os.killpg(command.pid, signal.SIGINT)
                interrupted = True
    return command.wait(timeout=60), said


def test_an_interrupted_audit_keeps_what_it_found_and_is_gone_on_with(demo_data, tmp_path):
    shutil.copytree(demo_data, tmp_path, symlinks=True, dirs_exist_ok=True)
    server = Server(tmp_path, ACCESSIBILITY_CHROMIUM=CHROMIUM)
    policies = ("--type", "accessibility.PolicyPage", "--workers", "2")
    code, said = interrupt_after_one_page(server, "audit_accessibility", *policies)
    assert code == 130, said
    resume = re.search(r"Go on with (--resume) (\d+)", said)
    assert "Traceback" not in said
    assert "could not be looked at" not in said
    # The progress, which is one line, and the sentence.
    assert len(said.strip().split("\n")) == 2, said
    output = tmp_path / "audit.json"
    server.manage("audit_accessibility", *resume.groups(), "--format=json", f"--output={output}")
    addresses = [page["url"] for page in json.loads(output.read_text("utf-8"))["pages"]]
    total = int(re.search(r" 1/(\d+) ", said)[1])
    assert total > 3
    assert len(addresses) == len(set(addresses)) == total


#: What is no page of the tree, and so no part of an audit. `{}` is the language.
OTHER_ADDRESSES = [
    "/accessibility/preferences/?lang={}",
    "/accessibility/feedback/?lang={}",
    "/{}/search/?q=a",
    "/{}/none/",
]
EARLIER_POLICIES = [
    ("th", f"/th/{quote('นโยบายการรักษาความมั่นคงปลอดภัยเว็บไซต์')}/versions/1-3/"),
    ("en", "/en/security-policy/versions/1-3/"),
]


@pytest.mark.slow
def test_what_no_audit_comes_to_obeys_every_check_of_a_browser_too(site):
    addresses = [
        (language, path.format(language)) for language in ("th", "en") for path in OTHER_ADDRESSES
    ]
    faults = {}
    with Browsers(CHROMIUM, get, workers=2, largest_text=largest_text(), seconds=120) as browsers:
        looks = {
            path: browsers.look(f"{site.url}{path}", language)
            for language, path in [*addresses, *EARLIER_POLICIES]
        }
        for path, look in looks.items():
            seen = look.result()
            # Advice is what goes beyond level AA: targets of 44 px, WCAG 2.5.5.
            found = [
                (item.rule, item.selector, item.excerpt)
                for item in seen.found
                if item.severity != "advice"
            ]
            if found or seen.failure:
                faults[path] = found, seen.failure
    assert not faults, json.dumps(faults, ensure_ascii=False, indent=1)
