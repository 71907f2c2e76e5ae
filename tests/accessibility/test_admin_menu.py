"""The admin's menu speaks the language of whoever looks at it."""

import json
import re

import pytest
from wagtail.users.models import UserProfile

pytestmark = pytest.mark.django_db


def menu(client, user, language: str) -> str:
    """All that the menu of the admin says to a user of this language."""
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = language
    profile.save()
    client.force_login(user)
    html = client.get("/admin/").content.decode()
    props = re.search(r'id="wagtail-sidebar-props"[^>]*>(.*?)</script>', html, re.DOTALL)[1]
    return json.dumps(json.loads(props), ensure_ascii=False)


def test_each_user_of_a_process_reads_the_menu_in_their_language(
    client, bilingual_site, administrator, moderator
):
    thai = menu(client, administrator, "th")
    english = menu(client, moderator, "en")
    for label in (
        "Published despite accessibility errors",
        "Policies",
        "Accessibility",
        "Accessibility feedback",
        "News articles",
    ):
        assert f'"{label}"' in english
        assert f'"{label}"' not in thai
