"""Fields that read what people type, and how a form tells what a service refuses."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError

from dondoc.common import wording
from dondoc.common.errors import NotAllowed, Refused

T = TypeVar("T")


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
        day = wording.read_day(str(value), self.around)
        if day is None:
            raise ValidationError(f"“{value}” không phải là một ngày. Ghi ngày/tháng/năm, ví dụ 09/9/2025.", code="invalid")
        return day

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


def attempt(form: forms.Form, act: Callable[[], T]) -> T | None:
    """Run a service for a valid form; a refusal becomes an error of its field, and None."""
    done: T | None = None

    def change() -> None:
        nonlocal done
        done = act()

    settled(form, change)
    return done


def settled(form: forms.Form, change: Callable[[], Any]) -> bool:
    """Try a change; a refusal becomes an error of its field, and False."""
    try:
        change()
    except NotAllowed:
        raise
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    return True
