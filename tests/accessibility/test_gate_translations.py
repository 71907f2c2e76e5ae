"""A translation with accessibility errors does not go live, by wagtail-localize either."""

import pytest
from django.core.exceptions import ValidationError
from wagtail_localize.models import TranslationSource

from accessibility.gate.refusal import InaccessiblePageError
from localization import publishing
from tests import factories
from tests.localization.conftest import Desk

from .gate import stored

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
