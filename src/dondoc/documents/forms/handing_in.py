from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from dondoc.common.forms import DayField
from dondoc.documents.enums import DocumentState, Visibility
from dondoc.documents.rules.fields import type_name
from dondoc.units.models import Unit

ENDINGS = ".docx,.doc,.pdf,.xlsx,.xlsm,.xls,.odt,.ods,.rtf,.txt,.png,.jpg,.jpeg,.tif,.tiff"


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """One file or several."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, list | tuple) else [data]
        held = [super(ManyFilesField, self).clean(one, initial) for one in given] or [super().clean(None, initial)]
        return [one for one in held if one]


class HandInForm(forms.Form):
    upload = ManyFilesField(
        label="Tệp văn bản",
        allow_empty_file=True,
        widget=ManyFilesInput(attrs={"multiple": True, "accept": ENDINGS}),
        help_text="Word, PDF, danh mục Excel, ảnh chụp (PNG, JPEG, TIFF) hoặc văn bản thuần; chọn được nhiều tệp một lần.",
        error_messages={"required": "Chưa chọn tệp nào. Chọn ít nhất một tệp."},
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label="Nộp cho đơn vị", empty_label=None)
    fallback_date = DayField(
        label="Ngày văn bản, nếu văn bản không ghi",
        required=False,
        help_text="Chỉ dùng khi văn bản để trống ngày, để hiểu các thời hạn không ghi năm.",
    )
    restricted = forms.BooleanField(
        label="Chỉ đơn vị nộp và Văn phòng UBND tỉnh được xem",
        required=False,
        help_text="Văn bản Đảng mặc định được hạn chế như vậy.",
    )

    def __init__(self, *args: Any, units: Sequence[Unit], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fallback_date"].around = today  # type: ignore[attr-defined]
        choice = self.fields["unit"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - narrows the type
        choice.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])
        choice.initial = units[0].pk if units else None
        if len(units) == 1:
            choice.widget = forms.HiddenInput()


class FilterForm(forms.Form):
    """What the list is cut down to; nonsense in the address is passed over."""

    q = forms.CharField(required=False, max_length=200)
    trang_thai = forms.ChoiceField(required=False, choices=[("", "Mọi trạng thái"), *DocumentState.choices])
    loai = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, types: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["loai"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 - narrows the type
        choice.choices = [("", "Mọi loại văn bản"), *((name, type_name(name)) for name in types)]

    def wanted(self) -> dict[str, str]:
        self.is_valid()
        held = self.cleaned_data
        return {"query": held.get("q", ""), "state": held.get("trang_thai", ""), "kind": held.get("loai", "")}


class VisibilityForm(forms.Form):
    visibility = forms.ChoiceField(
        label="Ai được xem",
        choices=[
            (Visibility.PROVINCE, "Mọi đơn vị trong tỉnh"),
            (Visibility.RESTRICTED, "Chỉ đơn vị nộp, Văn phòng UBND tỉnh và các đơn vị chọn dưới đây"),
        ],
        widget=forms.RadioSelect,
    )
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label="Đơn vị được xem thêm", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, province_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["units"]
        assert isinstance(choice, forms.ModelMultipleChoiceField)  # noqa: S101 - narrows the type
        choice.queryset = Unit.objects.filter(province=province_id).order_by("kind", "name")
