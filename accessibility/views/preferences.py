"""The preferences page and the one address where a choice is made.

A shared page can carry no CSRF token, so the address is exempt from it. It refuses other origins,
sets nothing but its own cookie, and leads only to addresses of this site.
"""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from wagtail.coreutils import get_content_languages

from .. import preferences
from ..http import SeeOther, reader_language
from ..same_site import is_same_origin, local_address

LONGEST_QUOTED_VALUE = 50  # characters of a refused value that a message repeats


def _page_address(language: str, back: str | None, **fields: str) -> str:
    query = {"lang": language} | ({"next": back} if back else {}) | fields
    return f"{reverse('accessibility:preferences')}?{urlencode(query)}"


def _choose(
    current: preferences.Choices, fields: QueryDict
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the choices after a form was sent, and a message for each field that is wrong.

    A form may send some of the preferences; the others stay as they are.
    """
    if "start_again" in fields:
        return preferences.decode(None), {}
    choices, errors = dict(current), {}
    for preference in preferences.PREFERENCES:
        value = fields.get(preference.name)
        if value is None:
            continue
        if preference is preferences.TEXT_SIZE and value in ("smaller", "larger"):
            choices[preference.name] = preferences.step_text_size(choices[preference.name], value)
        elif value in preference.values:
            choices[preference.name] = value
        else:
            errors[preference.name] = gettext(
                "“%(value)s” is not a choice for “%(preference)s”. Choose one of: %(allowed)s."
            ) % {
                "value": value[:LONGEST_QUOTED_VALUE],
                "preference": preference.label,
                "allowed": ", ".join(preference.values),
            }
    if not any(preference.name in fields for preference in preferences.PREFERENCES):
        errors["preferences"] = gettext("Nothing was chosen. Send one of: %(allowed)s.") % {
            "allowed": ", ".join(preference.name for preference in preferences.PREFERENCES)
        }
    return choices, errors


def _message(before: preferences.Choices, after: preferences.Choices, fields: QueryDict) -> str:
    """Return what a script tells the reader after a choice."""
    size = preferences.TEXT_SIZE
    if size.name not in fields:
        return gettext("Your choices are saved.")
    if fields[size.name] == "smaller" and before[size.name] == size.values[0]:
        return gettext("Text size %(size)s percent, the smallest") % {"size": size.values[0]}
    return preferences.text_size_message(after)


def _remember(request: HttpRequest, response: HttpResponse, choices: preferences.Choices) -> None:
    value = preferences.encode(choices)
    if value:
        # Scripts read it before the first paint, so it cannot be HttpOnly.
        response.set_cookie(
            preferences.COOKIE_NAME,
            value,
            max_age=preferences.COOKIE_MAX_AGE,
            samesite="Lax",
            secure=request.is_secure(),
        )
    else:
        response.delete_cookie(preferences.COOKIE_NAME, samesite="Lax")


def _page(
    request: HttpRequest,
    language: str,
    back: str | None,
    choices: preferences.Choices,
    errors: Mapping[str, str],
) -> HttpResponse:
    groups = [
        {
            "preference": preference,
            "chosen": choices[preference.name],
            "error": errors.get(preference.name),
        }
        for preference in preferences.PREFERENCES
    ]
    context = {
        "groups": groups,
        "errors": errors,
        "named": list(preferences.named(choices)),
        "saved": "saved" in request.GET and not errors,
        "back": back,
        "here": _page_address(language, back, saved="1") + "#saved",
        "language": language,
        # For a site's language switch, which otherwise follows pages.
        "language_choices": [
            {
                "code": code,
                "name": name,
                "url": _page_address(code, back),
                "is_current": code == language,
            }
            for code, name in get_content_languages().items()
        ],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return render(request, "accessibility/preferences.html", context, status=status)


def _save(request: HttpRequest, language: str) -> HttpResponse:
    before = preferences.decode(request.COOKIES.get(preferences.COOKIE_NAME))
    after, errors = _choose(before, request.POST)
    address = local_address(request, request.POST.get("next")) or local_address(
        request, request.headers.get("Referer")
    )
    response: HttpResponse
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        if errors:
            return JsonResponse({"errors": errors}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        message = _message(before, after, request.POST)
        response = JsonResponse({"choices": after, "message": message})
    elif errors:
        return _page(request, language, address, before, errors)
    else:
        response = SeeOther(address or _page_address(language, None, saved="1") + "#saved")
    _remember(request, response, after)
    return response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def preferences_page(request: HttpRequest) -> HttpResponse:
    """Show the preferences (GET), or save a choice and go back (POST).

    GET takes `lang` (a language of the site's content; else the page speaks that of the page one
    came from) and `next`, the address to go back to. POST takes the same and any of the preferences
    by name; `text_size` may also be `smaller` or `larger`, and `start_again` forgets everything. It
    answers 303, or 200 and JSON to a script that accepts JSON; 403 to another origin; 422 for an
    unknown value.
    """
    fields = request.POST if request.method == "POST" else request.GET
    back = local_address(request, fields.get("next"))
    came_from = back or local_address(request, request.headers.get("Referer"))
    language = reader_language(request, fields.get("lang"), came_from)
    with override(language):
        # Templates of the site may ask the request instead of the thread.
        request.LANGUAGE_CODE = language
        if request.method != "POST":
            choices = preferences.decode(request.COOKIES.get(preferences.COOKIE_NAME))
            response = _page(request, language, back, choices, {})
        elif is_same_origin(request):
            response = _save(request, language)
        else:
            response = HttpResponseForbidden(
                gettext("Preferences can only be changed on this site itself."),
                content_type="text/plain; charset=utf-8",
            )
    # Not stored: after Back, Save would bring back the choices of then.
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Language"] = language
    response.headers["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["Cookie", "Accept-Language", "Accept"])
    return response
