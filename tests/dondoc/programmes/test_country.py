"""The generated country that speed is measured on is consistent, as large as it is asked to be, and always the same."""

import pytest

from dondoc.programmes.models import Part, Programme, Spell, Task, TaskEvent
from dondoc.search.models import Entry
from dondoc.units.enums import UnitKind
from dondoc.units.models import Unit
from tools.bench.country.fill import check, fill
from tools.bench.country.scale import TINY, WHOLE, Scale


@pytest.fixture
def tiny(db: None) -> Scale:
    fill(TINY)
    return TINY


def test_it_holds_what_its_scale_says(tiny: Scale) -> None:
    assert Unit.objects.filter(kind=UnitKind.PROVINCE).count() == tiny.provinces
    assert Unit.objects.filter(kind=UnitKind.COMMUNE).count() == tiny.communes
    assert (Programme.objects.count(), Task.objects.count()) == (tiny.programmes, tiny.tasks)
    assert Entry.objects.count() == 2 * tiny.programmes + tiny.tasks + tiny.targets + tiny.duties
    assert Part.objects.exists()
    assert TaskEvent.objects.count() > 3 * tiny.tasks
    assert (WHOLE.provinces, WHOLE.communes, WHOLE.programmes, WHOLE.tasks) == (34, 3_321, 300, 60_000)


def test_its_projections_are_those_of_the_services(tiny: Scale) -> None:
    check(sample=tiny.tasks)
    Spell.objects.filter(pk=Spell.objects.earliest("pk").pk).update(paused="suspended", from_on="2020-01-01")
    with pytest.raises(RuntimeError, match="spells"):
        check(sample=tiny.tasks)
