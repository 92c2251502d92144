from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from tests import leftovers


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A play that all tests of a module look at: what it does to the database and to stored files is gone when the module ends."""
    folder = tmp_path_factory.mktemp("stage")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder), transaction.atomic():
        leftovers.clear()
        yield
        transaction.set_rollback(True)
