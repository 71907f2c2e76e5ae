"""A real Chromium before the site with its demo content, as `make demo` serves it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.chromium import CHROMIUM, FLAGS
from tests.conftest import shared_directory
from tests.server import ROOT, Server

AXE = ROOT / "accessibility" / "vendor" / "axe-core" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
PASSWORD = "demo-password-of-the-tests"

# Milliseconds: a busy machine may need longer than five seconds.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory, collected_static: Path) -> Path:
    """The demo content, loaded once for all test processes."""
    shared = shared_directory(tmp_path_factory)
    data = shared / "demo"
    with FileLock(shared / "demo.lock"):
        if not (data / "loaded").exists():
            data.mkdir(exist_ok=True)
            # Publishing serves each page to the accessibility gate.
            (data / "static").symlink_to(collected_static)
            server = Server(data, DEMO_PASSWORD=PASSWORD)
            server.manage("load_demo")
            (data / "loaded").touch()
    return data


@pytest.fixture(scope="module")
def site(demo_data: Path, tmp_path_factory) -> Iterator[Server]:
    """The demo site on a copy of its own, running: a module may change what it likes."""
    directory = tmp_path_factory.mktemp("site")
    shutil.copytree(demo_data, directory, symlinks=True, dirs_exist_ok=True)
    with Server(directory, DEMO_PASSWORD=PASSWORD) as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, site: Server) -> Iterator[Callable[..., Page]]:
    """Open a page of the site as a new reader: `visit("/th/", java_script_enabled=False)`.

    A script error, or anything that the Content-Security-Policy stopped, fails the test.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(path: str, **options) -> Page:
        context = chromium.new_context(base_url=site.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda message: (
                faults.append(f"{page.url}: {message.text}")
                if "Content Security Policy" in message.text
                else None
            ),
        )
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def sign_in(visit) -> Callable[..., Page]:
    """Open the admin as one of the demo accounts: `sign_in("editor", "/admin/pages/")`."""

    def open_admin(username: str, path: str = "/admin/", **options) -> Page:
        page = visit(f"/admin/login/?next={path}", **options)
        page.fill("[name=username]", username)
        page.fill("[name=password]", PASSWORD)
        page.click("[type=submit]")
        page.wait_for_url(lambda url: "/admin/login/" not in url)
        return page

    return open_admin


@pytest.fixture(scope="session")
def axe_source() -> str:
    return AXE.read_text()


@pytest.fixture
def axe(axe_source: str) -> Callable[[Page], list[str]]:
    """What axe-core finds on a page at WCAG 2.2 A, AA and best practice, a line each."""

    def run(page: Page) -> list[str]:
        page.evaluate(axe_source)
        result = page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", AXE_TAGS
        )
        return [
            f"{violation['id']}: {node['html'][:200]} {node['failureSummary']}"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]

    return run
