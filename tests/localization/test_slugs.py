"""Thai slugs keep their vowels and tone marks, from the title to the address."""

import io
from urllib.parse import quote

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.validators import validate_slug, validate_unicode_slug
from django.urls import reverse
from wagtail.models import APIToken, Page
from wagtail_localize.models import StringTranslation

from home.models import ContentPage
from localization.slugs import suggest_slug
from tests import factories
from tests.factories import ContentPageFactory

from .conftest import THAI_SLUG, THAI_TITLE

pytestmark = pytest.mark.django_db


# --- What a slug may be


@pytest.mark.parametrize(
    "slug", ["ข่าวน้ำท่วม", "ข่าว-2567", "ຂ່າວ", "समाचार", "செய்தி", "news_1", "été"]
)
def test_words_of_any_script_are_slugs(slug):
    validate_unicode_slug(slug)


@pytest.mark.parametrize("slug", ["", "ข่าว น้ำ", "ข่าว/น้ำ", "a.b", "a?b", "🙂", "“ข่าว”"])
def test_what_does_not_belong_in_an_address_is_refused(slug):
    with pytest.raises(ValidationError):
        validate_unicode_slug(slug)


def test_ascii_slugs_stay_ascii():
    with pytest.raises(ValidationError):
        validate_slug("ข่าว")


def test_no_migration_is_wanted():
    call_command("makemigrations", check=True, dry_run=True, stdout=io.StringIO())


# --- Suggestions


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Statement on flooding in the North", "statement-on-flooding-in-the-north"),
        ("Thailand’s résumé: café", "thailands-resume-cafe"),
        ("ข่าวน้ำท่วม", "ข่าวน้ำท่วม"),
        ("ประชุม ASEAN 2024", "ประชุม-asean-2024"),
        ("!?", ""),
    ],
)
def test_a_title_suggests_its_slug(title, slug):
    assert suggest_slug(title) == slug


def test_a_suggestion_has_a_length_that_a_site_may_set(settings):
    settings.LOCALIZATION_SLUG_MAX_LENGTH = 20
    assert suggest_slug(THAI_TITLE) == "แถลงการณ์เรื่อง"


def test_a_site_of_ascii_addresses_gets_ascii_suggestions(settings):
    settings.WAGTAIL_ALLOW_UNICODE_SLUGS = False
    assert suggest_slug("ประชุม ASEAN") == "asean"


# --- Pages


def test_a_page_made_in_code_gets_its_slug_from_its_title(bilingual_site):
    for expected in (THAI_SLUG, f"{THAI_SLUG}-2"):
        page = ContentPage(title=THAI_TITLE)
        bilingual_site.home.add_child(instance=page)
        assert page.slug == expected


def test_a_page_is_served_at_its_thai_address(client, article):
    assert article.url == f"/th/news/{quote(THAI_SLUG)}/"
    assert client.get(article.url).status_code == 200


def test_the_admin_takes_a_thai_slug(client, administrator, bilingual_site):
    client.force_login(administrator)
    url = reverse("wagtailadmin_pages:add", args=["home", "contentpage", bilingual_site.home.pk])
    response = client.post(
        url,
        {
            "title": THAI_TITLE,
            "slug": THAI_SLUG,
            "body-count": 0,
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
        },
    )
    assert response.status_code == 302, response.context["form"].errors
    assert ContentPage.objects.get(slug=THAI_SLUG).title == THAI_TITLE


def test_the_admin_copies_a_page_with_a_thai_slug(client, administrator, bilingual_site):
    page = ContentPageFactory(parent=bilingual_site.home)
    client.force_login(administrator)
    client.post(
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        {
            "new_title": THAI_TITLE,
            "new_slug": THAI_SLUG,
            "new_parent_page": bilingual_site.home.pk,
        },
    )
    assert Page.objects.filter(slug=THAI_SLUG).exists()


def test_the_api_takes_and_makes_thai_slugs(client, administrator, bilingual_site):
    _token, secret = APIToken.create_token(user=administrator, name="test")
    for fields in ({"slug": "หน้าน้ำท่วม"}, {}):
        response = client.post(
            "/api/v3/pages/",
            {
                "meta": {"type": "home.ContentPage", "parent_id": bilingual_site.home.pk},
                "title": THAI_TITLE,
                **fields,
            },
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )
        assert response.status_code == 201, response.content
        page = Page.objects.get(pk=response.json()["id"])
        assert page.slug == fields.get("slug", THAI_SLUG)


def test_a_slug_of_a_hundred_characters_is_kept_by_translation(bilingual_site, desk):
    """wagtail-localize reduces slugs to ASCII, which leaves nothing of a Thai one."""
    original = ContentPageFactory(parent=bilingual_site.home_en, title="About", slug="about")
    translation = desk.submit(original, "th")
    thai_slug = "น้ำ" * 34
    desk.translate(translation, leave=(), slug=thai_slug)
    assert desk.publish(translation).slug == thai_slug


def test_a_translation_into_thai_gets_a_thai_slug(bilingual_site, desk):
    original = ContentPageFactory(parent=bilingual_site.home_en, title="About", slug="about")
    translation = desk.submit(original, "th")
    desk.translate(translation, title=THAI_TITLE)
    assert desk.publish(translation).slug == THAI_SLUG


def test_translators_see_where_the_slug_came_from(published):
    slug = StringTranslation.objects.get(
        context__path="slug", context__object_id=published.source.object_id
    )
    assert slug.get_comment().startswith("Translated with the title on")


def test_two_translations_of_one_title_have_two_addresses(bilingual_site, desk):
    slugs = []
    for _number in range(2):
        original = ContentPageFactory(parent=bilingual_site.home)
        translation = desk.submit(original)
        desk.translate(translation, title="About us")
        slugs.append(desk.publish(translation).slug)
    assert slugs == ["about-us", "about-us-1"]


def test_the_old_address_of_an_alias_leads_to_the_translation(client, article, alias, desk):
    old = alias.url
    translation = desk.submit(article)
    desk.translate(translation, title="Statement")
    page = desk.publish(translation)
    response = client.get(old)
    assert response.status_code == 301
    assert response.url == page.url


def test_categories_may_have_thai_slugs():
    category = factories.NewsCategoryFactory.build(slug="น้ำท่วม", locale=factories.locale("th"))
    category.full_clean(exclude=["translation_key"])
