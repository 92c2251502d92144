"""What the receiving side does with a campaign."""

from datetime import date
from typing import Any

from django import forms

from dondoc.common import wording
from dondoc.common.forms import DayField
from dondoc.programmes.forms.required import say_what_is_missing
from dondoc.reporting.enums import ReturnState
from dondoc.reporting.models import Campaign, CampaignGroup, Return
from dondoc.reporting.rules.proposing import WINDOW_WORDS, windows_of
from dondoc.reporting.rules.schedules import days_of_year, rule_of_good_days
from dondoc.reporting.services.scheduling import EARLIEST
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


class _ReportField(forms.ModelChoiceField):  # type: ignore[type-arg] # not generic where the program runs
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


class ScheduleForm(ActForm):
    window = forms.ChoiceField(label="Kỳ của từng lần báo cáo")
    opens_before = forms.IntegerField(label="Tự mở trước hạn (ngày)", min_value=1, max_value=EARLIEST, initial=30)

    def prepare(self, campaign: Campaign, on: date) -> None:
        duty = campaign.duty
        rule = rule_of_good_days(duty.rrule, exclusive=duty.exclusive) if duty else ""
        days = days_of_year(rule, on.year)
        said = ", ".join(wording.short_day(day) for day in days[:4])
        several = [("H1,Y", "6 tháng đầu năm, rồi cả năm"), ("H1,H2", "6 tháng đầu năm, rồi 6 tháng cuối năm")]
        field = self.fields["window"]
        field.choices = [*(several if len(days) == 2 else ()), *WINDOW_WORDS, ("", "Không theo kỳ chốt số liệu")]  # type: ignore[attr-defined]
        field.initial = windows_of(duty.period, days) if duty else ""
        field.required = False
        field.help_text = f"Hạn cuối mỗi năm: {said}." if said else ""


class CloseForm(ActForm):
    """Nothing to say."""


class ReopenForm(ActForm):
    reason = _reason("Lý do mở lại")
