"""Units and groups."""

from typing import Any

from django import forms

from dondoc.common.forms import DayField
from dondoc.units import queries
from dondoc.units.enums import CommuneKind, GroupRule, UnitKind
from dondoc.units.models import Unit, UnitGroup
from dondoc.units.rules import Actor
from dondoc.units.services.groups import GroupFacts
from dondoc.units.services.units import UnitFacts

_NO_CHOICE = [("", "Chọn")]


def _names(text: str) -> tuple[str, ...]:
    """One name a line."""
    return tuple(dict.fromkeys(name.strip() for name in text.splitlines() if name.strip()))


class UnitForm(forms.Form):
    name = forms.CharField(label="Tên", max_length=255, help_text="Viết đủ như trong văn bản: xã An Bình, Sở Y tế.")
    kind = forms.ChoiceField(label="Loại")
    commune_kind = forms.ChoiceField(label="Xã, phường hay đặc khu", choices=[*_NO_CHOICE, *CommuneKind.choices], required=False)
    short_name = forms.CharField(label="Tên tắt", max_length=60, required=False)
    aliases = forms.CharField(
        label="Tên khác",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi dòng một tên mà văn bản hay dùng. Hệ thống nhận ra đơn vị đúng theo các tên này.",
    )
    parent = forms.ModelChoiceField(label="Cấp trên", queryset=Unit.objects.none(), required=False, empty_label="Tỉnh")
    code = forms.CharField(
        label="Mã",
        max_length=60,
        required=False,
        help_text="Mã đơn vị hành chính theo Quyết định 19/2025/QĐ-TTg, hoặc mã riêng. Để trống thì hệ thống tự đặt.",
    )
    phone = forms.CharField(label="Điện thoại", max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    email = forms.EmailField(label="Thư điện tử", required=False)
    valid_from = DayField(label="Có từ ngày", required=False)
    legal_basis = forms.CharField(label="Căn cứ", max_length=255, required=False)

    def __init__(self, *args: Any, actor: Actor, unit: Unit | None = None, **kwargs: Any) -> None:
        if unit is not None and "initial" not in kwargs:
            kwargs["initial"] = _facts_of(unit)
        super().__init__(*args, **kwargs)
        is_province = unit is not None and unit.kind == UnitKind.PROVINCE
        kinds = [(value, label) for value, label in UnitKind.choices if (value == UnitKind.PROVINCE) == is_province]
        self.fields["kind"].choices = kinds if is_province else [*_NO_CHOICE, *kinds]  # type: ignore[attr-defined]
        units = queries.manageable_units(actor).exclude(kind__in=(UnitKind.COMMUNE, UnitKind.PROVINCE))
        if unit is not None:
            units = units.filter(province=unit.scope_id).exclude(pk=unit.pk)
        self.fields["parent"].queryset = units  # type: ignore[attr-defined]
        if is_province:
            del self.fields["parent"]

    def facts(self, unit: Unit | None = None) -> UnitFacts:
        data = {**self.cleaned_data, "aliases": _names(self.cleaned_data["aliases"])}
        if unit is not None and not data.get("parent"):
            data["parent"] = None if unit.kind == UnitKind.PROVINCE else unit.province
        return UnitFacts(**data)


def _facts_of(unit: Unit) -> dict[str, Any]:
    keys = ("name", "kind", "commune_kind", "short_name", "code", "phone", "email", "valid_from", "legal_basis")
    facts: dict[str, Any] = {key: getattr(unit, key) for key in keys}
    facts["parent"] = unit.parent if unit.parent_id != unit.province_id else None
    facts["aliases"] = "\n".join(unit.aliases.order_by("name").values_list("name", flat=True))
    return facts


class EndForm(forms.Form):
    """A last day and why."""

    on = DayField(label="Ngày cuối")
    reason = forms.CharField(label="Lý do, căn cứ", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class PredecessorForm(forms.Form):
    predecessor = forms.ModelChoiceField(label="Đơn vị tiền thân", queryset=Unit.objects.none(), empty_label="Chọn")
    on = DayField(label="Tiếp nhận từ ngày")
    legal_basis = forms.CharField(label="Căn cứ", max_length=255, required=False)

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(province=unit.scope_id).exclude(pk=unit.pk)
        self.fields["predecessor"].queryset = units.exclude(successors__unit=unit)  # type: ignore[attr-defined]


class GroupForm(forms.Form):
    name = forms.CharField(label="Tên nhóm", max_length=255, help_text="Viết như trong văn bản: UBND các xã, phường.")
    rule = forms.ChoiceField(label="Thành viên", choices=GroupRule.choices, widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(
        label="Loại cơ quan (khi chọn theo loại)",
        choices=[choice for choice in UnitKind.choices if choice[0] != UnitKind.PROVINCE],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    aliases = forms.CharField(
        label="Cách viết khác", required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text="Mỗi dòng một cách viết."
    )

    def __init__(self, *args: Any, group: UnitGroup | None = None, **kwargs: Any) -> None:
        if group is not None:
            aliases = "\n".join(group.aliases)
            kwargs["initial"] = {"name": group.name, "rule": group.rule, "kinds": group.kinds, "aliases": aliases}
        super().__init__(*args, **kwargs)

    def facts(self) -> GroupFacts:
        data = self.cleaned_data
        return GroupFacts(data["name"], data["rule"], tuple(data["kinds"]), _names(data["aliases"]))


class MembersForm(forms.Form):
    """Units to list in a group."""

    units = forms.ModelMultipleChoiceField(
        label="Đơn vị", queryset=Unit.objects.none(), widget=forms.SelectMultiple(attrs={"size": 14})
    )
    valid_from = DayField(label="Từ ngày", required=False, help_text="Để trống: từ trước đến nay.")

    def __init__(self, *args: Any, group: UnitGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = group.listed.filter(valid_to__isnull=True).values("unit")
        units = Unit.objects.filter(province=group.province_id, valid_to__isnull=True).exclude(pk__in=listed)
        self.fields["units"].queryset = units  # type: ignore[attr-defined]
        self.fields["units"].help_text = "Giữ Ctrl để chọn nhiều đơn vị."


class LastDayForm(forms.Form):
    on = DayField(label="Ngày cuối")
