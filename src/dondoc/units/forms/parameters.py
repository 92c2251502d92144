"""What a province sets for a rule that law or practice may move."""

from datetime import date
from typing import Any

from django import forms

from dondoc.common.forms import DayField
from dondoc.units.enums import ParameterKind
from dondoc.units.parameters import shipped
from dondoc.units.queries.parameters import Held

_HELP = {
    ParameterKind.TIMES: "Số lần.",
    ParameterKind.DAYS: "Số ngày.",
    ParameterKind.DAYS_DOWN: "Số ngày trước hạn, từ xa đến gần, cách nhau bằng dấu phẩy.",
    ParameterKind.DAYS_UP: "Số ngày quá hạn của từng bậc, tăng dần, cách nhau bằng dấu phẩy.",
}


class ParameterForm(forms.Form):
    """The value from a day on, with its basis; what held before is offered."""

    value = forms.CharField(label="Giá trị", max_length=60)
    effective_from = DayField(label="Áp dụng từ ngày")
    legal_basis = forms.CharField(
        label="Căn cứ",
        max_length=255,
        help_text="Số, ký hiệu, ngày của quyết định hoặc quy chế đã đối chiếu.",
        error_messages={"required": "Ghi căn cứ: số, ký hiệu, ngày của quyết định hoặc quy chế."},
    )

    def __init__(self, *args: Any, now: Held, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"value": ",".join(map(str, now.values)), "effective_from": today}
        super().__init__(*args, **kwargs)
        kind = shipped()[now.key].kind
        self.fields["value"].help_text = _HELP.get(kind, "")
        if kind is ParameterKind.YES_NO:
            self.fields["value"].widget = forms.Select(choices=[("1", "Có"), ("0", "Không")])
        day = self.fields["effective_from"]
        if isinstance(day, DayField):
            day.around = today
