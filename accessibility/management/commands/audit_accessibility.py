"""Audit the pages of the site as readers get them: by the rules, and in a real browser."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm
from wagtail.models import Page

from accessibility.audits.browser.browsers import missing_browser
from accessibility.audits.coverage import REASONS
from accessibility.audits.formats import Transcripts, audit_earl, audit_json
from accessibility.audits.pages import Scope
from accessibility.audits.retention import forget_old_audits
from accessibility.audits.run import audit_pages, started_browsers
from accessibility.audits.sarif import audit_sarif_log
from accessibility.audits.served import ServedSite
from accessibility.models import Audit, AuditFinding, PageAudit
from accessibility.rules import SEVERITIES

FORMATS = ("text", "json", "sarif", "earl")


class Command(BaseCommand):
    help = (
        "Audit the live, public pages for barriers: the content rules on what is served and, where "
        "ACCESSIBILITY_CHROMIUM names one, axe-core and further checks in a browser. Exits with 1 "
        "when there are findings of the severity given by --fail-on or a graver one, or pages that "
        "could not be looked at; with 2 when nothing can be audited."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--tree", default="", help="only this page and those below: its id, or its path"
        )
        parser.add_argument("--locale", default="", help="only pages of this locale, such as th")
        parser.add_argument("--type", default="", help="only this type of page, such as app.Model")
        parser.add_argument(
            "--changed-since", default="", help="only pages published since then: 2026-11-24"
        )
        parser.add_argument(
            "--resume",
            action="store_true",
            help="go on with the last unfinished audit: the pages that it has not looked at yet",
        )
        parser.add_argument("--no-browser", action="store_true", help="the rules alone")
        parser.add_argument("--workers", type=int, default=2, help="browsers at work at a time (2)")
        parser.add_argument("--format", choices=FORMATS, default="text")
        parser.add_argument("--output", help="write there, not to the terminal")
        parser.add_argument("--fail-on", choices=SEVERITIES, default="error")
        parser.add_argument(
            "--keep", type=int, help="then forget all audits but this many, and the newest looks"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for option in ("workers", "keep"):
            if options[option] is not None and options[option] < 1:
                raise _unusable(f"--{option} {options[option]} is too few. Use 1 or more.")
        # Before hours of work: can the result be written at all?
        output = _writable(options["output"]) if options["output"] else None
        audit, pages = self.begin(options)
        transcripts = self.run(audit, pages, options)
        looks = list(
            audit.page_audits.select_related("page", "locale")
            .prefetch_related("findings")
            .order_by("page__path")
        )
        text = self.formatted(audit, looks, transcripts, options["format"])
        if output:
            output.write_text(text, encoding="utf-8")
        else:
            self.stdout.write(text)
        if options["keep"]:
            forget_old_audits(options["keep"])
        grave = SEVERITIES[: SEVERITIES.index(options["fail_on"]) + 1]
        found = [finding for look in looks for finding in look.findings.all() if _is_found(finding)]
        if any(item.severity in grave for item in found) or any(look.failure for look in looks):
            sys.exit(1)

    def begin(self, options: dict[str, Any]) -> tuple[Audit, list[Page]]:
        """The audit to be made or gone on with, and its pages that nobody has looked at yet."""
        asked = {name: options[name] for name in ("tree", "locale", "type", "changed_since")}
        if options["resume"]:
            if named := [name for name, value in asked.items() if value]:
                raise _unusable(
                    f"--resume goes on with the pages that were asked for then. Leave out "
                    f"--{named[0].replace('_', '-')}, or begin a new audit without --resume."
                )
            unfinished = Audit.objects.filter(trigger=Audit.Trigger.COMMAND, ended_at=None)
            audit = unfinished.first()
            if audit is None:
                raise _unusable("There is no unfinished audit. Begin one without --resume.")
            scope = Scope.of(audit.scope)
        else:
            try:
                scope = Scope.parse(**asked)
            except ValueError as error:
                raise _unusable(str(error)) from None
            audit = Audit(trigger=Audit.Trigger.COMMAND, scope=scope.as_dict())
        try:
            chosen = scope.pages()
        except Page.DoesNotExist:
            raise _unusable("The page that the unfinished audit began with is deleted.") from None
        seen = audit.page_audits.values("page") if audit.pk else []
        pages = list(chosen.exclude(pk__in=seen))
        if not pages and not audit.pk:
            raise _unusable("No live, public page is chosen. Choose another tree, locale or date.")
        if not audit.pk:
            audit.save()
        return audit, pages

    def run(self, audit: Audit, pages: list[Page], options: dict[str, Any]) -> Transcripts:
        """Look at the pages. Returns what a screen reader says of each, by the id of its look."""
        no_browser = "not-asked" if options["no_browser"] else missing_browser()
        if no_browser:
            self.stderr.write(f"Not checked in a browser: {REASONS[no_browser]}.")
        site = ServedSite()
        transcripts: Transcripts = {}
        with ExitStack() as stack:
            browsers = None
            if not no_browser:
                browsers = stack.enter_context(started_browsers(site, options["workers"]))
            progress = stack.enter_context(
                tqdm(total=len(pages), unit=" pages", disable=None, file=self.stderr)
            )
            try:
                for look, transcript in audit_pages(audit, pages, site, browsers, no_browser):
                    transcripts[look.pk] = transcript
                    progress.update()
            except KeyboardInterrupt:
                raise CommandError(
                    "Stopped. Go on with --resume: what was found is stored.", returncode=130
                ) from None
        audit.ended_at = timezone.now()
        audit.save(update_fields=["ended_at"])
        return transcripts

    def formatted(
        self, audit: Audit, looks: list[PageAudit], transcripts: Transcripts, format: str
    ) -> str:
        if format == "text":
            return "\n".join(_text(looks, _message_lang()))
        if format == "json":
            data = audit_json(audit, looks, transcripts)
        elif format == "sarif":
            data = audit_sarif_log(looks, _message_lang())
        else:
            data = audit_earl(looks, _message_lang())
        return json.dumps(data, ensure_ascii=False, indent=2)


def _text(looks: list[PageAudit], lang: str) -> Iterator[str]:
    counts: Counter[str] = Counter()
    not_checked: Counter[tuple[str, str]] = Counter()
    failures = mended = 0
    for look in looks:
        findings = look.findings.all()
        counts.update(finding.severity for finding in findings)
        not_checked.update(look.not_checked.items())
        failures += bool(look.failure)
        mended += len(look.mended)
        if findings or look.failure:
            yield f"{look.url}"
        if look.failure:
            yield f"  {look.failure}"
        for finding in findings:
            criterion = f"WCAG {finding.criterion}" if finding.criterion else "best practice"
            yield (
                f"  {finding.severity} {finding.rule} ({criterion}, {finding.engine}, "
                f"{finding.state})\n    {finding.selector}\n    {finding.excerpt}\n"
                f"    {finding.message.get(lang)} {finding.remedy.get(lang)}"
            )
    for (check, reason), pages in sorted(not_checked.items()):
        yield f"not checked on {pages} pages: {check}, because {REASONS.get(reason, reason)}"
    yield f"pages: {len(looks)}, could not be looked at: {failures}, mended: {mended}"
    yield ", ".join(f"{severity}: {counts[severity]}" for severity in SEVERITIES)


def _is_found(finding: AuditFinding) -> bool:
    return finding.state != AuditFinding.State.UNCHECKED


def _message_lang() -> str:
    return "th" if settings.LANGUAGE_CODE.split("-")[0] == "th" else "en"


def _writable(name: str) -> Path:
    path = Path(name)
    try:
        path.touch()
    except OSError as error:
        raise _unusable(
            f"“{name}” cannot be written: {error.strerror}. Name a file in a folder of yours."
        ) from None
    return path


def _unusable(message: str) -> CommandError:
    return CommandError(message, returncode=2)
