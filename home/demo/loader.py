"""Loads the demo: all of it in one transaction, and only into a site that has no home page yet."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction
from django.db.models.signals import post_save
from django.utils import timezone
from django.utils.html import escape
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler as update_search_index
from wagtail.models import Locale, Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail_localize.models import LocaleSynchronization

from accessibility.models import (
    AccessibilityStatementPage,
    KnownProblem,
    PolicyPage,
    PolicyVersion,
    SecurityTxt,
)
from home.models import ContentPage, HomePage, SiteIdentity
from newsroom.audience import set_opening_views, set_opening_visitors
from newsroom.models import NewsArticlePage, NewsCategory, NewsIndexPage

from .accounts import create_accounts
from .media import store_files
from .reading import Data, read, read_folder
from .streams import Streams, identifier, plain_text, rich_text
from .translations import set_dates, translate

# A translation is published so long after its original.
TRANSLATED_AFTER = timedelta(hours=26)

# What a statement says in each language beside what every policy says.
STATEMENT_TEXTS = (
    "scope",
    "law",
    "review_by_people",
    "feedback_telephone",
    "feedback_address",
    "enforcement",
)

# Takes what is about to be done, and the number of its steps.
Progress = Callable[[str, int], None]


class DemoExistsError(Exception):
    """The site has a home page: content that must not be touched."""


def load_demo(password: str, progress: Progress = lambda _stage, _steps: None) -> None:
    """Load the demo content and its four accounts. Raises DemoExistsError where there is any."""
    with transaction.atomic():
        if HomePage.objects.exists():
            raise DemoExistsError
        with _indexes_built_at_once(progress):
            _Loader(password, progress).load()


@contextmanager
def _indexes_built_at_once(progress: Progress) -> Iterator[None]:
    """Index for search and references once, not at each of the several times a page is saved."""
    models = get_indexed_models()
    for model in models:
        post_save.disconnect(update_search_index, sender=model)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        for model in models:
            post_save.connect(update_search_index, sender=model)
    progress("indexes", 1)
    call_command("rebuild_references_index", verbosity=0)
    call_command("update_index", verbosity=0)


class _Loader:
    def __init__(self, password: str, progress: Progress) -> None:
        self.progress = progress
        self.thai = Locale.objects.get_or_create(language_code="th")[0]
        self.english = Locale.objects.get_or_create(language_code="en")[0]
        self.people: dict[str, User] = create_accounts(password)
        self.site = read("site.toml")
        self.tags: dict[str, str] = read("tags.toml")
        self.articles = read_folder("articles")
        self.opened = _midnight(self.site["opening_totals"]["as_of"])
        self.pages: dict[str, Page] = {}
        self.categories: dict[str, NewsCategory] = {}
        # Pages with their English fields and the moment of their translation, parents first.
        self.to_translate: list[tuple[Page, Data, datetime]] = []

    def load(self) -> None:
        self.progress("media", 1)
        files = store_files(read("media.toml"))
        self.images = files.images
        self.streams = Streams(files.images, files.documents)
        self.progress("categories", 1)
        self._load_categories()
        self._load_identity()
        pages = _parents_first(read_folder("pages"))
        policies = read_folder("policies")
        self.progress("pages", len(pages) + len(policies))
        self._load_home(pages, policies)
        self.progress("articles", len(self.articles))
        self._load_articles()
        self.progress("translations", len(self.to_translate))
        for page, values, at in self.to_translate:
            self._to_english(page, values, at)
            self.progress("", 0)
        for entry in self.articles:
            if "th_update" in entry:
                self._update_article(entry)
        for entry in policies:
            self._keep_earlier_versions(entry)
        # Of the days of which the policies are, no audit tells.
        PolicyVersion.objects.update(facts={})
        self.progress("aliases", 1)
        # Makes the English aliases of what is only in Thai, now and from now on.
        LocaleSynchronization.objects.create(locale=self.english, sync_from=self.thai)
        self._date_aliases()
        set_opening_visitors(self.site["opening_totals"]["visitors_total"])

    # --- What all pages share ---------------------------------------------------------------

    def _publish(self, page: Page, at: datetime) -> None:
        page.save_revision(user=self.people["editor"]).publish(user=self.people["moderator"])
        set_dates(page, at)

    def _add(self, parent: Page, page: Page, publish_at: datetime | None = None) -> None:
        page.locale = self.thai
        page.owner = self.people["editor"]
        page.live = False
        # A fresh parent: its position in the tree may have changed since it was read.
        Page.objects.get(pk=parent.pk).add_child(instance=page)
        if publish_at:
            self._publish(page, publish_at)

    def _to_english(self, original: Any, values: Data, at: datetime | None = None) -> None:
        translate(original, self.english, values, user=self.people["translator"], at=at)

    # --- Snippets ---------------------------------------------------------------------------

    def _load_categories(self) -> None:
        for entry in read("categories.toml")["category"]:
            category = NewsCategory.objects.create(locale=self.thai, **entry["th"])
            self._to_english(category, entry["en"])
            self.categories[entry["key"]] = category

    def _load_identity(self) -> None:
        identity = SiteIdentity.objects.create(
            locale=self.thai, first_year=self.site["first_year"], **self._identity("th")
        )
        self._to_english(identity, self._identity("en"))

    def _identity(self, language: str) -> Data:
        texts = {key: value for key, value in self.site[language].items() if isinstance(value, str)}
        links = [
            {
                "type": "link",
                "value": {
                    "platform": link["platform"],
                    "name": _account_name(texts["short_name"], link["platform"], language),
                    "url": link["url"],
                },
                "id": identifier("identity", number),
            }
            for number, link in enumerate(self.site["social"])
        ]
        return {**texts, "social_links": json.dumps(links)}

    # --- Pages ------------------------------------------------------------------------------

    def _load_home(self, pages: list[Data], policies: list[Data]) -> None:
        site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
        welcome = site.root_page if site.pk else None
        home = HomePage(**self._home("th"))
        self._add(Page.get_first_root_node(), home)
        site.root_page = home
        site.hostname = site.hostname or "localhost"
        site.site_name = self.site["th"]["name"]
        site.save()
        # Wagtail's first page, which nobody has written.
        if welcome and welcome.specific_class is Page and not welcome.get_children().exists():
            welcome.delete()
        self.pages["home"] = home
        news = NewsIndexPage(**self.site["th"]["news"], show_in_menus=True)
        self.pages["news"] = news
        self._add(home, news, self.opened)
        self.to_translate.append((news, self.site["en"]["news"], self.opened))
        for entry in pages:
            self._load_content_page(entry)
        for entry in policies:
            self._load_policy(entry)
        self._load_known_problems()
        # Its links lead to pages that are there only now.
        home = self.pages["home"] = HomePage.objects.get(pk=home.pk)
        home.body = self._services("th")
        self._publish(home, self.opened)
        SecurityTxt.objects.create(site=site, contacts="\n".join(self.site["security_contacts"]))
        english = {**self._home("en"), "body": self._services("en")}
        self.to_translate.insert(0, (home, english, self.opened))

    def _home(self, language: str) -> Data:
        home = self.site[language]["home"]
        return {
            "title": home["title"],
            "slug": {"th": "หน้าแรก", "en": "home"}[language],
            "introduction": plain_text(home["introduction"]),
            "latest_heading": home["latest_heading"],
        }

    def _services(self, language: str) -> str:
        home = self.site[language]["home"]
        # Wagtail leads a link to a page in the reader's language, where there is one.
        items = "".join(
            f'<li><a linktype="page" id="{self.pages[section["page"]].pk}">'
            f"{escape(section['title'])}</a> {escape(section['text'])}</li>"
            for section in home["sections"]
        )
        return self.streams.stream(
            [
                {"type": "heading", "level": "h2", "text": home["sections_heading"]},
                {"type": "text", "html": f"<ul>{items}</ul>"},
            ],
            "home",
        )

    def _load_content_page(self, entry: Data) -> None:
        parent = self.pages[entry.get("parent", "home")]
        page = ContentPage(
            **self._content_page(entry, "th"), show_in_menus=entry.get("show_in_menus", False)
        )
        self._add(parent, page, self.opened)
        self.pages[entry["id"]] = page
        if "en" in entry:
            self.to_translate.append((page, self._content_page(entry, "en"), self.opened))
        self.progress("", 0)

    def _content_page(self, entry: Data, language: str) -> Data:
        texts = entry[language]
        return {
            "title": texts["title"],
            "slug": texts["slug"],
            "introduction": texts["intro"],
            "body": self.streams.stream(texts["body"], entry["id"]),
        }

    def _load_policy(self, entry: Data) -> None:
        validity = {
            "version": entry["version"],
            "effective_date": entry["effective"],
            "review_date": entry["next_review"],
        }
        policy: Page
        if entry["kind"] == PolicyPage.Kind.ACCESSIBILITY:
            policy = AccessibilityStatementPage(
                **self._policy(entry, "th"),
                **validity,
                wording=entry["wording"],
                feedback_email=entry["feedback_email"],
            )
        else:
            policy = PolicyPage(
                **self._policy(entry, "th"),
                **validity,
                kind=entry["kind"],
                measures=self.streams.stream(
                    _true_measures(entry.get("measures", [])), entry["id"], "measures"
                ),
            )
        published = _midnight(entry["effective"])
        self._add(self.pages["home"], policy, published)
        self.pages[entry["id"]] = policy
        if "en" in entry:
            self.to_translate.append((policy, self._policy(entry, "en"), published))
        self.progress("", 0)

    def _policy(self, entry: Data, language: str) -> Data:
        texts = entry[language]
        return {
            "title": texts["title"],
            "slug": texts["slug"],
            "office": texts["office"],
            "body": f"<p>{escape(texts['intro'])}</p>{rich_text(texts['body'])}",
            **{name: texts[name] for name in STATEMENT_TEXTS if name in texts},
            # Both languages were looked at, on the same day.
            **{name: entry[name] for name in ("review_by_people_date",) if name in entry},
        }

    def _load_known_problems(self) -> None:
        for entry in read("problems.toml")["problem"]:
            problem = KnownProblem.objects.create(
                locale=self.thai,
                hindered=entry["hindered"],
                criterion=entry.get("criterion", ""),
                reason=entry["reason"],
                planned_date=entry.get("planned_date"),
                **entry["th"],
            )
            self._to_english(problem, entry["en"])

    def _keep_earlier_versions(self, entry: Data) -> None:
        """Put into the archive what a policy has said before, in each language."""
        for page in self.pages[entry["id"]].get_translations(inclusive=True).specific():
            language = page.locale.language_code
            for earlier in entry.get("earlier", []):
                then = {**earlier, language: _with_passages(entry[language], earlier[language])}
                PolicyVersion.objects.create(
                    page=page,
                    version=earlier["version"],
                    effective_date=earlier["effective"],
                    published_at=_midnight(earlier["effective"]),
                    content={
                        **page.serializable_data(),
                        **self._policy(then, language),
                        "version": earlier["version"],
                        "effective_date": earlier["effective"].isoformat(),
                    },
                )

    # --- Articles ---------------------------------------------------------------------------

    def _load_articles(self) -> None:
        for entry in self.articles:
            page = NewsArticlePage(
                **self._article(entry, "th"),
                publication_date=entry["published"],
                event_date=entry.get("event_date"),
                event_time=entry.get("event_time"),
                category=self.categories[entry["category"]],
                pinned=entry["pinned"],
                correction_date=entry.get("correction_date"),
                lead_image_id=self.images.get(entry.get("lead_image", {}).get("file")),
                lead_image_decorative=entry.get("lead_image", {}).get("decorative", False),
            )
            page.tags.add(*entry["tags"])
            # Published once all are there, since they name each other.
            self._add(self.pages["news"], page)
            self.pages[entry["id"]] = page
        for entry in self.articles:
            page = self.pages[entry["id"]]
            page.related_articles = json.dumps(
                [
                    {
                        "type": "article",
                        "value": self.pages[related].pk,
                        "id": identifier(entry["id"], "related", related),
                    }
                    for related in entry.get("related", [])
                ]
            )
            self._publish(page, entry["published"])
            set_opening_views(page, entry["views"])
            if entry["translation"] != "none":
                at = min(entry["published"] + TRANSLATED_AFTER, timezone.now())
                tags = [self.tags[tag] for tag in entry["tags"]]
                self.to_translate.append((page, self._article(entry, "en") | {"tags": tags}, at))
            self.progress("", 0)

    def _article(self, entry: Data, language: str) -> Data:
        texts = entry[language]
        contact = texts.get("contact")
        contacts = contact if isinstance(contact, list) else [contact] if contact else []
        return {
            "title": texts["title"],
            "slug": texts["slug"],
            "introduction": texts["intro"],
            "body": self.streams.stream(texts["body"], entry["id"], "body"),
            "contact": self.streams.stream(
                ({**item, "type": "contact"} for item in contacts), entry["id"], "contact"
            ),
            "attachments": self.streams.stream(
                ({**item, "type": "document"} for item in texts.get("attachments", [])),
                entry["id"],
                "attachments",
            ),
            "lead_image_alt": texts.get("lead_image_alt", ""),
            "lead_image_caption": texts.get("lead_image_caption", ""),
            "lead_image_credit": entry.get("lead_image", {}).get(f"credit_{language}", ""),
            "correction": texts.get("correction", ""),
        }

    def _update_article(self, entry: Data) -> None:
        """Change the Thai original after its translation, which then is older."""
        page = NewsArticlePage.objects.get(pk=self.pages[entry["id"]].pk)
        update = entry["th_update"]
        page.introduction = update.get("intro", page.introduction)
        changed = _with_passages(entry["th"], update)
        page.body = self.streams.stream(changed["body"], entry["id"], "body")
        page.save_revision(user=self.people["editor"]).publish(user=self.people["moderator"])
        set_dates(page, entry["published"], update["published"])

    def _date_aliases(self) -> None:
        for alias in Page.objects.filter(alias_of__isnull=False).select_related("alias_of"):
            Page.objects.filter(pk=alias.pk).update(
                first_published_at=alias.alias_of.first_published_at,
                last_published_at=alias.alias_of.last_published_at,
            )


def _with_passages(texts: Data, update: Data) -> Data:
    """Return the texts of one language with passages of the body replaced."""
    changed = json.dumps(texts["body"], default=str, ensure_ascii=False)
    for passage in update.get("replace", []):
        old, new = (json.dumps(passage[key], ensure_ascii=False)[1:-1] for key in ("old", "new"))
        if old not in changed:
            raise ValueError(f"“{texts['title']}” has no passage {passage['old']!r} to replace.")
        changed = changed.replace(old, new)
    return {**texts, "body": json.loads(changed)}


def _true_measures(measures: Iterable[Data]) -> list[Data]:
    """Those that may be stated of the server that this demo runs on."""
    untrue = set() if settings.SECURE_SSL_REDIRECT else {"https", "hsts"}
    return [measure for measure in measures if measure["type"] not in untrue]


def _parents_first(entries: Iterable[Data]) -> list[Data]:
    return sorted(entries, key=lambda entry: "parent" in entry)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _account_name(name: str, platform: str, language: str) -> str:
    label = {"youtube": "YouTube", "facebook": "Facebook"}.get(platform, platform)
    return f"{name} บน {label}" if language == "th" else f"{name} on {label}"
