"""What a translator reads where the gate refuses; alone in its file, since it runs last.

Its test empties the database, as tests outside of a transaction do.
"""

from contextlib import nullcontext

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from tests import factories
from tests.localization.conftest import Desk

from .gate import say_in_english, stored

pytestmark = pytest.mark.usefixtures("gate")

THAI = "ประชาชนทุกคนมีสิทธิยื่นคำขอได้ที่สำนักงานทุกแห่งทั่วประเทศภายในสิ้นปีนี้"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_translator_reads_the_error_in_their_editor(client):
    """Outside of a test's transaction, as it is for people: publishing follows the commit."""
    site = factories.make_bilingual_site()
    article = factories.NewsArticlePageFactory(parent=site.news, category=site.category)
    desk = Desk(lambda execute: nullcontext())
    translation = desk.submit(article)
    desk.translate(translation, title="Statement", introduction=THAI)
    administrator = factories.UserFactory(role="administrator")
    say_in_english(administrator)
    client.force_login(administrator)
    page = desk.target(translation)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for _click in range(2):
        html = client.post(url, {"action": "publish"}, follow=True).content.decode()
        assert "“Statement” was not published: its content has 1 accessibility error" in html
        assert "WCAG 3.1.2" in html
        assert not stored(page).live
    assert PageLogEntry.objects.filter(page=page.pk, action="accessibility.refuse").exists()
