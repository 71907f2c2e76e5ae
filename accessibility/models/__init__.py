from .audits import Audit, AuditFinding, PageAudit
from .feedback import FeedbackMessage
from .overrides import GateOverride
from .policies import AbstractPolicyPage, PolicyPage
from .policy_versions import PolicyVersion
from .problems import AffectedPage, KnownProblem
from .security_txt import SecurityTxt
from .statement import AccessibilityStatementPage

__all__ = [
    "AbstractPolicyPage",
    "AccessibilityStatementPage",
    "AffectedPage",
    "Audit",
    "AuditFinding",
    "FeedbackMessage",
    "GateOverride",
    "KnownProblem",
    "PageAudit",
    "PolicyPage",
    "PolicyVersion",
    "SecurityTxt",
]
