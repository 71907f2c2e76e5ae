"""The older name of publish_scheduled, for the crontabs that still have it."""

from .publish_scheduled import Command

__all__ = ["Command"]
