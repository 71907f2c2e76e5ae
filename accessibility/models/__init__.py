from .audits import Audit, AuditFinding, PageAudit
from .overrides import GateOverride
from .policies import PolicyPage

__all__ = ["Audit", "AuditFinding", "GateOverride", "PageAudit", "PolicyPage"]
