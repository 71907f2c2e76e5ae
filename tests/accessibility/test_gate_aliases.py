"""An alias follows its original without being judged; what becomes of it on its own is recorded."""

import pytest
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from accessibility.models import GateOverride
from newsroom.models import NewsArticlePage
from tests import factories

from .gate import SENTENCE, bearer, say_in_english, stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gate")]

REASON = "The flood warning cannot wait; it is mended on Monday."


@pytest.fixture
def original(bilingual_site):
    """Live with an error, as before there was a gate."""
    article = factories.NewsArticlePageFactory(
        parent=bilingual_site.news, category=bilingual_site.category
    )
    NewsArticlePage.objects.filter(pk=article.pk).update(introduction=SENTENCE)
    return stored(article)


def alias_of(page) -> NewsArticlePage:
    return page.create_alias(update_slug=f"{page.slug}-2")


def convert_in_the_admin(alias, client, user):
    client.force_login(user)
    client.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]), follow=True)


def convert_by_the_api(alias, client, user):
    client.post(f"/api/v3/pages/{alias.pk}/actions/convert_alias/", headers=bearer(user))


WAYS = pytest.mark.parametrize("convert", [convert_in_the_admin, convert_by_the_api])


@WAYS
def test_a_decision_on_the_original_goes_with_it(convert, original, client, administrator):
    original.save_revision()
    client.force_login(administrator)
    say_in_english(administrator)
    url = reverse("accessibility_gate:override", args=[original.pk])
    content = client.get(url).context["form"]["content"].value()
    client.post(url, {"reason": REASON, "content": content})
    alias = alias_of(stored(original))
    convert(alias, client, administrator)
    assert not Page.objects.get(pk=alias.pk).alias_of_id
    given = GateOverride.objects.in_force().get(page=alias.pk)
    assert (given.reason, given.user) == (REASON, administrator)
    assert GateOverride.objects.in_force().filter(page=original.pk).exists()


@WAYS
def test_errors_that_nobody_has_decided_on_are_recorded(convert, original, client, administrator):
    alias = alias_of(original)
    convert(alias, client, administrator)
    assert not Page.objects.get(pk=alias.pk).alias_of_id
    entry = PageLogEntry.objects.get(page=alias.pk, action="accessibility.warn")
    assert entry.data["counts"]["error"] == 1


def test_what_has_no_errors_is_converted_without_a_word(bilingual_site, client, administrator):
    article = factories.NewsArticlePageFactory(
        parent=bilingual_site.news, category=bilingual_site.category
    )
    alias = alias_of(article)
    convert_in_the_admin(alias, client, administrator)
    assert not Page.objects.get(pk=alias.pk).alias_of_id
    assert not PageLogEntry.objects.filter(page=alias.pk, action="accessibility.warn").exists()
