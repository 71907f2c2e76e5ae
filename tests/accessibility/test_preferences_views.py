"""The preferences page, the stylesheet, the script and the tokens, as HTTP."""

import json
import re

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accessibility import preferences

PAGE = "/accessibility/preferences/"
STYLESHEET = "/accessibility/preferences.css"
TOKENS = "/accessibility/preferences.json"

pytestmark = pytest.mark.django_db


def choose(client, headers=None, **fields):
    return client.post(PAGE, fields, headers=headers or {})


def with_choices(client, cookie):
    client.cookies["preferences"] = cookie
    return client


def test_a_choice_is_kept_in_one_cookie_and_the_reader_comes_back(client):
    response = choose(client, text_size="125", next="/th/news/?page=2#text-size")
    assert response.status_code == 303
    assert response["Location"] == "/th/news/?page=2#text-size"
    assert list(response.cookies) == ["preferences"]
    cookie = response.cookies["preferences"]
    assert cookie.value == "1.text_size-125"
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert cookie["max-age"] == 31_536_000
    assert not cookie["httponly"]
    assert not cookie["secure"]


def test_the_reader_comes_back_to_a_page_with_a_thai_address(client):
    response = choose(client, text_size="125", next="/th/ข่าว/?q=น้ำ#ขนาด")
    assert response["Location"] == (
        "/th/%E0%B8%82%E0%B9%88%E0%B8%B2%E0%B8%A7/"
        "?q=%E0%B8%99%E0%B9%89%E0%B8%B3#%E0%B8%82%E0%B8%99%E0%B8%B2%E0%B8%94"
    )
    encoded = choose(client, text_size="125", next="/th/%E0%B8%82/?q=100%25")
    assert encoded["Location"] == "/th/%E0%B8%82/?q=100%25"


def test_the_cookie_is_secure_over_https(client):
    response = client.post(PAGE, {"text_size": "125"}, secure=True)
    assert response.cookies["preferences"]["secure"]


def test_no_csrf_token_is_asked_for_because_shared_pages_have_none():
    assert choose(Client(enforce_csrf_checks=True), text_size="150").status_code == 303


def test_a_plus_and_a_minus_step_from_the_size_in_the_cookie(client):
    for expected in ("125", "150", "200", "200"):
        choose(client, text_size="larger")
        assert client.cookies["preferences"].value == f"1.text_size-{expected}"
    choose(client, text_size="smaller")
    assert client.cookies["preferences"].value == "1.text_size-150"


def test_a_choice_leaves_the_other_choices_as_they_are(client):
    with_choices(client, "1.theme-dark")
    choose(client, text_size="larger")
    assert client.cookies["preferences"].value == "1.text_size-125.theme-dark"


@pytest.mark.parametrize("fields", [{"start_again": "1"}, {"text_size": "100"}])
def test_going_back_to_the_defaults_removes_the_cookie(client, fields):
    with_choices(client, "1.text_size-125")
    response = choose(client, **fields)
    assert response.status_code == 303
    assert response.cookies["preferences"]["max-age"] == 0


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
        "http://testserver//evil.example/",
        "http://testserver@evil.example/",
        "javascript:alert(1)",
        "/th/\r\nSet-Cookie: a=b",
        "\x00//evil.example",
        "/" + "a" * 3000,
    ],
)
def test_the_reader_is_never_sent_to_another_site(client, address):
    location = choose(client, text_size="125", next=address)["Location"]
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
    assert "evil.example" not in location.split("?")[0]
    assert "\n" not in location


def test_without_next_the_browser_says_where_one_came_from(client):
    response = choose(client, {"Referer": "http://testserver/en/about/"}, text_size="125")
    assert response["Location"] == "/en/about/"


def test_a_foreign_referer_leads_to_the_preferences_page(client):
    response = choose(client, {"Referer": "https://evil.example/x"}, text_size="125", lang="en")
    assert response["Location"] == f"{PAGE}?lang=en&saved=1#saved"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://testserver:8001"},
        {"Origin": "null"},
        {"Origin": "http://[testserver"},
        {"Origin": ""},
    ],
)
def test_another_origin_cannot_change_a_readers_choices(client, headers):
    response = choose(client, headers, text_size="200")
    assert response.status_code == 403
    assert not response.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"},
        # What browsers send under Referrer-Policy: no-referrer.
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Origin": "http://testserver"},
    ],
)
def test_this_site_itself_can(client, headers):
    assert choose(client, headers, text_size="200").status_code == 303


def test_an_unknown_value_is_refused_with_the_allowed_ones(client):
    response = choose(client, text_size="999", theme="dark", lang="en", next="/en/")
    assert response.status_code == 422
    assert not client.cookies.get("preferences") or not client.cookies["preferences"].value
    message = "“999” is not a choice for “Text size”. Choose one of: 100, 125, 150, 200."
    assert message in response.text
    assert "<title>Error:" in response.text


def test_a_refused_value_is_shown_as_text(client):
    response = choose(client, theme="<script>alert(1)</script>", lang="en")
    assert "<script>alert" not in response.text


def test_a_form_without_any_preference_is_refused(client):
    response = choose(client, fontsize="125", lang="en")
    assert response.status_code == 422
    assert "text_size" in response.text


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_not_allowed(client, method):
    assert getattr(client, method)(PAGE).status_code == 405


def test_a_script_gets_the_words_to_announce(client):
    headers = {"Accept": "application/json"}
    response = choose(client, headers, text_size="larger", lang="th")
    assert response.status_code == 200
    assert response.json()["message"] == "ขนาดตัวอักษร 125 เปอร์เซ็นต์"
    assert response.json()["choices"]["text_size"] == "125"
    assert response.cookies["preferences"].value == "1.text_size-125"


def test_a_script_hears_that_the_ends_are_reached(client):
    headers = {"Accept": "application/json"}
    smallest = choose(client, headers, text_size="smaller", lang="en").json()["message"]
    assert smallest == "Text size 100 percent, the smallest"
    with_choices(client, "1.text_size-200")
    largest = choose(client, headers, text_size="larger", lang="en").json()["message"]
    assert largest == "Text size 200 percent, the largest"


def test_a_script_gets_its_errors_as_json(client):
    response = choose(client, {"Accept": "application/json"}, text_size="x", lang="en")
    assert response.status_code == 422
    assert "100, 125, 150, 200" in response.json()["errors"]["text_size"]


# --- The page ---------------------------------------------------------------------------------


def test_the_page_shows_the_readers_choices(client):
    page = with_choices(client, "1.theme-contrast-dark").get(PAGE, {"lang": "en"}).text
    checked = re.findall(r'id="([a-z_]+-[a-z0-9-]+)"[^>]* checked', page)
    assert "theme-contrast-dark" in checked
    assert "text_size-100" in checked
    assert len(checked) == len(preferences.PREFERENCES)


@pytest.mark.parametrize(
    ("query", "headers", "language"),
    [
        ({"lang": "th"}, {"Accept-Language": "en"}, "th"),
        ({"lang": "en", "next": "/th/"}, {}, "en"),
        ({"next": "/en/news/"}, {"Accept-Language": "th"}, "en"),
        ({}, {"Accept-Language": "en"}, "en"),
        ({}, {"Referer": "http://testserver/en/help/", "Accept-Language": "th"}, "en"),
        ({}, {"Referer": "https://evil.example/en/", "Accept-Language": "th"}, "th"),
        ({"lang": "xx"}, {"Accept-Language": "en"}, "en"),
        ({"lang": "../../etc"}, {}, "th"),
    ],
)
def test_the_page_speaks_the_readers_language(client, query, headers, language):
    response = client.get(PAGE, query, headers=headers)
    assert response.status_code == 200
    assert response["Content-Language"] == language
    heading = {"th": "การตั้งค่าการแสดงผล", "en": "Display settings"}[language]
    assert f"<h1>{heading}</h1>" in response.text


def test_only_languages_of_the_content_are_spoken(client, settings):
    # Django's own LANGUAGES has a hundred of them, and the base template of a site speaks its own.
    settings.LANGUAGES = [("en", "English"), ("fr", "Français"), ("th", "ไทย")]
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("fr", "Français")]
    thai = client.get(PAGE, headers={"Accept-Language": "th"})
    assert thai.headers["Content-Language"] == "en"
    regional = client.get(f"{PAGE}?lang=en-us", headers={"Accept-Language": "fr"})
    assert regional.headers["Content-Language"] == "en"
    tokens = client.get("/accessibility/preferences.json").json()
    assert tokens["languages"] == {"en": "English", "fr": "Français"}
    assert ":lang(th)" not in client.get("/accessibility/preferences.css").content.decode()


def test_the_page_is_private_and_never_an_older_one(client):
    response = client.get(PAGE)
    assert response["Cache-Control"] == "private, no-store"
    assert "Cookie" in response["Vary"]


def test_the_page_says_what_was_saved_and_leads_back(client):
    with_choices(client, "1.text_size-150.theme-dark")
    page = client.get(PAGE, {"lang": "en", "next": "/en/about/", "saved": "1"}).text
    status = page.split('id="saved"')[1].split("</div>")[0]
    assert "Text size: 150 percent; Colours and contrast: Dark" in status
    assert 'href="/en/about/"' in status


def test_the_page_offers_no_way_back_to_another_site(client):
    page = client.get(PAGE, {"lang": "en", "next": "//evil.example/"}).text
    assert "evil.example" not in page.split("<main")[1].split("</main>")[0]


# --- Stylesheet, script and tokens ------------------------------------------------------------


def test_the_stylesheet_is_the_readers_own_and_revalidated(client):
    response = with_choices(client, "1.text_size-150").get(STYLESHEET)
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "--text-size:150%" in response.text
    assert response["Cache-Control"] == "private, no-cache"
    assert response["Vary"] == "Cookie"
    again = client.get(STYLESHEET, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    with_choices(client, "1.text_size-200")
    changed = client.get(STYLESHEET, headers={"If-None-Match": response["ETag"]})
    assert changed.status_code == 200


def test_a_tampered_cookie_gives_the_default_stylesheet(client):
    plain = client.get(STYLESHEET).text
    assert with_choices(client, "1.theme-}*{color:red}").get(STYLESHEET).text == plain


def script_address(client):
    return re.search(r'src="(/accessibility/preferences-\w+\.js)"', client.get(PAGE).text)[1]


def test_the_script_has_an_address_of_its_own_version_and_is_kept(client):
    response = client.get(script_address(client))
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


def test_an_outdated_address_gives_todays_script_and_is_not_kept(client):
    response = client.get("/accessibility/preferences-0123456789abcdef.js")
    assert response.content == client.get(script_address(client)).content
    assert response["Cache-Control"] == "public, no-cache"


def test_the_script_holds_the_same_styles_as_the_stylesheet(client):
    script = client.get(script_address(client)).text
    table = json.loads(script.rsplit("})(", 1)[1].removesuffix(");\n"))
    assert table["cookie"] == preferences.COOKIE_NAME
    for number, preference in enumerate(table["preferences"]):
        for choice in preference["choices"]:
            cookie = f"1.{preference['name']}-{choice['value']}"
            chosen = [other["choices"][0]["css"] for other in table["preferences"]]
            chosen[number] = choice["css"]
            assert with_choices(client, cookie).get(STYLESHEET).text == "".join(chosen)


def test_the_script_of_the_head_is_small(client):
    assert len(client.get(script_address(client)).content) < 12_000


def test_the_tokens_are_for_any_front_end(client):
    response = client.get(TOKENS)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"].startswith("public")
    again = client.get(TOKENS, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    assert client.options(TOKENS)["Access-Control-Allow-Headers"] == "If-None-Match"
    tokens = response.json()
    assert tokens["cookie"]["name"] == "preferences"
    assert preferences.decode(tokens["cookie"]["example"])["text_size"] == "125"
    by_name = {preference["name"]: preference for preference in tokens["preferences"]}
    assert by_name["text_size"]["default"] == "100"
    for preference in tokens["preferences"]:
        languages = {code for code, _name in settings.LANGUAGES}
        assert set(preference["label"]) == set(preference["help"]) == languages
    larger = by_name["text_size"]["choices"][1]
    assert larger["properties"] == {"--text-size": "125%"}
    assert larger["label"] == {"th": "125 เปอร์เซ็นต์", "en": "125 percent"}


def test_fonts_have_an_address_for_pages_of_any_origin(client):
    tokens = client.get(TOKENS).json()
    faces = [c["css"] for p in tokens["preferences"] for c in p["choices"] if "url(" in c["css"]]
    assert len(faces) == 1
    addresses = re.findall(r'url\("([^"]*)"\)', faces[0])
    assert len(addresses) == 2
    assert all(address.startswith("http://testserver/static/") for address in addresses)


# --- The tags ---------------------------------------------------------------------------------


def test_a_page_is_the_same_for_every_reader(client):
    page = client.get("/en/", follow=True).content
    assert (
        with_choices(client, "1.text_size-200.theme-dark").get("/en/", follow=True).content == page
    )


def test_the_controls_lead_back_to_the_page_and_name_what_they_do(rf):
    template = Template("{% load accessibility_tags %}{% text_size_controls %}")
    with override("th"):
        html = template.render(Context({"request": rf.get("/th/ข่าว/?page=2")}))
    assert 'aria-label="A+ เพิ่มขนาดตัวอักษร"' in html
    assert 'aria-label="A− ลดขนาดตัวอักษร"' in html
    assert "?page=2#text-size" in html
    assert f"{reverse('accessibility:preferences')}?lang=th&amp;next=%2Fth%2F" in html


def test_the_controls_work_where_a_template_has_no_request():
    html = Template("{% load accessibility_tags %}{% text_size_controls %}").render(Context())
    assert 'name="next"' not in html
