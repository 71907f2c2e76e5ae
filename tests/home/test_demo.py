"""The demo: a newsroom in two languages as its people would have written it."""

import os
from collections import Counter
from io import StringIO

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page, Site
from wagtail_localize.models import Translation

from accessibility.measures.claims import differences
from accessibility.measures.measurement import measure
from accessibility.models import AccessibilityStatementPage, PolicyPage
from accessibility.rules import check
from home.demo import DemoExistsError, load_demo
from home.demo.accounts import ACCOUNTS, demo_password, password_file
from home.models import ContentPage, HomePage, SiteDocument, SiteIdentity, SiteImage
from localization.freshness import editions
from localization.publishing import bring_up_to_date, missing_segments
from newsroom.audience import totals, views
from newsroom.models import NewsArticlePage, NewsCategory

PASSWORD = "made-for-this-test"

# Loading takes half a minute of an idle processor, and much longer of a busy one.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def demo_files(tmp_path_factory):
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module", autouse=True)
def demo(demo_files, django_db_setup, django_db_blocker):
    """The demo, loaded once for all tests here; returns the stages that were said."""
    stages = []
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=demo_files / "media"),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(document_field(), "storage", document_storage(demo_files))
        outermost = transaction.atomic()
        outermost.__enter__()
        try:
            load_demo(PASSWORD, lambda stage, _steps: stages.append(stage))
            yield stages
        finally:
            transaction.set_rollback(True)
            outermost.__exit__(None, None, None)
            Site.clear_site_root_paths_cache()


@pytest.fixture(autouse=True)
def media(demo_files, settings, monkeypatch):
    """As in the other tests, but the files of the demo stay where they are."""
    settings.MEDIA_ROOT = demo_files / "media"
    settings.VAR_DIR = demo_files
    monkeypatch.setattr(document_field(), "storage", document_storage(demo_files))
    return demo_files


def document_field():
    return SiteDocument._meta.get_field("file")


def document_storage(folder):
    return storages.create_storage(
        {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(folder / "documents"), "base_url": None},
        }
    )


def states(model: type[Page]) -> Counter:
    """Return how many pages of a kind there are, by (tree, what they are in it)."""
    found = editions(model.objects.live().select_related("locale"))
    return Counter((edition.locale, edition.state) for edition in found.values())


@pytest.mark.django_db
def test_there_are_forty_thai_articles_of_which_twenty_five_are_in_english():
    found = states(NewsArticlePage)
    assert found["th", "original"] >= 40
    assert found["en", "translation"] + found["en", "older"] == 25


@pytest.mark.django_db
def test_three_translations_are_older_than_their_source():
    assert states(NewsArticlePage)["en", "older"] == 3


@pytest.mark.django_db
def test_what_is_not_translated_stands_in_the_english_tree_as_an_alias():
    found = states(NewsArticlePage)
    thai_only = found["th", "original"] - 25
    assert found["en", "untranslated"] == thai_only > 0


@pytest.mark.django_db
def test_pages_policies_categories_and_identity_are_in_both_languages():
    assert NewsCategory.objects.filter(locale__language_code="th").count() == 5
    assert NewsCategory.objects.filter(locale__language_code="en").count() == 5
    assert SiteIdentity.objects.count() == 2
    assert HomePage.objects.live().count() == 2
    for model in (PolicyPage, ContentPage):
        found = states(model)
        assert found["th", "original"] == found["en", "translation"] > 0
    # The accessibility statement has a type of its own.
    kinds = set(PolicyPage.objects.values_list("kind", flat=True))
    assert kinds == set(PolicyPage.Kind.values) - {PolicyPage.Kind.ACCESSIBILITY}
    assert AccessibilityStatementPage.objects.count() == 2


@pytest.mark.django_db
def test_every_page_answers_in_both_languages(client):
    for page in Page.objects.live().filter(depth__gt=1):
        response = client.get(page.get_url())
        assert response.status_code == 200, page.get_url()


@pytest.mark.django_db
def test_translators_find_every_segment_translated_but_those_that_changed_since():
    open_translations = 0
    for translation in Translation.objects.select_related("source", "target_locale"):
        bring_up_to_date(translation.source)
        open_translations += bool(missing_segments(translation.source, translation.target_locale))
    assert open_translations == 3


@pytest.mark.django_db
def test_english_pages_hold_no_thai_of_their_source():
    english = NewsArticlePage.objects.filter(locale__language_code="en", alias_of=None)
    for article in english:
        original = NewsArticlePage.objects.get(
            translation_key=article.translation_key, locale__language_code="th"
        )
        assert article.title != original.title
        assert article.slug.isascii()
        assert article.introduction != original.introduction
        assert not {str(tag) for tag in article.tags.all()} - {"WCAG"} & {
            str(tag) for tag in original.tags.all()
        }
        assert article.category.locale == article.locale


@pytest.mark.django_db
def test_the_statement_names_the_review_by_people_in_each_language():
    for statement in AccessibilityStatementPage.objects.select_related("locale"):
        expected = {"th": "ผู้ตรวจหกคน", "en": "Six assessors"}[statement.locale.language_code]
        assert statement.review_by_people_date
        assert statement.review_by_people.startswith(expected)


@pytest.mark.django_db
def test_dates_tell_the_history_of_two_years():
    for article in NewsArticlePage.objects.filter(locale__language_code="th"):
        assert article.first_published_at == article.publication_date
    dates = NewsArticlePage.objects.values_list("publication_date", flat=True)
    assert (max(dates) - min(dates)).days > 650


@pytest.mark.django_db
def test_pictures_have_alternatives_and_files():
    assert SiteImage.objects.count() > 10
    for image in SiteImage.objects.all():
        assert image.description
        try:
            image.get_rendition("width-100")
        except SourceImageIOError:
            pytest.fail(f"{image} has no file")


@pytest.mark.django_db
def test_counts_begin_with_opening_totals():
    assert totals().visitors_total > 1_000_000
    assert all(views(page) for page in NewsArticlePage.objects.filter(locale__language_code="th"))


@pytest.mark.django_db
@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.username)
def test_each_account_signs_in_with_the_password_of_this_machine(account, rf):
    user = authenticate(rf.post("/"), username=account.username, password=PASSWORD)
    assert user is not None
    assert [group.name for group in user.groups.all()] == ([account.group] if account.group else [])
    assert user.is_superuser == (account.group is None)


@pytest.mark.django_db
def test_a_second_call_touches_nothing_that_people_have_written():
    article = NewsArticlePage.objects.filter(alias_of=None).first()
    article.title = "ชื่อที่บรรณาธิการแก้"
    article.save_revision().publish()
    before = list(Page.objects.order_by("pk").values("pk", "title", "latest_revision_created_at"))
    with pytest.raises(DemoExistsError):
        load_demo("another-password")
    out = StringIO()
    call_command("load_demo", stdout=out)
    assert "not loaded again" in out.getvalue()
    after = list(Page.objects.order_by("pk").values("pk", "title", "latest_revision_created_at"))
    assert after == before
    assert get_user_model().objects.get(username="editor").check_password(PASSWORD)


def test_progress_names_the_stages(demo):
    assert [stage for stage in demo if stage][:2] == ["media", "categories"]


def test_the_password_is_made_once_and_only_its_owner_may_read_it(monkeypatch):
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    first = demo_password()
    assert len(first) >= 12
    assert demo_password() == first
    assert os.stat(password_file()).st_mode & 0o777 == 0o600


def test_the_environment_may_give_the_password(monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "given")
    assert demo_password() == "given"


def test_addresses_and_sign_ins_are_printed_for_people(monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "given")
    out = StringIO()
    call_command("demo_accounts", port=8042, stdout=out)
    printed = out.getvalue()
    for expected in (
        "http://localhost:8042/th/",
        "http://localhost:8042/admin/",
        "given",
        *(account.username for account in ACCOUNTS),
    ):
        assert expected in printed


@pytest.mark.django_db
def test_the_rules_raise_no_false_alarm_on_any_page_of_the_demo(client):
    addresses = [page.get_url() for page in Page.objects.live().filter(depth__gt=1)]
    for language in ("th", "en"):
        addresses += [
            f"/{language}/search/?q=a",
            f"/accessibility/preferences/?lang={language}",
        ]
    assert len(addresses) > 80
    findings = []
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        findings += [
            f"{address}: {finding.rule} at {finding.selector}: {finding.excerpt}"
            for finding in check(response.content.decode())
            if finding.severity != "advice"
        ]
    assert findings == []


def test_the_policies_state_nothing_that_is_not_so_on_the_server_of_the_demo():
    measured = measure(Site.objects.get())
    assert measured
    stating = [page for page in PolicyPage.objects.live() if page.measures]
    assert stating
    for page in stating:
        assert differences(page.measures, measured) == {}, page
