"""Forms of a unit's own plan."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from dondoc.common.forms import DayField
from dondoc.programmes.enums import StepKind
from dondoc.programmes.forms.required import say_what_is_missing
from dondoc.programmes.models import PlanStep, Target, UnitPlan
from dondoc.programmes.queries.cascade import Given
from dondoc.units.models import Person


class Choice(forms.TypedChoiceField):
    """One of some rows, or none."""

    def __init__(self, rows: Sequence[Any], *, label: str, empty: str) -> None:
        self.held = {str(row.pk): row for row in rows}
        choices = [("", empty), *((pk, _short(str(row))) for pk, row in self.held.items())]
        super().__init__(label=label, choices=choices, coerce=self.held.get, empty_value=None, required=False)


def _short(text: str) -> str:
    return text if len(text) <= 110 else f"{text[:110].rsplit(' ', 1)[0]} …"


class PlanForm(forms.Form):
    """The words around the steps."""

    title = forms.CharField(label="Trích yếu", widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)
    purpose = forms.CharField(label="Mục đích, yêu cầu", widget=forms.Textarea(attrs={"rows": 5}), required=False)
    organisation = forms.CharField(label="Tổ chức thực hiện", widget=forms.Textarea(attrs={"rows": 5}), required=False)
    signer_title = forms.CharField(label="Chức vụ người ký", max_length=120, required=False)
    signer_name = forms.CharField(label="Người ký", max_length=120, required=False)

    def __init__(self, data: Any = None, *, plan: UnitPlan) -> None:
        names = ("title", "purpose", "organisation", "signer_title", "signer_name")
        super().__init__(data, initial={name: getattr(plan, name) for name in names})
        say_what_is_missing(self)


class IssueForm(forms.Form):
    """The number and day that the signed plan got."""

    code = forms.CharField(label="Số, ký hiệu", max_length=80)
    issued_on = DayField(label="Ngày ban hành")

    def __init__(self, data: Any = None, *, plan: UnitPlan, today: date) -> None:
        super().__init__(data, initial={"code": plan.code, "issued_on": plan.issued_on or today})
        self.fields["issued_on"].around = today  # type: ignore[attr-defined]
        say_what_is_missing(self)


class StepForm(forms.Form):
    """One line of the plan."""

    text = forms.CharField(label="Nội dung", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    responsible_name = forms.CharField(
        label="Tên người chịu trách nhiệm", max_length=120, required=False, help_text="Ghi tên nếu người này chưa có tài khoản."
    )
    result = forms.CharField(label="Kết quả, sản phẩm", max_length=1000, required=False)
    starts_on = DayField(label="Từ ngày", required=False)
    last_ok_on = DayField(label="Hạn cuối", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        plan: UnitPlan,
        given: Sequence[Given],
        people: Sequence[Person],
        targets: Sequence[Target],
        today: date,
        step: PlanStep | None = None,
    ) -> None:
        super().__init__(data, initial={**(_facts(step) if step else {"kind": StepKind.WORK}), "revision": plan.revision})
        own = self.fields
        tasks = [one.task for one in given]
        self.fields = {
            "kind": forms.ChoiceField(label="Loại", choices=StepKind.choices),
            "text": own["text"],
            "task": Choice(tasks, label="Thuộc nhiệm vụ được giao", empty="việc của riêng đơn vị"),
            "target": Choice(targets, label="Thuộc chỉ tiêu", empty="không gắn chỉ tiêu"),
            "responsible": Choice(people, label="Người chịu trách nhiệm", empty="chưa chọn"),
            "responsible_name": own["responsible_name"],
            "result": own["result"],
            "starts_on": own["starts_on"],
            "last_ok_on": own["last_ok_on"],
            "revision": own["revision"],
        }
        for name in ("starts_on", "last_ok_on"):
            self.fields[name].around = today  # type: ignore[attr-defined]
        say_what_is_missing(self)


def _facts(step: PlanStep) -> dict[str, Any]:
    names = ("kind", "text", "responsible_name", "result", "starts_on", "last_ok_on")
    chosen = {name: getattr(step, f"{name}_id") for name in ("task", "target", "responsible")}
    return {name: getattr(step, name) for name in names} | chosen


class StepProgressForm(forms.Form):
    """How far a step is."""

    happened_on = DayField(label="Ngày")
    percent = forms.IntegerField(label="Tỷ lệ hoàn thành (%)", min_value=0, max_value=100)
    note = forms.CharField(label="Kết quả đã làm", widget=forms.Textarea(attrs={"rows": 2}), required=False)

    def __init__(self, data: Any = None, *, step: PlanStep, today: date) -> None:
        super().__init__(data, initial={"happened_on": today, "percent": step.percent})
        self.fields["happened_on"].around = today  # type: ignore[attr-defined]
        self.fields["percent"].error_messages |= {
            "min_value": "Tỷ lệ hoàn thành từ 0 đến 100%.",
            "max_value": "Tỷ lệ hoàn thành từ 0 đến 100%.",
            "invalid": "Ghi tỷ lệ bằng số, từ 0 đến 100.",
        }
        say_what_is_missing(self)


class DropForm(forms.Form):
    """No reason, no change."""

    reason = forms.CharField(label="Lý do bỏ khỏi kế hoạch", widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        say_what_is_missing(self)
