"""Opening a campaign: what it is about, and its groups, each with a template."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from dondoc.common import wording
from dondoc.common.forms import DayField
from dondoc.programmes.forms.required import say_what_is_missing
from dondoc.reporting.models import TemplateVersion
from dondoc.reporting.queries.figures import people_words
from dondoc.reporting.queries.opening import Hop, Proposal, ProposedGroup, hop_named
from dondoc.reporting.services.opening import GroupFacts
from dondoc.units.enums import GroupRule
from dondoc.units.models import Unit, UnitGroup
from dondoc.units.queries import members


class CampaignForm(forms.Form):
    """What the campaign is about."""

    title = forms.CharField(label="Tên đợt báo cáo", widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)
    recipient = forms.ModelChoiceField(label="Cơ quan nhận báo cáo", queryset=Unit.objects.none(), empty_label="Chọn cơ quan")
    period_name = forms.CharField(label="Kỳ báo cáo", max_length=80, help_text="Ví dụ: Năm 2025; Giai đoạn 2021 - 2025.")
    window_from = DayField(label="Số liệu từ ngày", required=False)
    window_to = DayField(label="Chốt số liệu đến hết ngày", required=False)
    last_ok_on = DayField(label="Hạn nộp, đến hết ngày")

    def __init__(self, data: Any = None, *, proposal: Proposal, units: QuerySet[Unit], today: date) -> None:
        self.proposal = proposal
        names = ("title", "recipient", "period_name", "window_from", "window_to", "last_ok_on")
        super().__init__(data, initial={name: getattr(proposal, name) for name in names})
        self.fields["recipient"].queryset = units  # type: ignore[attr-defined]
        for name in ("window_from", "window_to", "last_ok_on"):
            self.fields[name].around = today  # type: ignore[attr-defined]
        if proposal.deadline_text:
            self.fields["last_ok_on"].help_text = f"Văn bản ghi: {proposal.deadline_text}."
        say_what_is_missing(self)


class LaterForm(forms.Form):
    """The later hop: the campaign that this one feeds, or what says that a consolidated report is due, for which one opens along."""

    hop = forms.ChoiceField(
        label="Bước sau", required=False, help_text="Báo cáo tổng hợp đến hạn khi nào; hạn nộp của đợt này phải trước ngày đó."
    )
    along = forms.BooleanField(
        label="Mở luôn đợt báo cáo tổng hợp",
        required=False,
        help_text="Cơ quan nhận của đợt này nộp báo cáo tổng hợp; số đã duyệt và dự thảo của đợt này được lấy sang.",
    )
    later_recipient = forms.ModelChoiceField(
        label="Báo cáo tổng hợp gửi đến", queryset=Unit.objects.none(), required=False, empty_label="Chọn cơ quan"
    )
    later_template = forms.ModelChoiceField(
        label="Mẫu của báo cáo tổng hợp", queryset=TemplateVersion.objects.none(), required=False, empty_label="Chọn mẫu"
    )
    later_on = DayField(
        label="Hạn báo cáo tổng hợp, đến hết ngày", required=False, help_text="Để trống thì theo ngày của bước đã chọn ở trên."
    )

    def __init__(
        self, data: Any = None, *, proposal: Proposal, units: QuerySet[Unit], templates: QuerySet[TemplateVersion], today: date
    ) -> None:
        self.hops, later = proposal.hops, proposal.later
        initial: dict[str, Any] = {
            "hop": self.hops[0].key if self.hops else "",
            "along": bool(later and later.recipient and later.template),
        }
        if later:
            initial |= {"later_recipient": later.recipient, "later_template": later.template}
        super().__init__(data, initial=initial)
        said = [(hop.key, f"{wording.day(hop.last_ok_on)}: {hop.words}") for hop in self.hops]
        self.fields["hop"].choices = [*said, ("", "Không có bước sau")]  # type: ignore[attr-defined]
        self.fields["later_recipient"].queryset = units  # type: ignore[attr-defined]
        self.fields["later_template"].queryset = templates  # type: ignore[attr-defined]
        self.fields["later_on"].around = today  # type: ignore[attr-defined]
        for name in ("later_recipient", "later_template"):  # what is wanted where a campaign opens along; clean() sees to it
            self.fields[name].required = data is None and initial["along"]
        if all(hop.campaign for hop in self.hops):
            for name in ("along", "later_recipient", "later_template", "later_on"):
                del self.fields[name]

    @property
    def chosen(self) -> Hop | None:
        """Of a valid form."""
        return hop_named(self.hops, self.cleaned_data.get("hop") or "")

    @property
    def opens(self) -> bool:
        """Whether a campaign opens along."""
        hop = self.chosen
        return bool(hop and not hop.campaign and self.cleaned_data.get("along"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        missing = {"later_recipient": "Chọn cơ quan nhận báo cáo tổng hợp.", "later_template": "Chọn mẫu báo cáo tổng hợp."}
        for name, words in missing.items() if self.opens else ():
            if not said.get(name) and name not in self.errors:
                self.add_error(name, ValidationError(words))
        return said


class GroupForm(forms.Form):
    """Those who fill in one template: the members of a group on the day, and whoever is picked."""

    unit_group = forms.ModelChoiceField(
        label="Nhóm", queryset=UnitGroup.objects.none(), required=False, empty_label="Không chọn nhóm"
    )
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label="Đơn vị", required=False, widget=forms.CheckboxSelectMultiple
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
            self.fields["units"].help_text = f"“{group.name}” để mở: đánh dấu các đơn vị phải báo cáo."
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
        return GroupFacts(group.name if group else named(units), self.cleaned_data["template"], units, group)


NAMED = 3


def named(units: Sequence[Unit]) -> str:
    """What those who were picked one by one are called, in a report too: by their names, or *12 xã, phường* where they are many."""
    if len(units) <= NAMED:
        return ", ".join(unit.name for unit in units)
    return f"{wording.number(len(units))} {people_words(units)}"
