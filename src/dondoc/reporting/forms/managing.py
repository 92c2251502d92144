"""What the receiving side does with a campaign."""

from datetime import date
from typing import Any

from django import forms

from dondoc.common.forms import DayField
from dondoc.programmes.forms.required import say_what_is_missing
from dondoc.reporting.enums import ReturnState
from dondoc.reporting.models import Campaign, CampaignGroup, Return
from dondoc.units.models import Unit
from dondoc.units.queries import valid_on


def _reason(label: str) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)


class ActForm(forms.Form):
    """``prepare`` fills the choices in from the campaign."""

    def __init__(self, data: Any = None, *, campaign: Campaign, on: date, prefix: str) -> None:
        super().__init__(data, prefix=prefix)
        self.prepare(campaign, on)
        say_what_is_missing(self)

    def prepare(self, campaign: Campaign, on: date) -> None:
        """Nothing to choose from."""


class MoveForm(ActForm):
    last_ok_on = DayField(label="Hạn mới, đến hết ngày")
    reason = _reason("Lý do đổi hạn")

    def prepare(self, campaign: Campaign, on: date) -> None:
        self.fields["last_ok_on"].around = on  # type: ignore[attr-defined]
        self.fields["last_ok_on"].initial = campaign.last_ok_on


class AddUnitForm(ActForm):
    unit = forms.ModelChoiceField(label="Đơn vị", queryset=Unit.objects.none(), empty_label="Chọn đơn vị")
    group = forms.ModelChoiceField(label="Vào nhóm", queryset=CampaignGroup.objects.none(), empty_label=None)

    def prepare(self, campaign: Campaign, on: date) -> None:
        units = Unit.objects.filter(valid_on(on), province=campaign.province_id)
        held = campaign.returns.values("unit")
        self.fields["unit"].queryset = units.exclude(pk__in=held).order_by("kind", "search_text")  # type: ignore[attr-defined]
        self.fields["group"].queryset = campaign.groups.all()  # type: ignore[attr-defined]


class _ReportField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.unit.name)


class ExemptForm(ActForm):
    report = _ReportField(label="Đơn vị", queryset=Return.objects.none(), empty_label="Chọn đơn vị")
    reason = _reason("Lý do miễn")

    def prepare(self, campaign: Campaign, on: date) -> None:  # noqa: ARG002 - like the others
        rows = campaign.returns.exclude(state=ReturnState.EXEMPT).select_related("unit")
        self.fields["report"].queryset = rows  # type: ignore[attr-defined]


class UnexemptForm(ActForm):
    report = _ReportField(label="Đơn vị", queryset=Return.objects.none(), empty_label="Chọn đơn vị")
    reason = _reason("Lý do bỏ miễn")

    def prepare(self, campaign: Campaign, on: date) -> None:  # noqa: ARG002 - like the others
        rows = campaign.returns.filter(state=ReturnState.EXEMPT).select_related("unit")
        self.fields["report"].queryset = rows  # type: ignore[attr-defined]


class CloseForm(ActForm):
    """Nothing to say."""


class ReopenForm(ActForm):
    reason = _reason("Lý do mở lại")
