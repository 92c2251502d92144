"""Forms of what happens to a task."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from dondoc.common.forms import DayField
from dondoc.programmes.enums import ReturnReason, StopReason
from dondoc.programmes.forms.required import say_what_is_missing
from dondoc.programmes.models import Part


class EventForm(forms.Form):
    """The day, and for a group's task the unit. ``today`` is offered as the day; a day may be typed without its year."""

    happened_on = DayField(label="Ngày")
    day_label = "Ngày"

    def __init__(self, *args: Any, today: date, parts: Sequence[Part] = (), **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"happened_on": today}, **kwargs})
        for field in self.fields.values():
            if isinstance(field, DayField):
                field.around = today
        self.fields["happened_on"].label = self.day_label
        if parts:
            choice = PartField(parts)
            self.fields = {"part": choice, **self.fields}
        say_what_is_missing(self)


class PartField(forms.TypedChoiceField):
    """A unit of the group."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.held = {part.pk: part for part in parts}
        choices: list[tuple[object, str]] = [(part.pk, part.unit.name) for part in parts]
        if len(choices) > 1:
            choices.insert(0, ("", "Chọn đơn vị"))
        super().__init__(label="Đơn vị", choices=choices, coerce=lambda value: self.held[int(value)])


class ReasonedForm(EventForm):
    """No reason, no change."""

    reason_code = forms.ChoiceField(label="Loại lý do")
    reason = forms.CharField(label="Lý do", widget=forms.Textarea(attrs={"rows": 3}))
    reasons: Sequence[tuple[str, str]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason_code"].choices = [("", "Chọn loại lý do"), *self.reasons]  # type: ignore[attr-defined]


class ProgressForm(EventForm):
    """How far the unit is."""

    day_label = "Số liệu đến ngày"
    note = forms.CharField(label="Kết quả đã làm", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    percent = forms.IntegerField(label="Tỷ lệ hoàn thành (%)", required=False, min_value=0, max_value=100)
    evidence = forms.FileField(label="Tệp minh chứng", required=False)
    early = forms.BooleanField(label="Việc xong trước khi có văn bản", required=False)


class DeliverForm(EventForm):
    """What came of it."""

    day_label = "Ngày hoàn thành"
    product_code = forms.CharField(
        label="Số, ký hiệu văn bản sản phẩm",
        required=False,
        max_length=80,
        help_text="Có số và ngày văn bản thì hoàn thành ngay; nếu không, chờ cơ quan giao xác nhận.",
    )
    product_date = DayField(label="Ngày văn bản sản phẩm", required=False)
    note = forms.CharField(label="Kết quả", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    evidence = forms.FileField(label="Tệp minh chứng", required=False)
    early = forms.BooleanField(label="Việc xong trước khi có văn bản", required=False)


class AcceptForm(EventForm):
    day_label = "Ngày xác nhận"
    note = forms.CharField(label="Ý kiến", required=False, widget=forms.Textarea(attrs={"rows": 2}))


class ReturnForm(ReasonedForm):
    day_label = "Ngày trả lại"
    reasons = ReturnReason.choices
    new_due_on = DayField(label="Hạn nộp lại", required=False)


class ReopenForm(ReasonedForm):
    day_label = "Ngày mở lại"
    reasons = ReturnReason.choices


class StopForm(ReasonedForm):
    day_label = "Từ ngày"
    reasons = StopReason.choices
