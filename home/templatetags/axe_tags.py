"""The tag that has a page checked by axe-core while it is developed."""

from django import template
from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse

from ..axe.views import is_staff

register = template.Library()


def is_checked(request: HttpRequest) -> bool:
    """Say whether the page of a request is to be checked: a whole public page, in development."""
    return (
        settings.DEBUG
        and apps.is_installed("django_axe")
        and not getattr(request, "is_preview", False)
        and request.headers.get("X-Requested-With") != "XMLHttpRequest"
        and not request.path.startswith(
            (reverse("wagtailadmin_home"), reverse("django_axe:report"))
        )
    )


@register.simple_tag(takes_context=True)
def axe_script(context: Context) -> str:
    """Check the page and link the report; stands at the end of the body. Nothing in production.

    A visitor who is not signed in gets the link alone, for only staff may store results.
    """
    request = context.get("request")
    if request is None or not is_checked(request):
        return ""
    return render_to_string("home/axe/script.html", {"staff": is_staff(request)}, request)
