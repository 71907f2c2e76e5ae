"""Audit the pages of the site as readers get them: by the rules, and in a real browser."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext
from tqdm import tqdm
from wagtail.models import Page

from accessibility.audits.browser.browsers import missing_browser
from accessibility.audits.coverage import reason
from accessibility.audits.formats import Transcripts, audit_earl, audit_json
from accessibility.audits.pages import Scope
from accessibility.audits.retention import forget_old_audits
from accessibility.audits.run import audit_pages, started_browsers
from accessibility.audits.sarif import audit_sarif_log
from accessibility.audits.served import ServedSite
from accessibility.audits.summary import audit_text
from accessibility.audits.unfinished import may_be_at_work, unfinished_audits
from accessibility.audits.whole_file import try_to_write, write_whole
from accessibility.conf import MESSAGE_LANGUAGES, message_language
from accessibility.models import Audit, AuditFinding, PageAudit
from accessibility.rules import SEVERITIES

#: `--resume` without an id.
NEWEST = "newest"
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
            nargs="?",
            const=NEWEST,
            metavar="ID",
            help="go on with an unfinished audit, the newest or this one: the pages it lacks",
        )
        parser.add_argument("--no-browser", action="store_true", help="the rules alone")
        parser.add_argument("--workers", type=int, default=2, help="browsers at work at a time (2)")
        parser.add_argument(
            "--message-lang", choices=MESSAGE_LANGUAGES, help="language of the messages"
        )
        parser.add_argument("--format", choices=FORMATS, default="text")
        parser.add_argument("--output", help="write there, not to the terminal")
        parser.add_argument("--fail-on", choices=SEVERITIES, default="error")
        parser.add_argument(
            "--keep",
            type=int,
            help="then forget what is older than so many finished audits by this command; the "
            "newest look at each page stays",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for option in ("workers", "keep"):
            if options[option] is not None and options[option] < 1:
                raise _unusable(f"--{option} {options[option]} is too few. Use 1 or more.")
        lang = options["message_lang"] or message_language()
        output = options["output"]
        if output:
            # Before hours of work: can the result be written at all?
            _write(try_to_write, output)
        if options["resume"] is None:
            audit, pages = self.begun(options, lang)
        else:
            audit, pages = self.resumed(options, lang)
        # Where no page has changed there is nothing to look at, and nothing to store.
        transcripts = self.run(audit, pages, options, lang) if audit.pk else {}
        looks = _looks(audit) if audit.pk else []
        text = _formatted(audit, looks, transcripts, options["format"], lang)
        if output:
            _write(write_whole, output, text)
        else:
            self.stdout.write(text)
        if options["keep"]:
            forget_old_audits(options["keep"])
        grave = SEVERITIES[: SEVERITIES.index(options["fail_on"]) + 1]
        found = [finding for look in looks for finding in look.findings.all() if _is_found(finding)]
        if any(item.severity in grave for item in found) or any(look.failure for look in looks):
            sys.exit(1)

    def begun(self, options: dict[str, Any], lang: str) -> tuple[Audit, list[Page]]:
        """A new audit and its pages; one that is not stored where no page has changed since."""
        try:
            scope = Scope.parse(**_asked(options))
        except ValueError as error:
            raise _unusable(str(error)) from None
        audit = Audit(trigger=Audit.Trigger.COMMAND, scope=scope.as_dict())
        pages = list(scope.pages())
        if pages:
            audit.save()
        elif scope.changed_since and replace(scope, changed_since="").pages().exists():
            audit.ended_at = audit.started_at
            with override(lang):
                since = options["changed_since"]
                text = _("No page was published since %(date)s: there is nothing to audit.")
                self.stderr.write(text % {"date": since})
        else:
            raise _unusable("No live, public page is chosen. Choose another tree, locale or type.")
        return audit, pages

    def resumed(self, options: dict[str, Any], lang: str) -> tuple[Audit, list[Page]]:
        """The audit to be gone on with, and its pages that nobody has looked at yet."""
        if named := [name for name, value in _asked(options).items() if value]:
            raise _unusable(
                f"--resume goes on with the pages that were asked for then. Leave out "
                f"--{named[0].replace('_', '-')}, or begin a new audit without --resume."
            )
        audit = _unfinished(options["resume"])
        try:
            chosen = Scope.of(audit.scope).pages()
        except Page.DoesNotExist:
            raise _unusable("The page that the unfinished audit began with is deleted.") from None
        seen = audit.page_audits.values("page")
        pages = list(chosen.exclude(pk__in=seen))
        with override(lang):
            text = _("Going on with audit %(audit)s. Pages done: %(done)s, left: %(left)s.")
            values = {"audit": _named(audit), "done": len(seen), "left": len(pages)}
            self.stderr.write(text % values)
        return audit, pages

    def run(
        self, audit: Audit, pages: list[Page], options: dict[str, Any], lang: str
    ) -> Transcripts:
        """Look at the pages. Returns what a screen reader says of each, by the id of its look."""
        no_browser = "not-asked" if options["no_browser"] else missing_browser()
        with override(lang):
            unit = " " + pgettext("progress of an audit", "pages")
            if no_browser:
                text = _("Not checked in a browser: %(reason)s.")
                self.stderr.write(text % {"reason": reason(no_browser, lang)})
        site = ServedSite()
        transcripts: Transcripts = {}
        try:
            with ExitStack() as stack:
                browsers = None
                if not no_browser:
                    browsers = stack.enter_context(started_browsers(site, options["workers"]))
                progress = stack.enter_context(
                    # Not to self.stderr, which begins a new line with each piece of the bar.
                    tqdm(total=len(pages), unit=unit, disable=None)
                )
                for look, transcript in audit_pages(audit, pages, site, browsers, no_browser):
                    transcripts[look.pk] = transcript
                    progress.update()
        except KeyboardInterrupt:
            raise CommandError(
                f"Stopped. Go on with --resume {audit.pk}: what was found is stored.",
                returncode=130,
            ) from None
        audit.ended_at = timezone.now()
        audit.save(update_fields=["ended_at"])
        return transcripts


def _asked(options: dict[str, Any]) -> dict[str, str]:
    return {name: options[name] for name in ("tree", "locale", "type", "changed_since")}


def _unfinished(wanted: str) -> Audit:
    """The audit to be gone on with: the one that was named, or the newest if it stands still."""
    audits = list(unfinished_audits())
    known = "; ".join(map(_named, audits))
    if not audits:
        raise _unusable("There is no unfinished audit. Begin one without --resume.")
    if wanted != NEWEST:
        for audit in audits:
            if str(audit.pk) == wanted:
                return audit
        raise _unusable(f"There is no unfinished audit “{wanted}”. Go on with one of: {known}.")
    if may_be_at_work(audits[0]):
        raise _unusable(
            f"Audit {audits[0].pk} was at work within the last two minutes, and may still be. Wait "
            f"until it ends or, if it was stopped, name it: --resume {audits[0].pk}. Unfinished "
            f"are: {known}."
        )
    return audits[0]


def _named(audit: Audit) -> str:
    return f"{audit.pk} ({timezone.localtime(audit.started_at):%Y-%m-%d %H:%M})"


def _looks(audit: Audit) -> list[PageAudit]:
    looks = audit.page_audits.select_related("page", "locale").prefetch_related("findings")
    return list(looks.order_by("page__path"))


def _formatted(
    audit: Audit, looks: Iterable[PageAudit], transcripts: Transcripts, format: str, lang: str
) -> str:
    if format == "text":
        return audit_text(looks, lang)
    if format == "json":
        data = audit_json(audit, looks, transcripts)
    elif format == "sarif":
        data = audit_sarif_log(looks, lang)
    else:
        data = audit_earl(looks, lang)
    return json.dumps(data, ensure_ascii=False, indent=2)


def _is_found(finding: AuditFinding) -> bool:
    return finding.state != AuditFinding.State.UNCHECKED


def _write(write: Callable[..., None], name: str, *text: str) -> None:
    try:
        write(name, *text)
    except OSError as error:
        raise _unusable(
            f"“{name}” cannot be written: {error.strerror}. Name a file in a folder of yours."
        ) from None


def _unusable(message: str) -> CommandError:
    return CommandError(message, returncode=2)
