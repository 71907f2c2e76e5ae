"""Lets a site move in with its history: visitors and views from before it counted for itself."""

from argparse import ArgumentTypeError
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import Q
from wagtail.models import Page

from newsroom.audience import set_opening_views, set_opening_visitors
from newsroom.audience.counts import MAX_TOTAL


def total(value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value) <= MAX_TOTAL):
        raise ArgumentTypeError(
            f"{value!r} is not allowed: give a whole number from 0 to {MAX_TOTAL}, digits only."
        )
    return int(value)


def find_page(value: str) -> Page:
    """The page with that number, path or address; CommandError if there is none."""
    if value.isascii() and value.isdigit():
        page = Page.objects.filter(pk=value).first()
    else:
        path = unquote(urlsplit(value).path).rstrip("/")
        # A slug is stored; an address is worked out. Home pages have an address without a slug.
        candidates = Page.objects.filter(Q(slug=path.rpartition("/")[2]) | Q(depth=2))
        page = next((page for page in candidates if path_of(page) == path), None)
    if page is None:
        raise CommandError(
            f"There is no page {value!r}: give the number of a page, as in 12, "
            "or its path, as in /th/news/slug/."
        )
    return page


def path_of(page: Page) -> str | None:
    parts = page.get_url_parts()
    return unquote(parts[2]).rstrip("/") if parts and parts[2] is not None else None


class Command(BaseCommand):
    help = (
        "Sets the totals from before this site counted for itself; they are added to its own "
        "counts. Setting them again replaces them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--visitors", type=total, metavar="N", help="visitors of the site")
        parser.add_argument(
            "--page",
            action="append",
            default=[],
            metavar="PAGE",
            help="number or path of a page, followed by its --views; may be repeated",
        )
        parser.add_argument(
            "--views", action="append", default=[], type=total, metavar="N", help="its views"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        visitors, pages, views = options["visitors"], options["page"], options["views"]
        if len(pages) != len(views):
            raise CommandError(
                f"Each --page needs its --views: {len(pages)} pages and {len(views)} views given."
            )
        if visitors is None and not pages:
            raise CommandError("Nothing to set: give --visitors N, or --page PAGE --views N.")
        found = [(find_page(page), number) for page, number in zip(pages, views, strict=True)]
        with transaction.atomic():
            if visitors is not None:
                set_opening_visitors(visitors)
            for page, number in found:
                set_opening_views(page, number)
        if visitors is not None:
            self.stdout.write(f"Opening total of visitors: {visitors}")
        for page, number in found:
            self.stdout.write(f"Opening total of views of {path_of(page) or page.pk}: {number}")
