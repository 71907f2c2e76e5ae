from .audits import Audit, AuditFinding, PageAudit
from .overrides import GateOverride
from .policies import AbstractPolicyPage, PolicyPage

__all__ = [
    "AbstractPolicyPage",
    "Audit",
    "AuditFinding",
    "GateOverride",
    "PageAudit",
    "PolicyPage",
]
