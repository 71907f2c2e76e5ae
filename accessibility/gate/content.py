"""What there is of a page to be judged: its HTML as readers get it, and its content as data."""

import copy
import hashlib
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.core.handlers.base import BaseHandler
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIRequest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.cache import FetchFromCacheMiddleware, UpdateCacheMiddleware
from django.utils.cache import patch_cache_control
from django.utils.html import escape
from django.utils.module_loading import import_string
from django.utils.translation import get_language, override
from modelcluster.models import get_all_child_relations
from wagtail.fields import RichTextField, StreamField
from wagtail.models import COMMENTS_RELATION_NAME, Page
from wagtail.rich_text import expand_db_html

logger = logging.getLogger(__name__)

#: What Wagtail keeps of every page beside its content: dates, places in the tree, states.
BOOKKEEPING = {field.name for field in Page._meta.concrete_fields} - {
    "title",
    "seo_title",
    "search_description",
}

SITE_CACHES = (UpdateCacheMiddleware, FetchFromCacheMiddleware)


@dataclass(frozen=True, slots=True)
class Part:
    """The HTML of one field of a page, or of one block of its StreamField.

    is_markup: whether the editor's markup is in it, or it is plain text
    """

    field: str
    block: int | None
    html: str
    is_markup: bool = True


@dataclass(slots=True)
class ServedPage:
    """What a reader gets.

    html: None where the page is not served as HTML, as on a headless site
    context: what its templates were given
    """

    html: str | None
    context: dict[str, Any]


def serve(page: Page, parent: Page | None = None) -> ServedPage:
    """Serve a page as a preview is served: by the site's middleware, to somebody not signed in.

    A page that is not in the tree yet stands below `parent`. Neither the page nor the language of
    the current thread is changed.
    """
    page = copy.copy(page)
    if page.pk is None and parent is not None:
        _put_below(page, parent)
    handler = _PageHandler(page)
    # Middleware for languages leaves behind the one that it has found in the address.
    with override(get_language()):
        handler.load_middleware()
        response = handler.get_response(_request(page))
    if handler.error is not None:
        logger.warning(
            "%s %s could not be rendered for the accessibility gate; its fields are judged alone.",
            page._meta.label,
            page.pk,
            exc_info=handler.error,
        )
    html = None
    if isinstance(response, HttpResponse) and response.status_code == 200 and _is_html(response):
        html = response.content.decode(response.charset)
    return ServedPage(html, handler.context)


class _PageHandler(BaseHandler):
    """The middleware of the site with one page behind it, in place of the URL resolver."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.context: dict[str, Any] = {"page": page, "self": page}
        self.error: Exception | None = None

    def load_middleware(self, is_async: bool = False) -> None:
        """All that readers' requests pass, but Django's cache of the whole site.

        That would answer with the page as it was before, and keep for readers what is not public.
        """
        handler = convert_exception_to_response(self._get_response)
        handler_is_async = is_async
        for path in reversed(settings.MIDDLEWARE):
            middleware = import_string(path)
            if isinstance(middleware, type) and issubclass(middleware, SITE_CACHES):
                continue
            needs_async = not getattr(middleware, "sync_capable", True)
            try:
                instance = middleware(
                    self.adapt_method_mode(needs_async, handler, handler_is_async)
                )
            except MiddlewareNotUsed:
                continue
            handler, handler_is_async = convert_exception_to_response(instance), needs_async
        self._middleware_chain = self.adapt_method_mode(is_async, handler, handler_is_async)

    def _get_response(self, request: HttpRequest) -> HttpResponse:
        try:
            # A failure in the database must not spoil the transaction that publishes.
            with override(self.page.locale.language_code), transaction.atomic():
                response = self.page.serve_preview(request, _mode(self.page))
                self.context = getattr(response, "context_data", None) or self.context
                if callable(render := getattr(response, "render", None)):
                    response = render()
        except Exception as error:
            # A template may fail on a page that is not complete: that is no reason to lose it.
            self.error = error
            return HttpResponse(status=500)
        # For other caches, which may not know what `is_preview` means.
        patch_cache_control(response, private=True, no_store=True)
        return response


def _request(page: Page) -> WSGIRequest:
    environ = page._get_dummy_headers()
    if settings.SECURE_SSL_REDIRECT:
        environ["wsgi.url_scheme"] = "https"
    request = WSGIRequest(environ)
    vars(request).update(is_dummy=True, is_preview=True, preview_mode=_mode(page))
    return request


def _mode(page: Page) -> str:
    return next(iter(page.preview_modes), ("",))[0]


def _put_below(page: Page, parent: Page) -> None:
    page.depth = parent.depth + 1
    last = parent.get_last_child()
    page.path = last._inc_path() if last else page._get_path(parent.path, page.depth, 1)
    page._set_core_field_defaults()
    page.set_url_path(parent)


def _is_html(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html")


def parts(page: Page, context: dict[str, Any]) -> Iterator[Part]:
    """The HTML of each field that an editor fills in. Markup first, plain text after it."""
    plain = []
    for field in page._meta.concrete_fields:
        if field.name in BOOKKEEPING or not field.editable:
            continue
        value = getattr(page, field.attname)
        if isinstance(field, StreamField):
            for number, block in enumerate(value):
                yield Part(field.name, number, block.render(context))
        elif isinstance(field, RichTextField):
            yield Part(field.name, None, expand_db_html(value))
        elif isinstance(value, str) and value and not field.choices:
            plain.append(Part(field.name, None, escape(value), is_markup=False))
    yield from plain


def content_hash(page: Page) -> str:
    """A hash of the page's content: the same for a revision and for the page made of it."""
    relations = get_all_child_relations(page)
    children = {relation.get_accessor_name(): relation.field.name for relation in relations}
    content = {
        name: _without(("pk", children[name]), value) if name in children else value
        for name, value in page.serializable_data().items()
        if name not in BOOKKEEPING and name not in ("pk", COMMENTS_RELATION_NAME)
    }
    data = json.dumps(content, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(data.encode()).hexdigest()


def _without(names: tuple[str, ...], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name not in names} for row in rows]
