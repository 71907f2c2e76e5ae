"""How long audits take: the rules on a long page, and a browser on pages of the demo site.

Part of `make bench`; alone, `python -m tests.bench_audits URL…` audits pages of a running site.
"""

import os
import statistics
import sys
import time
from pathlib import Path

import django

from tests.server import ROOT, get

CHROMIUM = "/usr/bin/chromium"
ELEMENTS = 1500
GOOD_PAGE = ROOT / "tests" / "accessibility" / "pages" / "clean-th.html"


def long_page() -> str:
    """A good page with at least ELEMENTS elements."""
    page = GOOD_PAGE.read_text("utf-8")
    start, end = page.index("<main"), page.index("</main>")
    part = page[page.index(">", start) + 1 : end]
    times = ELEMENTS // part.count("</") + 1
    return page[:start] + "<main>" + part * times + page[end:]


def measure_rules() -> None:
    from accessibility.rules import Document, check

    page = long_page()
    times = []
    for _round in range(20):
        start = time.perf_counter()
        check(page)
        times.append((time.perf_counter() - start) * 1000)
    elements = len(Document(page).elements)
    name = f"rules, {elements} elements (at most 50)"
    print(f"{statistics.median(times):10.1f} {max(times):10.1f}  {name}")


def measure_browser(addresses: list[str]) -> None:
    """Seconds a page, one at a time and two at a time."""
    from accessibility.audits.browser.browsers import Browsers
    from accessibility.audits.run import largest_text

    for workers in (1, 2):
        with Browsers(CHROMIUM, get, workers=workers, largest_text=largest_text()) as browsers:
            # The browsers start with the first pages, which are not counted.
            for first in [browsers.look(addresses[0], "th") for _worker in range(workers)]:
                first.result()
            start = time.perf_counter()
            looks = [browsers.look(address, "th") for address in addresses * 2]
            failures = [look.result().failure for look in looks if look.result().failure]
            milliseconds = (time.perf_counter() - start) * 1000 / len(looks)
        if failures:
            raise SystemExit(f"{len(failures)} pages failed: {failures[0]}")
        name = f"audit of a page, {workers} at a time (at most 6,000)"
        print(f"{milliseconds * workers:10.1f} {'':10}  {name}")


def main(addresses: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    measure_rules()
    if addresses and Path(CHROMIUM).exists():
        measure_browser(addresses)


if __name__ == "__main__":
    main(sys.argv[1:])
