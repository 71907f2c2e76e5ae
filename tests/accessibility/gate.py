"""What the tests of the gate have in common: content with an error, and how people post it."""

from django.urls import reverse
from wagtail.models import APIToken
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail.users.models import UserProfile

from newsroom.models import NewsArticlePage

#: An English sentence that is not marked as such: read out in a Thai voice (WCAG 3.1.2).
SENTENCE = "All citizens may apply at any office of the agency before the end of the year."
#: Why a page must go out despite its errors.
REASON = "The flood warning cannot wait; the translation comes on Monday."
INTRODUCTION = "ประชาชนยื่นคำขอได้ที่สำนักงานทุกแห่ง"
PARAGRAPH = "<p>ยื่นคำขอได้ทุกวันทำการ</p>"


def save_draft(page, **values):
    """Save a draft of a page, as an editor does, and return the page."""
    draft = page.get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save_revision()
    return type(page).objects.get(pk=page.pk)


def stored(page) -> NewsArticlePage:
    return NewsArticlePage.objects.get(pk=page.pk)


def article_form(article, *paragraphs: str, **values):
    """The editor's form of an article, filled in with its own values and with these."""
    return nested_form_data(
        {
            "title": article.title,
            "slug": article.slug,
            "introduction": article.introduction,
            "publication_date": "2026-11-02 09:00",
            "category": article.category_id,
            "body": streamfield([("text", rich_text(html)) for html in paragraphs or [PARAGRAPH]]),
            "contact": streamfield([]),
            "attachments": streamfield([]),
            "related_articles": streamfield([]),
            "comments": {
                "TOTAL_FORMS": 0,
                "INITIAL_FORMS": 0,
                "MIN_NUM_FORMS": 0,
                "MAX_NUM_FORMS": 1000,
            },
            **values,
        }
    )


def bearer(user) -> dict[str, str]:
    _token, secret = APIToken.create_token(user=user, name="test")
    return {"Authorization": f"Bearer {secret}", "Accept-Language": "en"}


def say_in_english(user) -> None:
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = "en"
    profile.save()


def override_url(page) -> str:
    return reverse("accessibility_gate:override", args=[page.pk])


def override(client, page, reason=REASON, **values):
    """Publish a page despite its errors, as those who may do it."""
    form = client.get(override_url(page)).context["form"]
    data = {"reason": reason, "content": form["content"].value(), **values}
    return client.post(override_url(page), data, follow=True)
