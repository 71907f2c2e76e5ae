"""Store, show and reset the report; for those who may enter the admin."""

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from . import report as reports

MAX_URL_LENGTH = 2000

View = Callable[[HttpRequest], HttpResponse]


def is_staff(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return isinstance(user, AbstractUser) and (
        user.is_staff or user.has_perm("wagtailadmin.access_admin")
    )


def staff_only(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if is_staff(request):
            return view(request)
        if request.method == "GET" and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("wagtailadmin_login"))
        raise PermissionDenied

    return guarded


def _refusal(message: str) -> JsonResponse:
    return JsonResponse({"error": message}, status=HTTPStatus.BAD_REQUEST)


@require_safe
@staff_only
def report(request: HttpRequest) -> HttpResponse:
    pages = sorted(reports.read().items(), key=lambda page: -len(page[1]["violations"]))
    context = {"pages": pages, "count": sum(len(page["violations"]) for _url, page in pages)}
    response = render(request, "home/axe/report.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
@staff_only
def store(request: HttpRequest) -> HttpResponse:
    """Take `result` (JSON of axe-core) and `url`, as django-axe's script sends them.

    DATA_UPLOAD_MAX_MEMORY_SIZE bounds it: Django answers 400 to more.
    """
    try:
        page = reports.page_report(json.loads(request.POST.get("result", "")))
    except ValueError as error:
        return _refusal(_("“result” is wrong: %(error)s.") % {"error": error})
    url = request.POST.get("url", "")[:MAX_URL_LENGTH]
    origin = f"{request.scheme}://{request.get_host()}"
    if not url.startswith(f"{origin}/"):
        message = _("“url” is “%(url)s”, but must be a page of %(host)s.")
        return _refusal(message % {"url": url, "host": request.get_host()})
    address = url.removeprefix(origin).partition("#")[0]
    reports.store(address, page)
    return JsonResponse({"url": address, "violations": len(page["violations"])})


@require_POST
@staff_only
def reset(request: HttpRequest) -> HttpResponse:
    reports.reset()
    return HttpResponseRedirect(reverse("django_axe:report"))
