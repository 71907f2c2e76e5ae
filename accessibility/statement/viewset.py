"""The register of known problems in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from ..models import KnownProblem
from ..templatetags.accessibility_tags import reader_date


def _planned(problem: KnownProblem) -> str:
    # Wagtail's column for dates takes one that is to come for "just now".
    return reader_date(problem.planned_date)


class KnownProblemViewSet(SnippetViewSet):
    model = KnownProblem
    icon = "warning"
    menu_label = _("Known accessibility problems")
    list_display = [
        "title",
        Column("criterion", label=_("Criterion"), sort_key="criterion"),
        Column("reason", label=_("Reason"), accessor="get_reason_display"),
        Column(
            "planned_date",
            label=_("Will be mended by"),
            accessor=_planned,
            sort_key="planned_date",
        ),
        Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
        "locale",
    ]
    list_filter = ["state", "reason", "locale"]
    search_fields = ["title", "description"]
