"""What a policy says of the server is what the server does; editors are told where it is not."""

import re

import pytest
from csp.constants import SELF, UNSAFE_INLINE
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import override
from wagtail import hooks
from wagtail.test.utils.form_data import streamfield

from accessibility.measures.cookies import Cookie, cookies, duration
from accessibility.measures.csp import ContentSecurityPolicy
from accessibility.measures.measurement import measure
from accessibility.models import PolicyPage
from tests import factories

from .gate import say_in_english
from .policies import policy_form

pytestmark = pytest.mark.django_db

CLAIMS = [
    ("https", {}),
    ("hsts", {"days": 365}),
    ("csp", {"no_inline_scripts": True, "no_third_parties": True}),
    ("cookies", {"none_unasked": True}),
    ("logs", {"days": 90}),
]


@pytest.fixture
def https(settings) -> None:
    """The server as it is set in production."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.ACCESSIBILITY_LOG_DAYS = 90


def allow(settings, **directives) -> None:
    """Add sources to directives of the Content-Security-Policy."""
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    named = {name.replace("_", "-"): sources for name, sources in directives.items()}
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": policy | named}


@pytest.fixture
def policy(bilingual_site) -> PolicyPage:
    return factories.PolicyPageFactory(
        parent=bilingual_site.home, slug="policy", kind="security", measures=CLAIMS
    )


@pytest.fixture
def translated(policy) -> PolicyPage:
    return factories.translate(
        policy, slug="policy", title="Security policy", office="IT", body="<p>Text.</p>"
    )


def read(client, path: str = "/en/policy/") -> str:
    # Readers may be shown a measurement that is an hour old.
    cache.clear()
    response = client.get(path, secure=True)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


# --- What readers see -------------------------------------------------------------------------


def test_readers_see_what_the_server_does(client, translated, https):
    text = read(client)
    assert "Every page is sent encrypted" in text
    assert "asks for encrypted pages only, for 1 year from each visit" in text
    assert "This holds for all subdomains too." in text
    assert "Scripts and styles come from this site alone." in text
    assert "A reader who chooses nothing gets no cookie at all." in text
    assert "The server’s logs are kept for 90 days, then deleted." in text
    assert "Measured on this server itself on" in text


def test_they_see_it_whatever_the_page_claims(client, translated, settings):
    settings.SECURE_SSL_REDIRECT = False
    settings.SECURE_HSTS_SECONDS = 0
    allow(settings, **{"script-src": [SELF, UNSAFE_INLINE], "style-src": ["https://cdn.example"]})
    text = read(client)
    assert "This server does not require encrypted connections." in text
    assert "does not tell browsers to remember encrypted connections" in text
    assert "Scripts that stand inside a page are run." in text
    assert "scripts and styles may come from: https://cdn.example" in text
    assert "has not been stated by its operator" in text


def test_a_server_without_a_policy_for_content_says_so(client, translated, settings):
    settings.CONTENT_SECURITY_POLICY = None
    assert "This server does not restrict what pages may load." in read(client)


def test_the_day_is_in_the_readers_calendar(client, policy, https):
    assert re.search(r"วัดจากเซิร์ฟเวอร์นี้เองเมื่อ +\d+ \S+ 25\d\d", read(client, "/th/policy/"))


def test_the_server_is_not_measured_for_each_reader(
    client, translated, django_assert_max_num_queries
):
    client.get("/en/policy/")
    # Measuring alone takes more than twenty.
    with django_assert_max_num_queries(15):
        client.get("/en/policy/")


def test_a_home_page_that_shows_measures_measures_itself_once(client, policy, bilingual_site):
    bilingual_site.site.root_page = policy
    bilingual_site.site.save()
    measured = measure(bilingual_site.site)
    assert measured.cookies == ()


def test_a_site_whose_home_page_is_not_published_is_not_measured(policy, bilingual_site):
    bilingual_site.home.unpublish()
    bilingual_site.site.refresh_from_db()
    assert measure(bilingual_site.site) is None


def test_a_site_behind_a_proxy_is_asked_as_the_proxy_asks(bilingual_site, https, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    measured = measure(bilingual_site.site)
    assert measured.forces_https
    assert measured.hsts_max_age == 31_536_000


# --- Cookies ----------------------------------------------------------------------------------


def test_the_table_of_cookies_is_made_from_the_settings(client, translated, settings):
    settings.SESSION_COOKIE_NAME = "staff"
    settings.SESSION_COOKIE_AGE = 3_600 * 8
    text = read(client)
    assert "staff Signed-in staff only Knows who is signed in 8 hours" in text
    assert "preferences Readers who change how pages look" in text


def test_the_table_names_every_cookie_that_really_is_set(client, moderator):
    client.post("/accessibility/preferences/", {"text_size": "125"})
    client.get("/admin/login/")
    client.force_login(moderator)
    client.get("/admin/")
    assert set(client.cookies) <= {cookie.name for cookie in cookies()}
    assert "preferences" in client.cookies


def test_an_adopter_describes_further_cookies(client, translated):
    def more() -> list[Cookie]:
        return [Cookie("shop", "Buyers", "Remembers the basket", None)]

    with hooks.register_temporarily("register_cookies", more):
        assert "shop Buyers Remembers the basket Until the browser is closed" in read(client)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (31_536_000, "1 year"),
        (1_209_600, "2 weeks"),
        (86_400, "1 day"),
        (31_449_600, "52 weeks"),
        (7_776_000, "90 days"),
        (7_200, "2 hours"),
        (60, "1 minute"),
    ],
)
def test_time_spans_are_in_words(seconds, words):
    with override("en"):
        assert duration(seconds) == words


# --- What editors are told --------------------------------------------------------------------


@pytest.fixture
def submit(client, moderator, policy):
    """Press a button of the editor; returns the page that it answers with."""
    say_in_english(moderator)
    client.force_login(moderator)

    def press(claims=CLAIMS, action: str = "action-publish"):
        values = [
            (name, {key: "on" if value is True else value for key, value in claim.items()})
            for name, claim in claims
        ]
        address = reverse("wagtailadmin_pages:edit", args=[policy.pk])
        data = policy_form(policy, measures=streamfield(values)) | {action: "1"}
        return client.post(address, data, secure=True)

    return press


def errors(response) -> list[str]:
    """The errors of the blocks, in their order."""
    assert response.status_code == 200
    (error,) = response.context["form"].errors.as_data()["measures"]
    return [text for block in error.block_errors.values() for text in block.messages]


def test_a_policy_that_is_true_goes_out(submit, https):
    assert submit().status_code == 302


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"SECURE_SSL_REDIRECT": False}, "also answers over plain HTTP"),
        ({"SECURE_HSTS_SECONDS": 86_400 * 30}, "for 30 days, not for 365"),
        ({"CONTENT_SECURITY_POLICY": None}, "sends no Content-Security-Policy"),
        ({"ACCESSIBILITY_LOG_DAYS": None}, "let the operator set ACCESSIBILITY_LOG_DAYS"),
        ({"ACCESSIBILITY_LOG_DAYS": 30}, "Logs are kept for 30 days."),
    ],
)
def test_a_claim_that_is_not_so_is_an_error_at_its_block(
    submit, https, settings, changes, complaint
):
    for name, value in changes.items():
        setattr(settings, name, value)
    (error,) = errors(submit())
    assert complaint in error


@pytest.mark.parametrize(
    ("sources", "complaint"),
    [
        ({"script-src": [SELF, UNSAFE_INLINE]}, "allows scripts inside pages"),
        ({"style-src": [SELF, "https://cdn.example"]}, "of others: https://cdn.example"),
        ({"script-src": ["*"]}, "of others: any host"),
    ],
)
def test_a_policy_for_content_that_allows_more_is_an_error(
    submit, https, settings, sources, complaint
):
    allow(settings, **sources)
    assert complaint in errors(submit())[0]


def test_a_nonce_switches_inline_scripts_off(submit, https, settings):
    allow(settings, **{"script-src": [SELF, UNSAFE_INLINE, "'nonce-abc'"]})
    assert submit().status_code == 302


@pytest.mark.parametrize(
    "policy",
    [
        "script-src 'self'; script-src-elem 'unsafe-inline'",
        "script-src 'self'; script-src-attr 'unsafe-inline'",
        "script-src 'UNSAFE-INLINE'",
        "SCRIPT-SRC 'unsafe-inline'",
        "default-src 'unsafe-inline'",
        "style-src 'self'",
        "script-src 'self' data:",
        "script-src 'unsafe-inline' 'nonce-'",
        "script-src 'unsafe-inline' 'sha1-abcd'",
        "script-src 'nonce-abc'; script-src-attr 'unsafe-inline'",
    ],
)
def test_scripts_inside_pages_are_seen_however_they_are_allowed(policy):
    assert ContentSecurityPolicy.parse(policy).allows_inline_scripts


@pytest.mark.parametrize(
    "policy",
    [
        "script-src 'self'",
        "script-src 'unsafe-inline'; script-src-elem 'self'; script-src-attr 'none'",
        "default-src 'unsafe-inline'; script-src",
        "script-src 'unsafe-inline' 'NONCE-abc'",
        "script-src 'unsafe-inline' 'sha256-abc/+_-='",
        "script-src 'unsafe-inline' 'strict-dynamic'",
        "script-src 'self', script-src 'unsafe-inline'",
    ],
)
def test_scripts_inside_pages_are_not_suspected_where_browsers_run_none(policy):
    assert not ContentSecurityPolicy.parse(policy).allows_inline_scripts


@pytest.mark.parametrize(
    ("policy", "hosts"),
    [
        ("default-src 'self'", ()),
        ("default-src 'self'; style-src-elem https://cdn.example", ("https://cdn.example",)),
        ("default-src 'self'; script-src-elem cdn.example", ("cdn.example",)),
        ("default-src 'self'; script-src cdn.example; script-src-elem 'self'", ()),
        ("default-src 'self' data:", ("data:",)),
        ("default-src 'self'; script-src HTTPS:", None),
        ("default-src 'self'; style-src *", None),
        ("default-src 'self'; script-src 'nonce-abc' 'strict-dynamic'", None),
        ("script-src 'self'", None),
    ],
)
def test_third_parties_are_seen_however_they_are_allowed(policy, hosts):
    assert ContentSecurityPolicy.parse(policy).third_parties == hosts


@pytest.mark.parametrize("slug", ["news", "ข่าว"])
def test_a_page_of_another_type_cannot_hide_what_it_does(
    submit, https, settings, bilingual_site, slug
):
    bilingual_site.news.slug = slug
    bilingual_site.news.save()
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.follow_readers_of_news"]
    found = errors(submit())
    assert "sends no Content-Security-Policy" in found[0]
    assert "A reader who chooses nothing gets: tracking." in found[1]


def follow_readers_of_news(get_response):
    def middleware(request):
        response = get_response(request)
        if "news" in request.path or "ข่าว" in request.path:
            response.set_cookie("tracking", "1")
            response._csp_exempt = True
        return response

    return middleware


def test_a_cookie_that_nobody_described_is_an_error(submit, https, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.set_tracking_cookie"]
    found = errors(submit())
    assert "A reader who chooses nothing gets: tracking." in found[0]
    assert "stand in no table: tracking" in found[1]


def set_tracking_cookie(get_response):
    def middleware(request):
        response = get_response(request)
        response.set_cookie("tracking", "1")
        return response

    return middleware


def test_what_is_not_claimed_is_no_error(submit):
    assert submit(claims=[("csp", {})]).status_code == 302
    assert submit(claims=[]).status_code == 302


def test_drafts_may_claim_anything(submit):
    assert submit(action="action-save").status_code == 302


def test_the_editor_sees_what_the_server_does_and_what_differs(client, moderator, policy):
    say_in_english(moderator)
    client.force_login(moderator)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[policy.pk])).content.decode()
    assert "What this server does now" in html
    assert "This policy states what is not so:" in html
    assert "also answers over plain HTTP" in html


def test_a_new_policy_can_be_begun(client, moderator, bilingual_site):
    say_in_english(moderator)
    client.force_login(moderator)
    address = reverse(
        "wagtailadmin_pages:add", args=["accessibility", "policypage", bilingual_site.home.pk]
    )
    assert "What this server does now" in client.get(address).content.decode()
