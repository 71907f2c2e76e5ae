from django.conf import settings
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import (
    get_language,
    get_language_from_path,
    get_language_from_request,
    override,
)
from django.views.decorators.vary import vary_on_headers
from django.views.static import serve
from wagtail.models import Locale, Page

from .search import find

RESULTS_PER_PAGE = 10


@vary_on_headers("Accept-Language")
def redirect_to_language(request: HttpRequest) -> HttpResponse:
    """Send `/` to the reader's language (RFC 9110, 12.5.4)."""
    return HttpResponseRedirect(f"/{get_language_from_request(request)}/")


def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Pictures from the local media folder; documents are never there (see settings)."""
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    # Front ends of other origins, which read the API, show these pictures too.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def search(request: HttpRequest) -> HttpResponse:
    """Look for `q` in the language of the address; `page` is the page of results."""
    found = find(request.GET.get("q", ""), Locale.get_active())
    paginator = Paginator(found.ids, RESULTS_PER_PAGE)
    try:
        shown = paginator.page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404(str(error)) from error
    pages = Page.objects.specific().in_bulk(shown.object_list)
    context = {
        "found": found,
        "query": found.text,
        "articles": shown,
        "page_range": paginator.get_elided_page_range(shown.number),
        "results": [pages[pk] for pk in shown.object_list if pk in pages],
        "listing_url": request.path,
    }
    return render(request, "search.html", context)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """In the language of the address, without the database: it may be what has failed."""
    language = get_language_from_path(request.path_info) or get_language()
    with override(language):
        return HttpResponse(render_to_string("500.html", {"LANGUAGE_CODE": language}), status=500)
