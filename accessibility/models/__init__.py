from .audits import Audit, AuditFinding, PageAudit
from .feedback import FeedbackMessage
from .overrides import GateOverride
from .policies import PolicyPage
from .problems import AffectedPage, KnownProblem
from .statement import AccessibilityStatementPage

__all__ = [
    "AccessibilityStatementPage",
    "AffectedPage",
    "Audit",
    "AuditFinding",
    "FeedbackMessage",
    "GateOverride",
    "KnownProblem",
    "PageAudit",
    "PolicyPage",
]
