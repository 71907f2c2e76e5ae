from .overrides import GateOverride
from .policies import PolicyPage

__all__ = ["GateOverride", "PolicyPage"]
