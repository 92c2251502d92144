from datetime import date

import pytest
from django import forms
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from dondoc.common import audit, deeds, jobs
from dondoc.common.forms import DayField
from dondoc.common.models import AuditEntry
from dondoc.units.models import Person, Unit


class _Form(forms.Form):
    on = DayField(label="Ngày")


def test_a_day_field_reads_and_shows_house_days() -> None:
    form = _Form({"on": "9/9/2025"})
    assert form.is_valid()
    assert form.cleaned_data["on"] == date(2025, 9, 9)
    assert 'value="09/9/2025"' in str(_Form(initial={"on": date(2025, 9, 9)})["on"])


def test_a_day_field_says_how_to_write_a_day() -> None:
    form = _Form({"on": "mai"})
    assert form.errors["on"] == ["“mai” không phải là một ngày. Ghi ngày/tháng/năm, ví dụ 09/9/2025."]


def test_an_error_is_tied_to_its_field() -> None:
    form = _Form({"on": "mai"})
    shown = str(form)
    assert 'aria-invalid="true"' in shown
    assert 'id="id_on_error"' in shown
    assert 'href="#id_on"' in shown


@pytest.mark.django_db
def test_the_audit_trail_keeps_who_what_and_why(owner: Person, department: Unit) -> None:
    audit.record("units.edit_unit", department, actor=owner, unit=department, reason_code="khac", reason="đổi tên", was="Sở")
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.unit, entry.subject_type, entry.subject_id) == (owner, department, "units.unit", department.pk)
    assert (entry.reason_code, entry.reason, entry.details) == ("khac", "đổi tên", {"was": "Sở"})
    assert deeds.words_of(entry.verb) == "Sửa thông tin đơn vị"


def test_a_verb_without_words_shows_itself() -> None:
    assert deeds.words_of("tests.unknown") == "tests.unknown"


@pytest.mark.django_db
def test_a_job_runs_after_the_transaction_that_asked_for_it(
    jobs_at_once: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    seen: list[object] = []
    jobs.job("tests.seen")(lambda *values: seen.extend(values))
    try:
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            jobs.enqueue("tests.seen", 7, "a", None)
            assert seen == []
    finally:
        jobs._registry.pop("tests.seen")
    assert seen == [7, "a", None]


def test_two_jobs_of_one_name_are_an_error() -> None:
    jobs.job("tests.twice")(lambda: None)
    try:
        with pytest.raises(ValueError, match=r"tests\.twice"):
            jobs.job("tests.twice")(lambda: None)
    finally:
        jobs._registry.pop("tests.twice")
