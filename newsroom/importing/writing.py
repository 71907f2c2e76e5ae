"""From a checked entry to its page, in one transaction."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import Any, Literal

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.images.models import AbstractImage
from wagtail.models import Locale, Revision
from wagtail_localize.synctree import create_aliases_for_new_page

from accessibility.gate.refusal import InaccessiblePageError
from localization.slugs import suggest_slug
from newsroom.audience import set_opening_views, set_opening_visitors
from newsroom.models import (
    ImportedArticle,
    NewsArticlePage,
    NewsCategory,
    NewsIndexPage,
    Visitors,
)

from .body import Picture, blocks
from .entries import Entry, EntryError, Problem, SiteData, parse_entry

Action = Literal["created", "updated", "unchanged", "kept"]


@dataclass(slots=True)
class Outcome:
    """What was done with an entry (in a dry run: what would be).

    action: "kept" is a page that people have changed since it was imported
    notes: what the operator should know or do by hand
    """

    action: Action
    title: str
    page: NewsArticlePage | None = None
    notes: list[str] = field(default_factory=list)


class Importer:
    """Writes entries to the database.

    parent: the news index for articles in its language; None for the only one there is
    overwrite: whether to replace articles that people have changed since they were imported
    dry_run: whether to check everything and write nothing
    """

    def __init__(
        self,
        *,
        parent: NewsIndexPage | None = None,
        overwrite: bool = False,
        dry_run: bool = False,
    ) -> None:
        self.parent = parent
        self.overwrite = overwrite
        self.dry_run = dry_run
        self.seen: set[str] = set()

    def run(self, raw: Any, *, file: Path, number: int) -> Outcome:
        """Import one raw entry, the `number`th of `file`. Raises EntryError, and then has written
        nothing of it.
        """
        entry = parse_entry(raw, folder=file.parent, default_source_id=f"{file.name}#{number}")
        if entry.source_id in self.seen:
            raise EntryError(
                [
                    Problem(
                        "source_id",
                        entry.source_id,
                        _("another entry of this run has it; each article needs its own."),
                    )
                ]
            )
        self.seen.add(entry.source_id)
        fingerprint = _fingerprint(raw, entry)
        with transaction.atomic(), _stored_pictures() as stored:
            return self._write(entry, fingerprint, stored)

    def _write(self, entry: Entry, fingerprint: str, stored: list[AbstractImage]) -> Outcome:
        record = (
            ImportedArticle.objects.filter(source_id=entry.source_id)
            .select_related("page", "revision")
            .first()
        )
        if record and record.fingerprint == fingerprint:
            return Outcome("unchanged", entry.title, record.page)
        if record and _changed_by_people(record) and not self.overwrite:
            note = _("people have changed it here since it was imported; --overwrite replaces it")
            return Outcome("kept", entry.title, record.page, [note])
        # Both refuse what they cannot do, in a dry run too.
        parent = None if record else self._find_parent(entry)
        self._check_category(entry)
        if self.dry_run:
            return Outcome("updated" if record else "created", entry.title)

        page = record.page if record else NewsArticlePage(live=False)
        self._fill(page, entry, stored)
        try:
            if parent:
                parent.add_child(instance=page)
            notes = _publish(page.save_revision(log_action=True))
        except ValidationError as error:
            raise EntryError(_problems_of_page(page, error)) from error
        page = NewsArticlePage.objects.get(pk=page.pk)
        ImportedArticle.objects.update_or_create(
            source_id=entry.source_id,
            defaults={"page": page, "fingerprint": fingerprint, "revision": page.latest_revision},
        )
        if parent:
            create_aliases_for_new_page(page)
        if entry.views is not None:
            set_opening_views(page, entry.views)
        if entry.site:
            notes += self.write_site(entry.site, moves_in=record is None)
        if any(part.type == "quote" for part in entry.parts):
            notes.append(_("the file does not say whom the quotation quotes; add it in the admin"))
        return Outcome("updated" if record else "created", entry.title, page, notes)

    # --- The page ---------------------------------------------------------------------------

    def _find_parent(self, entry: Entry) -> NewsIndexPage:
        locale = Locale.objects.filter(language_code=entry.language).first()
        indexes = NewsIndexPage.objects.filter(locale=locale, alias_of__isnull=True)
        if self.parent:
            indexes = indexes.filter(translation_key=self.parent.translation_key)
        found = list(indexes[:2])
        if len(found) == 1:
            return found[0]
        if found:
            allowed = _("there are several news indexes in this language; choose one by --parent.")
        else:
            allowed = _("there is no news index in this language; create and publish one first.")
        raise EntryError([Problem("source_language", entry.language, allowed)])

    def _fill(self, page: NewsArticlePage, entry: Entry, stored: list[AbstractImage]) -> None:
        images = {}
        for picture in _pictures(entry):
            image, is_new = picture.save()
            images[picture.hash] = image
            if is_new:
                stored.append(image)
        page.locale = Locale.objects.get(language_code=entry.language)
        page.title = entry.title
        page.category = self._category(entry)
        page.event_date = entry.event_date
        page.event_time = entry.event_time
        page.publication_date = _publication_date(entry)
        page.body = json.dumps(blocks(entry.parts, images, entry.source_id))

    def _check_category(self, entry: Entry) -> None:
        """Refuse names that belong to different categories here already."""
        keys = {
            code: key
            for code, name in entry.category.items()
            for key in NewsCategory.objects.filter(
                locale__language_code=code, name=name
            ).values_list("translation_key", flat=True)[:1]
        }
        if len(set(keys.values())) > 1:
            raise EntryError(
                [
                    Problem(
                        f"category.{code}",
                        entry.category[code],
                        _("here it is the name of another category; give its own translation."),
                    )
                    for code in keys
                    if code != entry.language
                ]
            )

    def _category(self, entry: Entry) -> NewsCategory:
        """Return the category in the language of the entry, created in each that it names.

        A name that people have given to it here is kept.
        """
        known = NewsCategory.objects.filter(
            pk__in=[
                pk
                for code, name in entry.category.items()
                for pk in NewsCategory.objects.filter(
                    locale__language_code=code, name=name
                ).values_list("pk", flat=True)[:1]
            ]
        ).first()
        for code, name in sorted(
            entry.category.items(), key=lambda item: item[0] != entry.language
        ):
            locale = Locale.objects.filter(language_code=code).first()
            if locale is None or (known and known.has_translation(locale)):
                continue
            category = NewsCategory(locale=locale, name=name, slug=_category_slug(name, locale))
            if known:
                category.translation_key = known.translation_key
            category.full_clean()
            category.save()
            known = known or category
        assert known is not None  # noqa: S101 (an entry names its category in its own language)
        return NewsCategory.objects.get(
            translation_key=known.translation_key, locale__language_code=entry.language
        )

    # --- The site ---------------------------------------------------------------------------

    def write_site(self, site: SiteData, *, moves_in: bool) -> list[str]:
        """Set opening totals, and the identity if this site has one. Returns notes.

        Visitors of today are counted as today's when a site moves in; after that, it counts itself.
        """
        notes = []
        if site.visitors_total is not None:
            today = site.visitors_today or 0
            set_opening_visitors(site.visitors_total - today)
            if moves_in and today:
                row, _created = Visitors.objects.get_or_create(day=timezone.localdate())
                # Not the sum: each entry of a file may tell the same of its site.
                Visitors.objects.filter(pk=row.pk, visitors__lt=today).update(visitors=today)
        notes += self.write_identity(site)
        if site.passed_over:
            notes.append(
                _("site: %(names)s describe the old site and are not imported")
                % {"names": ", ".join(site.passed_over)}
            )
        return notes

    def write_identity(self, site: SiteData) -> list[str]:
        """Store owners, first year of copyright and social links where the site keeps them.

        The newsroom keeps none; a site that does extends this class and the command.
        """
        return [_("site: this site keeps no owner, copyright year or social links")]


@contextmanager
def _stored_pictures() -> Iterator[list[AbstractImage]]:
    """A list of new images, whose files are taken away when the transaction fails."""
    stored: list[AbstractImage] = []
    try:
        yield stored
    except Exception:
        for image in stored:
            image.file.delete(save=False)
        raise


def _pictures(entry: Entry) -> list[Picture]:
    return [part.picture for part in entry.parts if part.picture]


def _fingerprint(raw: dict[str, Any], entry: Entry) -> str:
    digest = hashlib.sha256(json.dumps(raw, sort_keys=True).encode())
    for picture in _pictures(entry):
        digest.update(picture.hash.encode())
    return digest.hexdigest()


def _changed_by_people(record: ImportedArticle) -> bool:
    was_unpublished = not record.page.live and record.page.first_published_at is not None
    return was_unpublished or record.page.latest_revision != record.revision


def _publish(revision: Revision) -> list[str]:
    """Publish what was imported; with accessibility errors it stays a draft. Returns notes."""
    try:
        with transaction.atomic():
            revision.publish()
    except InaccessiblePageError as refusal:
        return [_("it stays a draft"), *refusal.messages]
    return []


def _publication_date(entry: Entry) -> datetime:
    """When the event took place: old news stand in order. What is to come was published by now."""
    moment = datetime.combine(entry.event_date, entry.event_time or time())
    return min(timezone.make_aware(moment), timezone.now())


def _category_slug(name: str, locale: Locale) -> str:
    base = suggest_slug(name) or "category"
    taken = set(
        NewsCategory.objects.filter(locale=locale, slug__startswith=base).values_list(
            "slug", flat=True
        )
    )
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _problems_of_page(page: NewsArticlePage, error: ValidationError) -> list[Problem]:
    if not hasattr(error, "error_dict"):
        return [Problem(_("entry"), page.title, " ".join(error.messages))]
    return [
        Problem(
            _("entry") if name == NON_FIELD_ERRORS else name,
            page.title if name == NON_FIELD_ERRORS else getattr(page, name, None),
            " ".join(messages),
        )
        for name, messages in error.message_dict.items()
    ]
