"""Each role can do its own work, and no more."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, Workflow

from home.models import HomePage
from newsroom.models import NewsArticlePage
from tests.factories import (
    ContentPageFactory,
    HomePageFactory,
    KnownProblemFactory,
    NewsArticlePageFactory,
    SiteIdentityFactory,
    SiteImageFactory,
    alias,
    locale,
    translate,
)


@pytest.fixture
def article(bilingual_site) -> NewsArticlePage:
    return NewsArticlePageFactory(
        parent=bilingual_site.news, category=bilingual_site.category, title="ประกาศเดิม"
    )


@pytest.fixture
def translated(article) -> NewsArticlePage:
    return translate(article, title="First notice", slug="first-notice")


def article_form(article: NewsArticlePage, **values) -> dict:
    """Return what the browser sends when an editor saves `article` without its streams."""
    streams = {
        f"{name}-count": "0" for name in ("body", "contact", "attachments", "related_articles")
    }
    return {
        **streams,
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "title": article.title,
        "slug": article.slug,
        "introduction": "แก้ไขแล้ว",
        "category": article.category_id,
        "publication_date": "2026-01-02 09:00",
        "event_date": "",
        "event_time": "",
        "lead_image": "",
        "correction_date": "",
        **values,
    }


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def allowed(response) -> bool:
    """Whether the admin did or showed what was asked, instead of sending the person away."""
    if response.status_code in (301, 302):
        return response.url not in (reverse("wagtailadmin_home"), "/admin/")
    return response.status_code == 200


@pytest.mark.parametrize("role", ["editor", "moderator", "translator"])
def test_every_role_enters_the_admin(client, request, role):
    client.force_login(request.getfixturevalue(role))
    assert client.get("/admin/").status_code == 200


@pytest.mark.django_db
def test_a_person_without_a_role_does_not_enter_the_admin(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("reader"))
    response = client.get("/admin/")
    assert response.status_code == 302
    assert response.url.startswith("/admin/login/")


# --- Editors ----------------------------------------------------------------------------------


def test_an_editor_writes_a_draft_and_submits_it_to_the_moderators(
    client, editor, bilingual_site, article
):
    client.force_login(editor)
    add = reverse(
        "wagtailadmin_pages:add", args=["newsroom", "newsarticlepage", bilingual_site.news.pk]
    )
    response = client.post(
        add,
        article_form(article, title="ข่าวใหม่", slug="ข่าวใหม่", **{"action-submit": "1"}),
    )
    assert response.status_code == 302, response.context["form"].errors
    written = NewsArticlePage.objects.get(title="ข่าวใหม่")
    assert not written.live
    assert written.current_workflow_state.workflow == Workflow.objects.get(
        name="Moderators approval"
    )


def test_an_editor_cannot_publish(client, editor, article):
    client.force_login(editor)
    client.post(edit_url(article), article_form(article, **{"action-publish": "1"}))
    article.refresh_from_db()
    assert article.introduction != "แก้ไขแล้ว"
    assert not article.permissions_for_user(editor).can_publish()


def test_an_editor_adds_images_and_documents(client, editor):
    client.force_login(editor)
    assert client.get(reverse("wagtailimages:add")).status_code == 200
    assert client.get(reverse("wagtaildocs:add")).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "wagtailsnippets_newsroom_newscategory:add",
        "wagtailsnippets_home_siteidentity:list",
        "wagtailusers_users:index",
        "wagtaillocales:index",
        "wagtailsites:index",
    ],
)
def test_an_editor_changes_no_categories_identity_people_or_settings(client, editor, name):
    client.force_login(editor)
    assert not allowed(client.get(reverse(name)))


# --- Moderators -------------------------------------------------------------------------------


def test_a_moderator_publishes(client, moderator, article):
    client.force_login(moderator)
    response = client.post(edit_url(article), article_form(article, **{"action-publish": "1"}))
    assert response.status_code == 302, response.context["form"].errors
    article.refresh_from_db()
    assert article.introduction == "แก้ไขแล้ว"


def test_a_moderator_approves_what_an_editor_submitted(client, editor, moderator, bilingual_site):
    draft = NewsArticlePageFactory(
        parent=bilingual_site.news, category=bilingual_site.category, live=False
    )
    draft.save_revision(user=editor)
    state = Workflow.objects.get(name="Moderators approval").start(draft, editor)
    client.force_login(moderator)
    response = client.post(
        reverse(
            "wagtailadmin_pages:workflow_action",
            args=[draft.pk, "approve", state.current_task_state.pk],
        )
    )
    assert allowed(response)
    draft.refresh_from_db()
    assert draft.live


def test_an_editor_cannot_approve(client, editor, bilingual_site):
    draft = NewsArticlePageFactory(
        parent=bilingual_site.news, category=bilingual_site.category, live=False
    )
    draft.save_revision(user=editor)
    state = Workflow.objects.get(name="Moderators approval").start(draft, editor)
    client.force_login(editor)
    client.post(
        reverse(
            "wagtailadmin_pages:workflow_action",
            args=[draft.pk, "approve", state.current_task_state.pk],
        )
    )
    draft.refresh_from_db()
    assert not draft.live


def test_a_moderator_keeps_categories_and_the_site_identity(client, moderator, bilingual_site):
    client.force_login(moderator)
    for url in (
        reverse("wagtailsnippets_newsroom_newscategory:add"),
        reverse("wagtailsnippets_home_siteidentity:edit", args=[bilingual_site.identity.pk]),
    ):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("name", ["wagtailusers_users:index", "wagtaillocales:index"])
def test_a_moderator_manages_neither_people_nor_languages(client, moderator, name):
    client.force_login(moderator)
    assert not allowed(client.get(reverse(name)))


# --- Translators ------------------------------------------------------------------------------


def test_a_translator_edits_and_publishes_english_pages(translator, translated):
    permissions = translated.permissions_for_user(translator)
    assert permissions.can_edit()
    assert permissions.can_publish()


def test_a_translator_neither_edits_nor_publishes_thai_pages(client, translator, article):
    permissions = article.permissions_for_user(translator)
    assert not permissions.can_edit()
    assert not permissions.can_publish()
    client.force_login(translator)
    assert not allowed(client.get(edit_url(article)))
    client.post(edit_url(article), article_form(article, **{"action-publish": "1"}))
    article.refresh_from_db()
    assert article.introduction != "แก้ไขแล้ว"


def test_a_translator_writes_no_pages_of_their_own_and_deletes_no_thai_one(
    translator, article, bilingual_site
):
    for index in (bilingual_site.news, bilingual_site.news_en):
        assert not index.permissions_for_user(translator).can_add_subpage()
    assert not article.permissions_for_user(translator).can_delete()


def test_a_translator_submits_an_article_from_its_alias(client, translator, article):
    english = alias(article)
    client.force_login(translator)
    assert client.get(edit_url(english)).status_code == 200
    submit = reverse("wagtail_localize:submit_page_translation", args=[article.pk])
    response = client.post(submit, {"locales": [locale("en").pk]})
    assert response.status_code == 302
    assert client.get(edit_url(english)).status_code == 200


def test_nobody_but_editors_moderators_and_translators_submits_for_translation(
    client, django_user_model, article
):
    visitor = django_user_model.objects.create_user("visitor")
    visitor.groups.add(Group.objects.create(name="Visitors"))
    client.force_login(visitor)
    submit = reverse("wagtail_localize:submit_page_translation", args=[article.pk])
    assert client.post(submit, {"locales": [locale("en").pk]}).status_code in (302, 403)
    assert not article.get_translations().exists()


@pytest.fixture
def category(bilingual_site):
    """A category in both languages: (Thai, English)."""
    thai = bilingual_site.category
    return thai, thai.get_translation(locale("en"))


def category_form(category, **values) -> dict:
    return {"name": category.name, "slug": category.slug, "description": "", **values}


def test_a_translator_changes_categories_of_other_languages_only(client, translator, category):
    client.force_login(translator)
    for one in category:
        url = reverse("wagtailsnippets_newsroom_newscategory:edit", args=[one.pk])
        client.post(url, category_form(one, name="Changed"))
        one.refresh_from_db()
    assert [one.name == "Changed" for one in category] == [False, True]


def test_a_translator_changes_no_thai_identity_and_no_thai_problem(client, translator, thai):
    client.force_login(translator)
    for object in (SiteIdentityFactory(locale=thai), KnownProblemFactory(locale=thai)):
        name = f"wagtailsnippets_{object._meta.app_label}_{object._meta.model_name}:edit"
        assert not allowed(client.get(reverse(name, args=[object.pk])))


def test_a_moderator_changes_thai_categories(client, moderator, category):
    client.force_login(moderator)
    thai, _english = category
    url = reverse("wagtailsnippets_newsroom_newscategory:edit", args=[thai.pk])
    client.post(url, category_form(thai, name="ประกาศใหม่"))
    thai.refresh_from_db()
    assert thai.name == "ประกาศใหม่"


def test_a_translator_uploads_and_changes_no_files(client, translator):
    picture = SiteImageFactory()
    client.force_login(translator)
    assert not allowed(client.get(reverse("wagtailimages:add")))
    assert not allowed(client.get(reverse("wagtailimages:edit", args=[picture.pk])))


def test_the_tree_of_a_new_language_is_open_to_translators(bilingual_site, translator):
    french = bilingual_site.home.copy_for_translation(locale("fr"), alias=True)
    assert french.permissions_for_user(translator).can_publish()


def test_what_an_administrator_takes_from_translators_stays_taken(bilingual_site, translator):
    GroupPagePermission.objects.filter(group__name="Translators").delete()
    bilingual_site.home_en.save_revision().publish()
    home = HomePage.objects.get(pk=bilingual_site.home_en.pk)
    assert not home.permissions_for_user(translator).can_edit()


def test_a_second_thai_home_page_is_not_open_to_translators(bilingual_site, translator):
    other = HomePageFactory(slug="second", locale=locale("th"))
    page = ContentPageFactory(parent=other)
    assert not page.permissions_for_user(translator).can_edit()


def test_a_title_that_is_too_long_is_never_cut_but_refused_with_the_limit(client, editor, article):
    client.force_login(editor)
    assert (
        'maxlength="255"' not in client.get(edit_url(article)).text.split('name="title"')[1][:300]
    )
    response = client.post(edit_url(article), article_form(article, title="ก" * 256))
    assert "255" in str(response.context["form"].errors["title"])
    assert "ก" * 256 in response.text
    article.refresh_from_db()
    assert article.title == "ประกาศเดิม"
