"""What wagtail-localize does with a statement, where it is installed."""

from typing import Any

from django.apps import apps


def own_fields(*names: str) -> list[Any]:
    """Fields that a translation neither takes over nor loses: `override_translatable_fields`."""
    if not apps.is_installed("wagtail_localize"):
        return []
    from wagtail_localize.fields import BaseTranslatableField

    # Its base is a field that is neither translated nor synchronised.
    return [BaseTranslatableField(name) for name in names]
