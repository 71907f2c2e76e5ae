"""One page in a browser: every check, one after the other, none able to spoil the next."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..content_rules import rendered_language
from ..coverage import BROWSER, LANGUAGE_CHECK, SCREEN_READER, TRANSCRIPT_CHECK
from ..findings import Found, Look, without_repetition
from ..served import Reply
from .axe import look_by_axe
from .rules import BROWSER_RULES

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Page, Route, ViewportSize

logger = logging.getLogger(__name__)

#: Answers a GET of an absolute URL; may be asked in several threads.
Get = Callable[[str], Reply]
Places = list[dict[str, Any]]

DESK: "ViewportSize" = {"width": 1280, "height": 900}
PHONE: "ViewportSize" = {"width": 320, "height": 640}
#: A window of 1280 by 1024 at a zoom of 400 %.
ZOOMED = {"width": 320, "height": 256, "deviceScaleFactor": 4, "mobile": False}
#: Below this part of its main text, a page does not do without scripts.
ENOUGH_TEXT = 0.9
#: Where the page finds this package's own modules: on its site, as its policy asks.
MODULES = "/.wagtail-sala-audit/"


@cache
def _script(name: str) -> str:
    return (files("accessibility.audits.browser") / name).read_text("utf-8")


@cache
def screen_reader_version() -> str:
    """The version of the vendored virtual-screen-reader, from the list of what is vendored."""
    for line in (files("accessibility") / "vendor/README.md").read_text("utf-8").splitlines():
        if SCREEN_READER in line:
            return line.split("|")[2].strip()
    return ""


def is_stopping() -> bool:
    """Whether nobody waits for this page any more: its browser is closed while it is at work."""
    task = asyncio.current_task()
    return bool(task and task.cancelling())


async def look_in_browser(
    browser: "Browser", get: Get, url: str, language: str, largest_text: str = ""
) -> Look:
    """Everything that `coverage.BROWSER_CHECKS` names, on one page.

    largest_text: the cookie of the largest text size that the site itself offers, "name=value"
    """
    page_look = _PageLook(browser, get, url, language)
    context, page = await page_look.open(scripts=True)
    try:
        await page_look.all_checks(page, largest_text)
    finally:
        await context.close()
    return page_look.look


async def look_at_open_page(browser: "Browser", page: "Page", language: str) -> Look:
    """The checks that need nothing but a page as it stands: signed in, with its parts opened.

    `prepare` its context before the page is opened. Left out are those of the served page: the
    transcript, the site's own largest text and scripts off.
    """
    page_look = _PageLook(browser, lambda url: Reply(0), page.url, language)
    await page_look.checks_in_place(page)
    page_look.look.found = without_repetition(page_look.look.found)
    return page_look.look


async def prepare(context: "BrowserContext") -> None:
    """Give each page that will be opened what the checks share."""
    await context.add_init_script(_script("common.js"))


class _PageLook:
    def __init__(self, browser: "Browser", get: Get, url: str, language: str) -> None:
        self.browser, self.get, self.url, self.language = browser, get, url, language
        self.look = Look(engines=[{"name": BROWSER, "version": browser.version}])

    async def open(self, *, scripts: bool) -> tuple["BrowserContext", "Page"]:
        context = await self.browser.new_context(
            viewport=DESK,
            java_script_enabled=scripts,
            reduced_motion="reduce",
            service_workers="block",
            accept_downloads=False,
        )
        if scripts:
            await prepare(context)
        page = await context.new_page()
        await page.route("**/*", self.answer)
        await page.goto(self.url, wait_until="load")
        return context, page

    async def answer(self, route: "Route") -> None:
        """Answer for the site, within this process. What lies elsewhere comes from there."""
        request = route.request
        parts = urlsplit(request.url)
        if parts.netloc != urlsplit(self.url).netloc:
            await route.continue_()
        elif parts.path.startswith(MODULES):
            name = parts.path.removeprefix(MODULES)
            body = (files("accessibility") / "static/accessibility" / name).read_text("utf-8")
            await route.fulfill(body=body, content_type="text/javascript")
        elif request.method != "GET":
            # An audit changes nothing on the site, and is no visit.
            await route.abort()
        else:
            reply = await asyncio.to_thread(self.get, request.url)
            await route.fulfill(status=reply.status, headers=dict(reply.headers), body=reply.body)

    async def all_checks(self, page: "Page", largest_text: str) -> None:
        await page.evaluate("document.fonts.ready.then(() => true)")
        with_scripts = await page.evaluate(_script("main-text.js"))
        await self.checks_in_place(page)
        sizes = await page.evaluate("accessibilityAudit.sizes()")
        # It writes into the document while it reads.
        await self.attempt(TRANSCRIPT_CHECK, self.transcript(page))
        if largest_text:
            await self.attempt("text-resize", self.largest(page, largest_text, sizes))
        await self.attempt("scripts-off", self.scripts_off(with_scripts))
        self.look.found = without_repetition(self.look.found)

    async def checks_in_place(self, page: "Page") -> None:
        html = await page.content()
        await page.evaluate("accessibilityAudit.style('')")
        await self.attempt("axe", self.axe(page))
        await self.attempt(LANGUAGE_CHECK, self.language_of_parts(html))
        await self.attempt("keyboard-trap", self.tab_walk(page), "focus-order")
        await self.attempt("focus-visible", self.focus(page), "focus-obscured", "forced-colours")
        await page.evaluate(_script("text.js"))
        await self.attempt("text-resize", self.evaluate(page, "text-resize", "resize"))
        await self.attempt("text-spacing", self.evaluate(page, "text-spacing", "spacing"))
        await self.attempt("reflow", self.narrow(page), "target-size-44")

    async def attempt(self, check: str, doing: Awaitable[None], *others: str) -> None:
        """Do it; where the check itself fails, note that it was not made, and go on."""
        try:
            await doing
        except Exception:
            # Whoever stops the look closes its pages too: that is no fault of the check.
            if is_stopping() or not self.browser.is_connected():
                raise
            logger.exception("The check %s failed on %s.", check, self.url)
            self.look.not_checked |= dict.fromkeys((check, *others), "error")

    def add(self, id: str, places: Places) -> None:
        rule = BROWSER_RULES[id]
        for place in places:
            values = place["values"]
            self.look.found.append(
                Found(
                    rule=id,
                    severity=rule.severity,
                    criterion=rule.criterion,
                    engine=BROWSER,
                    engine_version=self.browser.version,
                    selector=place["selector"],
                    excerpt=place["excerpt"],
                    message={
                        lang: text.format_map(values)
                        for lang, text in rule.message.as_dict().items()
                    },
                    remedy=rule.remedy.as_dict(),
                )
            )

    async def evaluate(self, page: "Page", id: str, function: str) -> None:
        self.add(id, await page.evaluate(f"accessibilityAudit.{function}()"))

    async def axe(self, page: "Page") -> None:
        self.look.add(await look_by_axe(page))

    async def language_of_parts(self, html: str) -> None:
        version = self.browser.version
        self.look.found += await asyncio.to_thread(rendered_language, html, self.language, version)

    async def tab_walk(self, page: "Page") -> None:
        presses = await page.evaluate(_script("tab-walk.js"))
        for number in range(presses):
            await page.keyboard.press("Tab")
            if number % 10 == 9 and await page.evaluate("accessibilityAudit.walk.isOver()"):
                break
        self.add("focus-order", await page.evaluate("accessibilityAudit.walk.order()"))
        trap = await page.evaluate("accessibilityAudit.walk.trap()")
        if not trap:
            walked = await page.evaluate("accessibilityAudit.walk.turn()")
            for _number in range(walked):
                await page.keyboard.press("Shift+Tab")
            trap = await page.evaluate("accessibilityAudit.walk.trap()")
        self.add("keyboard-trap", trap)

    async def focus(self, page: "Page") -> None:
        found = await page.evaluate(_script("focus.js"))
        for id, places in found.items():
            self.add(id, places)
        known = {place["selector"] for place in found["focus-visible"]}
        await page.emulate_media(forced_colors="active")
        try:
            forced = (await page.evaluate(_script("focus.js")))["focus-visible"]
            self.add(
                "forced-colours", [place for place in forced if place["selector"] not in known]
            )
            self.add("forced-colours", await page.evaluate(_script("forced-colours.js")))
        finally:
            await page.emulate_media(forced_colors="none")

    async def narrow(self, page: "Page") -> None:
        await page.evaluate(_script("narrow.js"))
        await page.set_viewport_size(PHONE)
        await self.evaluate(page, "reflow", "reflow")
        await self.evaluate(page, "target-size-44", "targets")
        session = await page.context.new_cdp_session(page)
        await session.send("Emulation.setDeviceMetricsOverride", ZOOMED)
        await self.evaluate(page, "reflow", "reflow")
        await session.detach()
        await page.set_viewport_size(DESK)

    async def transcript(self, page: "Page") -> None:
        module = f"{MODULES}screen_reader/transcript.js"
        self.look.transcript = await page.evaluate(
            """async (module) => {
              const { transcript } = await import(module);
              return (await transcript(document.body)).map(
                ({ text, lang, selector }) => ({ text, lang, selector }),
              );
            }""",
            module,
        )
        self.look.engines.append({"name": SCREEN_READER, "version": screen_reader_version()})

    async def largest(self, page: "Page", cookie: str, sizes: dict[str, float]) -> None:
        """The site's own largest text size, where the page knows one."""
        name, value = cookie.split("=", 1)
        await page.context.add_cookies([{"name": name, "value": value, "url": self.url}])
        await page.reload(wait_until="load")
        root = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
        if await page.evaluate(root) >= 1.9 * 16:
            await page.evaluate(_script("text.js"))
            await page.evaluate("accessibilityAudit.style('')")
            places = await page.evaluate("sizes => accessibilityAudit.stayedSmall(sizes)", sizes)
            self.add("text-resize", places)

    async def scripts_off(self, with_scripts: dict[str, Any]) -> None:
        context, page = await self.open(scripts=False)
        try:
            await page.evaluate(_script("common.js"))
            without = await page.evaluate(_script("main-text.js"))
        finally:
            await context.close()
        expected, there = len(with_scripts["text"]), len(without["text"])
        if there < expected * ENOUGH_TEXT:
            percent = round(100 * (expected - there) / expected)
            self.add("scripts-off", [{**without, "values": {"percent": percent}}])
