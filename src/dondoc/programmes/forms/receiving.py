"""Forms of taking, declining and handing on what was given, and of what it is given for."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from dondoc.programmes.enums import DeclineReason, TaskKind
from dondoc.programmes.forms.events import EventForm, ReasonedForm
from dondoc.programmes.forms.required import say_what_is_missing
from dondoc.programmes.models import Part
from dondoc.units.models import Person


class DeclineForm(ReasonedForm):
    day_label = "Ngày đề nghị"
    reasons = DeclineReason.choices


class InsistForm(EventForm):
    day_label = "Ngày trả lời"
    reason = forms.CharField(label="Lý do giữ nguyên", widget=forms.Textarea(attrs={"rows": 3}))


class HandOnForm(EventForm):
    """To whom inside the unit; nobody is back to the unit."""

    day_label = "Ngày giao"
    person = forms.TypedChoiceField(label="Người thực hiện", required=False)
    note = forms.CharField(label="Yêu cầu, ghi chú", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = {str(person.pk): person for person in people}
        names = [(pk, person.full_name) for pk, person in held.items()]
        field = self.fields["person"]
        field.choices = [("", "Chưa giao ai, trả về đơn vị"), *names]  # type: ignore[attr-defined]
        field.coerce = held.get  # type: ignore[attr-defined]
        field.empty_value = None  # type: ignore[attr-defined]


class KindForm(forms.Form):
    """What a task is given for, and why that is not what it was taken for."""

    kind = forms.ChoiceField(
        label="Loại nhiệm vụ",
        choices=TaskKind.choices,
        help_text="Để biết: đơn vị tiếp nhận là xong. Để thực hiện: có văn bản sản phẩm là xong. "
        "Để báo cáo, xin ý kiến: cơ quan giao xác nhận mới xong.",
    )
    reason = forms.CharField(label="Lý do", widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, kind: str, today: date, parts: Sequence[Part] = (), **kwargs: Any) -> None:  # noqa: ARG002
        super().__init__(*args, **{"initial": {"kind": kind}, **kwargs})
        say_what_is_missing(self)
