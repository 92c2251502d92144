"""Figures that are known elsewhere come with their source, and of the campaign's window alone."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from dondoc.programmes.models import Measurement, Programme, Target
from dondoc.programmes.services.spelling import catch_up
from dondoc.reporting.models import Return, TemplateVersion
from dondoc.reporting.queries.known import known_of
from dondoc.reporting.rules.cells import Place
from dondoc.reporting.rules.templates import ColumnFacts, IndicatorFacts, TableFacts, TemplateFacts
from dondoc.reporting.services import templates
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import add_task, by, plan, programme_of
from tests.dondoc.factories.targets import add_target
from tests.dondoc.reporting.test_form import open_for

ActorFor = Callable[..., Actor]
LogIn = Callable[[Person], Client]
pytestmark = pytest.mark.usefixtures("frozen_day")
NAME = "Số lớp dạy bơi đã mở"
TASKS, LEVEL, FLOW = Place("N.01", "ky"), Place("N.02", "ky"), Place("N.03", "ky")


@pytest.fixture
def programme(department: Unit, owner: Person) -> Programme:
    return programme_of(plan(department, owner), owner)


@pytest.fixture
def open_with(department: Unit, commune: Unit, owner: Person, programme: Programme, actor_for: ActorFor) -> Callable[..., Return]:
    """A campaign with a window, in which the commune reports on its tasks and on a target, as a level and as a flow."""
    rows = (
        IndicatorFacts("N.01", "Số nhiệm vụ có hạn", source="nhiem-vu:co-han"),
        IndicatorFacts("N.02", NAME, source="chi-tieu", across_periods="latest"),
        IndicatorFacts("N.03", NAME.upper(), source="chi-tieu"),
        IndicatorFacts("N.04", "Số chưa ai đo", source="chi-tieu"),
    )
    columns = (ColumnFacts("2024", "Năm 2024"), ColumnFacts("ky", "Kỳ này"))
    facts = TemplateFacts("td", "Tiến độ", tables=(TableFacts("1", "Biểu", columns, rows),))
    version = templates.make_template(actor=actor_for(owner), owner=department, facts=facts, at=NOON)
    templates.issue(actor=actor_for(owner), version=version)
    held = TemplateVersion.objects.get(pk=version.pk)
    return lambda **window: open_for(held, department, commune, actor_for(owner), programme=programme, **window)


def measure(target: Target, unit: Unit, person: Person, first: date, last: date, value: int | None, **facts: Any) -> Measurement:
    said = {
        "kind": "figure",
        "value": None if value is None else Decimal(value),
        "counted": True,
        "happened_on": last,
        "recorded_at": NOON,
    } | facts
    return Measurement.objects.create(target=target, unit=unit, recorded_by=person, period_from=first, period_to=last, **said)


MAY, JUNE, JULY, AUGUST = ((date(2025, month, 1), date(2025, month + 1, 1) - timedelta(days=1)) for month in (5, 6, 7, 8))


class TestMeasured:
    @pytest.fixture
    def target(self, programme: Programme, commune: Unit, owner: Person) -> Target:
        made = add_target(programme, NAME, measure="lớp", value=9)
        for (first, last), value in ((MAY, 1), (JUNE, 2), (JULY, 4)):
            measure(made, commune, owner, first, last, value)
        measure(made, commune, owner, *AUGUST, 8, counted=False)
        measure(made, commune, owner, date(2024, 1, 1), date(2024, 12, 31), 16)
        return made

    @pytest.mark.parametrize(
        ("first", "last", "level", "flow"),
        [
            (date(2025, 6, 30), date(2025, 7, 31), 4, 6),
            (date(2025, 7, 1), date(2025, 7, 30), None, None),
            (date(2025, 7, 1), date(2025, 7, 31), 4, 4),
            (None, date(2025, 5, 31), 1, 17),
            (date(2025, 6, 1), None, 8, 14),
        ],
    )
    def test_of_the_periods_that_end_in_the_window(
        self, target: Target, open_with: Callable[..., Return], first: date | None, last: date | None, level: int | None,
        flow: int | None,
    ) -> None:  # fmt: skip
        known = known_of(open_with(window_from=first, window_to=last), TODAY)
        assert tuple(known[place].number if place in known else None for place in (LEVEL, FLOW)) == (level, flow)
        assert Place("N.04", "ky") not in known

    def test_a_year_that_holds_its_first_half_is_not_added_to_it(
        self, programme: Programme, commune: Unit, owner: Person, open_with: Callable[..., Return]
    ) -> None:
        target = add_target(programme, NAME, measure="lớp", value=9)
        for first, last, value in (
            (date(2024, 1, 1), date(2024, 6, 30), 3),
            (date(2024, 1, 1), date(2024, 12, 31), 7),
            (*JULY, 1),
        ):
            measure(target, commune, owner, first, last, value)
        known = known_of(open_with(), TODAY)
        assert (known[Place("N.03", "2024")].number, known[FLOW].number) == (7, 8)
        assert known[FLOW].words.startswith("Số đo chỉ tiêu, từ 01/01/2024 đến 31/7/2025")

    def test_its_source_says_the_periods_and_whether_they_were_accepted(
        self, target: Target, open_with: Callable[..., Return]
    ) -> None:
        known = known_of(open_with(window_from=date(2025, 6, 1), window_to=date(2025, 7, 31)), TODAY)
        assert known[FLOW].words == "Số đo chỉ tiêu, từ 01/6/2025 đến 31/7/2025, đã duyệt"
        assert known[LEVEL].address == f"/chuong-trinh/{target.programme_id}/chi-tieu/{target.pk}/"
        assert known_of(open_with(), TODAY)[LEVEL].words.endswith("đến 31/8/2025, chờ duyệt")

    def test_a_column_that_is_a_year_has_that_year(self, target: Target, open_with: Callable[..., Return]) -> None:
        assert known_of(open_with(), TODAY)[Place("N.02", "2024")].number == 16

    def test_a_kind_of_nothing_and_another_unit_s_figure_give_nothing(
        self, programme: Programme, open_with: Callable[..., Return], communes: list[Unit], owner: Person
    ) -> None:
        target = add_target(programme, NAME, measure="lớp", value=9)
        report = open_with()
        measure(target, report.unit, owner, *JULY, None, kind="missing")
        measure(target, next(unit for unit in communes if unit != report.unit), owner, *JULY, 5)
        assert LEVEL not in known_of(report, TODAY)

    def test_the_queries_do_not_grow(
        self, target: Target, open_with: Callable[..., Return], commune: Unit, owner: Person, django_assert_num_queries: Any
    ) -> None:
        report = open_with()
        known_of(report, TODAY)
        for number in range(3):
            measure(add_target(target.programme, f"Khác {number}"), commune, owner, *JULY, 5)
        with django_assert_num_queries(4):
            known_of(report, TODAY)


class TestTasks:
    @pytest.mark.parametrize(
        ("first", "last", "count", "words"),
        [
            (None, None, 2, "Theo dõi nhiệm vụ, tính đến 12/9/2025"),
            (date(2025, 9, 14), date(2025, 9, 14), 1, "Theo dõi nhiệm vụ, hạn từ 14/9/2025 đến 14/9/2025, tính đến 12/9/2025"),
            (date(2025, 9, 15), None, 1, "Theo dõi nhiệm vụ, hạn từ 15/9/2025, tính đến 12/9/2025"),
            (None, date(2025, 9, 13), 0, "Theo dõi nhiệm vụ, hạn đến 13/9/2025, tính đến 12/9/2025"),
        ],
    )
    def test_due_in_the_window(
        self, programme: Programme, open_with: Callable[..., Return], commune: Unit, commune_clerk: Person, log_in: LogIn,
        first: date | None, last: date | None, count: int, words: str,
    ) -> None:  # fmt: skip
        for term in ("2025-09-15", "2025-12-31"):
            add_task(programme, lead=commune, deadline=by(term))
        catch_up(programme)
        known = known_of(open_with(window_from=first, window_to=last), TODAY)[TASKS]
        assert (known.number, known.words) == (count, words)
        page = log_in(commune_clerk).get(known.address)
        assert page.context["page"].paginator.count == count  # its source shows as many rows
        assert ("có hạn" in page.content.decode()) == bool(first or last)
