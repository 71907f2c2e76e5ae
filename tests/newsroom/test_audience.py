"""What a reader, an editor and the data protection officer may rely on when views are counted."""

import datetime
import io
import logging
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.management import CommandError, call_command
from django.db import connection
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import GroupPagePermission, Page, PageViewRestriction

from newsroom import audience
from newsroom.audience import beacon, recorder, visitors
from newsroom.models import PageViews, VisitorDigest, Visitors
from tests import factories

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0"


@pytest.fixture(autouse=True)
def write_at_once(settings):
    settings.NEWSROOM_AUDIENCE_INTERVAL = 0


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch):
    """What a process remembers of one test's readers and pages is not the next one's."""
    visitors._salt.cache_clear()
    monkeypatch.setattr(beacon, "rate_limit", visitors.RateLimit())
    beacon._find_page.cache_clear()


@pytest.fixture
def article(bilingual_site):
    return factories.NewsArticlePageFactory(
        parent=bilingual_site.news, category=bilingual_site.category
    )


@pytest.fixture
def view(client):
    """Say, as a browser does, that a page was shown."""

    def send(page, agent=FIREFOX, address="203.0.113.7", **headers):
        number = page.pk if isinstance(page, Page) else page
        return client.post(
            "/audience/view/",
            {"page": number},
            REMOTE_ADDR=address,
            headers={"User-Agent": agent, "Sec-Fetch-Site": "same-origin"} | headers,
        )

    return send


@contextmanager
def read_only_database():
    """A database that really refuses to write."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA query_only = OFF")


def render(source: str, **context) -> str:
    return Template("{% load audience_tags %}" + source).render(Context(context))


# --- Counting ---------------------------------------------------------------------------------


def test_a_view_is_counted_and_the_answer_holds_the_new_counts(view, article):
    response = view(article)
    assert response.json().keys() == {"counted", "views", "visitors_total", "visitors_today"}
    assert response.json()["counted"] is True
    assert audience.views(article) == 1
    assert audience.totals() == (1, 1)


def test_counts_come_in_the_language_of_the_page_with_this_view_in_them(view, bilingual_site):
    audience.set_opening_views(bilingual_site.home_en, 1233)
    view(bilingual_site.home_en)
    texts = view(bilingual_site.home_en).json()
    assert texts["views"] == "1,235 views"
    assert texts["visitors_total"] == "1 visitor in all"
    assert texts["visitors_today"] == "1 visitor today"


def test_a_browser_without_scripts_counts_by_a_picture(client, article):
    response = client.get(f"/audience/view.gif?page={article.pk}", headers={"User-Agent": FIREFOX})
    assert response.headers["Content-Type"] == "image/gif"
    assert response.content.startswith(b"GIF89a")
    assert response.headers["Cache-Control"] == "no-store"
    assert audience.views(article) == 1


def test_the_same_reader_makes_two_views_and_is_one_visitor(view, article):
    view(article)
    view(article)
    assert audience.views(article) == 2
    assert audience.totals() == (1, 1)


@pytest.mark.parametrize(
    "other", [{"address": "203.0.113.8"}, {"agent": CHROME}], ids=["address", "browser"]
)
def test_another_address_or_browser_is_another_visitor(view, article, other):
    view(article)
    view(article, **other)
    assert audience.totals().visitors_today == 2


def test_an_ipv6_reader_is_one_visitor_within_a_network_of_64_bits(view, article):
    view(article, address="2001:db8:1:2::1")
    view(article, address="2001:db8:1:2:ffff::2")
    view(article, address="2001:db8:1:3::1")
    assert audience.totals().visitors_today == 2


def test_each_language_counts_for_itself_and_both_can_be_added(view, bilingual_site):
    view(bilingual_site.news)
    view(bilingual_site.news_en)
    view(bilingual_site.news_en)
    both = [bilingual_site.news, bilingual_site.news_en]
    assert audience.views_of(both) == {both[0].pk: 1, both[1].pk: 2}
    assert audience.views_of(both).total() == 3


def test_views_of_many_pages_take_one_query(view, bilingual_site, django_assert_num_queries):
    view(bilingual_site.news)
    pages = list(Page.objects.all())
    with django_assert_num_queries(1):
        counts = audience.views_of(pages)
    assert counts[bilingual_site.home.pk] == 0


def test_views_stay_when_a_page_is_edited_and_do_not_go_with_a_copy(view, article):
    view(article)
    article.title = "ชื่อใหม่"
    article.save_revision().publish()
    copy = article.copy(update_attrs={"slug": "copy"})
    assert audience.views(article) == 1
    assert audience.views(copy) == 0


def test_deleting_a_page_deletes_its_views(view, article):
    view(article)
    Page.objects.get(pk=article.pk).delete()
    assert not PageViews.objects.exists()


# --- Who is not counted -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; GPTBot/1.2; +https://openai.com/gptbot)",
        "curl/8.5.0",
        CHROME.replace("Chrome", "HeadlessChrome"),
    ],
)
def test_robots_are_answered_and_not_counted(view, article, agent):
    response = view(article, agent)
    assert response.status_code == 200
    assert response.json()["counted"] is False
    assert audience.views(article) == 0
    assert audience.totals() == (0, 0)


@pytest.mark.parametrize(
    "header",
    [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}, {"X-Moz": "prefetch"}],
)
def test_a_page_fetched_ahead_of_time_is_not_counted(view, article, header):
    assert view(article, **header).json()["counted"] is False
    assert audience.views(article) == 0


def test_asking_for_the_picture_without_taking_it_is_not_counted(client, article):
    response = client.head(f"/audience/view.gif?page={article.pk}", headers={"User-Agent": FIREFOX})
    assert response.status_code == 200
    assert audience.views(article) == 0


def test_people_of_the_newsroom_are_not_counted(client, view, article, administrator):
    client.force_login(administrator)
    assert view(article).json()["counted"] is False
    assert audience.views(article) == 0


@pytest.mark.parametrize("header", [{"Sec-GPC": "1"}, {"DNT": "1"}])
def test_who_asks_not_to_be_tracked_is_a_view_but_leaves_no_digest(view, article, header):
    assert view(article, **header).json()["counted"] is True
    assert audience.views(article) == 1
    assert audience.totals() == (0, 0)
    assert not VisitorDigest.objects.exists()


def test_one_visitor_cannot_count_a_page_up_without_end(view, article, settings):
    settings.NEWSROOM_AUDIENCE_VIEWS_PER_MINUTE = 3
    assert [view(article).json()["counted"] for _ in range(5)] == [True] * 3 + [False] * 2
    assert view(article, address="203.0.113.8").json()["counted"] is True
    assert audience.views(article) == 4


# --- What is refused --------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["", "abc", "-1", "1.5", "๑๒", "1" * 19, "1 OR 1=1", "1\x00"])
def test_what_is_no_page_number_is_refused_by_name(client, number):
    response = client.post("/audience/view/", {"page": number}, headers={"User-Agent": FIREFOX})
    assert response.status_code == 400
    assert f"page={number}" in response.json()["error"]
    assert client.get("/audience/view.gif", {"page": number}).status_code == 400


def test_an_unknown_page_and_the_root_are_not_found(view, db):
    assert view(999_999).status_code == 404
    assert view(Page.get_first_root_node()).status_code == 404


def test_an_unpublished_page_is_not_found(view, article):
    article.unpublish()
    assert view(article).status_code == 404
    assert audience.views(article) == 0


def test_a_page_below_a_private_page_is_not_found(client, view, article, bilingual_site):
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=bilingual_site.news.pk),
        restriction_type=PageViewRestriction.LOGIN,
    )
    assert view(article).status_code == 404
    image = client.get(f"/audience/view.gif?page={article.pk}", headers={"User-Agent": FIREFOX})
    assert image.status_code == 404


@pytest.mark.parametrize(
    "header",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "", "Origin": "https://other.example"},
        {"Sec-Fetch-Site": "", "Origin": "null"},
    ],
)
def test_another_site_cannot_count_views(view, article, header):
    assert view(article, **header).status_code == 403
    assert audience.views(article) == 0


def test_an_older_browser_is_believed_by_its_origin(view, article):
    answer = view(article, **{"Sec-Fetch-Site": "", "Origin": "http://testserver"})
    assert answer.json()["counted"] is True


def test_a_view_is_sent_and_never_fetched(client, article):
    assert client.get(f"/audience/view/?page={article.pk}").status_code == 405


def test_a_database_that_does_not_answer_gives_503_and_a_time_to_come_back(view, article):
    view(article)
    with read_only_database():
        response = view(article)
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert audience.views(article) == 1


# --- Privacy ----------------------------------------------------------------------------------


def test_no_cookie_is_set_and_no_address_or_browser_is_stored(client, view, article):
    view(article)
    assert not client.cookies
    stored = connection.iterdump() if hasattr(connection, "iterdump") else ()
    rows = [
        str(vars(row))
        for model in (PageViews, Visitors, VisitorDigest)
        for row in model.objects.all()
    ]
    assert rows
    for text in (*stored, *rows):
        assert "203.0.113" not in text
        assert "Firefox" not in text


def test_the_digest_of_a_reader_changes_with_the_day(rf, db):
    request = rf.post("/", REMOTE_ADDR="203.0.113.7", headers={"User-Agent": FIREFOX})
    monday, tuesday = datetime.date(2026, 11, 23), datetime.date(2026, 11, 24)
    first = visitors.digest(request, monday)
    visitors._salt.cache_clear()  # another process asks the database
    assert visitors.digest(request, monday) == first
    assert visitors.digest(request, tuesday) != first
    assert len(first) == 16


def test_digests_and_salt_of_a_day_are_deleted_with_it_and_the_number_stays(view, article):
    view(article)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    VisitorDigest.objects.update(day=yesterday)
    Visitors.objects.update(day=yesterday)
    view(article)
    assert set(VisitorDigest.objects.values_list("day", flat=True)) == {timezone.localdate()}
    old, new = Visitors.objects.order_by("day")
    assert (old.visitors, bytes(old.salt)) == (1, b"")
    assert new.visitors == 1
    assert bytes(new.salt)
    assert audience.totals() == (2, 1)


def test_a_day_begins_at_midnight_of_the_sites_time_zone(view, article, settings):
    settings.TIME_ZONE = "Pacific/Kiritimati"
    timezone.deactivate()
    view(article)
    day = datetime.datetime.now(ZoneInfo("Pacific/Kiritimati")).date()
    assert PageViews.objects.get().day == day


# --- Behind proxies ---------------------------------------------------------------------------


def forwarded(rf, value, address="10.0.0.1"):
    return rf.get("/", REMOTE_ADDR=address, headers={"X-Forwarded-For": value})


def test_without_a_trusted_proxy_the_header_of_a_proxy_is_not_believed(rf):
    assert visitors.client_network(forwarded(rf, "203.0.113.7")) == "10.0.0.1"


@pytest.mark.parametrize(
    ("proxies", "header", "network"),
    [
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.1, 203.0.113.7, 192.0.2.1", "203.0.113.7"),
        (2, "203.0.113.7", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "somebody", "10.0.0.1"),
        (1, "::ffff:203.0.113.7", "203.0.113.7"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_behind_proxies_the_reader_is_who_the_outermost_one_saw(
    rf, settings, proxies, header, network
):
    settings.NEWSROOM_TRUSTED_PROXIES = proxies
    assert visitors.client_network(forwarded(rf, header)) == network


# --- Writing in batches -----------------------------------------------------------------------


def test_a_batch_takes_the_same_few_queries_for_fifty_pages(
    bilingual_site, django_assert_max_num_queries
):
    pages = [
        factories.ContentPageFactory(parent=bilingual_site.home, slug=f"p-{n}") for n in range(5)
    ]
    today = timezone.localdate()
    digests = {(today, bytes([number]) * 16) for number in range(50)}
    with django_assert_max_num_queries(14):
        recorder.write({(page.pk, today): 3 for page in pages}, digests)
    assert audience.views_of(pages).total() == 15
    assert audience.totals() == (50, 50)


def test_a_page_deleted_in_the_meantime_does_not_hold_up_the_others(article):
    today = timezone.localdate()
    recorder.write({(999_999, today): 1, (article.pk, today): 2}, set())
    assert audience.views(article) == 2
    assert PageViews.objects.count() == 1


def test_a_database_that_refuses_delays_views_and_loses_none(article, settings, caplog):
    settings.NEWSROOM_AUDIENCE_INTERVAL = 3600  # the test says when to write
    today = timezone.localdate()
    views = recorder.Recorder()
    for number in range(5):
        views.add(article.pk, today, bytes([number]) * 16)
    with read_only_database():
        assert views.flush() is False
        views.add(article.pk, today, b"another visitor!")
        assert views.flush() is False
    assert audience.views(article) == 0
    assert views.flush() is True
    assert views.flush() is True
    assert audience.views(article) == 6
    assert audience.totals() == (6, 6)
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert len(errors) == 1, "an outage is reported once, not every second"


def test_a_rush_asks_the_database_once_and_not_for_each_view(
    view, article, settings, django_assert_num_queries
):
    settings.NEWSROOM_AUDIENCE_INTERVAL = 3600
    view(article)
    with django_assert_num_queries(0):
        for number in range(20):
            assert view(article, address=f"198.51.100.{number}").json()["counted"] is True
    assert recorder.recorder.flush()
    assert audience.views(article) == 21


def test_too_many_waiting_visitors_are_refused(settings, monkeypatch):
    settings.NEWSROOM_AUDIENCE_INTERVAL = 0.01
    monkeypatch.setattr(recorder, "MAX_WAITING", 0)
    with pytest.raises(recorder.RecorderFullError):
        recorder.Recorder().add(1, timezone.localdate(), b"x" * 16)


# --- Opening totals ---------------------------------------------------------------------------


def set_totals(*arguments: str) -> str:
    out = io.StringIO()
    call_command("set_audience_totals", *arguments, stdout=out)
    return out.getvalue()


def test_a_site_moves_in_with_its_history(view, article):
    view(article)
    path = article.get_url_parts()[2]
    output = set_totals("--visitors", "5000", "--page", path, "--views", "120")
    assert "5000" in output
    assert "120" in output
    assert audience.views(article) == 121
    assert audience.totals() == (5001, 1)


def test_setting_opening_totals_again_replaces_them(article):
    for number in ("10", "20", "20"):
        set_totals("--visitors", number, "--page", str(article.pk), "--views", number)
    assert audience.views(article) == 20
    assert audience.totals() == (20, 0)


def test_a_page_is_found_by_number_path_and_address_in_both_languages(bilingual_site, article):
    for value in (
        "/th/",
        "/en/",
        "/en/news/",
        "/th/news",
        f"http://localhost/th/news/{article.slug}/",
    ):
        set_totals("--page", value, "--views", "7")
    pages = [bilingual_site.home, bilingual_site.home_en, bilingual_site.news]
    pages += [bilingual_site.news_en, article]
    assert set(audience.views_of(pages).values()) == {7}
    assert len(audience.views_of(pages)) == 5


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--visitors", "-5"], "-5"),
        (["--visitors", "many"], "many"),
        (["--visitors", "9" * 30], "9" * 30),
        (["--page", "/th/nowhere/", "--views", "3"], "/th/nowhere/"),
        (["--page", "/th/"], "1 pages and 0 views"),
        (["--views", "3"], "0 pages and 1 views"),
        ([], "--visitors N"),
    ],
)
def test_a_wrong_total_is_refused_by_name_and_nothing_is_set(bilingual_site, arguments, named):
    with pytest.raises(CommandError, match=named.replace("--visitors", "visitors").strip("-")):
        set_totals(*arguments)
    assert not PageViews.objects.exists()
    assert not Visitors.objects.exists()


def test_one_unknown_page_leaves_the_other_totals_as_they_were(bilingual_site):
    with pytest.raises(CommandError, match="nowhere"):
        set_totals(
            "--visitors",
            "9",
            "--page",
            "/th/",
            "--views",
            "1",
            "--page",
            "/nowhere/",
            "--views",
            "1",
        )
    assert audience.totals() == (0, 0)


@pytest.mark.parametrize("number", [-1, 1.5, True, "7", 2**63])
def test_an_opening_total_is_a_whole_number(article, number):
    with pytest.raises(ValueError, match="whole number"):
        audience.set_opening_views(article, number)
    with pytest.raises(ValueError, match="whole number"):
        audience.set_opening_visitors(number)


# --- Templates --------------------------------------------------------------------------------


def test_the_beacon_stands_on_a_public_page_for_browsers_with_and_without_scripts(article):
    html = render("{% audience_beacon page %}", page=article)
    assert 'type="module"' in html
    assert f'data-page="{article.pk}"' in html
    assert f'<noscript><img src="/audience/view.gif?page={article.pk}" alt=""' in html


def test_there_is_no_beacon_in_previews_on_drafts_and_without_a_page(rf, article, bilingual_site):
    preview = rf.get("/")
    preview.is_preview = True
    draft = factories.NewsArticlePageFactory(
        parent=bilingual_site.news, category=bilingual_site.category, live=False
    )
    for context in ({"page": article, "request": preview}, {"page": draft}, {"page": None}, {}):
        assert not render("{% audience_beacon page %}", **context).strip()


def test_rendering_a_page_never_writes(client, article, bilingual_site):
    render("{% audience_beacon page %}{% page_views page %}{% visitor_totals %}", page=article)
    for model in (PageViews, Visitors, VisitorDigest):
        assert not model.objects.exists()


def test_views_are_grouped_as_the_readers_language_does(article):
    audience.set_opening_views(article, 1234)
    with translation.override("en"):
        html = render("{% page_views page %}", page=article)
    assert (
        html == f'<span data-audience="views" data-audience-page="{article.pk}">1,234 views</span>'
    )


def test_views_that_a_listing_fetched_with_its_pages_cost_no_query(
    article, django_assert_num_queries
):
    audience.set_opening_views(article, 7)
    page = Page.objects.annotate(number_of_views=audience.sum_of_views()).get(pk=article.pk)
    with django_assert_num_queries(0), translation.override("en"):
        assert "7 views" in render("{% page_views page %}", page=page)


def test_numbers_are_in_thai_digits_where_the_site_wants_them(article, settings):
    settings.LOCALIZATION_THAI_DIGITS = True
    audience.set_opening_views(article, 1234)
    with translation.override("th"):
        assert "๑,๒๓๔" in render("{% page_views page %}", page=article)


def test_visitors_cost_one_query_a_request_and_views_one(rf, article, django_assert_num_queries):
    request = rf.get("/")
    request.user = AnonymousUser()
    audience.set_opening_visitors(41_000)
    with translation.override("en"), django_assert_num_queries(1):
        html = render("{% visitor_totals %}{% visitor_totals %}", request=request)
    assert html.count("41,000 visitors in all") == 2
    assert html.count("0 visitors today") == 2
    with django_assert_num_queries(1):
        render("{% page_views page %}", page=article)


# --- Admin ------------------------------------------------------------------------------------


def listing(client, name="news_articles:index", *arguments, **query):
    return client.get(reverse(name, args=arguments), query)


def titles(response) -> list[str]:
    return [page.title for page in response.context["object_list"]]


@pytest.fixture
def articles(bilingual_site):
    made = [
        factories.NewsArticlePageFactory(
            parent=bilingual_site.news, category=bilingual_site.category, title=f"ข่าว {number}"
        )
        for number in range(3)
    ]
    for article, number in zip(made, (5, 12_345, 0), strict=True):
        audience.set_opening_views(article, number)
    return made


def test_an_editor_sees_the_views_of_all_articles_and_sorts_by_them(
    client, articles, administrator
):
    client.force_login(administrator)
    response = listing(client, ordering="-views")
    assert titles(response) == ["ข่าว 1", "ข่าว 0", "ข่าว 2"]
    assert "12,345" in response.content.decode()


@pytest.mark.parametrize(
    "ordering", ["title", "publication_date", "category__name", "locale__language_code", "live"]
)
def test_articles_are_sorted_by_every_column(client, articles, administrator, ordering):
    client.force_login(administrator)
    assert len(titles(listing(client, ordering=f"-{ordering}"))) == 3


def test_the_explorer_shows_views_below_a_news_index(
    client, articles, administrator, bilingual_site
):
    client.force_login(administrator)
    response = listing(client, "wagtailadmin_explore", bilingual_site.news.pk, ordering="views")
    assert titles(response) == ["ข่าว 2", "ข่าว 0", "ข่าว 1"]
    assert "12,345" in response.content.decode()


def test_searching_the_listing_works_whatever_it_was_sorted_by(client, articles, administrator):
    client.force_login(administrator)
    for ordering in ("views", "-publication_date", "category__name"):
        assert listing(client, q="ข่าว", ordering=ordering).status_code == 200


def test_counting_and_categories_cost_the_listing_the_same_queries_for_any_number_of_articles(
    client, articles, administrator, bilingual_site, django_assert_max_num_queries
):
    def own_queries() -> list[str]:
        # wagtail-localize asks for each row whether it can be translated; that is not ours.
        with django_assert_max_num_queries(100) as queries:
            listing(client)
        sql = [query["sql"] for query in queries]
        return [text for text in sql if "newsroom_pageviews" in text or "newscategory" in text]

    client.force_login(administrator)
    before = len(own_queries())
    for _ in range(4):
        factories.NewsArticlePageFactory(
            parent=bilingual_site.news, category=factories.NewsCategoryFactory()
        )
    assert len(own_queries()) == before


def test_who_may_not_see_the_admin_does_not_see_the_listing(client, articles):
    assert listing(client).status_code == 302
    client.force_login(factories.UserFactory())
    assert listing(client).status_code == 302


def test_an_editor_of_other_pages_does_not_see_the_articles(client, articles, bilingual_site):
    group = Group.objects.create(name="Other pages")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=group,
        page=Page.objects.get(pk=bilingual_site.home_en.pk),
        permission=Permission.objects.get(
            content_type__app_label="wagtailcore", codename="change_page"
        ),
    )
    person = factories.UserFactory()
    person.groups.add(group)
    client.force_login(person)
    response = listing(client)
    assert response.status_code == 200
    assert titles(response) == []
