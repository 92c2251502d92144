"""Forms of a programme's facts, its end, and opening it again."""

from datetime import date
from typing import Any

from django import forms

from dondoc.common.forms import DayField
from dondoc.documents.enums import Visibility
from dondoc.programmes.forms.required import say_what_is_missing
from dondoc.programmes.models import Programme
from dondoc.programmes.rules.fields import fields, likely_field
from dondoc.programmes.services.managing import Facts
from dondoc.units.models import Unit


class ProgrammeForm(forms.Form):
    """Where no field was chosen yet, the one that the lead usually looks after is proposed."""

    title = forms.CharField(label="Tên chương trình", widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)
    field = forms.ChoiceField(label="Lĩnh vực", required=False)
    lead_unit = forms.ModelChoiceField(
        label="Cơ quan chủ trì chương trình", queryset=Unit.objects.none(), empty_label="Chọn cơ quan"
    )
    reason = forms.CharField(
        label="Lý do đổi cơ quan chủ trì", required=False, help_text="Chỉ ghi khi đổi.", widget=forms.Textarea(attrs={"rows": 2})
    )
    visibility = forms.ChoiceField(
        label="Ai được xem",
        choices=[
            (Visibility.PROVINCE, "Mọi đơn vị trong tỉnh"),
            (Visibility.RESTRICTED, "Chỉ cơ quan chủ trì, Văn phòng UBND tỉnh và các đơn vị chọn dưới đây"),
        ],
        widget=forms.RadioSelect,
    )
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label="Đơn vị được xem thêm", required=False, widget=forms.SelectMultiple(attrs={"size": 8})
    )

    def __init__(self, *args: Any, programme: Programme, units: Any, **kwargs: Any) -> None:
        lead = programme.lead_unit
        initial = {
            "title": programme.title,
            "field": programme.field or likely_field(lead.lexicon_id if lead else ""),
            "lead_unit": lead,
            "visibility": programme.visibility,
            "units": programme.restricted_to.all(),
        }
        super().__init__(*args, **{**kwargs, "initial": initial})
        names = dict.fromkeys([*fields(), *([programme.field] if programme.field else [])])
        self.fields["field"].choices = [("", "Chưa chọn"), *((name, name) for name in names)]  # type: ignore[attr-defined]
        if initial["field"] and not programme.field:
            self.fields["field"].help_text = "Đề xuất theo cơ quan chủ trì, chưa ghi."
        self.fields["lead_unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["units"].queryset = units  # type: ignore[attr-defined]
        say_what_is_missing(self)

    def facts(self) -> Facts:
        """Of a valid form."""
        return Facts(**self.cleaned_data)


class CloseProgrammeForm(forms.Form):
    on = DayField(label="Ngày kết thúc")
    words = forms.CharField(
        label="Lý do, kết luận",
        required=False,
        help_text="Phải ghi khi còn nhiệm vụ chưa xong.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"on": today}, **kwargs})
        self.fields["on"].around = today  # type: ignore[attr-defined]
        say_what_is_missing(self)


class ReopenProgrammeForm(forms.Form):
    reason = forms.CharField(label="Lý do mở lại", widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_is_missing(self)
