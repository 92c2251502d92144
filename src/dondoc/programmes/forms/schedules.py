"""Forms of a recurring task: its rule, its end, periods that are left out."""

from datetime import date
from typing import Any

from django import forms

from dondoc.common.forms import DayField
from dondoc.programmes.enums import StopReason
from dondoc.programmes.forms.events import ReasonedForm
from dondoc.programmes.forms.required import say_what_is_missing
from dondoc.programmes.services.schedules import Schedule
from dondoc.units.models import Unit

_EVERY = (
    ("", "Chọn kỳ"),
    ("FREQ=WEEKLY", "Hằng tuần"),
    ("FREQ=MONTHLY", "Hằng tháng"),
    ("FREQ=MONTHLY;INTERVAL=3", "Hằng quý"),
    ("FREQ=MONTHLY;INTERVAL=6", "6 tháng một lần"),
    ("FREQ=MONTHLY;INTERVAL=9", "9 tháng đầu năm"),
    ("FREQ=MONTHLY;INTERVAL=12", "Hằng năm"),
)
_WEEKDAYS = (
    ("", "Không nêu"),
    ("MO", "Thứ Hai"),
    ("TU", "Thứ Ba"),
    ("WE", "Thứ Tư"),
    ("TH", "Thứ Năm"),
    ("FR", "Thứ Sáu"),
)


class ScheduleForm(forms.Form):
    """How often, and by which day of the period's last month (or of the month or week after it)."""

    every = forms.ChoiceField(label="Lặp lại", choices=_EVERY)
    day = forms.IntegerField(
        label="Ngày trong tháng",
        required=False,
        min_value=1,
        max_value=31,
        help_text="Ngày của tháng cuối kỳ. Để trống: ngày cuối cùng của kỳ.",
        error_messages={"min_value": "Ngày từ 1 đến 31.", "max_value": "Ngày từ 1 đến 31."},
    )
    weekday = forms.ChoiceField(label="Thứ trong tuần (kỳ hằng tuần)", choices=_WEEKDAYS, required=False)
    exclusive = forms.BooleanField(label="“Trước ngày”: chính ngày đó đã là trễ", required=False)
    after = forms.BooleanField(label="Hạn ở tháng (tuần) ngay sau khi hết kỳ", required=False)
    from_on = DayField(label="Áp dụng từ ngày")
    until = DayField(label="Đến hết ngày", required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"from_on": today}, **kwargs})
        for name in ("from_on", "until"):
            self.fields[name].around = today  # type: ignore[attr-defined]
        say_what_is_missing(self)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        weekly = data.get("every") == "FREQ=WEEKLY"
        if weekly and data.get("day"):
            self.add_error("day", "Kỳ hằng tuần chọn thứ trong tuần, không ghi ngày trong tháng.")
        if not weekly and data.get("weekday"):
            self.add_error("weekday", "Thứ trong tuần chỉ dùng cho kỳ hằng tuần.")
        if data.get("exclusive") and not (data.get("day") or data.get("weekday")):
            self.add_error("exclusive", "Ghi ngày mà việc phải xong trước đó.")
        return data

    def schedule(self) -> Schedule:
        """Of a valid form."""
        data = self.cleaned_data
        rrule = data["every"]
        if data["weekday"]:
            rrule += f";BYDAY={data['weekday']}"
        if data["day"]:
            rrule += f";BYMONTHDAY={data['day']}"
        return Schedule(rrule, self._words(), data["from_on"], data["until"], bool(data["exclusive"]))

    def _words(self) -> str:
        """*Trước ngày 25 hằng tháng*, *ngày 05 của tháng sau, hằng quý*: they are read again, so they say all."""
        data = self.cleaned_data
        every = dict(_EVERY)[data["every"]].lower()
        weekly = data["every"] == "FREQ=WEEKLY"
        of = ("tuần sau" if weekly else "tháng sau") if data["after"] else ("" if weekly else "tháng cuối kỳ")
        day = dict(_WEEKDAYS)[data["weekday"]] if data["weekday"] else f"ngày {data['day']:02d}" if data["day"] else "ngày cuối"
        if data["day"] or data["weekday"]:
            before = "trước " if data["exclusive"] else "chậm nhất "
            return ", ".join([f"{before}{day}{f' của {of}' if of else ''}", every])
        return f"{every}, chậm nhất {day} của {of}" if data["after"] else every


class StopScheduleForm(forms.Form):
    """No period opens after the day."""

    on = DayField(label="Không mở kỳ mới sau ngày")
    reason_code = forms.ChoiceField(label="Loại lý do", choices=[("", "Chọn loại lý do"), *StopReason.choices])
    reason = forms.CharField(label="Lý do", widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"on": today}, **kwargs})
        self.fields["on"].around = today  # type: ignore[attr-defined]
        say_what_is_missing(self)


class PeriodForm(ReasonedForm):
    """A period that is left out or taken up again: for all its units, or for one."""

    day_label = "Ngày quyết định"
    reasons = StopReason.choices
    unit = forms.ModelChoiceField(label="Cho đơn vị", queryset=Unit.objects.none(), required=False, empty_label="Tất cả đơn vị")

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
