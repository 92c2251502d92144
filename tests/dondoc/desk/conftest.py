from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from dondoc.documents.models import Document
from dondoc.programmes.models import Programme
from dondoc.units.enums import Role, UnitKind
from dondoc.units.models import Person, Unit
from tests.dondoc.factories.common import TODAY
from tests.dondoc.factories.programmes import by, plan, programme_of
from tests.dondoc.factories.units import UnitFactory, person_in


@pytest.fixture
def due() -> Callable[[int], dict[str, Any]]:
    """A deadline so many days from TODAY, the day itself on time."""
    return lambda days: by((TODAY + timedelta(days=days)).isoformat(), f"hạn {days}", exclusive=False)


@pytest.fixture
def document(department: Unit, owner: Person) -> Document:
    return plan(department, owner)


@pytest.fixture
def programme(document: Document, owner: Person) -> Programme:
    return programme_of(document, owner)


@pytest.fixture
def chair(province: Unit) -> Person:
    committee = UnitFactory(code="minh-hoa:ubnd-tinh", name="UBND tỉnh", kind=UnitKind.PEOPLES_COMMITTEE, province=province)
    return person_in(committee, Role.UNIT_LEADER, username="phochutich", full_name="Vũ Văn Phó")
