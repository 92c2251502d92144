"""Figures with their units and comparing words: "tối thiểu 1,5 cm", "từ 8 - 9%", "ít nhất mỗi năm 1 lần", ">100 lượt".

Domain rules 5.1 and 5.2. All patterns read folded text (:func:`vanban.extract.dates.fold`).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vanban.reading import Comparator

_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d{1,3})?(?!\d))"
_WORD_NUMBERS = {"một": 1.0, "hai": 2.0, "ba": 3.0, "bốn": 4.0}
_SCALE = r"(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ)"
QUALIFIERS: tuple[tuple[Comparator, str], ...] = (
    (Comparator.GE, r"ít\s+nhất(?:\s+(?:là|có|đạt))?|tối\s+thiểu(?:\s+(?:là|đạt))?|không\s+(?:dưới|thấp\s+hơn|ít\s+hơn)|≥|>="),
    (Comparator.LE, r"không\s+(?:quá|vượt\s+quá|cao\s+hơn|vượt)|tối\s+đa(?:\s+(?:là|không\s+quá))?|nhiều\s+nhất|≤|<="),
    (Comparator.GT, r"trên|hơn|vượt(?:\s+mức)?|cao\s+hơn|lớn\s+hơn|>"),
    (Comparator.LT, r"dưới|thấp\s+hơn|nhỏ\s+hơn|ít\s+hơn|<"),
    (Comparator.EQ, r"khoảng|trung\s+bình(?:\s+(?:khoảng|từ))?|bình\s+quân(?:\s+(?:khoảng|đạt))?|xấp\s+xỉ|gần|đủ"),
)
_PERCENT = r"%|phần\s+trăm|điểm\s*%|điểm\s+phần\s+trăm"
_MONEY = rf"(?:{_SCALE}\s+){{0,2}}(?:đồng|usd|đô\s+la(?:\s+mỹ)?|vnđ)(?!\w)"
TIME_UNITS = frozenset({"ngày", "giờ", "phút", "tháng", "năm", "tuần", "ngày làm việc", "giây"})
_MEASURES = (
    "tuổi", "năm", "tháng", "tuần", "ngày làm việc", "ngày", "giờ", "phút", "cm", "mm", "mét", "m", "km", "km2", "km²", "m2", "m²", "m3", "m³", "ha",
    "héc-ta", "hecta", "tấn", "kg", "tạ", "lít", "mw", "gw", "mwp", "kwh", "mwh",
)  # fmt: skip
_COUNTED = (
    "lần", "lượt người", "lượt khách", "lượt", "người lao động", "lao động", "việc làm", "người dân", "người", "hộ dân", "hộ nghèo", "hộ gia đình", "hộ", "xã",
    "phường", "thôn", "bản", "tổ dân phố", "khu phố", "khu dân cư", "đơn vị", "cơ sở", "doanh nghiệp", "hợp tác xã", "htx", "trường",
    "lớp", "học sinh", "sinh viên", "giáo viên", "bác sĩ", "bác sỹ", "dược sĩ", "điều dưỡng", "giường bệnh", "giường", "trạm", "bệnh viện",
    "mô hình", "điểm", "cuộc", "vụ", "dự án", "công trình", "sản phẩm", "chỉ tiêu", "tiêu chí", "nhiệm vụ", "đề án", "đề tài",
    "hội nghị", "buổi", "đợt", "tin, bài", "tin bài", "tin", "bài", "phóng sự", "chuyên mục", "tác phẩm", "cán bộ", "công chức",
    "đảng viên", "hội viên", "đoàn viên", "tổ chức", "tập thể", "cá nhân", "chi bộ", "câu lạc bộ", "căn nhà", "căn hộ", "căn", "nhà",
    "cụm công nghiệp", "khu công nghiệp", "cầu", "tuyến", "hồ sơ", "dịch vụ công", "dịch vụ", "thủ tục", "bậc", "hạng", "thương vụ", "quốc gia",
    "thị trường", "nền tảng", "chuyên gia", "kỹ sư", "nhân lực", "phòng", "thiết bị", "xe", "văn bản", "thành viên", "chợ",
    "trung tâm", "tổ", "đội", "nhóm", "tỉnh", "địa phương", "hình thức", "hoạt động", "lĩnh vực", "ngành", "sáng kiến", "giải pháp",
    "lãnh đạo", "đồng chí", "nội dung",
)  # fmt: skip


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


_PER = (
    r"(?:\s*/\s*(?:\d{1,3}(?:\.\d{3})*\s+(?:dân|người|lao\s+động|học\s+sinh)|vạn\s+dân|trạm\s+y\s+tế|bệnh\s+viện|"
    r"(?:khu|cụm)\s+công\s+nghiệp|khu\s+phố|tổ\s+dân\s+phố|đơn\s+vị(?:\s+cấp\s+xã)?|người(?:\s*/\s*năm)?|hộ|[^\W\d]+))"
)
_UNIT = rf"(?:(?P<pct>{_PERCENT})|(?P<money>{_MONEY})|(?:{_SCALE}\s+)?(?:(?P<measure>{_any(_MEASURES)})|(?P<count>{_any(_COUNTED)}))(?!\w))"
_QUALIFIER = "|".join(f"(?P<q{number}>{words})" for number, (_, words) in enumerate(QUALIFIERS))
_FIGURE = re.compile(
    rf"(?:(?<!\w)(?:{_QUALIFIER})\s*)?(?:(?P<from>(?<!\w)từ)\s+)?(?<![\w.,/])(?P<num>{_NUMBER}|(?:một|hai|ba)(?=\s))\s*(?:%\s*(?=[-–—]|đến\s|tới\s))?"
    rf"(?:(?:[-–—]|đến|tới)\s*(?P<high>{_NUMBER})\s*)?(?:(?P<unit>{_UNIT}){_PER}?)?(?P<turn>\s+trở\s+(?:lên|xuống))?"
)
_RHYTHM = re.compile(
    r"(?:(?P<ge>ít\s+nhất|tối\s+thiểu)\s+)?(?:mỗi|một|hằng|hàng)\s+(?P<per>năm|quý|tháng|tuần|ngày)\s*,?\s*(?:(?P<ge2>ít\s+nhất|tối\s+thiểu)\s+)?"
    r"(?P<n>\d{1,3}|một|hai|ba|bốn)\s+(?P<unit>lần|cuộc|đợt|buổi|kỳ)(?!\w)"
)
_TIMES = re.compile(r"(?<!\w)(?:gấp|tăng(?:\s+gấp)?)\s+(?:(?P<word>đôi|ba|bốn)(?!\w)|(?:khoảng\s+)?(?P<n>\d+(?:,\d+)?)\s+lần)")
_FRACTION = re.compile(
    rf"(?:(?<!\w)(?:{_QUALIFIER})\s*)?(?<![\w/])(?P<a>[1-9])/(?P<b>[2-9])\s+(?P<unit>(?:tổng\s+)?số\s+[^\W\d]+)"
)
_POINTS = re.compile(
    rf"(?:(?<!\w)(?:{_QUALIFIER})\s*)?(?<![\w/.,])(?P<n>\d{{1,3}}(?:,\d+)?)\s*/\s*(?P<of>\d{{2,3}})\s+(?P<unit>điểm)"
)
_FROM_TO = re.compile(
    rf"(?<!\w)từ\s+(?:mức\s+)?(?P<base>{_NUMBER}\s*%?(?:\s*\((?:năm\s+)?\d{{4}}\)|\s+năm\s+\d{{4}})?)\s+(?:(?:giảm|tăng)\s+)?(?:xuống|lên)\s+(?:còn\s+|đạt\s+|đến\s+)?"
    rf"(?:(?:{_QUALIFIER})\s*)?(?P<num>{_NUMBER})\s*(?P<unit>{_UNIT}){_PER}?"
)
_RATIO = re.compile(rf"(?:(?<!\w)(?:{_QUALIFIER})\s*)?(?<![\w.,/])(?P<num>{_NUMBER})(?=\s*(?:[;,]|\.?\s*$|\.\s))")
_RATIO_NAMED = re.compile(
    r"(?<!\w)số\s+(?P<unit>[^\W\d]+(?:\s+[^\W\d]+){0,2}/(?:[^\W\d]+|\d[\d.]*)(?:\s+[^\W\d]+){0,1})\s+đạt\s+$"
)
_RATIO_REACH = 70
_RANK = re.compile(
    r"(?:xếp|đứng|vị\s+trí|thứ\s+hạng)\s+(?:vị\s+trí\s+)?(?:thứ\s+|hạng\s+)?(?P<n>\d{1,3})(?:\s*/\s*\d+)?(?![\d.,%])"
)
_TOP = re.compile(r"(?:trong\s+)?(?:nhóm|top|tốp)\s+(?P<n>\d{1,3})\s+(?P<unit>tỉnh|địa\s+phương|thành\s+phố|nước|quốc\s+gia)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at [start, stop) of the folded text; ``unit_at`` where its unit stands (None: told by ``unit``)."""

    start: int
    stop: int
    value: float
    high: float | None
    comparator: Comparator | None
    form: str
    unit: str | None = None
    unit_at: tuple[int, int] | None = None
    percent: bool = False
    counted: bool = False
    money: bool = False
    word: bool = False
    symbol: bool = False
    base_at: tuple[int, int] | None = None


def number_of(written: str) -> float:
    """The value of a Vietnamese number: dots part the thousands, the comma begins the decimals."""
    if written in _WORD_NUMBERS:
        return _WORD_NUMBERS[written]
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", written):
        written = written.replace(".", "")
    return float(written.replace(",", "."))


def qualifier_of(match: re.Match[str]) -> Comparator | None:
    """What the comparing words say, None where there are none."""
    return next((comparator for number, (comparator, _) in enumerate(QUALIFIERS) if match[f"q{number}"]), None)


def _plain(match: re.Match[str]) -> Figure | None:
    comparator = qualifier_of(match)
    value, high = number_of(match["num"]), number_of(match["high"]) if match["high"] else None
    word = match["num"] in _WORD_NUMBERS
    if (high is not None and high <= value) or match["unit"] is None or (word and comparator is not Comparator.GE):
        return None
    if high is not None:
        comparator = Comparator.RANGE
    elif match["turn"]:
        comparator = Comparator.GE if match["turn"].endswith("lên") else Comparator.LE
    elif comparator is None and match["from"]:
        comparator = Comparator.GE
    end = match.start("turn") if match["turn"] else match.end()
    symbol = match[0].startswith((">", "<", "≥", "≤"))
    return Figure(
        match.start(), match.end(), value, high, comparator, "figure", unit_at=(match.start("unit"), end), percent=bool(match["pct"]),
        counted=bool(match["count"]), money=bool(match["money"]), word=word, symbol=symbol,
    )  # fmt: skip


def _rhythm(match: re.Match[str]) -> Figure:
    comparator = Comparator.GE if match["ge"] or match["ge2"] else None
    unit = f"{match['unit']}/{match['per']}"
    return Figure(match.start(), match.end(), number_of(match["n"]), None, comparator, "rhythm", unit=unit, counted=True)


def _times(match: re.Match[str]) -> Figure:
    value = {"đôi": 2.0, "ba": 3.0, "bốn": 4.0}[match["word"]] if match["word"] else number_of(match["n"])
    return Figure(match.start(), match.end(), value, None, Comparator.INCREASE, "times", unit="lần", counted=True)


def _fraction(match: re.Match[str]) -> Figure:
    value = int(match["a"]) / int(match["b"])
    return Figure(
        match.start(), match.end(), value, None, qualifier_of(match), "fraction", unit_at=match.span("unit"), counted=True
    )


def _points(match: re.Match[str]) -> Figure:
    return Figure(
        match.start(),
        match.end(),
        number_of(match["n"]),
        None,
        qualifier_of(match),
        "points",
        unit_at=match.span("unit"),
        counted=True,
    )


def _from_to(match: re.Match[str]) -> Figure:
    """From one level to another: the second is the target, the first what it is against."""
    return Figure(
        match.start(), match.end(), number_of(match["num"]), None, qualifier_of(match), "from-to",
        unit_at=(match.start("unit"), match.end()), percent=bool(match["pct"]), counted=bool(match["count"]), base_at=match.span("base"),
    )  # fmt: skip


def _ratio(match: re.Match[str]) -> Figure | None:
    """Số giường bệnh/vạn dân đạt 40: the unit is told before the figure."""
    reach = max(0, match.start() - _RATIO_REACH)
    named = _RATIO_NAMED.search(match.string[reach : match.start()])
    if named is None:
        return None
    unit_at = (reach + named.start("unit"), reach + named.end("unit"))
    value = number_of(match["num"])
    return Figure(match.start(), match.end(), value, None, qualifier_of(match), "ratio", unit_at=unit_at)


def _rank(match: re.Match[str]) -> Figure:
    return Figure(match.start(), match.end(), float(match["n"]), None, Comparator.LE, "rank", unit="hạng", counted=True)


def _top(match: re.Match[str]) -> Figure:
    return Figure(
        match.start(), match.end(), float(match["n"]), None, Comparator.LE, "top", unit_at=match.span("unit"), counted=True
    )


@dataclass(frozen=True, slots=True)
class FigureForm:
    """A named way to write a figure, and the letters it can begin with.

    ``example`` gives ``expected``: comparator, value, upper value, unit.
    """

    name: str
    heads: str
    pattern: re.Pattern[str]
    build: Callable[[re.Match[str]], Figure | None]
    example: str
    expected: tuple[str | None, float, float | None, str]


_DIGITS = "0123456789"
_ANY = _DIGITS + "<>≥≤íthvclndkbxgđmhs"
FIGURE_FORMS: tuple[FigureForm, ...] = (
    FigureForm("rhythm", "ítmh", _RHYTHM, _rhythm, "ít nhất mỗi năm 1 lần", (">=", 1, None, "lần/năm")),
    FigureForm("times", "gt", _TIMES, _times, "tăng 1,5 lần", ("increase", 1.5, None, "lần")),
    FigureForm("fraction", _ANY, _FRACTION, _fraction, "1/2 số xã", (None, 0.5, None, "số xã")),
    FigureForm("points", _ANY, _POINTS, _points, "tối thiểu 80/100 điểm", (">=", 80, None, "điểm")),
    FigureForm("from-to", "t", _FROM_TO, _from_to, "từ 8,2% xuống còn 6%", (None, 6, None, "%")),
    FigureForm("ratio", _ANY, _RATIO, _ratio, "số giường bệnh/vạn dân đạt 40", (None, 40, None, "giường bệnh/vạn dân")),
    FigureForm("rank", "xđvt", _RANK, _rank, "xếp thứ 10/34", ("<=", 10, None, "hạng")),
    FigureForm("top", "tn", _TOP, _top, "trong nhóm 20 tỉnh", ("<=", 20, None, "tỉnh")),
    FigureForm("figure", _ANY, _FIGURE, _plain, "ít nhất từ 4 - 5 bác sĩ/trạm y tế", ("range", 4, 5, "bác sĩ/trạm y tế")),
)
_FORMS_OF = {letter: tuple(form for form in FIGURE_FORMS if letter in form.heads) for letter in _ANY}
_HEAD = re.compile(
    r"(?<![\w.,/])(?:\d|(?:í(?:t\s+nhất|t\s+hơn)|t(?:ối\s+(?:thiểu|đa)|rên|ừ|rung\s+bình|rong\s+nhóm|op|ốp|ăng|hấp\s+hơn|hứ\s+hạng)|"
    r"h(?:ơn|ằng|àng)|v(?:ượt|ị\s+trí)|c(?:ao\s+hơn)|l(?:ớn\s+hơn)|n(?:hỏ\s+hơn|hiều\s+nhất|hóm)|d(?:ưới)|kh(?:oảng|ông\s+(?:dưới|thấp|ít|quá|vượt|cao))|"
    r"b(?:ình\s+quân)|x(?:ấp\s+xỉ|ếp)|g(?:ần|ấp)|đ(?:ủ|ứng)|m(?:ỗi|ột))(?!\w)(?=[^;]{0,32}?(?:\d|một\s|hai\s|ba\s|đôi|bốn\s)))|[<>≥≤]=?\s*(?=\d)"
)


def figures_in(low: str, start: int, stop: int) -> Iterator[Figure]:
    """The figures that begin in [start, stop) of the folded text, in order, not overlapping."""
    at = start
    while (head := _HEAD.search(low, at, stop)) is not None:
        held = _longest(low, head.start(), stop)
        if held is not None:
            yield held
        at = held.stop if held is not None else head.end() if low[head.start()].isdigit() else head.start() + 1


def _longest(low: str, at: int, stop: int) -> Figure | None:
    best: Figure | None = None
    for form in _FORMS_OF.get(low[at], ()):
        match = form.pattern.match(low, at, stop)
        figure = form.build(match) if match else None
        if figure is not None and (best is None or figure.stop > best.stop):
            best = figure
    return best
