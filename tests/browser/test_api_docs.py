"""The documentation page of the API works by itself, in a real browser."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_the_documentation_lists_the_news_and_asks_this_site_only(visit, site):
    page = visit("/api/v3/docs/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    expect(page.locator("#operations-news-news_list")).to_be_visible()
    expect(page.locator("#operations-site-site_facts")).to_be_visible()
    assert len(asked) > 3
    assert [url for url in asked if not url.startswith((site.url, "data:"))] == []
