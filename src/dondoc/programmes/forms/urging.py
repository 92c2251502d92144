from datetime import date
from typing import Any

from django import forms

from dondoc.common.forms import DayField


class UrgeForm(forms.Form):
    """The day by which a letter asks for results; left empty, the usual one."""

    report_by = DayField(label="Đề nghị báo cáo trước hết ngày", required=False)

    def __init__(self, *args: Any, around: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["report_by"]
        assert isinstance(field, DayField)  # noqa: S101 - narrows the type
        field.around = around
