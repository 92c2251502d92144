"""Opening a campaign: what it is about, and its groups, each with a template."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from dondoc.common import wording
from dondoc.common.forms import DayField
from dondoc.programmes.forms.required import say_what_is_missing
from dondoc.reporting.models import TemplateVersion
from dondoc.reporting.queries.opening import Hop, Proposal, ProposedGroup
from dondoc.reporting.services.opening import GroupFacts
from dondoc.units.enums import GroupRule
from dondoc.units.models import Unit, UnitGroup
from dondoc.units.queries import members


class CampaignForm(forms.Form):
    """``hop``: the campaign that this one feeds, or what says that a draft is due later."""

    title = forms.CharField(label="Tên đợt báo cáo", widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)
    recipient = forms.ModelChoiceField(label="Cơ quan nhận báo cáo", queryset=Unit.objects.none(), empty_label="Chọn cơ quan")
    period_name = forms.CharField(label="Kỳ báo cáo", max_length=80, help_text="Ví dụ: Năm 2025; Giai đoạn 2021 - 2025.")
    window_from = DayField(label="Số liệu từ ngày", required=False)
    window_to = DayField(label="Chốt số liệu đến hết ngày", required=False)
    last_ok_on = DayField(label="Hạn nộp, đến hết ngày")
    hop = forms.ChoiceField(
        label="Bước sau", required=False, help_text="Dự thảo tổng hợp đến hạn khi nào; hạn nộp phải trước ngày đó."
    )

    def __init__(self, data: Any = None, *, proposal: Proposal, units: QuerySet[Unit], today: date) -> None:
        self.proposal = proposal
        names = ("title", "recipient", "period_name", "window_from", "window_to", "last_ok_on")
        initial = {name: getattr(proposal, name) for name in names}
        initial["hop"] = proposal.hops[0].key if proposal.hops else ""
        super().__init__(data, initial=initial)
        self.fields["recipient"].queryset = units  # type: ignore[attr-defined]
        for name in ("window_from", "window_to", "last_ok_on"):
            self.fields[name].around = today  # type: ignore[attr-defined]
        if proposal.deadline_text:
            self.fields["last_ok_on"].help_text = f"Văn bản ghi: {proposal.deadline_text}."
        self._hops(proposal.hops)
        say_what_is_missing(self)

    def _hops(self, hops: list[Hop]) -> None:
        if not hops:
            del self.fields["hop"]
            return
        said = [(hop.key, f"{wording.day(hop.last_ok_on)}: {hop.words}") for hop in hops]
        self.fields["hop"].choices = [*said, ("", "Không có bước sau")]  # type: ignore[attr-defined]


class GroupForm(forms.Form):
    """Those who fill in one template: the members of a group on the day, and whoever is picked."""

    unit_group = forms.ModelChoiceField(
        label="Nhóm", queryset=UnitGroup.objects.none(), required=False, empty_label="Không chọn nhóm"
    )
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label="Đơn vị", required=False, widget=forms.SelectMultiple(attrs={"size": 8})
    )
    template = forms.ModelChoiceField(
        label="Mẫu báo cáo", queryset=TemplateVersion.objects.none(), required=False, empty_label="Chọn mẫu"
    )

    def __init__(
        self, data: Any = None, *, prefix: str, group: ProposedGroup, units: QuerySet[Unit], groups: QuerySet[UnitGroup],
        templates: QuerySet[TemplateVersion],
    ) -> None:  # fmt: skip
        picked = [] if group.unit_group else [unit.pk for unit in group.units]
        initial = {"unit_group": group.unit_group, "units": picked, "template": group.template}
        super().__init__(data, prefix=prefix, initial=initial)
        self.group = group
        self.fields["unit_group"].queryset = groups  # type: ignore[attr-defined]
        self.fields["units"].queryset = units  # type: ignore[attr-defined]
        self.fields["template"].queryset = templates  # type: ignore[attr-defined]
        if group.is_open:
            self.fields["units"].help_text = f"“{group.name}” để mở: chọn các đơn vị phải báo cáo. Giữ Ctrl để chọn nhiều đơn vị."
        elif group.unit_group:
            del self.fields["units"]
        if group.unit_group:
            self.fields["unit_group"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        chosen = facts.get("unit_group") or facts.get("units")
        if chosen and not facts.get("template") and "template" not in self.errors:
            self.add_error("template", ValidationError("Chọn mẫu báo cáo."))
        if self.group.is_open and not facts.get("units") and "units" not in self.errors:
            self.add_error("units", ValidationError("Chọn các đơn vị phải báo cáo của nhóm này."))
        return facts

    def facts(self, on: date) -> GroupFacts | None:
        """Of a valid form; None where nobody was chosen."""
        group, picked = self.cleaned_data["unit_group"], self.cleaned_data.get("units") or ()
        held = {unit.pk: unit for unit in [*(members(group, on) if group and group.rule != GroupRule.OPEN else ()), *picked]}
        if not held:
            return None
        units = list(held.values())
        name = group.name if group else units[0].name if len(units) == 1 else "Các đơn vị được chọn"
        return GroupFacts(name, self.cleaned_data["template"], units, group)
