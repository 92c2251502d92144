"""Forms of what happens to an obstacle."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from dondoc.common.forms import DayField
from dondoc.programmes.enums import ObstacleCause, Solver
from dondoc.programmes.forms.required import say_what_is_missing
from dondoc.programmes.models import Obstacle
from dondoc.programmes.rules.rights import may_answer
from dondoc.units.models import Unit
from dondoc.units.rules import Actor

ANSWER = "cho-y-kien"


class ObstacleForm(forms.Form):
    """The day; ``today`` is offered, and a day may be typed without its year."""

    happened_on = DayField(label="Ngày")
    day_label = "Ngày"

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"happened_on": today}, **kwargs})
        for field in self.fields.values():
            if isinstance(field, DayField):
                field.around = today
        self.fields["happened_on"].label = self.day_label
        say_what_is_missing(self)


class SolverForm(ObstacleForm):
    """To whom it goes; the unit only where it is a named one."""

    solver = forms.ChoiceField(label="Nơi giải quyết", choices=[("", "Chọn nơi giải quyết"), *Solver.choices])
    solver_unit = forms.ModelChoiceField(
        label="Cơ quan, đơn vị", queryset=Unit.objects.none(), required=False, empty_label="khi chọn một cơ quan, đơn vị khác"
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["solver_unit"].queryset = units  # type: ignore[attr-defined]


class RaiseForm(SolverForm):
    """What stands in the way and what is asked; ``raisers`` are the units that it can be raised for."""

    day_label = "Ngày phát sinh"
    text = forms.CharField(label="Khó khăn, vướng mắc", widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)
    asked = forms.CharField(label="Đề xuất, kiến nghị", widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)
    cause = forms.ChoiceField(label="Nguyên nhân", choices=[("", "Chọn nguyên nhân"), *ObstacleCause.choices])
    unit = forms.ModelChoiceField(label="Đơn vị nêu", queryset=Unit.objects.none(), empty_label="Chọn đơn vị")

    field_order = ("unit", "text", "cause", "asked", "solver", "solver_unit", "happened_on")

    def __init__(self, *args: Any, raisers: QuerySet[Unit], **kwargs: Any) -> None:
        only = list(raisers[:2])
        initial = {"happened_on": kwargs["today"], **({"unit": only[0]} if len(only) == 1 else {})}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.fields["unit"].queryset = raisers  # type: ignore[attr-defined]


class PassOnForm(SolverForm):
    day_label = "Ngày chuyển"
    reason = forms.CharField(label="Lý do chuyển", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)
    field_order = ("solver", "solver_unit", "reason", "happened_on")


class AnswerForm(ObstacleForm):
    """Ý kiến chỉ đạo, with the document that says it where there is one."""

    day_label = "Ngày cho ý kiến"
    note = forms.CharField(label="Ý kiến chỉ đạo", widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)
    document_code = forms.CharField(label="Số, ký hiệu văn bản", required=False, max_length=80)
    document_date = DayField(label="Ngày văn bản", required=False)
    field_order = ("note", "document_code", "document_date", "happened_on")


class SolveForm(ObstacleForm):
    day_label = "Ngày giải quyết xong"
    note = forms.CharField(label="Kết quả giải quyết", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)
    field_order = ("note", "happened_on")


class WithdrawForm(SolveForm):
    day_label = "Ngày rút"
    note = forms.CharField(label="Lý do rút", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)


class ReopenObstacleForm(SolveForm):
    day_label = "Ngày mở lại"
    note = forms.CharField(label="Lý do mở lại", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)


def answer_form(actor: Actor, obstacle: Obstacle) -> AnswerForm | None:
    """The form to answer it right where it is listed, for whom it waits; ``obstacle`` comes with its programme."""
    if obstacle.waits_since is None or not may_answer(actor, obstacle.programme, obstacle.solver, obstacle.solver_unit_id):
        return None
    return AnswerForm(today=actor.on, prefix=ANSWER, auto_id=f"o{obstacle.pk}-%s")
