"""A page with accessibility errors does not go live, whichever way is taken."""

from contextlib import suppress
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import async_only_middleware
from django.utils.translation import get_language, override
from wagtail.models import (
    GroupApprovalTask,
    Page,
    PageLogEntry,
    Revision,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.rich_text import RichText

from accessibility.gate.judgement import judge
from accessibility.gate.refusal import InaccessiblePageError
from newsroom.models import NewsArticlePage
from tests import factories

from .gate import (
    INTRODUCTION,
    PARAGRAPH,
    SENTENCE,
    article_form,
    bearer,
    save_draft,
    say_in_english,
    stored,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gate")]


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def article(bilingual_site):
    """A live article without errors."""
    return factories.NewsArticlePageFactory(
        parent=bilingual_site.news, category=bilingual_site.category, introduction=INTRODUCTION
    )


@pytest.fixture
def draft(article):
    """That article, when its newest draft has an error."""
    return save_draft(article, introduction=SENTENCE)


@pytest.fixture
def signed_in(client, administrator):
    say_in_english(administrator)
    client.force_login(administrator)
    return client


def edit_url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def publish_in_admin(client, page, *paragraphs, **values):
    form = article_form(page, *paragraphs, **{"action-publish": "1", **values})
    return client.post(edit_url(page), form, follow=True)


# --- Every way to publish, as a function that takes it with content that has an error


def edit_in_the_admin(draft, client, user):
    return publish_in_admin(client, draft, introduction=SENTENCE)


def create_in_the_admin(draft, client, user, **values):
    parent = draft.get_parent()
    url = reverse("wagtailadmin_pages:add", args=["newsroom", "newsarticlepage", parent.pk])
    form = article_form(
        draft, introduction=SENTENCE, slug="new", **values, **{"action-publish": "1"}
    )
    return client.post(url, form, follow=True)


def publish_in_bulk(draft, client, user):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return client.post(f"{url}?id={draft.pk}", follow=True)


def approve_in_a_workflow(draft, client, user, tasks=1, **values):
    workflow = Workflow.objects.create(name="Approval", active=True)
    for number in range(1, tasks + 1):
        task = GroupApprovalTask.objects.create(name=f"Approve {number}", active=True)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=number)
    WorkflowPage.objects.create(workflow=workflow, page=draft.get_parent())
    state = workflow.start(draft.get_latest_revision_as_object(), user)
    form = {
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": "{}",
        **values,
    }
    assert state.current_task_state
    return client.post(
        edit_url(draft), article_form(draft, introduction=SENTENCE, **form), follow=True
    )


def run_the_schedule(draft, client, user):
    Revision.objects.filter(pk=draft.latest_revision_id).update(
        approved_go_live_at=timezone.now() - timedelta(hours=1)
    )
    call_command("publish_scheduled")


def create_by_the_api(draft, client, user):
    payload = {
        "meta": {
            "type": "newsroom.NewsArticlePage",
            "parent_id": draft.get_parent().pk,
            "action": "publish",
        },
        "title": draft.title,
        "slug": "new",
        "introduction": SENTENCE,
        "publication_date": "2026-11-02T09:00:00+07:00",
        "category_id": draft.category_id,
    }
    return client.post(
        "/api/v3/pages/", payload, content_type="application/json", headers=bearer(user)
    )


def edit_by_the_api(draft, client, user):
    payload = {
        "meta": {"type": "newsroom.NewsArticlePage", "action": "publish"},
        "introduction": SENTENCE,
    }
    return client.patch(
        f"/api/v3/pages/{draft.pk}/",
        payload,
        content_type="application/json",
        headers=bearer(user),
    )


def publish_by_the_api(draft, client, user):
    return client.post(f"/api/v3/pages/{draft.pk}/actions/publish/", headers=bearer(user))


def publish_in_code(draft, client, user):
    with suppress(InaccessiblePageError):
        draft.get_latest_revision().publish()


def save_in_code(draft, client, user):
    page = stored(draft)
    page.introduction = SENTENCE
    with suppress(InaccessiblePageError):
        page.save()


def make_live_in_code(draft, client, user):
    NewsArticlePage.objects.filter(pk=draft.pk).update(live=False, introduction=SENTENCE)
    page = stored(draft)
    page.live = True
    with suppress(InaccessiblePageError):
        page.save(update_fields=["live"])


def live_before_there_was_a_gate(draft) -> NewsArticlePage:
    page = factories.NewsArticlePageFactory(
        parent=draft.get_parent(), category=draft.category, live=False
    )
    NewsArticlePage.objects.filter(pk=page.pk).update(live=True, introduction=SENTENCE)
    return page


def copy_by_the_api(draft, client, user):
    copied = live_before_there_was_a_gate(draft)
    response = client.post(
        f"/api/v3/pages/{copied.pk}/actions/copy/",
        {"slug": "copy"},
        content_type="application/json",
        headers=bearer(user),
    )
    NewsArticlePage.objects.filter(pk=copied.pk).update(live=False)
    return response


def copy_in_the_admin(draft, client, user):
    copied = live_before_there_was_a_gate(draft)
    form = {
        "new_title": "Copy",
        "new_slug": "copy",
        "new_parent_page": draft.get_parent().pk,
        "publish_copies": "on",
    }
    client.post(reverse("wagtailadmin_pages:copy", args=[copied.pk]), form, follow=True)
    NewsArticlePage.objects.filter(pk=copied.pk).update(live=False)


def copy_all_by_the_api(index, client, user):
    client.post(
        f"/api/v3/pages/{index.pk}/actions/copy/",
        {"slug": "copy", "recursive": True, "keep_live": True},
        content_type="application/json",
        headers=bearer(user),
    )


def copy_all_in_the_admin(index, client, user):
    form = {
        "new_title": "Copy",
        "new_slug": "copy",
        "new_parent_page": index.get_parent().pk,
        "copy_subpages": "on",
        "publish_copies": "on",
    }
    client.post(reverse("wagtailadmin_pages:copy", args=[index.pk]), form, follow=True)


def copy_all_in_code(index, client, user):
    with pytest.raises(InaccessiblePageError):
        index.specific.copy(recursive=True, update_attrs={"slug": "copy"})


@pytest.mark.parametrize("way", [copy_all_by_the_api, copy_all_in_the_admin, copy_all_in_code])
def test_a_refused_copy_of_several_pages_leaves_nothing_behind(
    way, draft, bilingual_site, signed_in, administrator
):
    live_before_there_was_a_gate(draft)
    before = Page.objects.count()
    way(Page.objects.get(pk=bilingual_site.news.pk), signed_in, administrator)
    assert Page.objects.count() == before
    assert not any(Page.find_problems())


def test_a_refused_change_by_the_api_names_what_the_form_lacks(draft, client, administrator):
    answer = client.patch(
        f"/api/v3/pages/{draft.pk}/",
        {
            "meta": {"type": "newsroom.NewsArticlePage", "action": "publish"},
            "correction": "แก้ไขจำนวน",
        },
        content_type="application/json",
        headers=bearer(administrator),
    )
    assert answer.status_code == 422


WAYS = [
    edit_in_the_admin,
    create_in_the_admin,
    publish_in_bulk,
    approve_in_a_workflow,
    run_the_schedule,
    create_by_the_api,
    edit_by_the_api,
    publish_by_the_api,
    publish_in_code,
    save_in_code,
    make_live_in_code,
    copy_in_the_admin,
    copy_by_the_api,
]


def is_read_by_people() -> bool:
    return NewsArticlePage.objects.live().filter(introduction=SENTENCE).exists()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_errors_stop_publication_in_every_way(way, draft, signed_in, administrator):
    way(draft, signed_in, administrator)
    assert not is_read_by_people()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_nothing_but_the_gate_stops_it(way, draft, signed_in, administrator, settings):
    settings.ACCESSIBILITY_GATE = "off"
    way(draft, signed_in, administrator)
    assert is_read_by_people()


def test_what_has_errors_is_not_scheduled(draft, signed_in):
    later = timezone.localtime() + timedelta(days=1)
    publish_in_admin(signed_in, draft, introduction=SENTENCE, go_live_at=f"{later:%Y-%m-%d %H:%M}")
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_scheduling_by_the_api_is_refused_as_well(draft, client, administrator):
    save_draft(draft, go_live_at=timezone.now() + timedelta(days=1))
    assert publish_by_the_api(draft, client, administrator).status_code == 422
    assert stored(draft).scheduled_revision is None


def test_going_back_to_a_version_with_errors_by_the_api_makes_a_draft_only(
    draft, client, administrator
):
    with_errors = draft.latest_revision_id
    save_draft(draft, introduction="แก้ไขแล้ว")
    answer = client.post(
        f"/api/v3/pages/{draft.pk}/actions/revert/",
        {"revision_id": with_errors},
        content_type="application/json",
        headers=bearer(administrator),
    )
    assert answer.status_code == 200
    assert stored(draft).get_latest_revision_as_object().introduction == SENTENCE
    assert not is_read_by_people()


def test_scheduling_in_code_is_refused_as_well(draft):
    page = draft.get_latest_revision_as_object()
    page.go_live_at = timezone.now() + timedelta(days=1)
    with pytest.raises(InaccessiblePageError):
        page.save_revision().publish()
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_what_has_no_errors_is_scheduled_and_goes_out(article):
    page = article.get_latest_revision_as_object()
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.title = "ประกาศฉบับใหม่"
    revision = page.save_revision()
    revision.publish()
    assert stored(article).approved_schedule
    content = {**revision.content, "go_live_at": None}
    Revision.objects.filter(pk=revision.pk).update(
        approved_go_live_at=timezone.now() - timedelta(hours=1), content=content
    )
    call_command("publish_scheduled")
    assert stored(article).title == "ประกาศฉบับใหม่"


# --- What is let through


def test_a_page_without_errors_is_published(article, signed_in):
    publish_in_admin(signed_in, article, introduction="ข้อความใหม่")
    assert stored(article).introduction == "ข้อความใหม่"


def test_a_page_without_errors_is_created(article, signed_in):
    parent = article.get_parent()
    url = reverse("wagtailadmin_pages:add", args=["newsroom", "newsarticlepage", parent.pk])
    signed_in.post(url, article_form(article, slug="new", **{"action-publish": "1"}))
    assert NewsArticlePage.objects.live().filter(slug="new").exists()


def test_warnings_do_not_stop_publication(article):
    article.body = [("text", RichText('<p><a href="https://example.org/">คลิกที่นี่</a></p>'))]
    assert judge(article).counts == {"warning": 1}
    article.save_revision().publish()
    assert "คลิกที่นี่" in str(stored(article).body)


def test_a_draft_with_errors_is_saved(article, signed_in):
    signed_in.post(edit_url(article), article_form(article, introduction=SENTENCE))
    assert stored(article).get_latest_revision_as_object().introduction == SENTENCE
    assert stored(article).introduction == INTRODUCTION


def test_a_new_draft_with_errors_is_saved(article, signed_in):
    parent = article.get_parent()
    url = reverse("wagtailadmin_pages:add", args=["newsroom", "newsarticlepage", parent.pk])
    signed_in.post(url, article_form(article, introduction=SENTENCE, slug="new"))
    assert NewsArticlePage.objects.get(slug="new").introduction == SENTENCE


def test_a_draft_with_errors_is_saved_by_the_api(article, client, administrator):
    response = client.patch(
        f"/api/v3/pages/{article.pk}/",
        {"meta": {"type": "newsroom.NewsArticlePage"}, "introduction": SENTENCE},
        content_type="application/json",
        headers=bearer(administrator),
    )
    assert response.status_code == 200, response.content
    assert stored(article).get_latest_revision_as_object().introduction == SENTENCE


def test_a_page_with_errors_may_be_sent_to_moderators(article, client, editor):
    client.force_login(editor)
    form = article_form(article, introduction=SENTENCE, **{"action-submit": "1"})
    client.post(edit_url(article), form)
    assert stored(article).current_workflow_state
    assert stored(article).introduction == INTRODUCTION


def test_a_page_that_was_live_before_the_gate_can_be_locked_moved_and_unpublished(
    article, signed_in, bilingual_site
):
    NewsArticlePage.objects.filter(pk=article.pk).update(introduction=SENTENCE)
    signed_in.post(reverse("wagtailadmin_pages:lock", args=[article.pk]))
    assert stored(article).locked
    page = stored(article)
    page.locked = False
    page.save()
    page.move(Page.objects.get(pk=bilingual_site.home.pk), pos="last-child")
    page = stored(article)
    assert page.get_parent().pk == bilingual_site.home.pk
    assert page.live
    page.unpublish()
    assert not stored(article).live


def test_an_alias_follows_its_original(article):
    alias = factories.alias(article)
    article.title = "ประกาศที่แก้ไขแล้ว"
    article.save_revision().publish()
    assert stored(alias).title == "ประกาศที่แก้ไขแล้ว"


def test_the_furniture_of_the_site_is_no_reason_to_refuse_a_page(article, bilingual_site):
    bilingual_site.identity.tagline = SENTENCE
    bilingual_site.identity.address = SENTENCE
    bilingual_site.identity.save()
    assert not judge(article).errors


# --- What editors read


def test_the_message_says_what_is_wrong_where_and_how_to_mend_it(draft, signed_in):
    html = publish_in_admin(signed_in, draft, introduction=SENTENCE).content.decode()
    assert "was not published: its content has 1 accessibility error. Mend it" in html
    assert f"“{SENTENCE}” is not in the language of its place, Thai (th)" in html
    assert "mark their language with the language button of the toolbar" in html
    assert "WCAG 3.1.2" in html


def test_the_message_stands_at_the_field(draft, signed_in):
    form = publish_in_admin(signed_in, draft, introduction=SENTENCE).context["form"]
    assert "WCAG 3.1.2" in form.errors["introduction"][0]


def test_the_message_stands_at_a_field_that_shares_its_paragraph_with_other_words(draft, signed_in):
    values = {"correction_date": "2026-11-03", "correction": f"แก้ไขจำนวน\n{SENTENCE}"}
    form = publish_in_admin(signed_in, draft, **values).context["form"]
    assert "WCAG 3.1.2" in form.errors["correction"][0]
    assert "WCAG" not in str(form.errors["__all__"])


def test_the_message_stands_at_the_block(article, signed_in):
    form = publish_in_admin(signed_in, article, PARAGRAPH, f"<p>{SENTENCE}</p>").context["form"]
    errors = form.errors.as_data()["body"][0].block_errors
    assert list(errors) == [1]
    assert "WCAG 3.1.2" in errors[1].messages[0]


def test_an_alternative_that_is_a_file_name_is_told_at_its_field(article, signed_in):
    image = factories.SiteImageFactory()
    form = publish_in_admin(
        signed_in, article, lead_image=image.pk, lead_image_alt="IMG_2041.jpg"
    ).context["form"]
    assert "WCAG 1.1.1" in form.errors["lead_image_alt"][0]


def test_an_error_in_a_picture_of_a_gallery_is_told_at_the_gallery_by_its_words(article):
    pictures = []
    for alternative in ("ผู้ยื่นคำขอหน้าสำนักงาน", "IMG_2041.jpg"):
        image = factories.SiteImageFactory()
        image.contextual_alt_text, image.decorative = alternative, False
        pictures.append({"image": image})
    article.body = [("text", RichText(PARAGRAPH)), ("gallery", {"items": pictures})]
    with pytest.raises(InaccessiblePageError) as refusal:
        article.save_revision().publish()
    _headline, message = refusal.value.messages
    assert message.startswith("Body, part 2: ")
    assert "<img" not in message
    assert "IMG_2041.jpg" in message


def test_the_message_is_in_the_language_of_the_editor(draft, client, administrator):
    client.force_login(administrator)
    html = publish_in_admin(client, draft, introduction=SENTENCE).content.decode()
    assert "ไม่ใช่ภาษาของส่วนนี้ คือภาษาไทย (th)" in html


def test_what_was_typed_is_still_in_the_form(article, signed_in):
    form = publish_in_admin(
        signed_in, article, introduction=SENTENCE, correction="พิมพ์ไว้แล้ว"
    ).context["form"]
    assert form["introduction"].value() == SENTENCE
    assert form["correction"].value() == "พิมพ์ไว้แล้ว"


def test_judging_leaves_the_language_and_the_page_as_they_were(article, bilingual_site):
    new = NewsArticlePage(
        title="ใหม่", category=bilingual_site.category, locale=bilingual_site.news.locale
    )
    judge(new, bilingual_site.news)
    assert get_language() == "en"
    assert (new.pk, new.path, new.slug) == (None, "", "")


def test_bulk_publishing_says_which_page_and_field_is_the_reason(draft, signed_in):
    html = publish_in_bulk(draft, signed_in, None).content.decode()
    assert f"“{draft.title}” was not published" in html
    assert f'Introduction: “<span lang="en">{SENTENCE}</span>” is not in the language' in html
    assert "WCAG 3.1.2" in html


def test_an_approval_that_is_refused_leaves_the_page_in_its_workflow(
    draft, signed_in, administrator
):
    response = approve_in_a_workflow(draft, signed_in, administrator, title="ชื่อที่ผู้พิจารณาแก้")
    form = response.context["form"]
    assert "WCAG 3.1.2" in form.errors["introduction"][0]
    assert form["title"].value() == "ชื่อที่ผู้พิจารณาแก้"
    assert stored(draft).current_workflow_state
    assert not is_read_by_people()


def test_an_approval_after_which_all_begins_anew_is_not_a_publication(
    draft, signed_in, administrator, settings
):
    settings.WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
    response = approve_in_a_workflow(draft, signed_in, administrator, title="ชื่อที่ผู้พิจารณาแก้")
    assert "was not published" not in response.text
    assert stored(draft).get_latest_revision_as_object().title == "ชื่อที่ผู้พิจารณาแก้"
    assert stored(draft).current_workflow_state
    assert not is_read_by_people()


def test_an_approval_before_the_last_is_not_a_publication(draft, signed_in, administrator):
    approve_in_a_workflow(draft, signed_in, administrator, tasks=2)
    assert stored(draft).current_workflow_task.name == "Approve 2"
    assert not is_read_by_people()


def test_what_was_typed_on_a_new_page_stays_in_its_form(draft, signed_in, administrator):
    response = create_in_the_admin(draft, signed_in, administrator, title="ชื่อที่เพิ่งพิมพ์")
    assert "ชื่อที่เพิ่งพิมพ์" in response.text
    assert "WCAG 3.1.2" in response.text


@pytest.mark.parametrize(
    "way", [create_by_the_api, edit_by_the_api, publish_by_the_api, copy_by_the_api]
)
def test_the_api_answers_422_with_the_field(way, draft, client, administrator):
    response = way(draft, client, administrator)
    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"
    errors = {tuple(error["loc"]): error for error in response.json()["errors"]}
    assert "was not published" in errors["__all__",]["msg"]
    assert errors["introduction",]["type"] == "inaccessible"
    assert "WCAG 3.1.2" in errors["introduction",]["msg"]


def test_the_api_names_the_block(article, client, administrator):
    save_draft(article, body=[("text", RichText(PARAGRAPH)), ("text", RichText(f"<p>{SENTENCE}"))])
    response = publish_by_the_api(article, client, administrator)
    assert ["body", 1] in [error["loc"] for error in response.json()["errors"]]


def test_many_errors_are_counted_not_listed(article):
    article.body = [("text", RichText(f"<p>{number} {SENTENCE}</p>")) for number in range(15)]
    with pytest.raises(InaccessiblePageError, match="15 accessibility errors") as refusal:
        article.save_revision().publish()
    assert "and 5 more errors" in refusal.value.messages[-1]


def test_a_refusal_is_logged_with_its_counts(draft, signed_in, administrator):
    publish_in_admin(signed_in, draft, introduction=SENTENCE)
    entry = PageLogEntry.objects.get(page=draft.pk, action="accessibility.refuse")
    assert entry.user == administrator
    with override("en"):
        assert entry.message == "Publication refused. Accessibility: 1 error"


def test_a_refusal_by_the_api_is_logged_too(draft, client, administrator):
    publish_by_the_api(draft, client, administrator)
    entry = PageLogEntry.objects.get(page=draft.pk, action="accessibility.refuse")
    assert entry.user == administrator


def test_the_status_panel_shows_the_last_refusal(draft, signed_in):
    publish_in_admin(signed_in, draft, introduction=SENTENCE)
    assert "Accessibility: 1 error" in signed_in.get(edit_url(draft)).content.decode()
    publish_in_admin(signed_in, draft)
    assert "Accessibility: 1 error" not in signed_in.get(edit_url(draft)).content.decode()


def test_the_title_for_search_engines_is_judged_as_the_title_of_the_page(article, signed_in):
    form = publish_in_admin(signed_in, article, seo_title=SENTENCE).context["form"]
    assert "WCAG 3.1.2" in form.errors["seo_title"][0]
    publish_in_admin(signed_in, article, seo_title="ประกาศเรื่องการยื่นคำขอ")
    assert stored(article).seo_title == "ประกาศเรื่องการยื่นคำขอ"


# --- On a site that keeps its pages in a cache


@pytest.fixture
def cached(settings, article):
    """Django's cache of the whole site, and an article with an address that is its key."""
    settings.MIDDLEWARE = [
        "django.middleware.cache.UpdateCacheMiddleware",
        *(name for name in settings.MIDDLEWARE if "PublicCache" not in name),
        "django.middleware.cache.FetchFromCacheMiddleware",
    ]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    article.slug = "cached"
    article.save()
    cache.clear()
    yield article
    cache.clear()


def read(page) -> HttpResponse:
    """What the page's address answers to anybody."""
    address = urlsplit(page.full_url)
    return Client(SERVER_NAME=address.hostname, SERVER_PORT=address.port or 80).get(address.path)


def test_the_draft_is_judged_where_readers_get_the_page_from_a_cache(cached, signed_in):
    assert INTRODUCTION in read(cached).content.decode()
    publish_in_admin(signed_in, cached, introduction=SENTENCE)
    assert stored(cached).introduction == INTRODUCTION


def test_a_draft_that_was_judged_is_not_kept_for_readers(cached, signed_in):
    publish_in_admin(signed_in, cached, introduction=SENTENCE)
    assert SENTENCE not in read(cached).content.decode()


def test_a_draft_that_is_scheduled_is_not_kept_for_readers(cached, signed_in):
    later = (timezone.localtime() + timedelta(days=3)).strftime("%Y-%m-%d %H:%M")
    title = "ประกาศที่ยังไม่เปิดเผย"
    publish_in_admin(signed_in, cached, title=title, go_live_at=later)
    assert Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    assert title not in read(cached).content.decode()


def test_caches_of_other_makers_are_told_to_keep_no_draft(article, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.other_cache"]
    judge(article)
    assert SEEN.pop() == {"is_preview": True, "Cache-Control": {"private", "no-store"}}


#: What the cache below has seen.
SEEN: list[dict[str, object]] = []


@async_only_middleware
def other_cache(get_response):
    async def middleware(request):
        is_preview = request.is_preview
        response = await get_response(request)
        control = set(response.headers["Cache-Control"].split(", "))
        SEEN.append({"is_preview": is_preview, "Cache-Control": control})
        return response

    return middleware


# --- Where pages are not served as HTML, or cannot be


def test_a_headless_page_is_judged_by_all_its_texts(article, monkeypatch, signed_in):
    def elsewhere(*args):
        return HttpResponseRedirect("https://front.example.org/")

    monkeypatch.setattr(NewsArticlePage, "serve_preview", elsewhere)
    for field in ("title", "introduction", "seo_title"):
        publish_in_admin(signed_in, article, **{field: SENTENCE})
        assert getattr(stored(article), field) == getattr(article, field)
    publish_in_admin(signed_in, article, title="ประกาศใหม่")
    assert stored(article).title == "ประกาศใหม่"


def test_a_page_that_cannot_be_rendered_is_judged_by_its_fields(article, monkeypatch):
    def broken(*args):
        raise AttributeError("no template")

    monkeypatch.setattr(NewsArticlePage, "serve_preview", broken)
    article.body = [("text", RichText(f"<p>{SENTENCE}</p>"))]
    with pytest.raises(InaccessiblePageError, match="1 accessibility error"):
        article.save_revision().publish()
    article.body = [("text", RichText(PARAGRAPH))]
    article.save_revision().publish()
    assert stored(article).live


@pytest.mark.parametrize("beginning", ["<title>News</title>", "<!-- --><meta charset=utf-8>"])
def test_a_page_without_doctype_is_judged_as_others_are(article, monkeypatch, beginning):
    def served(*args):
        return HttpResponse(f"{beginning}<link><header></header><main><p>{SENTENCE}</p></main>")

    monkeypatch.setattr(NewsArticlePage, "serve_preview", served)
    assert [error.rule for error in judge(article).errors] == ["language-unmarked"]


# --- Settings


def test_warn_lets_the_page_out_with_a_message(draft, signed_in, settings):
    settings.ACCESSIBILITY_GATE = "warn"
    html = publish_in_admin(signed_in, draft, introduction=SENTENCE).content.decode()
    assert is_read_by_people()
    assert "was published with 1 accessibility error. Please mend it." in html
    assert PageLogEntry.objects.filter(page=draft.pk, action="accessibility.warn").count() == 1


def test_warn_is_logged_where_nobody_asked(draft, settings):
    settings.ACCESSIBILITY_GATE = "warn"
    draft.get_latest_revision().publish()
    assert PageLogEntry.objects.filter(page=draft.pk, action="accessibility.warn").count() == 1


def test_each_type_of_page_may_have_its_own_mode(draft, settings):
    settings.ACCESSIBILITY_GATE = {"newsroom.NewsArticlePage": "off", "*": "block"}
    draft.get_latest_revision().publish()
    assert is_read_by_people()


def test_a_type_that_is_not_named_is_blocked(draft, settings):
    settings.ACCESSIBILITY_GATE = {"home.ContentPage": "off"}
    with pytest.raises(ValidationError):
        draft.get_latest_revision().publish()


def test_the_element_that_editors_write_can_be_named(draft, settings):
    settings.ACCESSIBILITY_GATE_CONTENT = ".prose"
    draft.get_latest_revision().publish()
    assert is_read_by_people()


# --- What it costs


def test_the_gate_asks_little_more_of_the_database_than_serving_the_page(
    article, django_assert_max_num_queries
):
    page = stored(article)
    judge(page)
    with django_assert_max_num_queries(30):
        judge(page)


def test_saving_a_draft_judges_nothing(article, monkeypatch):
    def judged(*args):
        raise AssertionError("a draft was judged")

    monkeypatch.setattr("accessibility.gate.publication.judge", judged)
    page = stored(article)
    page.introduction = SENTENCE
    page.save_revision()
    Page.objects.get(pk=page.pk).save()
