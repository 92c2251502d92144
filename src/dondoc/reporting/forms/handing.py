"""What a unit says when it hands its report in, and how it wants to."""

from typing import Any

from django import forms

from dondoc.common.forms import DayField
from dondoc.files.forms import AttachmentField
from dondoc.units.models import Person


class PaperForm(forms.Form):
    """The signed paper of a report that was handed in."""

    paper_code = forms.CharField(label="Số, ký hiệu", max_length=80, help_text="Ví dụ 45/BC-UBND.")
    paper_date = DayField(label="Ngày văn bản")
    file = AttachmentField(label="Bản quét", help_text="Tệp PDF hoặc ảnh của báo cáo đã ký.")


class HoldBackForm(forms.Form):
    note = forms.CharField(label="Điều cần sửa", widget=forms.Textarea(attrs={"rows": 3}))


class SubmitterForm(forms.Form):
    """Somebody who hands in the unit's reports from a day on."""

    person = forms.ModelChoiceField(Person.objects.none(), label="Người nộp", empty_label="Chọn người")
    valid_from = DayField(label="Từ ngày")
    valid_to = DayField(label="Đến hết ngày", required=False, help_text="Để trống: đến khi có thay đổi.")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["person"].label_from_instance = lambda one: one.full_name  # type: ignore[attr-defined]
