"""`accessibility` alone in a project of somebody else, by the steps of docs/adopting.md."""

import datetime
import inspect
import json
import re

import pytest
import requests

from accessibility import conf
from tests.adopter import PASSWORD, AdoptersSite

pytestmark = pytest.mark.slow

#: An error on an English page: a Thai sentence that an English voice would read (WCAG 3.1.2).
UNMARKED = "ขอเชิญประชาชนร่วมแสดงความคิดเห็นต่อร่างรายงานประจำปี"


@pytest.fixture(scope="module")
def site(adopters_site) -> AdoptersSite:
    return adopters_site


@pytest.fixture(scope="module")
def home_page(site) -> int:
    return site.evaluate("from home.models import HomePage; answer = HomePage.objects.get().pk")


@pytest.fixture(scope="module")
def admin(site) -> requests.Session:
    """The administrator of that site, signed in."""
    session = requests.Session()
    post(session, f"{site.url}/admin/login/", username="admin", password=PASSWORD)
    return session


def post(session: requests.Session, address: str, **fields: str) -> requests.Response:
    """Send a form of the admin with its token; returns the page one then sees."""
    html = session.get(address).text
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', html)
    assert token, html
    return session.post(address, fields | {"csrfmiddlewaretoken": token[1]})


def edit(site, session, page: int, body: str, **action: str) -> requests.Response:
    """Send the editor's form of the home page with one paragraph as its text."""
    block = {"key": "a1b2c", "type": "unstyled", "depth": 0, "text": body}
    block |= {"inlineStyleRanges": [], "entityRanges": []}
    formset = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0"}
    return post(
        session,
        f"{site.url}/admin/pages/{page}/edit/",
        title="Home",
        slug="home",
        body=json.dumps({"blocks": [block], "entityMap": {}}),
        **{f"comments-{name}": value for name, value in formset.items()},
        **action,
    )


# Installed ----------------------------------------------------------------------------------------


def test_the_project_has_no_complaint_and_no_missing_migration(site):
    check = site.run("python", "-W", "error", "manage.py", "check", "--fail-level", "WARNING")
    assert "no issues" in check.stdout
    site.manage("makemigrations", "--check", "--dry-run")


def test_nothing_of_sala_but_the_plugin_is_loaded(site):
    loaded = site.evaluate(
        """
        import pkgutil, sys
        from importlib import import_module
        import accessibility, home
        for module in pkgutil.walk_packages(accessibility.__path__, "accessibility."):
            if not module.name.startswith("accessibility.vendor"):
                import_module(module.name)
        others = ("newsroom", "localization", "wagtail_localize", "config", "tests")
        answer = {
            "others": [name for name in others if name in sys.modules],
            "home": home.__file__,
            "accessibility": accessibility.__file__,
            "path": sys.path,
        }
        """
    )
    assert loaded["others"] == []
    assert loaded["home"].startswith(str(site.directory))
    assert loaded["accessibility"].startswith(str(site.environment_directory))
    checkout = inspect.getfile(conf).removesuffix("/accessibility/conf.py")
    assert not [place for place in loaded["path"] if place.startswith(checkout)]


def test_its_static_files_stand_in_a_manifest(site):
    """Storage of production refuses a page that names a file which was not collected."""
    answer = site.evaluate(
        """
        import tempfile
        from django.core.management import call_command
        from django.test import Client
        from django.test.utils import override_settings
        from django.conf import settings
        from django.contrib.auth import get_user_model
        manifest = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
        storages = {**settings.STORAGES, "staticfiles": {"BACKEND": manifest}}
        with (
            tempfile.TemporaryDirectory() as collected,
            override_settings(DEBUG=False, STORAGES=storages, STATIC_ROOT=collected),
        ):
            call_command("collectstatic", interactive=False, verbosity=0)
            client = Client(raise_request_exception=True)
            client.force_login(get_user_model().objects.get())
            addresses = ["/", "/accessibility/preferences/", "/admin/pages/3/edit/"]
            answer = [client.get(address).status_code for address in addresses]
        """
    )
    assert answer == [200, 200, 200]


# Used ---------------------------------------------------------------------------------------------


def test_readers_set_the_page_to_their_needs_without_scripts(site):
    before = requests.get(site.url)
    assert "A+ Make text larger" in before.text
    address = re.search(r'action="([^"]+)" method="post"', before.text)[1]
    reader = requests.Session()
    after = reader.post(f"{site.url}{address}", {"text_size": "larger", "next": "/"})
    assert (after.url, after.status_code) == (f"{site.url}/", 200)
    assert reader.cookies["preferences"] == "1.text_size-125"
    assert after.text == before.text, "one HTML for all readers"
    stylesheet = re.search(r'<noscript><link rel="stylesheet" href="([^"]+)">', after.text)[1]
    assert "--text-size:125%" in reader.get(f"{site.url}{stylesheet}").text.replace(" ", "")
    css = re.search(r'href="(/static/css/mysite[^"]*)"', after.text)[1]
    assert "var(--text-size, 100%)" in requests.get(f"{site.url}{css}").text


def test_the_preferences_page_speaks_the_language_of_the_site(site):
    address = f"{site.url}/accessibility/preferences/"
    page = requests.get(address, headers={"Accept-Language": "th"})
    assert page.headers["Content-Language"] == "en"
    assert "<h1>Display settings</h1>" in page.text
    assert requests.get(f"{site.url}/accessibility/preferences.json").json()["languages"] == {
        "en": "English"
    }


def test_rules_check_html_and_the_site_s_hook_silences_one(site):
    file = site.directory / "page.html"
    file.write_text(
        f"<p>{UNMARKED}</p><a href='https://example.org'>https://example.org</a>", encoding="utf-8"
    )
    command = ("check_html", "page.html", "--lang", "en", "--format", "json")
    result = site.manage(*command, check=False)
    assert result.returncode == 1
    found = {finding["rule"] for finding in json.loads(result.stdout)}
    assert "language-unmarked" in found
    assert "link-text-address" not in found, "the hook of the page silences it"


def test_the_editor_has_the_panel_and_the_rules_in_wagtail_s_checker(site, admin, home_page):
    html = admin.get(f"{site.url}/admin/pages/{home_page}/edit/").text
    assert 'data-side-panel="screen-reader"' in html
    checker = re.search(r'id="checker-axe-configuration"[^>]*>(.*?)</script>', html)[1]
    assert "language-unmarked" in json.loads(checker)["options"]["runOnly"]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', html)[1]
    answer = admin.post(
        f"{site.url}/admin/accessibility/check/",
        json={"html": f"<p>{UNMARKED}</p>", "lang": "en"},
        headers={"X-CSRFToken": token, "Referer": f"{site.url}/admin/"},
    )
    assert [finding["rule"] for finding in answer.json()["findings"]] == ["language-unmarked"]


def test_the_wheel_speaks_thai_to_an_editor_who_does(site):
    html = site.evaluate(
        """
        from django.contrib.auth import get_user_model
        from django.test import Client
        from home.models import HomePage
        from wagtail.users.models import UserProfile
        user = get_user_model().objects.create_superuser("thai", "thai@example.org", "thai")
        UserProfile.objects.create(user=user, preferred_language="th")
        client = Client(HTTP_HOST="localhost")
        client.force_login(user)
        answer = client.get(f"/admin/pages/{HomePage.objects.get().pk}/edit/").content.decode()
        """
    )
    assert "โปรแกรมอ่านหน้าจอ" in html


def test_a_page_with_an_error_is_saved_but_not_published(site, admin, home_page):
    public = requests.get(site.url).text
    draft = edit(site, admin, home_page, UNMARKED)
    assert "has been updated" in draft.text
    refused = edit(site, admin, home_page, UNMARKED, **{"action-publish": "publish"})
    assert "WCAG 3.1.2" in refused.text
    assert UNMARKED.encode("unicode-escape").decode() in refused.text, "nobody's input is lost"
    assert requests.get(site.url).text == public
    refusal = site.evaluate(
        """
        from home.models import HomePage
        from accessibility.gate.refusal import InaccessiblePageError
        try:
            HomePage.objects.get().get_latest_revision().publish()
            answer = ""
        except InaccessiblePageError as error:
            answer = error.messages
        """
    )
    assert any("3.1.2" in message for message in refusal)


def test_an_administrator_publishes_it_with_a_reason(site, admin, home_page):
    edit(site, admin, home_page, UNMARKED)
    address = f"{site.url}/admin/accessibility/override/{home_page}/"
    asked = admin.get(address)
    content = re.search(r'name="content" value="(\w+)"', asked.text)[1]
    reason = "The consultation opens today; marked up tomorrow."
    post(admin, address, reason=reason, content=content)
    assert UNMARKED in requests.get(site.url).text
    html = admin.get(f"{site.url}/admin/pages/{home_page}/edit/").text
    assert "Published despite accessibility errors" in html
    assert reason in html


def test_a_page_without_errors_is_published(site, admin, home_page):
    published = edit(site, admin, home_page, "Our report.", **{"action-publish": "publish"})
    assert "has been published" in published.text
    assert "Our report." in requests.get(site.url).text


def test_an_audit_finds_what_is_live_and_the_report_shows_it(site, admin, home_page):
    edit(site, admin, home_page, UNMARKED)
    site.evaluate(
        """
        from django.test.utils import override_settings
        from home.models import HomePage
        with override_settings(ACCESSIBILITY_GATE="off"):
            HomePage.objects.get().get_latest_revision().publish()
        answer = None
        """
    )
    audit = site.manage(
        "audit_accessibility", "--format", "json", "--fail-on", "error", check=False
    )
    assert audit.returncode == 1, audit.stderr
    assert "language-unmarked" in audit.stdout
    reports = re.findall(
        r'"(/admin/reports/[\w/-]+|/admin/accessibility/[\w/-]+)"',
        admin.get(f"{site.url}/admin/").text,
    )
    pages = [admin.get(f"{site.url}{address}") for address in dict.fromkeys(reports)]
    assert {page.status_code for page in pages} == {200}
    assert any("language-unmarked" in page.text for page in pages)


def test_security_txt_is_served_once_it_is_complete(site, admin):
    address = f"{site.url}/.well-known/security.txt"
    assert requests.get(address).status_code == 404
    form = f"{site.url}/admin/accessibility/security-txt/new/"
    root = site.evaluate("from wagtail.models import Site; answer = Site.objects.get().pk")
    expires = (datetime.date.today() + datetime.timedelta(days=90)).isoformat()
    fields = {"site": str(root), "contacts": "mailto:security@example.org"}
    answer = post(admin, form, **fields, expires=f"{expires} 00:00")
    assert requests.get(address).status_code == 200, answer.text
    assert "Contact: mailto:security@example.org" in requests.get(address).text
