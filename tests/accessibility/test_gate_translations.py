"""A translation with accessibility errors does not go live, by wagtail-localize either."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail import hooks
from wagtail_localize.models import StringTranslation, TranslationSource

from accessibility.gate.refusal import InaccessiblePageError
from accessibility.models import GateOverride
from localization import publishing
from localization.wagtail_hooks import edit_or_publish_translation as publish_from_editor
from tests import factories
from tests.localization.conftest import Desk

from .gate import override, override_url, say_in_english, stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gate")]

THAI = "ประชาชนทุกคนมีสิทธิยื่นคำขอได้ที่สำนักงานทุกแห่งทั่วประเทศภายในสิ้นปีนี้"


@pytest.fixture
def desk(db, django_capture_on_commit_callbacks) -> Desk:
    return Desk(django_capture_on_commit_callbacks)


@pytest.fixture
def article(bilingual_site):
    return factories.NewsArticlePageFactory(
        parent=bilingual_site.news,
        category=bilingual_site.category,
        introduction="ประชาชนยื่นคำขอได้",
    )


@pytest.fixture
def translated(article, desk):
    """The article, live in English."""
    translation = desk.submit(article)
    desk.translate(translation, title="Statement")
    desk.publish(translation)
    return translation


@pytest.fixture(params=["with-localization", "wagtail-localize-alone"])
def plugins(request, monkeypatch):
    """With Sala's own plugin for translations, and without."""
    if request.param == "wagtail-localize-alone":
        monkeypatch.setattr(
            TranslationSource, "create_or_update_translation", publishing._upstream_write
        )
        name = "before_edit_page"
        others = [entry for entry in hooks._hooks[name] if entry[0] is not publish_from_editor]
        monkeypatch.setitem(hooks._hooks, name, others)


@pytest.mark.usefixtures("plugins")
def test_a_new_translation_with_errors_does_not_go_live(article, desk):
    translation = desk.submit(article)
    desk.translate(translation, title="Statement", introduction=THAI)
    with pytest.raises(InaccessiblePageError):
        desk.publish(translation)
    assert not stored(desk.target(translation)).live


@pytest.mark.usefixtures("plugins")
def test_a_live_translation_stays_as_it_was(translated, desk):
    desk.translate(translated, title="Statement", introduction=THAI)
    with pytest.raises(ValidationError):
        desk.publish(translated)
    assert stored(desk.target(translated)).introduction == "English of introduction"


@pytest.mark.usefixtures("plugins")
def test_nothing_but_the_gate_stops_it(article, desk, settings):
    settings.ACCESSIBILITY_GATE = "off"
    translation = desk.submit(article)
    desk.translate(translation, title="Statement", introduction=THAI)
    assert desk.publish(translation).live


# --- Publishing it all the same


@pytest.fixture
def chief(client, administrator):
    say_in_english(administrator)
    client.force_login(administrator)
    return client


@pytest.mark.usefixtures("plugins")
def test_a_live_translation_is_published_all_the_same(
    translated, desk, chief, administrator, django_capture_on_commit_callbacks
):
    desk.translate(translated, title="Statement", introduction=THAI)
    page = desk.target(translated)
    with django_capture_on_commit_callbacks(execute=True):
        html = override(chief, page).content.decode()
    assert "is published, despite its accessibility errors" in html
    assert stored(page).introduction == THAI
    given = GateOverride.objects.get()
    assert (given.page_id, given.user, given.ended_at) == (page.pk, administrator, None)
    assert given.revision_id == stored(page).live_revision_id


@pytest.mark.usefixtures("plugins")
def test_a_new_translation_is_published_all_the_same(
    article, desk, chief, django_capture_on_commit_callbacks
):
    translation = desk.submit(article)
    desk.translate(translation, title="Statement", introduction=THAI)
    page = desk.target(translation)
    with django_capture_on_commit_callbacks(execute=True):
        override(chief, page)
    assert stored(page).live
    assert stored(page).introduction == THAI
    assert GateOverride.objects.in_force().count() == 1


def test_an_incomplete_translation_is_not_published_by_it(translated, desk, chief):
    desk.publish_original(translated.source.get_source_instance(), correction="แก้ไขจำนวน")
    desk.translate(translated, title="Statement", introduction=THAI)
    StringTranslation.objects.filter(context__path="title").delete()
    page = desk.target(translated)
    html = override(chief, page).content.decode()
    assert "despite its accessibility errors" not in html
    assert stored(page).introduction == "English of introduction"
    assert not GateOverride.objects.exists()


@pytest.mark.usefixtures("plugins")
def test_what_the_translator_pressed_leads_there(translated, desk, chief):
    desk.translate(translated, title="Statement", introduction=THAI)
    page = desk.target(translated)
    html = chief.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"}, follow=True
    ).content.decode()
    assert html.count("“Statement” was not published") == 1
    assert "Introduction: “" in html
    assert override_url(page) in html
