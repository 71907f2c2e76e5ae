"""What must be reviewed, on the first page of the admin."""

from typing import Any

from wagtail.admin.ui.components import Component
from wagtail.permissions import policy_registry

from ..models import SecurityTxt
from ..security_txt.expiry import expiring, sites_without
from .reviews import due_reviews, editable_policies


class DueReviewsPanel(Component):
    """Policies that the user may edit, and each security.txt, when their day is near or past.

    Those who may add a security.txt are told of each site without one.
    """

    name = "policies_to_review"
    template_name = "accessibility/admin/due_reviews.html"
    order = 215

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        permissions = policy_registry.get_by_type(SecurityTxt)
        may_change = permissions.user_has_permission(user, "change")
        may_add = permissions.user_has_permission(user, "add")
        return {
            "reviews": due_reviews(editable_policies(user)),
            "security_txt": expiring() if may_change else [],
            "sites_without": sites_without() if may_add else [],
        }
