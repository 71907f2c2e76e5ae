"""What must be reviewed, on the first page of the admin."""

from typing import Any

from wagtail.admin.ui.components import Component
from wagtail.permissions import policy_registry

from ..models import SecurityTxt
from ..security_txt.expiry import expiring
from .reviews import due_reviews, editable_policies


class DueReviewsPanel(Component):
    """Policies that the user may edit, and each security.txt, when their day is near or past."""

    name = "policies_to_review"
    template_name = "accessibility/admin/due_reviews.html"
    order = 215

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        may_change = policy_registry.get_by_type(SecurityTxt).user_has_permission(user, "change")
        return {
            "reviews": due_reviews(editable_policies(user)),
            "security_txt": expiring() if may_change else [],
        }
