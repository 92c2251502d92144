"""Forms of what happens to a task."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from dondoc.common.forms import DayField
from dondoc.files.forms import AttachmentField
from dondoc.programmes.enums import ReturnReason, StopReason, TaskKind
from dondoc.programmes.forms.required import say_what_is_missing
from dondoc.programmes.models import Part

AT_ONCE = "Có số và ngày văn bản thì hoàn thành ngay; nếu không, chờ cơ quan giao xác nhận."
AFTER_A_WORD = "Nhiệm vụ loại này hoàn thành khi cơ quan giao xác nhận, kể cả khi có số và ngày văn bản."


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
    """A unit of the group, or a period of a recurring task and the unit where there are several."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.held = {part.pk: part for part in parts}
        periodic = any(part.period for part in parts)
        several = len({part.unit_id for part in parts}) > 1
        choices: list[tuple[object, str]] = [(part.pk, _name(part, with_unit=several or not periodic)) for part in parts]
        label = "Kỳ, đơn vị" if periodic and several else "Kỳ" if periodic else "Đơn vị"
        if len(choices) > 1:
            choices.insert(0, ("", f"Chọn {label.lower()}"))
        super().__init__(label=label, choices=choices, coerce=lambda value: self.held[int(value)])


def _name(part: Part, *, with_unit: bool) -> str:
    named = [part.period.name] if part.period else []
    return " · ".join([*named, part.unit.name] if with_unit else named)


class ReasonedForm(EventForm):
    """No reason, no change."""

    reason_code = forms.ChoiceField(label="Loại lý do")
    reason = forms.CharField(label="Lý do", widget=forms.Textarea(attrs={"rows": 3}))
    reasons: Sequence[tuple[str, str]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason_code"].choices = [("", "Chọn loại lý do"), *self.reasons]  # type: ignore[attr-defined]


class PercentField(forms.IntegerField):
    """0 to 100, and what to do about another number."""

    def __init__(self, label: str = "Tỷ lệ hoàn thành (%)") -> None:
        least = MinValueValidator(0, "Tỷ lệ %(show_value)s%% nhỏ hơn 0%%. Ghi số từ 0 đến 100.")
        most = MaxValueValidator(100, "Tỷ lệ %(show_value)s%% lớn hơn 100%%. Ghi số từ 0 đến 100.")
        widget = forms.NumberInput(attrs={"min": 0, "max": 100})
        super().__init__(label=label, required=False, validators=[least, most], widget=widget)
        self.error_messages["invalid"] = "Tỷ lệ là số nguyên từ 0 đến 100, không ghi dấu %."


class ReceiveForm(EventForm):
    day_label = "Ngày tiếp nhận"
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea(attrs={"rows": 2}))


class ProgressForm(EventForm):
    """How far the unit is."""

    day_label = "Số liệu đến ngày"
    note = forms.CharField(label="Kết quả đã làm", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    percent = PercentField()
    evidence = AttachmentField(label="Tệp minh chứng")
    early = forms.BooleanField(label="Việc xong trước khi có văn bản", required=False)


class DeliverForm(EventForm):
    """What came of it."""

    day_label = "Ngày hoàn thành"
    product_code = forms.CharField(
        label="Số, ký hiệu văn bản sản phẩm",
        required=False,
        max_length=80,
        help_text=AT_ONCE,
    )
    product_date = DayField(label="Ngày văn bản sản phẩm", required=False)
    note = forms.CharField(label="Kết quả", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    evidence = AttachmentField(label="Tệp minh chứng")
    early = forms.BooleanField(label="Việc xong trước khi có văn bản", required=False)

    def __init__(self, *args: Any, kind: str = TaskKind.EXECUTE, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind != TaskKind.EXECUTE:
            self.fields["product_code"].help_text = AFTER_A_WORD


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
