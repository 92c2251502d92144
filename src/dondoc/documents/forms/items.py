"""A form for each kind of item; ``content()`` gives what the services take."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from dondoc.common import wording
from dondoc.common.forms import DayField
from dondoc.documents import reading
from dondoc.documents.enums import ItemKind
from dondoc.documents.rules.contents import ADDABLE
from dondoc.documents.rules.deadlines import deadline_words
from dondoc.documents.rules.fields import BY_NAME, COMPARATORS, RELATIONS, TYPES, Field, day_of

Content = dict[str, Any]

_BULLET = re.compile(r"^\s*[-+•–]\s*")
_LINES_HELP = "Mỗi dòng một tên, viết đúng như văn bản."


def _long(label: str, *, rows: int = 3, required: bool = False, help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, required=required, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows}))


class NumberField(forms.CharField):
    """8,5 or 1.200: a comma for decimals, dots for thousands; a dot that could be either is asked about."""

    def to_python(self, value: Any) -> Any:
        text = str(super().to_python(value) or "").replace(" ", "").replace("\u00a0", "")
        if not text:
            return None
        whole, _, part = text.partition(",")
        groups = whole.split(".")
        if len(groups) > 1 and any(len(group) != 3 for group in groups[1:]):
            raise ValidationError(f"“{value}” chưa rõ là số nào. Dùng dấu phẩy cho phần lẻ, dấu chấm cho hàng nghìn.")
        try:
            return float(Decimal("".join(groups) + (f".{part}" if part else "")))
        except InvalidOperation:
            raise ValidationError(f"“{value}” không phải là số. Ghi số, ví dụ 8,5.") from None


class ItemForm(forms.Form):
    """``lists``: fields with a name a line; ``issued_on``: the day that a deadline without a year is read by."""

    lists: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, issued_on: date | None = None, **kwargs: Any) -> None:
        self.issued_on = issued_on
        super().__init__(*args, **kwargs)

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        held = {name: content.get(name) for name in cls.base_fields}
        held |= {name: "\n".join(content.get(name) or []) for name in cls.lists}
        return held

    def content(self) -> Content:
        held = dict(self.cleaned_data)
        return held | {name: held[name].splitlines() for name in self.lists}


class _DeadlineForm(ItemForm):
    """A deadline in the document's words; where the reader does not understand them a person names the last day."""

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        deadline = content.get("deadline") or {}
        return super().initial_of(content) | {"deadline": deadline.get("text"), "last_day": None}

    def clean(self) -> dict[str, Any]:
        held = super().clean() or self.cleaned_data
        words, last_day = held.get("deadline") or "", held.get("last_day")
        understood = reading.understand_deadline(words, self.issued_on) if words else None
        if last_day is not None:
            understood = {"text": words or f"ngày {wording.day(last_day)}", "kind": "by", "end": last_day.isoformat()}
        if words and understood is None:
            self.add_error("last_day", "Phần mềm chưa hiểu thời hạn này. Ghi hạn cuối vào ô này, hoặc sửa lời ghi thời hạn.")
        held["understood"] = understood
        return held

    def content(self) -> Content:
        held = super().content()
        held["deadline"] = held.pop("understood")
        del held["last_day"]
        return held


def _deadline_fields() -> tuple[forms.CharField, DayField]:
    return (
        forms.CharField(
            label="Thời hạn", required=False, max_length=255, help_text="Ghi như văn bản, ví dụ: trước ngày 10/9/2025."
        ),
        DayField(label="Hạn cuối", required=False, help_text="Chỉ ghi khi phần mềm chưa hiểu thời hạn ở ô trên."),
    )


class TaskForm(_DeadlineForm):
    lists = ("lead", "coordinating", "supervising")

    text = _long("Nội dung", rows=4, required=True)
    lead = _long("Chủ trì", rows=2, help_text=_LINES_HELP)
    coordinating = _long("Phối hợp", rows=2)
    deadline, last_day = _deadline_fields()
    supervising = _long("Theo dõi, chỉ đạo", rows=1)
    result = _long("Kết quả, sản phẩm", rows=1)


class TargetForm(ItemForm):
    text = _long("Nội dung", required=True)
    indicator = _long("Nội dung đo", rows=2)
    comparator = forms.ChoiceField(label="So với mức", choices=list(COMPARATORS.items()))
    value = NumberField(label="Mức cần đạt", required=False)
    value_high = NumberField(label="Đến mức (nếu là khoảng)", required=False)
    unit = forms.CharField(label="Đơn vị tính", required=False, max_length=60)
    baseline = forms.CharField(label="Mốc so sánh", required=False, max_length=120)
    horizon = forms.CharField(label="Đến năm hoặc ngày", required=False, max_length=40)

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        held = super().initial_of(content)
        for name in ("value", "value_high"):
            held[name] = wording.number(held[name]) if held[name] is not None else None
        return held


class DutyForm(_DeadlineForm):
    lists = ("reporters", "template")

    text = _long("Nội dung", required=True)
    reporters = _long("Đơn vị báo cáo", rows=2, help_text=_LINES_HELP)
    recipient = forms.CharField(label="Gửi đến", required=False, max_length=255)
    deadline, last_day = _deadline_fields()
    template = _long("Mẫu, đề cương", rows=2)
    cutoff = forms.CharField(label="Kỳ số liệu", required=False, max_length=255)


class CitationForm(ItemForm):
    code = forms.CharField(label="Số, ký hiệu", max_length=80)
    date = DayField(label="Ngày ban hành", required=False)
    issuer = forms.CharField(label="Cơ quan ban hành", required=False, max_length=255)
    title = _long("Tên văn bản", rows=2)
    relation = forms.ChoiceField(label="Quan hệ", required=False, choices=[("", "chưa rõ"), *RELATIONS.items()])

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        return super().initial_of(content) | {"date": day_of(content.get("date"))}

    def content(self) -> Content:
        held = super().content()
        return held | {"date": held["date"].isoformat() if held["date"] else None}


class ParticularForm(ItemForm):
    """One particular of the document; the field depends on which."""

    def __init__(self, *args: Any, particular: Field, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.particular = particular
        if particular.kind == "signer":
            self.fields["authority"] = forms.CharField(
                label="Thẩm quyền ký", required=False, help_text="Ví dụ: TM. ỦY BAN NHÂN DÂN; KT. CHỦ TỊCH"
            )
            self.fields["position"] = forms.CharField(label="Chức vụ", required=False)
            self.fields["name"] = forms.CharField(label="Họ và tên", required=False)
        else:
            self.fields["value"] = _field_for(particular)

    @staticmethod
    def initial_for(particular: Field, content: Content) -> dict[str, Any]:
        value = content.get("value")
        if particular.kind == "signer":
            return dict(value or {})
        if particular.kind == "list":
            return {"value": "\n".join(value or [])}
        return {"value": day_of(value) if particular.kind == "date" else value}

    def content(self) -> Content:
        held = self.cleaned_data
        if self.particular.kind == "signer":
            return {"field": self.particular.name, "value": dict(held)}
        value = held["value"]
        return {"field": self.particular.name, "value": value.isoformat() if isinstance(value, date) else value}


def _field_for(particular: Field) -> forms.Field:
    if particular.kind == "date":
        return DayField(label=particular.label)
    if particular.kind == "type":
        return forms.ChoiceField(label=particular.label, choices=[("", "chọn loại"), *TYPES.items()])
    if particular.kind in {"long", "list"}:
        help_text = "Mỗi dòng một nơi." if particular.kind == "list" else ""
        return _long(particular.label, rows=4, required=True, help_text=help_text)
    return forms.CharField(label=particular.label, max_length=255)


FORMS: dict[str, type[ItemForm]] = {
    ItemKind.TASK: TaskForm,
    ItemKind.TARGET: TargetForm,
    ItemKind.DUTY: DutyForm,
    ItemKind.CITATION: CitationForm,
}


def form_for(kind: str, content: Content, data: Any = None, *, issued_on: date | None) -> ItemForm:
    """The form of an item, filled with what it says now or with what was sent."""
    if kind == ItemKind.METADATA:
        particular = BY_NAME[str(content.get("field"))]
        return ParticularForm(
            data, particular=particular, initial=ParticularForm.initial_for(particular, content), issued_on=issued_on
        )
    form = FORMS[kind]
    return form(data, initial=form.initial_of(content), issued_on=issued_on)


class AddForm(forms.Form):
    """A passage that was chosen on the paper, and what it is."""

    kind = forms.ChoiceField(
        label="Đoạn này là", choices=[(str(kind), ItemKind(kind).label) for kind in ADDABLE], widget=forms.RadioSelect
    )
    quote = _long("Đoạn trong văn bản", rows=4, required=True, help_text="Chép nguyên văn một đoạn liền trong văn bản.")
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    lead = _long("Chủ trì hoặc đơn vị báo cáo", rows=2, help_text=_LINES_HELP)
    deadline = forms.CharField(label="Thời hạn", required=False, max_length=255, help_text="Ghi như văn bản.")

    def __init__(self, *args: Any, issued_on: date | None = None, **kwargs: Any) -> None:
        self.issued_on = issued_on
        super().__init__(*args, **kwargs)

    def clean_deadline(self) -> Content | None:
        words = self.cleaned_data["deadline"]
        understood = reading.understand_deadline(words, self.issued_on) if words else None
        if words and understood is None:
            raise ValidationError("Phần mềm chưa hiểu thời hạn này. Để trống, thêm mục rồi bấm Sửa để ghi hạn cuối.")
        return understood

    def content(self) -> Content:
        held = self.cleaned_data
        names = held["lead"].splitlines()
        return {"text": _BULLET.sub("", held["quote"]), "lead": names, "reporters": names, "deadline": held["deadline"]}


class SplitForm(forms.Form):
    first = _long("Mục thứ nhất", rows=4, required=True)
    second = _long("Mục thứ hai", rows=4, required=True)


def preview(words: str, issued_on: date | None) -> str:
    """What a deadline in words is understood as; "" where it is not."""
    return deadline_words(reading.understand_deadline(words, issued_on)) if words.strip() else ""


class PaperDateForm(forms.Form):
    """Day, month and year as the paper has them, each in its own field."""

    day = forms.IntegerField(min_value=1, max_value=31)
    month = forms.IntegerField(min_value=1, max_value=12)
    year = forms.IntegerField(min_value=1945, max_value=2100)

    def date(self) -> date | None:
        """The day; none where the three make none."""
        if not self.is_valid():
            return None
        try:
            return date(self.cleaned_data["year"], self.cleaned_data["month"], self.cleaned_data["day"])
        except ValueError:
            return None
