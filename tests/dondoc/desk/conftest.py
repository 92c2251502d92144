import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def no_leftovers() -> None:
    """Boards are kept by programme and version; both begin anew in each test."""
    cache.clear()
