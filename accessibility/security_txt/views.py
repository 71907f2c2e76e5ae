from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Site

from ..models import SecurityTxt
from .document import document, problems

KEPT_FOR = 3_600  # seconds in any cache, and never beyond the expiry


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report vulnerabilities (RFC 9116); 404 where that is not set, or has expired.

    An expired file must not be used (2.5.5), so none is better.
    """
    records = SecurityTxt.objects.select_related("site")
    record = records.filter(site=Site.find_for_request(request)).first()
    if record is None or problems(record):
        response = _plain("This site has no valid security.txt.\n", status=404)
        response.headers["Cache-Control"] = "no-store"
        return response
    response = _plain(document(record))
    left = int((record.expires - timezone.now()).total_seconds())
    response.headers["Cache-Control"] = f"public, max-age={min(KEPT_FOR, left)}"
    return response


def _plain(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)
