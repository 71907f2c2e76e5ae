"""A reader without a mouse."""

from playwright.sync_api import Page

FOCUSED = """() => {
  const element = document.activeElement;
  return (element.getAttribute("aria-label") || element.innerText || element.value || "").trim();
}"""


def tab_to(page: Page, name: str, most: int = 120) -> None:
    """Press Tab until what has the focus says `name`."""
    heard: list[str] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        heard.append(page.evaluate(FOCUSED))
        if name in heard[-1]:
            return
    raise AssertionError(f"{name!r} was not reached by Tab; heard: {heard}")
