"""Which statement is the one that counts."""

from django.utils import timezone
from wagtail.models import Site

from ..models import AccessibilityStatementPage


def current_statement(
    site: Site | None, language: str | None = None
) -> AccessibilityStatementPage | None:
    """The newest statement of a site that is in force, in a language or in any. A few queries.

    Of a page whose next version is published already, the version that is in force today.
    """
    statements = (
        AccessibilityStatementPage.objects.live()
        .public()
        .filter(alias_of=None)
        .select_related("locale")
        .order_by("-effective_date", "-pk")
    )
    if language:
        statements = statements.filter(locale__language_code=language)
    for statement in statements:
        parts = statement.get_url_parts()
        if site is None or (parts and parts[0] == site.pk):
            history = statement.history
            period = history.in_force
            if period:
                return statement if period.is_newest else period.page(statement)
            if not history.periods and statement.effective_date <= timezone.localdate():
                return statement
    return None
