"""A template as a file: what is exported, imported, shipped with the program, and made of a Word or Excel outline.

One JSON object; :func:`read` says in Vietnamese what is wrong and where, all of it at once.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from dondoc.reporting.enums import Method, Missing, Need, Operator, Severity
from dondoc.reporting.rules.flaws import flaws_of

FORMAT = "dondoc-mau-bao-cao/1"


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """A heading of the outline; see :class:`dondoc.reporting.models.Section`."""

    code: str
    heading: str
    level: int = 1
    guidance: str = ""
    asks: bool = True
    need: str = Need.ALWAYS
    indicator_code: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """A row of a table; see :class:`dondoc.reporting.models.Indicator`."""

    code: str
    name: str
    band: str = ""
    measure: str = ""
    decimals: int = 0
    formula: str = ""
    across_units: str = Method.SUM
    across_periods: str = Method.SUM
    numerator: str = ""
    denominator: str = ""
    per: int = 100
    breaks_down: str = ""
    source: str = ""
    target_comparator: str = ""
    target_value: Decimal | None = None
    target_basis: str = ""


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    key: str
    words: str


@dataclass(frozen=True, slots=True)
class TableFacts:
    code: str
    title: str
    columns: tuple[ColumnFacts, ...]
    indicators: tuple[IndicatorFacts, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class CheckFacts:
    left: str
    operator: str
    right: str
    instruction: str
    severity: str = Severity.BLOCK
    missing: str = Missing.SKIP_ANY


@dataclass(frozen=True, slots=True)
class TemplateFacts:
    """All of a version. ``is_proposal``: ours, because the official appendix is not known."""

    code: str
    title: str
    for_whom: str = ""
    is_proposal: bool = False
    legal_basis: str = ""
    sections: tuple[SectionFacts, ...] = field(default=())
    tables: tuple[TableFacts, ...] = field(default=())
    checks: tuple[CheckFacts, ...] = field(default=())


class TemplateError(ValueError):
    """The file is no template; ``faults`` are sentences that name the place."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = list(faults)


def write(facts: TemplateFacts) -> str:
    """The file's text; :func:`read` gives the same facts back."""
    return json.dumps({"format": FORMAT, **asdict(facts)}, ensure_ascii=False, indent=1, default=str) + "\n"


def read(text: str) -> TemplateFacts:
    """Raises :class:`TemplateError`."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise TemplateError(["Tệp không phải là mẫu báo cáo đã xuất từ phần mềm. Chọn tệp .json đã xuất."]) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise TemplateError(["Tệp không phải là mẫu báo cáo của phần mềm, hoặc thuộc bản khác. Xuất lại từ phần mềm rồi nhập."])
    if "\\u0000" in text:
        raise TemplateError(["Tệp có ký tự hỏng (U+0000). Xuất lại mẫu rồi nhập."])
    faults: list[str] = []
    facts = TemplateFacts(
        code=_words(data, "code", "mẫu", faults),
        title=_words(data, "title", "mẫu", faults),
        for_whom=str(data.get("for_whom") or ""),
        is_proposal=bool(data.get("is_proposal")),
        legal_basis=str(data.get("legal_basis") or ""),
        sections=tuple(_section(one, faults) for one in _rows(data, "sections", faults)),
        tables=tuple(_table(one, faults) for one in _rows(data, "tables", faults)),
        checks=tuple(_check(one, faults) for one in _rows(data, "checks", faults)),
    )
    faults += faults_of(facts)
    if faults:
        raise TemplateError(faults)
    return facts


def faults_of(facts: TemplateFacts) -> list[str]:
    """What does not hold together, as sentences; :func:`~dondoc.reporting.rules.flaws.flaws_of` says where each is."""
    return [one.words for one in flaws_of(facts)]


def _section(row: Mapping[str, Any], faults: list[str]) -> SectionFacts:
    code = _words(row, "code", "mục", faults)
    return SectionFacts(
        code=code,
        heading=_words(row, "heading", f"mục {code}", faults),
        level=_count(row, "level", 1, f"mục {code}", faults, at_most=3),
        guidance=str(row.get("guidance") or ""),
        asks=bool(row.get("asks", True)),
        need=_choice(row, "need", Need.ALWAYS, Need.values, f"mục {code}", faults),
        indicator_code=str(row.get("indicator_code") or ""),
    )


def _table(row: Mapping[str, Any], faults: list[str]) -> TableFacts:
    code = _words(row, "code", "biểu", faults)
    columns = _rows(row, "columns", faults)
    return TableFacts(
        code=code,
        title=_words(row, "title", f"biểu {code}", faults),
        columns=tuple(
            ColumnFacts(_words(one, "key", f"cột của biểu {code}", faults), _words(one, "words", f"cột của biểu {code}", faults))
            for one in columns
        ),
        indicators=tuple(_indicator(one, faults) for one in _rows(row, "indicators", faults)),
        note=str(row.get("note") or ""),
    )


def _indicator(row: Mapping[str, Any], faults: list[str]) -> IndicatorFacts:
    code = _words(row, "code", "chỉ tiêu", faults)
    where = f"chỉ tiêu {code}"
    plain = (
        "band",
        "measure",
        "formula",
        "numerator",
        "denominator",
        "breaks_down",
        "source",
        "target_comparator",
        "target_basis",
    )
    return IndicatorFacts(
        code=code,
        name=_words(row, "name", where, faults),
        decimals=_count(row, "decimals", 0, where, faults, at_most=4),
        across_units=_choice(row, "across_units", Method.SUM, Method.values, where, faults),
        across_periods=_choice(row, "across_periods", Method.SUM, Method.values, where, faults),
        per=_count(row, "per", 100, where, faults, at_most=1_000_000),
        target_value=_number(row.get("target_value"), where, faults),
        **{name: str(row.get(name) or "") for name in plain},
    )


def _check(row: Mapping[str, Any], faults: list[str]) -> CheckFacts:
    where = "kiểm tra"
    return CheckFacts(
        left=_words(row, "left", where, faults),
        operator=_choice(row, "operator", "", Operator.values, where, faults),
        right=_words(row, "right", where, faults),
        instruction=str(row.get("instruction") or ""),
        severity=_choice(row, "severity", Severity.BLOCK, Severity.values, where, faults),
        missing=_choice(row, "missing", Missing.SKIP_ANY, Missing.values, where, faults),
    )


def _rows(data: Mapping[str, Any], name: str, faults: list[str]) -> list[Mapping[str, Any]]:
    rows = data.get(name) or []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        faults.append(f"Phần “{name}” của tệp hỏng. Xuất lại mẫu rồi nhập.")
        return []
    return rows


def _words(row: Mapping[str, Any], name: str, where: str, faults: list[str]) -> str:
    value = str(row.get(name) or "").strip()
    if not value:
        faults.append(f"{where[:1].upper()}{where[1:]}: thiếu “{name}”.")
    return value


def _count(row: Mapping[str, Any], name: str, usual: int, where: str, faults: list[str], *, at_most: int) -> int:
    value = row.get(name, usual)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= at_most:
        return value
    faults.append(f"{where[:1].upper()}{where[1:]}: “{name}” phải là số từ 0 đến {at_most}.")
    return usual


def _choice(row: Mapping[str, Any], name: str, usual: str, allowed: Sequence[str], where: str, faults: list[str]) -> str:
    value = str(row.get(name) or usual)
    if value in allowed:
        return value
    faults.append(f"{where[:1].upper()}{where[1:]}: “{name}” không thể là “{value}”.")
    return usual


def _number(value: object, where: str, faults: list[str]) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        faults.append(f"{where[:1].upper()}{where[1:]}: mục tiêu “{value}” không phải là số.")
        return None
