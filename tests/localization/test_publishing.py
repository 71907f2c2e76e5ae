"""Thai text never goes live at an English address by mistake, whichever way is taken."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import APIToken, Page
from wagtail.rich_text import RichText
from wagtail_localize.models import (
    SourceDeletedError,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.synctree import synchronize_tree

from localization.completeness import IncompleteTranslationError, missing_segments
from localization.freshness import edition, genuine
from newsroom.models import NewsArticlePage, NewsCategory
from tests import factories

from .conftest import THAI_TITLE

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[True, False], ids=["sync-live-status", "no-sync-live-status"])
def sync_live_status(request, settings):
    settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = request.param


def english(article) -> Page:
    return NewsArticlePage.objects.get(
        translation_key=article.translation_key, locale__language_code="en"
    )


def assert_honest_original(page) -> None:
    page = NewsArticlePage.objects.get(pk=page.pk)
    assert page.live
    assert edition(page).state == "untranslated"
    assert edition(page).language == "th"


# --- Submitting


@pytest.mark.usefixtures("sync_live_status")
def test_submitting_leaves_the_honest_original_at_the_english_address(article, alias, desk):
    desk.submit(article)
    assert_honest_original(alias)


@pytest.mark.usefixtures("sync_live_status")
def test_submitting_where_there_is_no_english_page_makes_a_draft(article, desk):
    desk.submit(article)
    assert not english(article).live


@pytest.mark.usefixtures("sync_live_status")
def test_submitting_by_the_admin_opens_the_translators_editor(
    client, administrator, article, alias, english
):
    client.force_login(administrator)
    response = client.post(
        reverse("wagtail_localize:submit_page_translation", args=[article.pk]),
        {"locales": [english.pk]},
        follow=True,
    )
    assert response.status_code == 200
    assert "wagtail_localize/admin/edit_translation.html" in [t.name for t in response.templates]
    assert_honest_original(alias)


def test_submitting_again_changes_nothing_for_readers(article, alias, desk):
    desk.submit(article)
    desk.submit(article)
    assert_honest_original(alias)


def test_submitting_a_subtree_publishes_none_of_it(bilingual_site, article, alias, desk):
    client_page = bilingual_site.news
    desk.submit(client_page)
    desk.submit(article)
    assert_honest_original(alias)


def test_submitting_an_article_makes_its_category_a_placeholder_until_it_is_translated(
    bilingual_site, desk
):
    category = factories.NewsCategoryFactory(name="น้ำท่วม", slug="น้ำท่วม")
    article = factories.NewsArticlePageFactory(parent=bilingual_site.news, category=category)
    desk.submit(article)
    copies = NewsCategory.objects.filter(locale__language_code="en", name="น้ำท่วม")
    assert copies.exists()
    assert not genuine(copies).exists()


# --- The alias goes on following its original


def test_a_submitted_page_goes_on_showing_the_newest_original(article, alias, desk):
    desk.submit(article)
    desk.publish_original(article, title="แถลงการณ์ฉบับแก้ไข")
    assert Page.objects.get(pk=alias.pk).title == "แถลงการณ์ฉบับแก้ไข"
    assert_honest_original(alias)


def test_tree_synchronisation_makes_honest_aliases(article, thai, english):
    synchronize_tree(thai, english)
    page = NewsArticlePage.objects.get(translation_key=article.translation_key, locale=english)
    assert_honest_original(page)


def test_tree_synchronisation_leaves_a_submitted_page_alone(article, alias, desk, thai, english):
    desk.submit(article)
    synchronize_tree(thai, english)
    assert_honest_original(alias)


# --- Publishing what is complete


def test_a_complete_translation_replaces_the_original(article, alias, published):
    page = english(article)
    assert page.pk == alias.pk
    assert page.live
    assert page.title == "Statement on flooding in the North"
    assert edition(page).state == "translation"


def test_the_english_slug_comes_from_the_english_title(article, published):
    assert english(article).slug == "statement-on-flooding-in-the-north"


def test_the_translators_own_slug_is_kept(article, alias, desk):
    translation = desk.submit(article)
    desk.translate(translation, leave=(), title="Statement", slug="north-floods")
    assert desk.publish(translation).slug == "north-floods"


def test_a_new_title_does_not_move_a_published_page(article, published, desk):
    desk.translate(published, title="Corrected statement")
    assert desk.publish(published).slug == "statement-on-flooding-in-the-north"


def test_texts_without_letters_need_no_translation(bilingual_site, desk):
    article = factories.NewsArticlePageFactory(
        parent=bilingual_site.news,
        category=bilingual_site.category,
        introduction="053 123 456",
    )
    translation = desk.submit(article)
    desk.translate(translation, leave=("slug", "introduction"))
    page = desk.publish(translation)
    assert page.live
    assert page.introduction == "053 123 456"


def test_a_title_that_needs_no_translation_still_gives_the_slug(bilingual_site, desk):
    article = factories.NewsArticlePageFactory(
        parent=bilingual_site.news, category=bilingual_site.category, title="2567", slug="ปีนี้"
    )
    translation = desk.submit(article)
    desk.translate(translation, leave=("slug", "title"))
    assert desk.publish(translation).slug == "2567"


# --- Refusing what is not


def test_publishing_an_incomplete_translation_is_refused_and_names_what_is_missing(
    article, alias, desk
):
    translation = desk.submit(article)
    desk.translate(translation, leave=("slug", "title"))
    with pytest.raises(IncompleteTranslationError) as refusal:
        desk.publish(translation)
    assert refusal.value.messages == [
        f"“{THAI_TITLE}” was not published in English: 1 text of the original is not translated "
        f"yet. Translate it, then publish again: Title: “{THAI_TITLE}”"
    ]
    assert_honest_original(alias)


def test_a_long_list_of_missing_texts_is_counted_not_listed(article, alias, desk):
    desk.publish_original(
        article, body=[("heading", {"level": "h2", "text": f"หัวข้อ {n}"}) for n in range(20)]
    )
    translation = desk.submit(article)
    with pytest.raises(IncompleteTranslationError, match=r"22 texts.*and 17 more"):
        desk.publish(translation)


def test_clicking_publish_again_does_not_publish_the_original(
    client, administrator, article, alias, desk
):
    translation = desk.submit(article)
    desk.translate(translation, leave=("slug", "introduction"))
    client.force_login(administrator)
    for _click in range(3):
        response = client.post(
            reverse("wagtailadmin_pages:edit", args=[alias.pk]), {"action": "publish"}, follow=True
        )
        assert "1 text of the original is not translated" in response.content.decode()
        assert_honest_original(alias)


def test_a_translation_with_an_error_is_refused_every_time(
    client, administrator, article, alias, desk
):
    translation = desk.submit(article)
    desk.translate(translation)
    StringTranslation.objects.filter(context__path="title").update(has_error=True)
    client.force_login(administrator)
    for _click in range(2):
        response = client.post(
            reverse("wagtailadmin_pages:edit", args=[alias.pk]), {"action": "publish"}, follow=True
        )
        assert "its translation has an error" in response.content.decode()
        assert_honest_original(alias)


def test_a_title_that_cannot_be_saved_is_refused_every_time(
    client, administrator, article, alias, desk
):
    translation = desk.submit(article)
    desk.translate(translation, title="x" * 300)
    client.force_login(administrator)
    for _click in range(2):
        client.post(reverse("wagtailadmin_pages:edit", args=[alias.pk]), {"action": "publish"})
        assert_honest_original(alias)


def test_the_translators_button_publishes_what_is_complete(
    client, administrator, article, alias, desk, django_capture_on_commit_callbacks
):
    translation = desk.submit(article)
    desk.translate(translation, title="Statement")
    client.force_login(administrator)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            reverse("wagtailadmin_pages:edit", args=[alias.pk]), {"action": "publish"}, follow=True
        )
    assert "is published in" in response.content.decode()
    assert english(article).title == "Statement"
    assert english(article).alias_of is None


def test_who_may_not_publish_is_refused(client, editor, article, alias, desk):
    translation = desk.submit(article)
    desk.translate(translation)
    client.force_login(editor)
    client.post(reverse("wagtailadmin_pages:edit", args=[alias.pk]), {"action": "publish"})
    assert_honest_original(alias)


def test_who_may_not_edit_does_not_get_the_translators_editor(client, article, alias, desk):
    desk.submit(article)
    client.force_login(factories.UserFactory())
    response = client.get(reverse("wagtailadmin_pages:edit", args=[alias.pk]))
    assert response.status_code == 302
    assert "wagtail_localize/admin/edit_translation.html" not in [
        t.name for t in response.templates or []
    ]


def test_an_article_is_not_complete_before_its_category_is(bilingual_site, desk):
    category = factories.NewsCategoryFactory(name="น้ำท่วม", slug="น้ำท่วม")
    article = factories.NewsArticlePageFactory(parent=bilingual_site.news, category=category)
    translation = desk.submit(article)
    desk.translate(translation)
    with pytest.raises(IncompleteTranslationError, match="Category: “น้ำท่วม”"):
        desk.publish(translation)
    of_category = Translation.objects.get(source__object_id=category.translation_key)
    desk.translate(of_category, name="Floods", leave=("slug",))
    desk.publish(of_category)
    assert genuine(NewsCategory.objects.all()).get(name="Floods").slug == "floods"
    assert desk.publish(translation).live


# --- A translation that is live already


def test_a_translation_of_an_older_original_is_not_published_again(article, published, desk):
    desk.publish_original(article, introduction="ข้อความใหม่ทั้งหมด")
    desk.translate(published, title="Another title")
    with pytest.raises(IncompleteTranslationError, match="ข้อความใหม่ทั้งหมด"):
        desk.publish(published)
    assert english(article).title == "Statement on flooding in the North"
    assert english(article).live


def test_what_is_live_stays_when_its_original_changes(article, published, desk):
    desk.publish_original(article, introduction="ข้อความใหม่ทั้งหมด")
    page = english(article)
    assert page.live
    assert page.introduction == "English of introduction"
    assert edition(page).state == "older"


def test_publishing_after_translating_the_change_makes_it_new_again(article, published, desk):
    desk.publish_original(article, introduction="ข้อความใหม่ทั้งหมด")
    published.source.refresh_from_db()
    published.source.update_from_db()
    desk.translate(published, title="Statement on flooding in the North", introduction="New")
    page = desk.publish(published)
    assert page.introduction == "New"
    assert edition(page).state == "translation"


@pytest.mark.parametrize("publish", ["", "on"])
def test_synchronising_translations_leaves_what_is_live(
    client, administrator, article, published, desk, publish
):
    desk.publish_original(article, introduction="ข้อความใหม่ทั้งหมด")
    client.force_login(administrator)
    response = client.post(
        reverse("wagtail_localize:update_translations", args=[published.source_id]),
        {"publish_translations": publish} if publish else {},
        follow=True,
    )
    assert ("was not published" in response.content.decode()) == bool(publish)
    assert english(article).introduction == "English of introduction"
    assert english(article).live


def test_synchronising_publishes_what_needs_no_translation(
    client, administrator, article, published, desk, django_capture_on_commit_callbacks
):
    desk.publish_original(article, pinned=True)
    client.force_login(administrator)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            reverse("wagtail_localize:update_translations", args=[published.source_id]),
            {"publish_translations": "on"},
        )
    assert english(article).pinned
    assert edition(english(article)).state == "translation"


def test_saving_a_draft_never_touches_what_is_live(article, published, desk):
    before = NewsArticlePage.objects.filter(pk=english(article).pk).values().get()
    desk.translate(published, title="A draft of a better title", introduction="Draft")
    published.save_target(publish=False)
    page = english(article)
    after = NewsArticlePage.objects.filter(pk=page.pk).values().get()
    about_drafts = {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision_id",
        "latest_revision_created_at",
    }
    assert {k for k in after if before[k] != after[k]} <= about_drafts
    draft = page.get_latest_revision_as_object()
    assert draft.title == "A draft of a better title"
    assert draft.slug == page.slug


def test_a_translation_begins_with_the_tags_of_its_original(article, desk):
    desk.publish_original(article, tags=["น้ำท่วม", "WCAG"])
    translation = desk.submit(article)
    desk.translate(translation)
    assert set(desk.publish(translation).tags.names()) == {"น้ำท่วม", "WCAG"}


@pytest.fixture
def tagged(article, published, desk) -> Translation:
    """A translation that has been given tags of its own, as its original has."""
    page = desk.target(published)
    page.tags.set(["floods"])
    page.save_revision().publish()
    desk.publish_original(article, tags=["น้ำท่วม"])
    return published


def test_a_translation_keeps_its_own_tags_when_it_is_published_again(tagged, desk):
    assert list(desk.publish(tagged).tags.names()) == ["floods"]
    tagged.save_target(publish=False)
    draft = desk.target(tagged).latest_revision.as_object()
    assert list(draft.tags.names()) == ["floods"]


def test_the_preview_of_a_translation_shows_the_tags_that_readers_will_see(
    client, administrator, tagged, desk
):
    client.force_login(administrator)
    address = reverse("wagtail_localize:preview_translation", args=[tagged.pk])
    previewed = tags_of(client.get(address))
    assert previewed == ["floods"]
    assert tags_of(client.get(desk.publish(tagged).url)) == previewed


def tags_of(response) -> list[str]:
    return [tag.text() for tag in LexborHTMLParser(response.text).css(".tags a")]


def test_saving_a_draft_of_an_alias_leaves_the_alias(article, alias, desk):
    translation = desk.submit(article)
    desk.translate(translation, leave=("slug", "title"))
    translation.save_target(publish=False)
    assert_honest_original(alias)


# --- Wagtail's own ways to publish


@pytest.fixture
def draft(article, desk) -> NewsArticlePage:
    """An English page that nobody has translated: its draft holds the Thai text."""
    desk.submit(article)
    return english(article)


def assert_not_live(page) -> None:
    assert not Page.objects.get(pk=page.pk).live


def test_publishing_an_untranslated_draft_in_code_is_refused(draft):
    with pytest.raises(IncompleteTranslationError):
        draft.get_latest_revision().publish()
    assert_not_live(draft)


def test_publishing_an_untranslated_draft_in_bulk_is_refused_with_a_message(
    client, administrator, draft
):
    client.force_login(administrator)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = client.post(f"{url}?id={draft.pk}", follow=True)
    assert response.status_code == 200
    assert "not translated yet" in response.content.decode()
    assert_not_live(draft)


def test_a_scheduled_untranslated_draft_does_not_go_live(draft):
    revision = draft.get_latest_revision()
    revision.approved_go_live_at = timezone.now()
    revision.save()
    call_command("publish_scheduled")
    assert_not_live(draft)
    revision.refresh_from_db()
    assert revision.approved_go_live_at


def test_the_api_refuses_to_publish_an_untranslated_draft(client, administrator, draft):
    response = client.post(
        f"/api/v3/pages/{draft.pk}/actions/publish/", headers=bearer(administrator)
    )
    assert response.status_code == 422, response.content
    assert "not translated yet" in response.json()["errors"][0]["msg"]
    assert_not_live(draft)


def test_an_alias_does_not_become_a_page_of_its_own_untranslated(
    client, administrator, article, alias
):
    client.force_login(administrator)
    response = client.post(
        reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]), follow=True
    )
    assert "not translated yet" in response.content.decode()
    assert_honest_original(alias)


def test_the_api_does_not_make_an_alias_a_page_of_its_own_untranslated(
    client, administrator, alias
):
    response = client.post(
        f"/api/v3/pages/{alias.pk}/actions/convert_alias/", headers=bearer(administrator)
    )
    assert response.status_code == 422, response.content
    assert_honest_original(alias)


def test_a_copy_for_translation_is_not_published_with_the_thai_title(article, english):
    copy = article.copy_for_translation(english)
    with pytest.raises(IncompleteTranslationError):
        copy.save_revision().publish()
    assert_not_live(copy)
    copy.title = "Statement"
    copy.save_revision().publish()
    assert Page.objects.get(pk=copy.pk).live


def test_deleting_the_original_takes_its_aliases_away(article, alias):
    article.delete()
    assert not Page.objects.filter(pk=alias.pk, live=True).exists()


def test_ordinary_pages_publish_as_ever(article, published, desk):
    assert desk.publish_original(article, title="ฉบับแก้ไข").live
    page = english(article)
    page.save()
    page.save_revision().publish()
    assert Page.objects.get(pk=page.pk).live


# --- Errors and records


def test_the_refusal_speaks_the_language_of_wagtail_localize(article, alias, desk):
    translation = desk.submit(article)
    with pytest.raises(ValidationError) as refusal:
        desk.publish(translation)
    assert refusal.value.error_dict


def test_a_slug_needs_no_translation_once_there_is_a_title(article, source, desk, english):
    translation = Translation.objects.create(source=source, target_locale=english)
    assert {m.path for m in missing_segments(source, english)} >= {"title"}
    desk.translate(translation)
    assert missing_segments(source, english) == []


def test_an_original_that_was_deleted_cannot_be_translated(article, alias, desk):
    source = TranslationSource.update_or_create_from_instance(article)[0]
    Page.objects.filter(pk=article.pk).update(
        translation_key="00000000-0000-0000-0000-000000000000"
    )
    with pytest.raises(SourceDeletedError):
        source.create_or_update_translation(factories.locale("en"))


def bearer(user) -> dict[str, str]:
    _token, secret = APIToken.create_token(user=user, name="test")
    return {"Authorization": f"Bearer {secret}", "Accept-Language": "en"}


def test_words_marked_with_their_language_are_a_segment_and_stay_marked(article, desk):
    marked = '<p>คติของเราคือ <span lang="en">nothing about us without us</span> ทุกเรื่อง</p>'
    article = desk.publish_original(article, body=[("text", RichText(marked))])
    translation = desk.submit(article)
    strings = translation.source.stringsegment_set.values_list("string__data", flat=True)
    assert "nothing about us without us" in strings
    desk.translate(translation)
    published = desk.publish(translation)
    html = str(published.body)
    assert '<span lang="en">English of body.' in html
