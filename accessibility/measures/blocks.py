"""Technical measures that a policy states. Readers see what was measured, not what was claimed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.blocks import BooleanBlock, IntegerBlock, StaticBlock, StreamBlock, StructBlock
from wagtail.models import Page, Site

from .cookies import DAY, cookies, duration
from .measurement import Measurement, measurement


class MeasureBlock(StructBlock):
    """A measure: what the editor claims of it, and what there is to say of it."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        context = super().get_context(value, parent_context)
        # The page has measured for all of its measures.
        if "measured" not in context:
            context["measured"] = measurement(_site(context))
        return context

    def differences(self, value: Any, measured: Measurement) -> Iterator[str]:
        """What is not as it is claimed, a sentence for the editor each."""
        raise NotImplementedError


class HttpsBlock(MeasureBlock):
    """Claims, by being there, that every page is sent over HTTPS only."""

    statement = StaticBlock(
        label=gettext_lazy("What it states"),
        admin_text=gettext_lazy("States that every page is sent over HTTPS only."),
    )

    class Meta:
        label = gettext_lazy("Encrypted connections (HTTPS)")
        icon = "lock"
        template = "accessibility/measures/https.html"

    def differences(self, value: Any, measured: Measurement) -> Iterator[str]:
        if not measured.forces_https:
            yield _(
                "The server also answers over plain HTTP. Take this measure out, or let the "
                "operator set SECURE_SSL_REDIRECT."
            )


class HstsBlock(MeasureBlock):
    days = IntegerBlock(
        label=gettext_lazy("At least so many days"), min_value=1, max_value=3650, default=365
    )

    class Meta:
        label = gettext_lazy("HTTPS is remembered by browsers (HSTS)")
        icon = "history"
        template = "accessibility/measures/hsts.html"

    def differences(self, value: Any, measured: Measurement) -> Iterator[str]:
        claimed = value["days"] or 0
        if measured.hsts_max_age < claimed * DAY:
            yield _(
                "The server has browsers remember HTTPS for %(measured)s days, not for "
                "%(claimed)s. Correct the number, or let the operator set SECURE_HSTS_SECONDS."
            ) % {"measured": measured.hsts_max_age // DAY, "claimed": claimed}


class CspBlock(MeasureBlock):
    no_inline_scripts = BooleanBlock(
        label=gettext_lazy("No scripts inside pages"), default=True, required=False
    )
    no_third_parties = BooleanBlock(
        label=gettext_lazy("No scripts or styles from third parties"), default=True, required=False
    )

    class Meta:
        label = gettext_lazy("What pages may load (Content Security Policy)")
        icon = "code"
        template = "accessibility/measures/csp.html"

    def differences(self, value: Any, measured: Measurement) -> Iterator[str]:
        if not measured.sends_csp:
            yield _(
                "The server sends no Content-Security-Policy. Take this measure out, or let the "
                "operator set one."
            )
            return
        if value["no_inline_scripts"] and measured.allows_inline_scripts:
            yield _(
                "The Content-Security-Policy allows scripts inside pages ('unsafe-inline'). Take "
                "the tick away, or let the operator change the policy."
            )
        foreign = measured.third_parties
        if value["no_third_parties"] and foreign != ():
            yield _(
                "The Content-Security-Policy allows scripts or styles of others: %(hosts)s. Take "
                "the tick away, or let the operator change the policy."
            ) % {"hosts": _("any host") if foreign is None else ", ".join(foreign)}


class CookiesBlock(MeasureBlock):
    none_unasked = BooleanBlock(
        label=gettext_lazy("A reader who chooses nothing gets no cookie"),
        default=True,
        required=False,
    )

    class Meta:
        label = gettext_lazy("Cookies")
        icon = "table"
        template = "accessibility/measures/cookies.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        return {**super().get_context(value, parent_context), "cookies": cookies()}

    def differences(self, value: Any, measured: Measurement) -> Iterator[str]:
        if value["none_unasked"] and measured.cookies:
            yield _("A reader who chooses nothing gets: %(names)s. Take the tick away.") % {
                "names": ", ".join(measured.cookies)
            }
        if measured.undocumented_cookies:
            yield _(
                "These cookies are set, but stand in no table: %(names)s. Let a developer "
                "describe them by the hook register_cookies."
            ) % {"names": ", ".join(measured.undocumented_cookies)}


class LogsBlock(MeasureBlock):
    days = IntegerBlock(
        label=gettext_lazy("Kept for so many days"), min_value=1, max_value=3650, default=90
    )

    class Meta:
        label = gettext_lazy("Logs")
        icon = "list-ul"
        template = "accessibility/measures/logs.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        context = super().get_context(value, parent_context)
        measured = context["measured"]
        days = measured.log_days if measured else None
        context["span"] = duration(days * DAY) if days else ""
        return context

    def differences(self, value: Any, measured: Measurement) -> Iterator[str]:
        if measured.log_days is None:
            yield _(
                "How long logs are kept is not known here. Take this measure out, or let the "
                "operator set ACCESSIBILITY_LOG_DAYS."
            )
        elif measured.log_days != value["days"]:
            yield ngettext(
                "Logs are kept for %(days)d day. Correct the number.",
                "Logs are kept for %(days)d days. Correct the number.",
                measured.log_days,
            ) % {"days": measured.log_days}


class MeasuresBlock(StreamBlock):
    """The measures of a policy, each at most once."""

    https = HttpsBlock()
    hsts = HstsBlock()
    csp = CspBlock()
    cookies = CookiesBlock()
    logs = LogsBlock()

    class Meta:
        required = False
        block_counts = {
            name: {"max_num": 1} for name in ("https", "hsts", "csp", "cookies", "logs")
        }


def _site(context: dict[str, Any]) -> Site | None:
    page = context.get("page")
    return page.get_site() if isinstance(page, Page) else None
