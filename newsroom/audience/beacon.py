"""Where browsers say that a page was shown: by script, or by a picture where there are none."""

import logging
import time
from base64 import b64decode
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from newsroom import conf

from .counts import Totals, totals, views
from .recorder import RecorderFullError, recorder
from .texts import totals_texts, views_text
from .visitors import digest, is_robot, rate_limit, user_agent

logger = logging.getLogger(__name__)

# One transparent pixel.
GIF = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
RETRY_AFTER = 5  # seconds


class RefusedError(Exception):
    """This is no view of a page; the answer says why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


# A page in a shared cache can carry no CSRF token; a foreign site is told by what browsers send.
@csrf_exempt
@require_POST
def record_view(request: HttpRequest) -> HttpResponse:
    """Count a view of the page that the form field `page` names.

    Answers {"counted", "views", "visitors_total", "visitors_today"}, the counts as texts in the
    language of the page; {"error"} with 400, 403, 404 or 503 otherwise.
    """
    try:
        page = _shown_page(request, request.POST.get("page", ""))
        counted = _count(request, page)
        response = JsonResponse({"counted": counted, **page.texts(counted)})
    except RefusedError as error:
        response = JsonResponse({"error": error.message}, status=error.status)
    except (DatabaseError, RecorderFullError) as error:
        logger.warning("A view could not be counted: %s", error)
        response = JsonResponse({"error": _("Views cannot be counted just now.")}, status=503)
        response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def record_view_by_image(request: HttpRequest) -> HttpResponse:
    """Count a view of the page that the query names, and answer with an invisible picture."""
    try:
        page = _shown_page(request, request.GET.get("page", ""))
        if request.method == "GET":
            _count(request, page)
        response = HttpResponse(GIF, content_type="image/gif")
    except RefusedError as error:
        response = HttpResponse(error.message, content_type="text/plain", status=error.status)
    except (DatabaseError, RecorderFullError) as error:
        logger.warning("A view could not be counted: %s", error)
        response = HttpResponse(status=503, headers={"Retry-After": str(RETRY_AFTER)})
    response["Cache-Control"] = "no-store"
    return response


def _shown_page(request: HttpRequest, value: str) -> "ShownPage":
    """The page named by `value`, if everybody may read it; RefusedError otherwise."""
    if not (value.isascii() and value.isdigit() and len(value) < 19):
        raise RefusedError(
            400,
            _("page=%(value)s is not allowed: give the number of a page, as in page=12.")
            % {"value": value[:40]},
        )
    if not _is_same_origin(request):
        raise RefusedError(403, _("Only pages of this site can count their views."))
    page = _find_page(int(value), int(time.monotonic() / (conf.audience_interval() or 1e-9)))
    if page is None:
        raise RefusedError(
            404, _("There is no public page with the number %(value)s.") % {"value": value}
        )
    return page


class ShownPage(NamedTuple):
    """A public page with the counts as they were last written."""

    pk: int
    language_code: str
    views: int
    totals: Totals

    def texts(self, counted: bool) -> dict[str, str]:
        """The counts in the language of the page. Whoever has just been counted is in them."""
        own = int(counted)
        with translation.override(self.language_code):
            return {
                "views": views_text(self.views + own),
                **totals_texts(Totals(*(max(number, own) for number in self.totals))),
            }


@lru_cache(maxsize=256)
def _find_page(pk: int, moment: int) -> ShownPage | None:
    """The public page `pk`. Counts change once a moment, so a rush asks the database only once."""
    pages = Page.objects.live().public().filter(depth__gt=1).select_related("locale")
    page = pages.filter(pk=pk).first()
    return page and ShownPage(pk, page.locale.language_code, views(page), totals())


def _is_same_origin(request: HttpRequest) -> bool:
    """Fetch Metadata says it (W3C); Origin does, in browsers that do not know that (RFC 6454)."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()


def _count(request: HttpRequest, page: ShownPage) -> bool:
    """Count a person's view. Robots, pages fetched ahead and the newsroom itself are left out."""
    if is_robot(user_agent(request)) or _is_ahead_of_time(request) or _is_staff(request):
        return False
    today = timezone.localdate()
    visitor = digest(request, today)
    if not rate_limit.allows(page.pk, visitor):
        return False
    recorder.add(page.pk, today, None if _asks_not_to_be_told_apart(request) else visitor)
    return True


def _is_ahead_of_time(request: HttpRequest) -> bool:
    """Whether the browser fetches a page that nobody has asked for yet."""
    headers = (request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    return any("prefetch" in value or "prerender" in value for value in headers)


def _is_staff(request: HttpRequest) -> bool:
    """Who works on the site is no reader of it; their cookie is looked at only if they have one."""
    return request.user.is_authenticated and request.user.has_perm("wagtailadmin.access_admin")


def _asks_not_to_be_told_apart(request: HttpRequest) -> bool:
    """Global Privacy Control and Do Not Track: the view counts, for it says nothing of anybody."""
    return request.headers.get("Sec-GPC") == "1" or request.headers.get("DNT") == "1"
