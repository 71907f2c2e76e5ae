"""The demo content and how it gets into the database (content/README.md says what it is)."""

from .loader import DemoExistsError, load_demo

__all__ = ["DemoExistsError", "load_demo"]
