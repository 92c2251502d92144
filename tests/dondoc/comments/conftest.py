import pytest

from dondoc.documents.enums import Visibility
from dondoc.documents.models import Item
from dondoc.programmes.models import Programme, Task
from dondoc.units.models import Person, Unit
from tests.dondoc.factories.documents import DocumentFactory, ItemFactory, ReadingFactory
from tests.dondoc.factories.programmes import add_task, plan, programme_of


@pytest.fixture
def programme(department: Unit, owner: Person) -> Programme:
    """Led by Sở Y tế, open in its province."""
    return programme_of(plan(department, owner), owner)


@pytest.fixture
def task(programme: Programme, other_department: Unit) -> Task:
    return add_task(programme, "Rà soát bể bơi trên địa bàn", lead=other_department)


@pytest.fixture
def restricted(task: Task) -> Task:
    """The same, but for Sở Y tế alone."""
    Programme.objects.filter(pk=task.programme_id).update(visibility=Visibility.RESTRICTED)
    task.refresh_from_db()
    return task


@pytest.fixture
def item(department: Unit, owner: Person) -> Item:
    """The task of Sở Nội vụ in a document of Sở Y tế."""
    document = DocumentFactory(unit=department, uploaded_by=owner, code="208/KH-UBND")
    return ItemFactory(reading=ReadingFactory(document=document))
