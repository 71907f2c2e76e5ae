"""The site on real services, and what its people meet when one of them is away."""

import email.policy
import json
import re
from collections.abc import Iterator
from email.message import EmailMessage, Message
from pathlib import Path
from queue import SimpleQueue

import boto3
import pytest
import redis
import requests
from aiosmtpd import handlers
from aiosmtpd.controller import Controller

from tests import services
from tests.accessibility.gate import article_form
from tests.factories import PASSWORD, picture
from tests.server import Server, free_port
from tests.services import Service

pytestmark = pytest.mark.slow

# Two articles in two languages, one of them a draft; and people of two roles.
CONTENT = """
import json
from tests import factories
site = factories.make_bilingual_site()
image = factories.SiteImageFactory()
report = factories.SiteDocumentFactory()
for role in ("editor", "moderator"):
    factories.UserFactory(username=role, role=role)
live, draft, second = (
    factories.NewsArticlePageFactory(
        parent=site.news, category=site.category, slug=slug, live=slug == "live",
        lead_image=image, lead_image_alt="สี่เหลี่ยม",
        attachments=[("document", {"document": report, "title": "แบบคำขอ"})],
    )
    for slug in ("live", "draft", "second")
)
for article in (draft, second):
    article.save_revision()
factories.translate(live, title="The first notice")
print(json.dumps({
    "category": site.category.pk, "draft": draft.pk, "second": second.pk, "document": report.url,
    "stored_as": report.file.name, "index": site.news.pk,
}))
"""
PAGES = [
    *("/th/", "/en/", "/th/news/", "/en/news/", "/th/news/live/", "/en/news/live/"),
    *("/th/search/?q=notice", "/feeds/th/", "/sitemap.xml", "/admin/login/"),
    *("/accessibility/preferences/", "/api/v2/pages/", "/api/v3/news/", "/api/v3/pages/"),
]


class Site:
    """A site on the production server, with content; its readers, and people of its admin."""

    def __init__(self, server: Server) -> None:
        self.server = server
        result = server.manage("shell", "--no-imports", "-c", CONTENT)
        self.made = json.loads(result.stdout.splitlines()[-1])

    def get(self, address: str) -> requests.Response:
        return requests.get(self.server.url + address, timeout=60, allow_redirects=False)

    def statuses(self) -> dict[str, int]:
        return {address: self.get(address).status_code for address in PAGES}

    def sign_in(self, username: str) -> "Person":
        return Person(self, username)


class Person(requests.Session):
    """Somebody in the admin, who sends its forms as a browser does."""

    def __init__(self, site: Site, username: str) -> None:
        super().__init__()
        self.site = site
        self.get(f"{site.server.url}/admin/login/", timeout=60)
        signed_in = self.send_form("/admin/login/", username=username, password=PASSWORD)
        assert signed_in.status_code == 302

    def send_form(self, address: str, files: dict | None = None, **values) -> requests.Response:
        return self.post(
            self.site.server.url + address,
            data=values,
            files=files,
            headers={"X-CSRFToken": self.cookies["csrftoken"], "Referer": self.site.server.url},
            timeout=60,
            allow_redirects=False,
        )

    def send_article(self, name: str, action: str) -> requests.Response:
        """Save the article `name` and `action` it: publish or submit."""
        form = article_form(Draft(name, self.site.made["category"]), **{f"action-{action}": "1"})
        return self.send_form(f"/admin/pages/{self.site.made[name]}/edit/", **form)


class Draft:
    title = introduction = "ประกาศของการทดสอบบริการ"

    def __init__(self, slug: str, category_id: int) -> None:
        self.slug, self.category_id = slug, category_id


ANSWERED = dict.fromkeys(PAGES, 200)


# --- Cache ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def on_redis(new_server) -> Iterator[tuple[Site, Service]]:
    with services.redis() as cache, new_server(CACHE_URL=address_of(cache)) as server:
        yield Site(server), cache


def address_of(cache: Service) -> str:
    return f"rediscache://127.0.0.1:{cache.port}/0"


def test_with_redis_what_stands_around_the_pages_is_kept_for_all_processes(on_redis):
    site, cache = on_redis
    assert site.statuses() == ANSWERED
    with redis.Redis(port=cache.port) as client:
        assert [key for key in client.scan_iter() if b"home.furniture" in key]


def test_without_redis_pages_are_read_and_published_as_before(on_redis):
    site, cache = on_redis
    moderator = site.sign_in("moderator")
    assert moderator.send_article("draft", "publish").status_code == 302
    cache.stop()
    try:
        assert site.statuses() == ANSWERED
        assert site.get("/th/news/draft/").status_code == 200
        assert moderator.send_article("second", "publish").status_code == 302
        assert site.get("/th/news/second/").status_code == 200
        assert site.sign_in("editor")
    finally:
        cache.start()
    assert site.statuses() == ANSWERED
    assert " 500 " not in site.server.log.read_text()


# --- Database ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def on_postgresql(new_server) -> Iterator[tuple[Site, Service]]:
    with services.postgresql() as database:
        url = f"postgres://postgres@127.0.0.1:{database.port}/postgres"
        server = new_server(DATABASE_URL=url)
        server.manage("migrate", "--verbosity", "0")
        with server:
            yield Site(server), database


def test_on_postgresql_every_page_answers_and_thai_words_are_found(on_postgresql):
    site, _database = on_postgresql
    assert site.statuses() == ANSWERED
    site.server.manage("update_index", "--verbosity", "0")
    assert "/th/news/live/" in site.get("/th/search/?q=คำขอ").text


def test_without_the_database_readers_are_asked_in_their_language_to_come_back(on_postgresql):
    site, database = on_postgresql
    database.stop()
    try:
        for language in ("th", "en"):
            for address in (f"/{language}/", f"/{language}/news/live/", f"/{language}/none/"):
                answer = site.get(address)
                assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30"), address
                assert f'lang="{language}"' in answer.text
        for address in ("/api/v2/pages/", "/api/v3/news/", "/sitemap.xml", "/feeds/none/"):
            assert site.get(address).status_code == 503, address
        assert site.get("/api/v3/news/").json()["status"] == 503
    finally:
        database.start()
    assert site.statuses() == ANSWERED


# --- Storage ----------------------------------------------------------------------------------


BUCKET = "newsroom"
KEYS = {"S3_ACCESS_KEY": "tests", "S3_SECRET_KEY": "only-for-tests", "S3_REGION_NAME": "us-east-1"}


@pytest.fixture(scope="module")
def on_s3(new_server) -> Iterator[tuple[Site, Service, str]]:
    with services.s3() as storage:
        address = f"http://127.0.0.1:{storage.port}"
        boto3.client(
            "s3",
            endpoint_url=address,
            region_name=KEYS["S3_REGION_NAME"],
            aws_access_key_id=KEYS["S3_ACCESS_KEY"],
            aws_secret_access_key=KEYS["S3_SECRET_KEY"],
        ).create_bucket(Bucket=BUCKET)
        environment = KEYS | {"S3_ENDPOINT_URL": address, "MEDIA_ORIGINS": address}
        with new_server(S3_BUCKET=BUCKET, **environment) as server:
            yield Site(server), storage, f"{address}/{BUCKET}"


def pictures(page: str) -> list[str]:
    return re.findall(r'<img[^>]+src="([^"]+)"', page)


def test_pictures_lie_in_s3_where_every_browser_may_fetch_them(on_s3):
    site, _storage, bucket = on_s3
    answer = site.get("/th/news/live/")
    shown = [address for address in pictures(answer.text) if address.startswith(bucket)]
    assert shown
    for address in shown:
        fetched = requests.get(address, timeout=30)
        assert (fetched.status_code, fetched.headers["Content-Type"]) == (200, "image/webp")
    assert bucket.removesuffix(f"/{BUCKET}") in answer.headers["Content-Security-Policy"]
    assert not list(Path(site.server.directory).glob("media/**/*.webp"))


def test_documents_lie_in_s3_and_are_reached_through_their_guard_only(on_s3):
    site, _storage, bucket = on_s3
    answer = site.get(site.made["document"])
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    stored = requests.get(f"{bucket}/documents/{site.made['stored_as']}", timeout=30)
    assert stored.status_code == 403
    site.server.manage(
        *("shell", "--no-imports", "-c"),
        "from wagtail.models import Collection, CollectionViewRestriction as Restriction\n"
        "root = Collection.get_first_root_node()\n"
        "Restriction.objects.create(collection=root, restriction_type=Restriction.LOGIN)",
    )
    assert site.get(site.made["document"]).status_code == 302


def test_without_s3_pages_stay_and_what_needs_it_asks_to_come_back(on_s3):
    site, storage, _bucket = on_s3
    editor = site.sign_in("editor")
    upload = {"file": ("picture.png", picture(), "image/png")}
    added = editor.send_form("/admin/images/add/", files=upload, title="ภาพใหม่", collection=1)
    assert added.status_code == 302
    moderator = site.sign_in("moderator")
    storage.stop()
    assert site.statuses() == ANSWERED
    assert moderator.send_article("second", "publish").status_code == 302
    assert site.get("/th/news/second/").status_code == 200
    document = editor.get(site.server.url + site.made["document"], timeout=60)
    assert (document.status_code, document.headers["Retry-After"]) == (503, "30")
    added = editor.send_form("/admin/images/add/", files=upload, title="ภาพใหม่", collection=1)
    assert added.status_code == 503
    assert " 500 " not in site.server.log.read_text()


# --- Mail -------------------------------------------------------------------------------------


class Letters(handlers.Message):
    """Hands on what arrived by SMTP."""

    def __init__(self) -> None:
        super().__init__()
        self.arrived: SimpleQueue[EmailMessage] = SimpleQueue()

    def prepare_message(self, session, envelope) -> Message:
        content = envelope.original_content or b""
        letter = email.message_from_bytes(content, policy=email.policy.default)
        letter["X-To"] = ", ".join(envelope.rcpt_tos)
        return letter

    def handle_message(self, message: Message) -> None:
        assert isinstance(message, EmailMessage)
        self.arrived.put(message)

    def next(self) -> tuple[str, str, str]:
        """To whom, subject and text of the next letter."""
        letter = self.arrived.get(timeout=60)
        body = letter.get_body(("plain",))
        assert body is not None
        return letter["X-To"], letter["Subject"].strip(), body.get_content()


@pytest.fixture(scope="module")
def post() -> Iterator[tuple[Controller, Letters]]:
    letters = Letters()
    controller = Controller(letters, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller, letters
    if controller.server:  # a test may have stopped it
        controller.stop()


@pytest.fixture(scope="module")
def with_mail(new_server, post) -> Iterator[tuple[Site, Controller, Letters]]:
    controller, letters = post
    with new_server(EMAIL_URL=f"smtp://127.0.0.1:{controller.port}") as server:
        yield Site(server), controller, letters


def test_moderators_are_told_in_thai_of_what_awaits_them_and_authors_of_what_became_of_it(
    with_mail,
):
    site, _controller, letters = with_mail
    assert site.sign_in("editor").send_article("draft", "submit").status_code == 302
    recipient, subject, text = letters.next()
    assert recipient == "moderator@example.org"
    assert subject == "หน้า “ประกาศของการทดสอบบริการ” รอการพิจารณาในขั้นตอน “Moderators approval”"
    assert f"{site.server.url}/admin/pages/" in text
    assert not re.search(r"\b(page|submitted|here)\b", text)


def test_a_forgotten_password_is_set_anew_by_a_letter_in_thai(with_mail):
    site, _controller, letters = with_mail
    person = requests.Session()
    address = f"{site.server.url}/admin/password_reset/"
    person.get(address, timeout=60)
    values = {"email": "editor@example.org", "csrfmiddlewaretoken": person.cookies["csrftoken"]}
    assert person.post(address, values, headers={"Referer": address}, timeout=60).ok
    recipient, subject, text = letters.next()
    assert recipient == "editor@example.org"
    assert "รหัสผ่าน" in subject
    (link,) = re.findall(r"http\S+", text)
    assert link.startswith(site.server.url)
    assert 'name="new_password1"' in person.get(link, timeout=60).text


def test_without_mail_work_goes_on_and_what_was_not_sent_is_logged(with_mail):
    site, controller, _letters = with_mail
    controller.stop()
    assert site.sign_in("editor").send_article("second", "submit").status_code == 302
    assert site.sign_in("moderator").send_article("second", "publish").status_code == 302
    assert site.get("/th/news/second/").status_code == 200
    log = site.server.log.read_text()
    assert "notification sending skipped" in log
    assert "ConnectionRefusedError" in log
