"""A unit's form as a file: what is chosen to be uploaded."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from dondoc.common.errors import Refused
from dondoc.common.forms import DayField
from dondoc.documents.forms.handing_in import ManyFilesField, ManyFilesInput
from dondoc.reporting.unit_files.guarding import check_size

ACCEPT = ".xlsx,.docx"
MOST_FILES = 200
_NONE_CHOSEN = {"required": "Chưa chọn tệp nào. Chọn tệp mẫu đã điền."}


def _size_in_bounds(upload: UploadedFile) -> None:
    try:
        check_size(upload.size or 0)
    except Refused as refusal:
        raise ValidationError(refusal.message) from refusal


class FilledForm(forms.Form):
    """The form that one unit filled in."""

    upload = forms.FileField(
        label="Tệp đã điền",
        allow_empty_file=True,
        help_text="Tệp Excel (.xlsx) hoặc Word (.docx) làm từ mẫu của đơn vị. Không quá 20 MB, không mật khẩu, không macro.",
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
        error_messages=_NONE_CHOSEN,
        validators=[_size_in_bounds],
    )


class BehalfForm(FilledForm):
    """The same, by those who receive the report: on its day they hand it in for the unit."""

    received_on = DayField(
        label="Ngày nhận báo cáo",
        required=False,
        help_text="Ghi ngày thì nộp thay đơn vị khi báo cáo không còn lỗi. Để trống: chỉ ghi số vào bản nhập của đơn vị.",
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].around = on  # type: ignore[attr-defined]


class ManyFilledForm(BehalfForm):
    """The forms of many units at once. What is wrong with one of them is told at its line."""

    upload = ManyFilesField(
        label="Các tệp đã điền",
        allow_empty_file=True,
        help_text=f"Chọn nhiều tệp một lần, nhiều nhất {MOST_FILES}. Phần mềm tự biết tệp của đơn vị nào; tên tệp không quan trọng.",
        widget=ManyFilesInput(attrs={"multiple": True, "accept": ACCEPT}),
        error_messages=_NONE_CHOSEN,
    )
    field_order = ("upload", "received_on")
