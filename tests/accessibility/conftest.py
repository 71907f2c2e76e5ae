import pytest


@pytest.fixture
def gate(settings) -> None:
    """The gate as it is where nothing is set: it blocks."""
    del settings.ACCESSIBILITY_GATE
