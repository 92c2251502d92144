"""Accounts, seats, stand-ins and lists to import."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from dondoc.common.forms import DayField
from dondoc.units import queries
from dondoc.units.enums import Role
from dondoc.units.models import Membership, Person, Unit
from dondoc.units.rules import Actor
from dondoc.units.services import importing
from dondoc.units.services.people import PersonFacts, SeatFacts

MAX_LIST_BYTES = 1_048_576


class PersonForm(forms.Form):
    full_name = forms.CharField(label="Họ và tên", max_length=120)
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        help_text="Chữ không dấu, ví dụ ha.nt.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(label="Thư điện tử công vụ", required=False, help_text="Để tự đặt lại mật khẩu khi quên.")
    phone = forms.CharField(label="Điện thoại", max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"}))

    def person_facts(self) -> PersonFacts:
        data = self.cleaned_data
        return PersonFacts(data["username"], data["full_name"], data["email"], data["phone"])


class SeatForm(forms.Form):
    unit = forms.ModelChoiceField(label="Đơn vị", queryset=Unit.objects.none(), empty_label="Chọn")
    role = forms.ChoiceField(label="Vai trò", choices=[("", "Chọn"), *Role.choices])
    position = forms.CharField(label="Chức vụ", max_length=120, required=False)
    valid_from = DayField(label="Từ ngày")
    valid_to = DayField(label="Đến ngày", required=False, help_text="Để trống: chưa có ngày kết thúc.")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = queries.manageable_units(actor).filter(  # type: ignore[attr-defined]
            queries.valid_on(actor.on)
        )

    def seat_facts(self) -> SeatFacts:
        data = self.cleaned_data
        return SeatFacts(data["unit"], data["role"], data["valid_from"], data["valid_to"], data["position"])


class NewPersonForm(SeatForm, PersonForm):
    field_order = ("full_name", "username", "email", "phone", "unit", "role", "position", "valid_from", "valid_to")


class StandInForm(forms.Form):
    person = forms.ModelChoiceField(label="Người thay", queryset=Person.objects.none(), empty_label="Chọn")
    valid_from = DayField(label="Từ ngày")
    valid_to = DayField(label="Đến hết ngày")

    def __init__(self, *args: Any, actor: Actor, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = queries.visible_people(actor).exclude(pk=membership.person_id)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class ListForm(forms.Form):
    """A table to import: which kind, and the file."""

    kind = forms.ChoiceField(label="Danh sách", choices=[(key, table.name) for key, table in importing.TABLES.items()])
    upload = forms.FileField(label="Tệp CSV", widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}))

    def clean_upload(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["upload"]
        if (upload.size or 0) > MAX_LIST_BYTES:
            raise forms.ValidationError("Tệp lớn hơn 1 MB. Tách tệp rồi gửi lại.")
        return upload
