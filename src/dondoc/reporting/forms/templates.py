"""What is typed of a template, a piece at a time; each form gives and takes the facts of its piece."""

import re
from dataclasses import asdict, fields, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from dondoc.common import wording
from dondoc.programmes.forms.required import say_what_is_missing
from dondoc.reporting.enums import Method, Missing, Need, Operator, Severity
from dondoc.reporting.rules.keeping import COMPARATORS, HIGHEST, LENGTHS, TEMPLATE_LENGTHS, Kind
from dondoc.reporting.rules.rewriting import Piece, key_of, table_of, with_piece
from dondoc.reporting.rules.templates import CheckFacts, ColumnFacts, IndicatorFacts, SectionFacts, TableFacts, TemplateFacts
from dondoc.units.models import Unit

LEVELS = ((0, "Phần"), (1, "I, II, III"), (2, "1, 2, 3"), (3, "a, b, c"))
LONGEST_TEXT = 10_000
MAX_BYTES = 10 * 1024 * 1024
_YEAR = re.compile(r"\b(20\d\d)\b")


def _line(label: str, name: str, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LENGTHS[name], **more)


def _lines(label: str, rows: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": rows}), **more)


class PieceForm(forms.Form):
    """``facts``: the template around the piece; ``piece``: what it says now, None for a new one; ``table``: where a new indicator goes."""

    def __init__(self, data: Any = None, *, facts: TemplateFacts, piece: Piece | None, table: str = "") -> None:
        self.around = facts
        self.before = piece
        self.home = table
        super().__init__(data, initial=self.said())
        self.offer()
        say_what_is_missing(self)

    def said(self) -> dict[str, Any]:
        """The piece as its fields show it."""
        return asdict(self.before) if self.before else {}

    def offer(self) -> None:
        """Set the choices that hang on the template."""

    def piece(self) -> Piece:
        """What a valid form says."""
        raise NotImplementedError

    def changed(self, after: str = "") -> TemplateFacts:
        """The template with the piece in its place; a new one stands after the piece that ``after`` names, else last."""
        key = key_of(self.before) if self.before else ""
        return with_piece(self.around, self.piece(), key, after, table=self.cleaned_data.get("table", ""))

    def _offer_codes(self, *names: str) -> None:
        rows = [(one.code, f"{one.code} {one.name}"[:90]) for table in self.around.tables for one in table.indicators]
        known = {code for code, _ in rows}
        for name in names:
            kept = str(self.initial.get(name) or "")
            missing = [(kept, f"{kept} (không có trong mẫu)")] if kept and kept not in known else []
            self.fields[name].choices = [("", "Không chọn"), *missing, *rows]  # type: ignore[attr-defined]


class SectionForm(PieceForm):
    code = _line("Số thứ tự", "code", help_text="Chỗ của mục trong đề cương, ví dụ IV hoặc IV.1.")
    level = forms.TypedChoiceField(label="Cấp", choices=LEVELS, coerce=int, initial=1)
    heading = _lines("Tên mục", 2)
    guidance = _lines("Hướng dẫn viết", 4, required=False, help_text="Nói rõ cần nêu gì, số liệu nào.")
    asks = forms.BooleanField(label="Đơn vị viết nội dung dưới mục này", required=False, initial=True)
    need = forms.ChoiceField(label="Khi nào phải viết", choices=Need.choices)
    indicator_code = forms.ChoiceField(
        label="Theo chỉ tiêu", required=False, help_text="Chỉ dùng khi mục bắt buộc lúc chưa đạt chỉ tiêu."
    )

    def offer(self) -> None:
        self._offer_codes("indicator_code")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("need") == Need.TARGET_MISSED and not said.get("indicator_code"):
            self.add_error("indicator_code", "Chọn chỉ tiêu mà mục này phải giải thích khi chưa đạt.")
        return said

    def piece(self) -> SectionFacts:
        return SectionFacts(**self.cleaned_data)


class TableForm(PieceForm):
    code = _line("Số biểu", "code", help_text="Ví dụ 2A.")
    title = _lines("Tên biểu", 2)
    columns = _lines(
        "Các cột",
        5,
        help_text="Mỗi dòng một cột, ví dụ: Năm 2025. Đặt mã cột khác thì ghi mã trước dấu |: 2025 | Thực hiện năm 2025.",
    )
    note = _lines("Ghi chú dưới biểu", 2, required=False)

    def said(self) -> dict[str, Any]:
        piece = self.before
        if not isinstance(piece, TableFacts):
            return {}
        columns = "\n".join(one.words if _key(one.words) == one.key else f"{one.key} | {one.words}" for one in piece.columns)
        return {"code": piece.code, "title": piece.title, "note": piece.note, "columns": columns}

    def clean_columns(self) -> tuple[ColumnFacts, ...]:
        columns = tuple(_column(line) for line in self.cleaned_data["columns"].splitlines() if line.strip(" |"))
        keys = [one.key for one in columns]
        if twice := next((key for key in keys if keys.count(key) > 1), ""):
            raise ValidationError(f"Hai cột cùng mã {twice}. Ghi mã khác nhau trước dấu |.")
        if long := next((key for key in keys if len(key) > LENGTHS["key"]), ""):
            raise ValidationError(f"Mã cột “{long[:30]}…” dài quá {LENGTHS['key']} ký tự. Ghi mã ngắn trước dấu |.")
        return columns

    def piece(self) -> TableFacts:
        kept = self.before.indicators if isinstance(self.before, TableFacts) else ()
        return TableFacts(indicators=kept, **self.cleaned_data)


def _column(line: str) -> ColumnFacts:
    key, mark, words = (part.strip() for part in line.partition("|"))
    return ColumnFacts(key, words) if mark and key and words else ColumnFacts(_key(key or words), key or words)


def _key(words: str) -> str:
    """The year that a column is about, else its words."""
    year = _YEAR.findall(words)
    return year[0] if len(year) == 1 else words


class IndicatorForm(PieceForm):
    table = forms.ChoiceField(label="Biểu")
    code = _line("Mã", "code", help_text="Chữ hoa đứng đầu, ví dụ C.02. Cùng mã ở mẫu khác là cùng chỉ tiêu.")
    name = _lines("Tên chỉ tiêu", 2)
    band = _line("Nhóm", "band", required=False, help_text="Dòng tiêu đề mà chỉ tiêu đứng dưới.")
    measure = _line("Đơn vị tính", "measure", required=False)
    decimals = forms.IntegerField(label="Số chữ số sau dấu phẩy", min_value=0, max_value=4, initial=0)
    formula = _line("Công thức", "formula", required=False, help_text="Để trống thì đơn vị nhập số. Ví dụ: C.02 / C.01 * 100.")
    across_units = forms.ChoiceField(label="Tổng hợp qua các đơn vị", choices=Method.choices)
    across_periods = forms.ChoiceField(label="Tổng hợp qua các kỳ", choices=Method.choices)
    numerator = forms.ChoiceField(label="Tử số của tỷ lệ", required=False)
    denominator = forms.ChoiceField(label="Mẫu số của tỷ lệ", required=False)
    per = forms.IntegerField(
        label="Nhân với", min_value=1, max_value=1_000_000, initial=100, help_text="100 cho tỷ lệ phần trăm."
    )
    breaks_down = forms.ChoiceField(label="Là một phần của", required=False)
    target_comparator = forms.ChoiceField(
        label="Mục tiêu", required=False, choices=[("", "Không có"), *((one, one) for one in COMPARATORS)]
    )
    target_value = forms.DecimalField(label="Mức phải đạt", required=False, max_digits=20, decimal_places=4, localize=True)
    target_basis = _line("Căn cứ của mục tiêu", "target_basis", required=False)
    source = _line(
        "Nguồn số liệu",
        "source",
        required=False,
        help_text="Cơ quan, sổ sách; hoặc nhiem-vu:co-han, dung-han, tre-han, qua-han để lấy từ nhiệm vụ đang theo dõi; "
        "hoặc chi-tieu để lấy số đo của chỉ tiêu cùng tên trong chương trình.",
    )

    def said(self) -> dict[str, Any]:
        home = table_of(self.around, self.before.code) if isinstance(self.before, IndicatorFacts) else self.home
        said = {**super().said(), "table": home}
        if (value := said.get("target_value")) is not None:
            said["target_value"] = wording.number(value).replace(".", "")
        return said

    def offer(self) -> None:
        self.fields["table"].choices = [  # type: ignore[attr-defined]
            (one.code, f"{one.code} {one.title}"[:90]) for one in self.around.tables
        ]
        self._offer_codes("numerator", "denominator", "breaks_down")
        bands = dict.fromkeys(one.band for table in self.around.tables for one in table.indicators if one.band)
        self.bands = list(bands)
        self.fields["band"].widget.attrs["list"] = "bands"

    def clean_target_value(self) -> Any:
        value = self.cleaned_data["target_value"]
        if value is not None and abs(value) >= HIGHEST:
            raise ValidationError("Số lớn quá. Ghi nhiều nhất 16 chữ số trước dấu phẩy.")
        return value

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if Method.RATIO in {said.get("across_units"), said.get("across_periods")}:
            for name, words in (("numerator", "tử số"), ("denominator", "mẫu số")):
                if not said.get(name):
                    self.add_error(name, f"Tỷ lệ của tổng cần {words}. Chọn chỉ tiêu.")
        if bool(said.get("target_comparator")) != (said.get("target_value") is not None):
            self.add_error("target_value", "Ghi cả dấu so sánh và mức phải đạt, hoặc bỏ trống cả hai.")
        return said

    def piece(self) -> IndicatorFacts:
        names = {one.name for one in fields(IndicatorFacts)}
        return IndicatorFacts(**{name: value for name, value in self.cleaned_data.items() if name in names})


class CheckForm(PieceForm):
    left = _line("Vế trái", "left", help_text="Mã chỉ tiêu hoặc biểu thức: C.02, B.01 + B.02. Kỳ trước: truoc(C.01).")
    operator = forms.ChoiceField(label="Phải", choices=Operator.choices)
    right = _line("Vế phải", "right")
    severity = forms.ChoiceField(label="Khi không đúng", choices=Severity.choices)
    missing = forms.ChoiceField(label="Khi thiếu số", choices=Missing.choices)
    instruction = _lines("Hướng dẫn người nhập", 2, help_text="Nói phải làm gì: sửa số nào, giải thích gì.")

    def piece(self) -> CheckFacts:
        return CheckFacts(**self.cleaned_data)


class AboutForm(PieceForm):
    """What the template is; its code stays."""

    title = forms.CharField(label="Tên mẫu", max_length=TEMPLATE_LENGTHS["title"], widget=forms.Textarea(attrs={"rows": 2}))
    for_whom = forms.CharField(label="Đơn vị báo cáo", max_length=TEMPLATE_LENGTHS["for_whom"], required=False)
    legal_basis = forms.CharField(label="Căn cứ", max_length=TEMPLATE_LENGTHS["legal_basis"], required=False)
    is_proposal = forms.BooleanField(
        label="Là đề xuất, chưa đối chiếu mẫu chính thức",
        required=False,
        help_text="Mọi trang và biểu in từ mẫu ghi rõ điều này.",
    )

    def said(self) -> dict[str, Any]:
        return {name: getattr(self.around, name) for name in ("title", "for_whom", "legal_basis", "is_proposal")}

    def changed(self, after: str = "") -> TemplateFacts:  # noqa: ARG002 - there is one of it
        return replace(self.around, **self.cleaned_data)


FORMS: dict[Kind, type[PieceForm]] = {
    Kind.ABOUT: AboutForm,
    Kind.SECTION: SectionForm,
    Kind.TABLE: TableForm,
    Kind.INDICATOR: IndicatorForm,
    Kind.CHECK: CheckForm,
}


class OwnForm(forms.Form):
    """A template that comes into the province: its code there, and the unit that looks after it."""

    code = forms.SlugField(
        label="Mã mẫu",
        max_length=TEMPLATE_LENGTHS["code"],
        help_text="Chữ không dấu, số và dấu gạch: tong-ket-2025. Không trùng mẫu khác.",
    )
    owner = forms.ModelChoiceField(label="Đơn vị giữ mẫu", queryset=Unit.objects.none(), empty_label="Chọn đơn vị")

    def __init__(self, data: Any = None, *, owners: QuerySet[Unit], code: str = "") -> None:
        first = owners.first()
        super().__init__(data, initial={"code": code, "owner": first.pk if first else None})
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]
        self.fields["code"].error_messages["invalid"] = "Mã chỉ gồm chữ không dấu, số, dấu gạch. Ví dụ: tong-ket-2025."
        say_what_is_missing(self)


class NewForm(OwnForm):
    title = forms.CharField(label="Tên mẫu", max_length=TEMPLATE_LENGTHS["title"], widget=forms.Textarea(attrs={"rows": 2}))
    for_whom = forms.CharField(label="Đơn vị báo cáo", max_length=TEMPLATE_LENGTHS["for_whom"], required=False)
    field_order = ("title", "for_whom", "code", "owner")


class FileForm(forms.Form):
    """A template that the program wrote, or an outline in Word or Excel."""

    upload = forms.FileField(
        label="Tệp mẫu",
        help_text="Mẫu đã xuất từ phần mềm (.json), hoặc đề cương sẵn có bằng Word (.docx), Excel (.xlsx). Không quá 10 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".json,.docx,.xlsx"}),
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        say_what_is_missing(self)
        self.fields["upload"].error_messages["empty"] = "Tệp rỗng (0 byte). Kiểm tra lại tệp rồi chọn lại."

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload.size > MAX_BYTES:
            raise ValidationError(
                f"Tệp {wording.size(upload.size)}, lớn hơn mức nhận được là 10 MB. Bỏ ảnh trong tệp rồi chọn lại."
            )
        return upload
