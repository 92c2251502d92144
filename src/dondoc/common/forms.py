"""Fields that read what people type."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from dondoc.common import wording

_DAY = re.compile(r"(\d{1,2})[/.\-\s](\d{1,2})(?:[/.\-\s](\d{4}|\d{2}))?")
_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def read_day(text: str, around: date | None = None) -> date | None:
    """9/9/2025, 09092025, 2025-09-09; with ``around`` also 9/9, of the year that lies nearest. None where it is no day."""
    text = text.strip()
    if iso := _ISO.fullmatch(text):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    found = _DIGITS.fullmatch(text) or _DAY.fullmatch(text)
    if not found:
        return None
    in_month, month = int(found[1]), int(found[2])
    if found[3]:
        year = int(found[3])
        return _date(year + 2000 if year < 100 else year, month, in_month)
    if around is None:
        return None
    near = [day for year in (around.year - 1, around.year, around.year + 1) if (day := _date(year, month, in_month))]
    return min(near, key=lambda day: abs((day - around).days), default=None)


def _date(year: int, month: int, in_month: int) -> date | None:
    try:
        return date(year, month, in_month)
    except ValueError:
        return None


class DayInput(forms.TextInput):
    """A text field for a day: the keyboard of digits on phones, no calendar in the browser's language."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        usual = {"class": "day", "inputmode": "numeric", "autocomplete": "off", "placeholder": "ngày/tháng/năm"}
        super().__init__({**usual, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return wording.day(value) if isinstance(value, date) else super().format_value(value)


class DayField(forms.Field):
    """A day as it is typed; a form may set ``around`` to accept a day without its year."""

    widget = DayInput
    around: date | None = None

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        day = read_day(str(value), self.around)
        if day is None:
            raise ValidationError(f"“{value}” không phải là một ngày. Ghi ngày/tháng/năm, ví dụ 09/9/2025.", code="invalid")
        return day

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True
