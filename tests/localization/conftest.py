from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

import pytest
from django.utils.translation import override
from wagtail.models import Page
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from tests import factories
from tests.factories import NewsArticlePageFactory

THAI_TITLE = "แถลงการณ์เรื่องน้ำท่วมภาคเหนือ"
THAI_SLUG = "แถลงการณ์เรื่องน้ำท่วมภาคเหนือ"


@dataclass
class Desk:
    """A translator's desk in code; commits as a request does."""

    commit: Callable[..., AbstractContextManager]

    def submit(self, original: Page, language_code: str = "en") -> Translation:
        with self.commit(execute=True):
            translate_object(original, [factories.locale(language_code)])
        return Translation.objects.get(
            source__object_id=original.translation_key,
            target_locale__language_code=language_code,
        )

    def translate(self, translation: Translation, *, leave: tuple[str, ...] = ("slug",), **texts):
        """Translate everything but `leave`; `texts` gives what to write, by path."""
        for segment in translation.source.stringsegment_set.all():
            path = segment.context.path
            if path in leave:
                continue
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=translation.target_locale,
                context=segment.context,
                defaults={
                    "data": texts.get(path, f"English of {path}"),
                    "has_error": False,
                    "field_error": "",
                },
            )

    def publish(self, translation: Translation) -> Page:
        with self.commit(execute=True):
            Translation.objects.get(pk=translation.pk).save_target(publish=True)
        return self.target(translation)

    def target(self, translation: Translation) -> Page:
        return translation.get_target_instance()

    def publish_original(self, original: Page, **changes) -> Page:
        original = type(original).objects.get(pk=original.pk)
        for name, value in changes.items():
            original._meta.get_field(name).save_form_data(original, value)
        with self.commit(execute=True):
            original.save_revision().publish()
        return type(original).objects.get(pk=original.pk)


@pytest.fixture(autouse=True)
def in_english():
    """What is said to people is asserted in English."""
    with override("en"):
        yield


@pytest.fixture
def administrator(administrator):
    profile = UserProfile.get_for_user(administrator)
    profile.preferred_language = "en"
    profile.save()
    return administrator


@pytest.fixture
def desk(db, django_capture_on_commit_callbacks) -> Desk:
    return Desk(django_capture_on_commit_callbacks)


@pytest.fixture
def article(bilingual_site):
    """A live Thai article, with nothing in the English tree."""
    return NewsArticlePageFactory(
        parent=bilingual_site.news,
        title=THAI_TITLE,
        slug=THAI_SLUG,
        category=bilingual_site.category,
    )


@pytest.fixture
def alias(article):
    """The article's alias in the English tree, as tree synchronisation makes it."""
    return factories.alias(article)


@pytest.fixture
def published(article, alias, desk) -> Translation:
    """The article, fully translated and live in English."""
    translation = desk.submit(article)
    desk.translate(translation, title="Statement on flooding in the North")
    desk.publish(translation)
    return Translation.objects.get(pk=translation.pk)


@pytest.fixture
def source(article) -> TranslationSource:
    return TranslationSource.update_or_create_from_instance(article)[0]
