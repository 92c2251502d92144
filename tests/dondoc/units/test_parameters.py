from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.models import AuditEntry
from dondoc.units.enums import ParameterKey
from dondoc.units.models import Parameter, Person, Unit
from dondoc.units.parameters import shipped
from dondoc.units.queries.parameters import course_of, held, value_of, values_of
from dondoc.units.rules import Actor
from dondoc.units.services.parameters import set_parameter
from tests.dondoc.conftest import Everyone
from tests.dondoc.factories.common import TODAY

ActorFor = Callable[..., Actor]
Commits = Callable[..., AbstractContextManager[Any]]
LogIn = Callable[[Person], Client]
BASIS = "Quyết định 15/2026/QĐ-UBND ngày 03/3/2026"
CAP = ParameterKey.EXTENSIONS
PAGE = "/don-vi/thong-so/"


@pytest.fixture
def put(
    province: Unit, administrator: Person, actor_for: ActorFor, django_capture_on_commit_callbacks: Commits
) -> Callable[..., Any]:
    def make(key: ParameterKey, value: str, since: date = TODAY, basis: str = BASIS) -> Parameter:
        with django_capture_on_commit_callbacks(execute=True):
            return set_parameter(
                actor=actor_for(administrator), province=province, key=key, value=value, effective_from=since, legal_basis=basis
            )

    return make


def test_every_parameter_is_shipped_with_its_basis_and_says_that_nobody_checked_it(province: Unit) -> None:
    assert set(shipped()) == set(ParameterKey.values)
    for key in ParameterKey:
        now = held(key, province.pk, TODAY)
        assert (now.since, now.verified_on) == (None, None)
        assert now.basis.endswith("; chưa kiểm tra")
    assert value_of(CAP, province.pk, TODAY) == 2
    assert values_of(ParameterKey.REMINDERS_LATE, province.pk, TODAY) == (1, 7, 15, 30)


def test_a_value_holds_from_its_day_in_its_province_alone(province: Unit, other_province: Unit, put: Callable[..., Any]) -> None:
    put(CAP, "1", TODAY)
    assert value_of(CAP, province.pk, TODAY - timedelta(days=1)) == 2
    assert value_of(CAP, province.pk, TODAY) == 1
    assert value_of(CAP, other_province.pk, TODAY) == 2
    assert held(CAP, province.pk, TODAY).basis == BASIS


def test_old_rows_stay_and_the_last_added_of_a_day_holds(province: Unit, put: Callable[..., Any]) -> None:
    put(CAP, "1", TODAY)
    put(CAP, "5", TODAY + timedelta(days=10))
    put(CAP, "3", TODAY)
    assert value_of(CAP, province.pk, TODAY) == 3
    assert value_of(CAP, province.pk, TODAY + timedelta(days=10)) == 5
    assert [one.values for one in course_of(CAP, province.pk)] == [(2,), (1,), (3,), (5,)]
    assert Parameter.objects.count() == 3


def test_setting_one_is_in_the_trail(province: Unit, administrator: Person, put: Callable[..., Any]) -> None:
    put(ParameterKey.REMINDERS_BEFORE, " 10, 5 ")
    entry = AuditEntry.objects.get(verb="units.set_parameter")
    assert (entry.actor, entry.unit, entry.reason) == (administrator, province, BASIS)
    assert (entry.details["before"], entry.details["values"]) == ([7, 3, 1], [10, 5])


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        (CAP, "hai", "Ghi số nguyên"),
        (CAP, "-1", "từ 0 đến 20"),
        (CAP, "21", "từ 0 đến 20"),
        (CAP, "1,2", "Ghi một số"),
        (ParameterKey.LATE_REQUESTS, "2", "từ 0 đến 1"),
        (ParameterKey.LIGHT_LATE_DAYS, "367", "từ 0 đến 366"),
        (ParameterKey.REMINDERS_BEFORE, "1,3", "từ xa đến gần"),
        (ParameterKey.REMINDERS_BEFORE, "3,3", "từ xa đến gần"),
        (ParameterKey.REMINDERS_LATE, "1,7,15", "Ghi 4 số"),
        (ParameterKey.REMINDERS_LATE, "7,1,15,30", "tăng dần"),
    ],
)
def test_values_that_make_no_sense_are_refused_at_the_field(
    put: Callable[..., Any], key: ParameterKey, value: str, said: str
) -> None:
    with pytest.raises(Refused, match=said) as refused:
        put(key, value)
    assert refused.value.field == "value"
    assert not Parameter.objects.exists()


def test_no_basis_no_value(put: Callable[..., Any]) -> None:
    with pytest.raises(Refused, match="Ghi căn cứ") as refused:
        put(CAP, "1", basis=" ")
    assert refused.value.field == "legal_basis"


def test_only_the_administrator_of_the_province_sets_it(province: Unit, everyone: Everyone, actor_for: ActorFor) -> None:
    for person in (everyone.owner, everyone.colleague, everyone.stranger, everyone.strange_administrator):
        with pytest.raises(NotAllowed):
            set_parameter(actor=actor_for(person), province=province, key=CAP, value="1", effective_from=TODAY, legal_basis=BASIS)


def test_many_questions_are_one_query(
    province: Unit, other_province: Unit, django_assert_num_queries: Callable[..., Any]
) -> None:
    with django_assert_num_queries(1):
        for key in ParameterKey:
            value_of(key, province.pk, TODAY)
            value_of(key, other_province.pk, TODAY)


@pytest.mark.usefixtures("frozen_day")
class TestPages:
    def test_the_administrator_finds_it_and_sets_one(
        self, administrator: Person, province: Unit, log_in: LogIn, django_capture_on_commit_callbacks: Commits
    ) -> None:
        client = log_in(administrator)
        assert PAGE in client.get("/don-vi/").content.decode()
        page = client.get(PAGE).content.decode()
        assert page.count("Từ thực tiễn, chưa kiểm tra") == len(ParameterKey)
        form = client.get(f"{PAGE}extensions/").content.decode()
        assert "Đang áp dụng: 2 lần" in form
        facts = {"value": "1", "effective_from": "12/9", "legal_basis": BASIS}
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(f"{PAGE}extensions/", facts).status_code == 302
        page = client.get(PAGE).content.decode()
        assert BASIS in page.replace('<span class="nw">', "").replace("</span>", "")
        assert "1 lần" in page
        assert "2 lần, đi kèm hệ thống" in page

    def test_an_error_stands_at_its_field_and_keeps_what_was_typed(self, administrator: Person, log_in: LogIn) -> None:
        response = log_in(administrator).post(
            f"{PAGE}extensions/", {"value": "hai", "effective_from": "12/9", "legal_basis": "Quyết định 1"}
        )
        page = response.content.decode()
        assert response.status_code == 422
        assert "Ghi số nguyên" in page
        assert "Quyết định 1" in page

    def test_others_are_told_and_unknown_ones_are_not_found(self, everyone: Everyone, log_in: LogIn) -> None:
        for person in (everyone.owner, everyone.colleague, everyone.stranger):
            for address in (PAGE, f"{PAGE}extensions/"):
                assert log_in(person).get(address).status_code == 403, (person, address)
        assert log_in(everyone.administrator).get(f"{PAGE}khong-co/").status_code == 404

    def test_an_administrator_of_another_province_sets_their_own(
        self, everyone: Everyone, province: Unit, other_province: Unit, log_in: LogIn,
        django_capture_on_commit_callbacks: Commits,
    ) -> None:  # fmt: skip
        facts = {"value": "4", "effective_from": "12/9", "legal_basis": BASIS, "tinh": province.pk}
        with django_capture_on_commit_callbacks(execute=True):
            log_in(everyone.strange_administrator).post(f"{PAGE}extensions/", facts)
        assert (value_of(CAP, province.pk, TODAY), value_of(CAP, other_province.pk, TODAY)) == (2, 4)
