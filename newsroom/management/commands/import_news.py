"""Brings in articles of an older system (docs/import.md)."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.encoding import uri_to_iri
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from newsroom.importing import EntryError, Importer, ImportFileError, Outcome, read_file
from newsroom.models import NewsIndexPage

from .set_audience_totals import find_page


class Command(BaseCommand):
    help = (
        "Imports news articles from a JSON file: one object, or an array of objects. Importing a "
        "file again changes only what has changed in it."
    )
    importer_class = Importer

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="JSON, in UTF-8")
        parser.add_argument(
            "--dry-run", action="store_true", help="check everything and write nothing"
        )
        parser.add_argument(
            "--parent",
            metavar="PAGE",
            help="number or path of the news index; needed only where there are several",
        )
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="also replace articles that people have changed since they were imported",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        importer = self.importer_class(
            parent=self.find_parent(options["parent"]),
            overwrite=options["overwrite"],
            dry_run=options["dry_run"],
        )
        try:
            entries = read_file(file)
        except ImportFileError as error:
            raise CommandError(str(error)) from error
        counts: Counter[str] = Counter()
        # Not on `self.stderr`, which ends everything with a new line, each state of the bar too.
        progress = tqdm(entries, desc=file.name, unit=" entries", disable=None)
        for number, raw in enumerate(progress, start=1):
            label = _("%(file)s, entry %(number)s") % {"file": file.name, "number": number}
            try:
                outcome = importer.run(raw, file=file, number=number)
            except EntryError as error:
                counts["refused"] += 1
                with progress.external_write_mode():
                    for problem in error.problems:
                        self.stderr.write(f"{label}, {problem}")
            else:
                counts[outcome.action] += 1
                with progress.external_write_mode():
                    self.stdout.write(f"{label}: {self.describe(outcome)}")
        summary = self.summarise(counts, len(entries), dry_run=options["dry_run"])
        if counts["refused"]:
            raise CommandError(summary)
        self.stdout.write(summary)

    def find_parent(self, value: str | None) -> NewsIndexPage | None:
        if value is None:
            return None
        page = find_page(value).specific
        if not isinstance(page, NewsIndexPage):
            raise CommandError(
                _("--parent %(value)s is not allowed: it is a %(kind)s; name a news index.")
                % {"value": value, "kind": page._meta.verbose_name}
            )
        return page

    def describe(self, outcome: Outcome) -> str:
        action = {
            "created": _("created"),
            "updated": _("updated"),
            "unchanged": _("unchanged"),
            "kept": _("kept as it is"),
        }[outcome.action]
        address = outcome.page.get_url() if outcome.page else None
        # Thai addresses are for people to read here, not for machines.
        lines = [" ".join(filter(None, [f"{action}: “{outcome.title}”", uri_to_iri(address)]))]
        return "\n  ".join([*lines, *outcome.notes])

    def summarise(self, counts: Counter[str], total: int, *, dry_run: bool) -> str:
        summary = ngettext(
            "%(total)d entry: %(created)d created, %(updated)d updated, "
            "%(unchanged)d unchanged, %(kept)d kept, %(refused)d refused.",
            "%(total)d entries: %(created)d created, %(updated)d updated, "
            "%(unchanged)d unchanged, %(kept)d kept, %(refused)d refused.",
            total,
        ) % {
            "total": total,
            **{
                name: counts[name]
                for name in ("created", "updated", "unchanged", "kept", "refused")
            },
        }
        return " ".join([_("Dry run, nothing was written."), summary]) if dry_run else summary
