"""Several Chromiums at work beside the program; one that hangs or dies costs the page it was on."""

import asyncio
import logging
import threading
from concurrent.futures import Future
from contextlib import suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from ... import conf
from ..coverage import BROWSER_CHECKS
from ..findings import Look
from .look import Get, is_stopping, look_in_browser

if TYPE_CHECKING:
    from playwright.async_api import Browser, Playwright

logger = logging.getLogger(__name__)

#: What a page may take. A page of the demo site takes less than five seconds.
SECONDS = 60
#: What a browser may take to stop, before it is left to its fate.
SECONDS_TO_STOP = 5
FLAGS = ["--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def missing_browser() -> str:
    """Why there is no browser for audits, as a code of `coverage.REASONS`; "" where there is."""
    if not conf.audit_chromium():
        return "no-browser"
    return "" if find_spec("playwright") else "no-playwright"


class Browsers:
    """A context manager: inside it, `look` sends pages to the browsers, and returns at once.

    chromium: path of the program; get: answers for the site; workers: browsers at work at a time;
    seconds: what one page may take; largest_text: see `look_in_browser`
    """

    def __init__(
        self,
        chromium: str,
        get: Get,
        *,
        workers: int = 2,
        seconds: float = SECONDS,
        largest_text: str = "",
    ) -> None:
        self.workers = workers
        self._worker = lambda: _Worker(chromium, get, seconds, largest_text)
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(self._complain)
        self._stopping = False
        self._looks: set[asyncio.Task[Any]] = set()
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="audit browsers", daemon=True
        )
        self._free: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()

    def __enter__(self) -> "Browsers":
        for _number in range(self.workers):
            self._free.put_nowait(self._worker())
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._stopping = True
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def look(self, url: str, language: str) -> "Future[Look]":
        """The look at one page, as soon as a browser is free. It raises nothing."""
        return asyncio.run_coroutine_threadsafe(self._look(url, language), self._loop)

    async def _look(self, url: str, language: str) -> Look:
        if task := asyncio.current_task():
            self._looks.add(task)
            task.add_done_callback(self._looks.discard)
        worker = await self._free.get()
        try:
            return await worker.look(url, language)
        finally:
            self._free.put_nowait(worker)

    def _complain(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        # What was on its way when the browsers were closed fails, and nobody waits for it.
        if not self._stopping:
            loop.default_exception_handler(context)

    async def _stop(self) -> None:
        # Not every task: without those of Playwright's drivers no browser would hear that it ends.
        looks = tuple(self._looks)
        for look in looks:
            look.cancel()
        await asyncio.gather(*looks, return_exceptions=True)
        while not self._free.empty():
            await self._free.get_nowait().stop()


class _Worker:
    """One browser and the driver that holds it, started when they are needed."""

    def __init__(self, chromium: str, get: Get, seconds: float, largest_text: str) -> None:
        self.chromium, self.get, self.seconds = chromium, get, seconds
        self.largest_text = largest_text
        self.playwright: Playwright | None = None
        self.browser: Browser | None = None

    async def look(self, url: str, language: str) -> Look:
        try:
            async with asyncio.timeout(self.seconds):
                browser = await self.started()
                return await look_in_browser(browser, self.get, url, language, self.largest_text)
        except TimeoutError:
            reason, failure = "timeout", f"The page took longer than {self.seconds:g} seconds."
        except Exception as error:
            if is_stopping():
                raise
            reason, failure = "error", f"{type(error).__name__}: {error}".splitlines()[0]
            if self.browser is None:
                reason, failure = "browser-died", f"The browser did not start: {failure}"
            elif not await _lives(self.browser):
                reason, failure = "browser-died", "The browser stopped."
            logger.warning(
                "%s could not be looked at in a browser: %s", url, failure, exc_info=True
            )
        await self.stop()
        return Look(not_checked=dict.fromkeys(BROWSER_CHECKS, reason), failure=failure)

    async def started(self) -> "Browser":
        from playwright.async_api import async_playwright

        if self.browser is None or not self.browser.is_connected():
            await self.stop()
            self.playwright = await async_playwright().start()
            self.browser = await self.playwright.chromium.launch(
                executable_path=self.chromium,
                args=FLAGS,
                # Ctrl+C is for this program, which closes its browsers itself.
                handle_sigint=False,
            )
        return self.browser

    async def stop(self) -> None:
        """Stop browser and driver, even if they do not listen: the driver takes all with it."""
        closing: list[Any] = [self.browser and self.browser.close]
        closing.append(self.playwright and self.playwright.stop)
        self.browser = self.playwright = None
        for close in filter(None, closing):
            with suppress(Exception):
                async with asyncio.timeout(SECONDS_TO_STOP):
                    await close()


async def _lives(browser: "Browser") -> bool:
    """Whether a browser still works; what it was doing fails some time before it is gone."""
    try:
        async with asyncio.timeout(SECONDS_TO_STOP):
            context = await browser.new_context()
            await context.close()
    except Exception:
        return False
    return True
