"""An alias that becomes a page of its own takes along what is known of its errors."""

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import PageLogEntry
from wagtail_localize.models import TranslationSource

from accessibility.gate.content import content_hash
from accessibility.gate.refusal import InaccessiblePageError
from accessibility.models import GateOverride
from localization import publishing
from localization.completeness import IncompleteTranslationError
from tests import factories
from tests.localization.conftest import Desk

from .gate import REASON, SENTENCE, bearer, save_draft, say_in_english, stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gate")]

WARN, OVERRIDE = "accessibility.warn", "accessibility.override"


@pytest.fixture
def original(bilingual_site, settings):
    """Live with an error from before the gate. Its title is good in English too."""
    settings.ACCESSIBILITY_GATE = "off"
    article = factories.NewsArticlePageFactory(
        parent=bilingual_site.news,
        category=bilingual_site.category,
        title="e-Service",
        introduction=SENTENCE,
    )
    del settings.ACCESSIBILITY_GATE
    return article


@pytest.fixture
def alias(original):
    """In the same language."""
    return original.create_alias(update_slug="alias")


@pytest.fixture
def decision(original, moderator):
    return GateOverride.objects.create(
        page=original,
        content_hash=content_hash(original),
        reason=REASON,
        findings=[{"rule": "language-unmarked"}],
        user=moderator,
    )


@pytest.fixture
def admin(client, administrator):
    say_in_english(administrator)
    client.force_login(administrator)
    return client


@pytest.fixture
def convert(django_capture_on_commit_callbacks):
    def action(alias):
        with django_capture_on_commit_callbacks(execute=True):
            ConvertAliasPageAction(alias).execute()
        return stored(alias)

    return action


def entries(page, action: str):
    return PageLogEntry.objects.filter(page=page.pk, action=action)


def panel(client, page) -> str:
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


# --- Published despite its errors


@pytest.fixture
def converted(decision, alias, convert):
    return convert(alias)


def test_the_decision_on_the_original_covers_it(converted, decision):
    copy = GateOverride.objects.in_force().get(page=converted.pk)
    assert copy.content_hash == content_hash(converted)
    assert (copy.reason, copy.findings) == (REASON, decision.findings)
    assert (copy.user, copy.created_at) == (decision.user, decision.created_at)
    converted.save_revision().publish()


def test_it_stands_in_the_history_with_the_reason(converted):
    entry = entries(converted, OVERRIDE).get()
    assert entry.comment == REASON
    with translation.override("en"):
        assert entry.message == (
            "Converted from an alias, with the decision on its original. Accessibility: 1 error"
        )
    assert not entries(converted, WARN).exists()


def test_the_status_panel_shows_the_decision(converted, admin):
    html = panel(admin, converted)
    assert "Published despite accessibility errors" in html
    assert REASON in html


def test_the_two_decisions_end_each_for_itself(converted, original):
    save_draft(converted, introduction="แก้ไขแล้ว").get_latest_revision().publish()
    [left] = GateOverride.objects.in_force()
    assert left.page_id == original.pk


def test_it_covers_no_other_content(converted):
    page = save_draft(converted, introduction=f"{SENTENCE} {SENTENCE}")
    with pytest.raises(InaccessiblePageError):
        page.get_latest_revision().publish()


def test_a_decision_that_has_ended_is_not_carried_over(decision, alias, convert):
    GateOverride.objects.end()
    page = convert(alias)
    assert not GateOverride.objects.in_force().exists()
    assert entries(page, WARN).exists()


def test_a_decision_on_other_content_is_not_carried_over(decision, alias, convert):
    GateOverride.objects.update(content_hash="0" * 64)
    page = convert(alias)
    assert not GateOverride.objects.filter(page=page.pk).exists()
    assert entries(page, WARN).exists()


def test_a_decision_does_not_pass_to_another_language(decision, original, convert):
    """There the whole page is in a wrong language: errors that nobody has decided on."""
    page = convert(factories.alias(original))
    assert not GateOverride.objects.filter(page=page.pk).exists()
    assert entries(page, WARN).exists()


# --- Live with errors that nobody has decided on


def test_errors_from_before_the_gate_are_recorded(alias, convert):
    entry = entries(convert(alias), WARN).get()
    assert entry.data["counts"]["error"] == 1
    with translation.override("en"):
        assert entry.message == (
            "Converted from an alias, live with accessibility errors. Accessibility: 1 error"
        )


def test_the_status_panel_tells_of_them_until_others_are_published(alias, admin, convert):
    page = convert(alias)
    assert "Converted from an alias, live with accessibility errors" in panel(admin, page)
    save_draft(page, introduction="แก้ไขแล้ว").get_latest_revision().publish()
    assert "Converted from an alias, live" not in panel(admin, page)


def test_its_view_in_the_admin_records_them_with_the_user(
    alias, admin, administrator, django_capture_on_commit_callbacks
):
    url = reverse("wagtailadmin_pages:convert_alias", args=[alias.pk])
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(url)
    assert stored(alias).alias_of_id is None
    assert entries(alias, WARN).get().user == administrator


def test_the_api_records_them(alias, client, administrator, django_capture_on_commit_callbacks):
    url = f"/api/v3/pages/{alias.pk}/actions/convert_alias/"
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url, headers=bearer(administrator)).status_code == 200
    assert entries(alias, WARN).exists()


def test_code_that_takes_the_original_away_records_them(alias, django_capture_on_commit_callbacks):
    alias.alias_of = None
    with django_capture_on_commit_callbacks(execute=True):
        alias.save()
    assert entries(alias, WARN).exists()


def test_what_already_stands_on_its_own_is_recorded_once(
    alias, convert, django_capture_on_commit_callbacks
):
    page = convert(alias)
    with django_capture_on_commit_callbacks(execute=True):
        page.save()
        page.save(update_fields=["alias_of"])
    assert entries(page, WARN).count() == 1


def test_an_alias_without_errors_has_nothing_to_record(original, alias, convert):
    save_draft(original, introduction="แก้ไขแล้ว").get_latest_revision().publish()
    page = convert(stored(alias))
    assert not entries(page, WARN).exists()


def test_an_alias_that_is_not_live_has_nothing_to_record(alias, convert):
    type(alias).objects.filter(pk=alias.pk).update(live=False)
    assert not entries(convert(stored(alias)), WARN).exists()


def test_where_the_gate_does_not_look_nothing_is_recorded(alias, settings, convert):
    settings.ACCESSIBILITY_GATE = "off"
    assert not entries(convert(alias), WARN).exists()


def test_a_conversion_that_is_refused_leaves_no_record(
    original, convert, django_capture_on_commit_callbacks
):
    """By the guard of translations, which wants another title in English."""
    type(original).objects.filter(pk=original.pk).update(title="ประกาศ")
    alias = factories.alias(stored(original))
    with pytest.raises(IncompleteTranslationError):
        convert(alias)
    with django_capture_on_commit_callbacks(execute=True):
        alias.save(update_fields=["draft_title"])
    assert stored(alias).alias_of_id
    assert not entries(alias, WARN).exists()


# --- Translations


@pytest.fixture(params=["with-localization", "wagtail-localize-alone"])
def plugins(request, monkeypatch):
    """With Sala's own plugin for translations, and without."""
    if request.param == "wagtail-localize-alone":
        monkeypatch.setattr(
            TranslationSource, "create_or_update_translation", publishing._upstream_write
        )


@pytest.mark.usefixtures("plugins")
def test_a_translation_without_errors_begins_without_a_record(
    original, django_capture_on_commit_callbacks
):
    alias = factories.alias(original)
    desk = Desk(django_capture_on_commit_callbacks)
    translated = desk.submit(original)
    desk.translate(translated, title="e-Service")
    desk.publish(translated)
    page = stored(alias)
    assert page.alias_of_id is None
    assert page.live
    assert not entries(page, WARN).exists()
