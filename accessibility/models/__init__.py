from .policies import PolicyPage

__all__ = ["PolicyPage"]
