"""Forms of targets: a measurement, the giver's word on it, the definition, a change of value, the joining of years."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from dondoc.common import wording
from dondoc.common.forms import DayField
from dondoc.documents.models import Document
from dondoc.programmes.enums import ChangeKind, Direction, FigureKind, FigureReturn, Frequency, RollUp
from dondoc.programmes.forms.required import say_what_is_missing
from dondoc.programmes.models import Measurement, Target
from dondoc.programmes.rules.figures import NotAFigure, read_figure
from dondoc.programmes.rules.targets import is_ratio
from dondoc.programmes.rules.targets_checks import Figure
from dondoc.programmes.services.targets_deciding import Value
from dondoc.programmes.services.targets_defining import Meaning, meaning_of
from dondoc.programmes.services.targets_measuring import Entry
from dondoc.units.models import Unit, UnitGroup

BOTH = "Đã ghi số và chọn “{}”. Giữ một trong hai."


class FigureField(forms.Field):
    """A figure with a decimal comma; a dot that could be either is asked about."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        usual = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "fig"})
        super().__init__(**{"widget": usual, "required": False, **kwargs})

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values or isinstance(value, Decimal):
            return value or None if not isinstance(value, Decimal) else value
        try:
            return read_figure(str(value))
        except NotAFigure as error:
            raise ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        return typed(value) if isinstance(value, Decimal) else value


def typed(value: Decimal) -> str:
    """As it would be typed: 1234,5. Without dots, so that reading it again never asks."""
    return wording.number(value).replace(".", "")


def figure_of(facts: dict[str, Any]) -> Figure:
    """What was entered as a figure; a kind of nothing stands alone."""
    return Figure(facts.get("kind") or FigureKind.FIGURE, facts.get("value"), facts.get("numerator"), facts.get("denominator"))


class FigureForm(forms.Form):
    """One unit's word: a figure, or the parts of a ratio, or one of the four kinds of nothing. An empty one is none of them."""

    kind = forms.ChoiceField(
        label="Ghi khác", required=False, choices=[("", "Có số"), *FigureKind.choices[1:]], widget=forms.RadioSelect
    )
    value = FigureField(label="Số")
    numerator = FigureField(label="Tử số")
    denominator = FigureField(label="Mẫu số")

    def __init__(self, *args: Any, target: Target, measure: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.target = target
        if is_ratio(target):
            self.fields["numerator"].label = capital(target.numerator)
            self.fields["denominator"].label = capital(target.denominator)
            if target.roll_up == RollUp.RATIO:
                del self.fields["value"]
            else:
                self.fields["value"].label = f"Hoặc chỉ tỷ lệ ({measure})" if measure else "Hoặc chỉ tỷ lệ"
        else:
            del self.fields["numerator"], self.fields["denominator"]
            self.fields["value"].label = f"Số ({measure})" if measure else "Số"

    @property
    def figures(self) -> list[forms.BoundField]:
        """The fields for numbers that this target has."""
        return [self[name] for name in ("numerator", "denominator", "value") if name in self.fields]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        kind = facts.get("kind")
        first = "numerator" if "numerator" in self.fields else "value"
        names = [name for name in ("value", "numerator") if facts.get(name) is not None]
        if kind and kind != FigureKind.ZERO and (names or facts.get("denominator") is not None):
            self.add_error(names[0] if names else "denominator", BOTH.format(FigureKind(kind).label))
        elif kind == FigureKind.ZERO and any(facts.get(name) for name in names):
            self.add_error(first, BOTH.format(FigureKind.ZERO.label))
        return facts


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def said_before(standing: Measurement | None) -> dict[str, Any]:
    """What a form shows of a row: parts of a ratio rather than its quotient, and of a kind of nothing only that."""
    if standing is None:
        return {"seen": None, "kind": ""}
    if standing.kind != FigureKind.FIGURE:
        below = standing.denominator if standing.kind == FigureKind.ZERO else None
        return {"seen": standing.pk, "kind": standing.kind, "denominator": below}
    value = None if standing.numerator is not None else standing.value
    return {
        "seen": standing.pk, "kind": "", "value": value, "numerator": standing.numerator, "denominator": standing.denominator,
    }  # fmt: skip


class MeasureForm(FigureForm):
    """A unit's word for a period with its source. ``seen``: the row that stood when the page was made."""

    happened_on = DayField(label="Ngày của số liệu")
    source_words = forms.CharField(
        label="Nguồn",
        required=False,
        max_length=255,
        help_text="Số, ngày văn bản hoặc sổ theo dõi, ví dụ 118/BC-UBND, 12/6/2026.",
    )
    evidence = forms.FileField(label="Tệp minh chứng", required=False)
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    explanation = forms.CharField(
        label="Vì sao số khác thường", required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="Chỉ ghi khi được hỏi."
    )
    reason = forms.CharField(label="Lý do sửa", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    accept_it = forms.BooleanField(label="Duyệt luôn", required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, standing: Measurement | None, today: date, giver: bool, **kwargs: Any) -> None:
        initial = {"happened_on": today, **said_before(standing)}
        if standing:
            initial |= {"source_words": standing.source_words, "note": standing.note}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.fields["happened_on"].around = today  # type: ignore[attr-defined]
        if not giver:
            del self.fields["accept_it"]
        say_what_is_missing(self)

    def entry(self) -> Entry:
        facts = self.cleaned_data
        return Entry(figure_of(facts), facts["happened_on"], facts["source_words"], facts["note"], facts["explanation"])


class CellForm(FigureForm):
    """A unit's row in the grid; the kinds of nothing are a list here."""

    kind = forms.ChoiceField(label="Ghi khác", required=False, choices=[("", "Có số"), *FigureKind.choices[1:]])
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, unit: Unit, seen: Measurement | None, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": f"u{unit.pk}", "initial": said_before(seen), **kwargs})
        for name, field in self.fields.items():
            if name != "seen":
                field.widget.attrs["aria-label"] = f"{field.label}, {unit.name}"

    @property
    def touched(self) -> bool:
        """Whether the person changed anything in it."""
        return bool(set(self.changed_data) - {"seen"})


class GridForm(forms.Form):
    """What all the rows of a grid have in common."""

    happened_on = DayField(label="Ngày của số liệu")
    source_words = forms.CharField(label="Nguồn", required=False, max_length=255)
    reason = forms.CharField(label="Lý do sửa các số đã có", required=False, max_length=500)
    accept_it = forms.BooleanField(label="Duyệt luôn các số vừa nhập", required=False)

    def __init__(self, *args: Any, today: date, giver: bool, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"happened_on": today, "accept_it": True}, **kwargs})
        self.fields["happened_on"].around = today  # type: ignore[attr-defined]
        if not giver:
            del self.fields["accept_it"]
        say_what_is_missing(self)


class SendBackForm(forms.Form):
    """No reason, no return."""

    reason_code = forms.ChoiceField(label="Loại lý do", choices=[("", "Chọn loại lý do"), *FigureReturn.choices])
    reason = forms.CharField(label="Lý do", widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_is_missing(self)


class MeaningForm(forms.Form):
    """The definition of an indicator, as the giver wants it."""

    measure = forms.CharField(label="Đơn vị đo", required=False, max_length=80)
    direction = forms.ChoiceField(label="Chiều tốt", required=False, choices=[("", "Theo lời văn bản"), *Direction.choices])
    change_kind = forms.ChoiceField(
        label="“Tăng”, “giảm” nghĩa là", required=False, choices=[("", "Chưa xác định"), *ChangeKind.choices]
    )
    baseline_value = FigureField(label="Giá trị gốc")
    baseline_on = DayField(label="Tại ngày", required=False)
    baseline_source = forms.CharField(label="Nguồn của giá trị gốc", required=False, max_length=255)
    cumulative = forms.BooleanField(label="Số ghi là số lũy kế từ đầu năm hoặc đầu kỳ kế hoạch", required=False)
    numerator = forms.CharField(label="Tên tử số", required=False, max_length=255)
    denominator = forms.CharField(label="Tên mẫu số", required=False, max_length=255)
    per = forms.TypedChoiceField(
        label="Tỷ lệ tính trên", coerce=int, choices=[(1, "1"), (100, "100 (%)"), (1000, "1.000 (‰)"), (10_000, "10.000 (vạn)"), (100_000, "100.000")]
    )  # fmt: skip
    may_exceed = forms.BooleanField(label="Số có thể âm, hoặc lớn hơn 100%, hoặc tử số lớn hơn mẫu số", required=False)
    measured_by = forms.ChoiceField(label="Đơn vị đo", required=False)
    roll_up = forms.ChoiceField(label="Tổng hợp toàn tỉnh", required=False, choices=[("", "Chưa xác định"), *RollUp.choices])
    frequency = forms.ChoiceField(label="Đo", required=False, choices=[("", "Hằng năm (mặc định)"), *Frequency.choices])
    reason = forms.CharField(label="Lý do sửa", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, target: Target, groups: Sequence[UnitGroup], units: Sequence[Unit], today: date, **kwargs: Any
    ) -> None:
        self.bearers: dict[str, Unit | UnitGroup] = {f"g{one.pk}": one for one in groups} | {f"u{one.pk}": one for one in units}
        meaning = meaning_of(target)
        initial = {name: getattr(meaning, name) for name in self.base_fields if hasattr(meaning, name)}
        group, unit = target.measured_by_group_id, target.measured_by_unit_id
        initial |= {"revision": target.revision, "measured_by": f"g{group}" if group else f"u{unit}" if unit else ""}
        super().__init__(*args, **{"initial": initial, **kwargs})
        lead = target.programme.lead_unit
        own = f"Cơ quan chủ trì chương trình{f' ({lead.name})' if lead else ''}"
        self.fields["measured_by"].label = "Ai đo"
        self.fields["measured_by"].choices = [  # type: ignore[attr-defined]
            ("", own),
            ("Nhóm đơn vị", [(f"g{one.pk}", one.name) for one in groups]),
            ("Một đơn vị", [(f"u{one.pk}", one.name) for one in units]),
        ]
        self.fields["baseline_on"].around = today  # type: ignore[attr-defined]
        if target.revision == 1:
            del self.fields["reason"]

    def meaning(self) -> Meaning:
        facts = {name: value for name, value in self.cleaned_data.items() if name in Meaning.__dataclass_fields__}
        bearer = self.bearers.get(self.cleaned_data["measured_by"])
        return Meaning(
            **facts,
            measured_by_unit=bearer if isinstance(bearer, Unit) else None,
            measured_by_group=bearer if isinstance(bearer, UnitGroup) else None,
        )


class ValueForm(forms.Form):
    """What is asked for by when, and who decided it."""

    comparator = forms.ChoiceField(
        label="Cách so sánh",
        choices=[
            (">=", "ít nhất"), (">", "trên"), ("<=", "không quá"), ("<", "dưới"), ("=", "đạt"), ("range", "từ … đến …"),
            ("increase", "tăng thêm"), ("decrease", "giảm"),
        ],
    )  # fmt: skip
    value = FigureField(label="Số", required=True)
    value_high = FigureField(label="Đến số (của khoảng)")
    decided_by = forms.ModelChoiceField(
        label="Văn bản quyết định", queryset=Document.objects.none(), empty_label="Chọn văn bản", required=False
    )

    def __init__(self, *args: Any, documents: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_by"].queryset = documents  # type: ignore[attr-defined]
        for field in self.fields.values():
            if isinstance(field, DayField):
                field.around = today
        say_what_is_missing(self)

    def value_asked(self) -> Value:
        facts = self.cleaned_data
        high = facts["value_high"] if facts["comparator"] == "range" else None
        return Value(facts["comparator"], facts["value"], high)


class ChangeForm(ValueForm):
    """A new value from a day on; the old one stays."""

    horizon = forms.CharField(label="Đến năm", max_length=10, help_text="Năm (2030) hoặc ngày (2030-12-31).")
    effective_from = DayField(label="Áp dụng từ ngày")
    reason = forms.CharField(label="Lý do điều chỉnh", widget=forms.Textarea(attrs={"rows": 2}))


class MilestoneForm(ValueForm):
    """A value on the way."""

    by_day = DayField(label="Mốc đến hết ngày")
    each_unit = forms.BooleanField(label="Giao mức này cho từng đơn vị đo, không phải mức chung toàn tỉnh", required=False)


class JoinForm(forms.Form):
    """Which other targets state the same indicator for other years."""

    others = forms.MultipleChoiceField(label="Cùng một chỉ tiêu, năm khác", widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(label="Lý do, nếu đơn vị đo khác nhau", required=False, max_length=255)

    def __init__(self, *args: Any, candidates: Sequence[Target], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = {str(one.pk): one for one in candidates}
        self.fields["others"].choices = [(pk, one.text[:160]) for pk, one in self.held.items()]  # type: ignore[attr-defined]
        self.fields["others"].error_messages["required"] = "Chọn chỉ tiêu để gộp."

    def targets(self) -> list[Target]:
        return [self.held[pk] for pk in self.cleaned_data["others"]]
