"""How long an editor waits for the screen-reader panel once typing has stopped."""

import statistics
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import CHROMIUM, FLAGS
from tests.server import Server

ROUNDS = 10
#: Resolves with the milliseconds from the last keystroke until the panel shows these words.
WATCH = """words => {
  const panel = document.querySelector("#screen-reader-transcript");
  let typed = 0;
  const note = () => (typed = performance.now());
  document.addEventListener("keydown", note, true);
  window.shown = new Promise((resolve) => {
    setTimeout(() => resolve(null), 10_000);
    new MutationObserver((_changes, observer) => {
      if (!panel.textContent.includes(words)) return;
      observer.disconnect();
      document.removeEventListener("keydown", note, true);
      resolve(performance.now() - typed);
    }).observe(panel, { childList: true, subtree: true, characterData: true });
  });
}"""


def main(server: Server, password: str) -> None:
    """The measure of the screen-reader panel: at most 1,000 ms."""
    if not Path(CHROMIUM).exists():
        print("Not measured: the screen-reader panel, which needs Debian's package chromium.")
        return
    measured = measure_panel(server, password)
    times = [time for time in measured if time is not None]
    if len(times) < len(measured):
        # The panel reads what Wagtail forgets: this is a slow server, or a new fault.
        print(f"{len(measured) - len(times)} of {len(measured)} sentences were not shown.")
    if not times:
        return
    words = "screen-reader panel, from the last keystroke to the new phrase (at most 1,000)"
    print(f"{statistics.median(times):10.1f} {max(times):10.1f}  {words}")


def measure_panel(server: Server, password: str) -> list[float | None]:
    """Milliseconds of each of ROUNDS sentences typed into a Thai article, after one to warm up.

    None for a sentence that was not shown within ten seconds.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(base_url=server.url)
        articles = "/api/v2/pages/?type=newsroom.NewsArticlePage&locale=th&order=id&limit=1"
        number = page.request.get(articles).json()["items"][0]["id"]
        page.goto(f"/admin/login/?next=/admin/pages/{number}/edit/")
        page.fill("[name=username]", "admin")
        page.fill("[name=password]", password)
        page.click("[type=submit]")
        page.click('[data-side-panel-toggle="screen-reader"]')
        page.locator("#screen-reader-transcript [data-phrase]").first.wait_for(timeout=60_000)
        times = [type_words(page, f"ประโยคที่ {number}") for number in range(100, 101 + ROUNDS)]
        browser.close()
    return times[1:]


def type_words(page: Page, words: str) -> float | None:
    page.fill("#id_title", "")
    page.locator("#id_title").focus()
    page.evaluate(WATCH, words)
    page.keyboard.type(words, delay=30)
    return page.evaluate("window.shown")
