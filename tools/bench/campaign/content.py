"""What each unit of the generated campaign wrote: told from the keys of its report, indicator and column, in SQL and in Python alike."""

from collections.abc import Iterator
from decimal import Decimal

from dondoc.reporting.enums import Method, Nothing, ReturnState
from dondoc.reporting.rules.cells import Cell
from dondoc.reporting.rules.templates import ColumnFacts, IndicatorFacts, SectionFacts, TableFacts, TemplateFacts
from tools.bench.campaign.scale import Scale

_SPREAD = 2_654_435_761
_WORD = 4_294_967_296
_METHODS = {17: Method.LATEST, 18: Method.MAXIMUM, 19: Method.NONE}
# Of an indicator's last digit: how many numbers there are, what they are multiplied and divided by.
_KINDS = {7: (100_000, 1, 100), 8: (99_999_999, 1, 10_000), 9: (9_000_000, 1_000_003, 1)}
_PLAIN = (5_000, 1, 1)
_STATES = ((60, ReturnState.ACCEPTED), (80, ReturnState.RECEIVED), (85, ReturnState.RETURNED), (99, ReturnState.EXPECTED))
_SAID = (
    "Ủy ban nhân dân {unit} đã ban hành kế hoạch và phân công {count} công chức theo dõi.",
    "Đã tổ chức {count} buổi tuyên truyền, lồng ghép tại các cuộc họp thôn, bản.",
    "Khó khăn: cán bộ làm công tác xã hội kiêm nhiệm nhiều việc, kinh phí hạn chế.",
    "Phối hợp với công an xã rà soát {count} cơ sở kinh doanh dịch vụ có điều kiện.",
    "Đề nghị Sở Y tế tập huấn nghiệp vụ hằng năm cho cán bộ cấp xã.",
    "{unit} chưa phát sinh vụ việc; duy trì đường dây nóng và {count} tổ tự quản.",
    "Kinh phí bố trí {count} triệu đồng từ nguồn sự nghiệp, giải ngân đạt kế hoạch.",
)


def template(scale: Scale) -> TemplateFacts:
    """``tables`` of ``indicators`` over ``years``, with numbers, money and shares, every method among them."""
    each = scale.indicators // scale.tables
    columns = tuple(ColumnFacts(str(year), f"Năm {year}") for year in range(2026 - scale.years, 2026))
    tables = tuple(
        TableFacts(f"B{place + 1}", f"Biểu số {place + 1}", columns, tuple(_indicators(chr(ord("A") + place), each)))
        for place in range(scale.tables)
    )
    sections = tuple(SectionFacts(f"S{place + 1}", f"Nội dung {place + 1}") for place in range(scale.sections))
    return TemplateFacts("do-toc-do", "Báo cáo đo tốc độ", for_whom="UBND các xã, phường", sections=sections, tables=tables)


def _indicators(letter: str, each: int) -> Iterator[IndicatorFacts]:
    for number in range(1, each + 1):
        over = Method.LATEST if number % 2 else Method.SUM
        across = _METHODS.get(number, Method.SUM)
        yield IndicatorFacts(f"{letter}.{number:02}", f"Chỉ tiêu {letter}.{number:02}", across_units=across, across_periods=over)
    for number, below in ((each + 1, 1), (each + 2, 3)):
        top, base = f"{letter}.{below + 1:02}", f"{letter}.{below:02}"
        yield IndicatorFacts(
            f"{letter}.{number:02}", f"Tỷ lệ {top} trên {base}", measure="%", decimals=1, formula=f"{top} / {base} * 100",
            across_units=Method.RATIO, across_periods=Method.RATIO, numerator=top, denominator=base,
        )  # fmt: skip


def state_of(report: int) -> ReturnState:
    """Where the report with this key stands. In all of them something is written; what is not handed in counts for nothing."""
    drawn = _drawn(report) // 1024 % 100
    return next((state for below, state in _STATES if drawn < below), ReturnState.EXEMPT)


def cell_of(report: int, indicator: int, column: str) -> Cell:
    """What was handed in: of a hundred cells ninety numbers, four, three and two of the kinds of nothing, one left empty."""
    drawn = _drawn(report * 7919 + indicator * 6151 + int(column) * 3571)
    kind = drawn // 65536 % 100
    of, times, per = _KINDS.get(indicator % 10, _PLAIN)
    if kind < 90:
        return Cell(Decimal(drawn // 16 % of * times) / per)
    return Cell(
        nothing=Nothing.NONE if kind < 94 else Nothing.NOT_APPLICABLE if kind < 97 else Nothing.NO_DATA if kind < 99 else ""
    )


def said_by(report: int, section: int, unit: str) -> str:
    """A text of three sentences, which some units share."""
    drawn = _drawn(report * 31 + section)
    places = (drawn // 16 % len(_SAID), drawn // 512 % len(_SAID), drawn // 16384 % len(_SAID))
    return " ".join(_SAID[place].format(unit=unit, count=drawn // 64 % 90 + 2) for place in dict.fromkeys(places))


def _drawn(key: int) -> int:
    return key * _SPREAD % _WORD


# Both databases divide whole numbers to whole ones and reckon n * 1.0 / d as each keeps a decimal.
_KIND, _NUMBER = "drawn / 65536 % 100", (
    "CASE indicator_id % 10 " + " ".join(
        f"WHEN {digit} THEN drawn / 16 % {of} * {times}" + (f" * 1.0 / {per}" if per > 1 else " * 1.0")
        for digit, (of, times, per) in _KINDS.items()
    ) + f" ELSE drawn / 16 % {_PLAIN[0]} * 1.0 END"
)  # fmt: skip

VALUES = f"""
INSERT INTO reporting_value (report_id, indicator_id, "column", number, "nothing", sent_number, sent_nothing, accepted_number,
 accepted_nothing, explanation, origin, origin_words, origin_address, changed_at, changed_by_id)
SELECT report_id, indicator_id, code, figure + CASE state WHEN 'returned' THEN 1 ELSE 0 END, word,
 CASE WHEN state IN ('accepted', 'received', 'returned') THEN figure END, CASE WHEN state IN ('accepted', 'received', 'returned') THEN word ELSE '' END,
 CASE WHEN state = 'accepted' THEN figure END, CASE WHEN state = 'accepted' THEN word ELSE '' END,
 '', 'typed', '', '', %s, %s
FROM (SELECT report_id, indicator_id, code, state, CASE WHEN kind < 90 THEN {_NUMBER} END AS figure,
  CASE WHEN kind < 90 THEN '' WHEN kind < 94 THEN 'none' WHEN kind < 97 THEN 'not_applicable' WHEN kind < 99 THEN 'no_data' ELSE ''
  END AS word
 FROM (SELECT *, {_KIND} AS kind FROM (
  SELECT report.id AS report_id, indicator.id AS indicator_id, year.code AS code, report.state AS state,
   (report.id * 7919 + indicator.id * 6151 + year.number * 3571) * {_SPREAD} % {_WORD} AS drawn
  FROM reporting_return report CROSS JOIN reporting_indicator indicator CROSS JOIN ({{years}}) year
  WHERE report.campaign_id = %s AND indicator.formula = '') drawn) kinds) written
""".replace("%", "%%").replace("%%s", "%s")  # noqa: S608 - all of it stands above
"""Parameters: when, whose key, which campaign; ``{years}``: a statement that gives code and number of each column."""
