"""The targets of a programme on one page."""

from dataclasses import dataclass
from datetime import date

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from dondoc.common import clock, wording
from dondoc.common.downloading import download, wanted_format
from dondoc.common.exporting import Column
from dondoc.documents.places import name_of, url_of
from dondoc.programmes.charts import spark
from dondoc.programmes.enums import Course
from dondoc.programmes.queries.targets import baseline_words, targets_of
from dondoc.programmes.queries.targets_course import Followed, followed
from dondoc.programmes.views.common import head_context, programme_or_404
from dondoc.programmes.wording import Badge
from dondoc.programmes.wording_targets import course_badge, coverage_words, gap_words, to_places

_ORDER = (Course.OFF_COURSE, Course.SLOW, Course.ON_COURSE, Course.REACHED, Course.UNKNOWN)
_COUNT_KEYS = {
    Course.OFF_COURSE: "over",
    Course.SLOW: "soon",
    Course.ON_COURSE: "run",
    Course.REACHED: "done",
    Course.UNKNOWN: "none",
}


@dataclass(frozen=True, slots=True)
class Small:
    """One of the small multiples: an indicator with its picture, its place and the slip it comes from."""

    one: Followed
    badge: Badge
    picture: SafeString
    source: str
    source_url: str
    value: str
    gap: str
    coverage: str
    goal: str
    by: str
    planned: str
    forecast: str


@require_safe
def targets(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """What the programme measures: all its targets on one page, each with its line to target; filtered by verdict."""
    programme = programme_or_404(request, pk)
    on, today = day_asked(request), clock.today()
    rows = [small(one, on) for one in followed(targets_of(programme, on), on, today)]
    counts = [(course, _COUNT_KEYS[course], sum(row.one.position.course == course for row in rows)) for course in _ORDER]
    chosen = request.GET.get("xem", "")
    if chosen in Course.values:
        rows = [row for row in rows if row.one.position.course == chosen]
    if form := wanted_format(request):
        facts = {"Chương trình": programme.title, "Tính đến": wording.day(on)}
        return download(request, form, "Chỉ tiêu", _COLUMNS, rows, **facts)
    context = {
        **head_context(request, programme, "targets"),
        "rows": rows,
        "counts": counts,
        "chosen": chosen,
        "on": on,
        "past": on < today,
        "waiting": sum(row.one.last.waiting for row in rows if row.one.last),
    }
    return render(request, "programmes/targets.html", context)


def day_asked(request: HttpRequest) -> date:
    """The day of ``?ngay=``, today where it is none or has not come."""
    today = clock.today()
    asked = wording.read_day(request.GET.get("ngay", ""), today)
    return min(asked, today) if asked else today


def small(one: Followed, on: date) -> Small:
    target, at, last, ahead = one.asked.target, one.position.at, one.asked.next(on), one.forecast
    goal = last.goal if last else None
    aim = goal.aim(one.asked.direction) if goal and one.asked.direction else None
    value = one.words(at.value) if at else ""
    return Small(
        one,
        course_badge(one.position),
        spark.draw(f"s{target.pk}", (target.indicator, description(one, on)), one.measured, one.path, goal, aim, on),
        name_of(target.item),
        url_of(target.item),
        value,
        gap_words(one),
        coverage_words(one.now) if one.now else "",
        last.words if last else one.asked.value,
        last.by if last else "",
        one.computed_words(one.position.planned),
        one.computed_words(ahead.value) if ahead else "",
    )


def description(one: Followed, on: date) -> str:
    """The figures of a picture in words."""
    start = baseline_words(one.asked.target, one.asked.measure)
    told = [f"gốc {start}"] if start else []
    told += [f"{point.span.name} {one.words(point.value)}" for point in one.points if point.value is not None]
    sentences = [f"Thực hiện: {'; '.join(told)}." if told else "Chưa có số đo đã duyệt."]
    if one.position.planned is not None and one.position.at:
        planned = one.computed_words(one.position.planned)
        sentences.append(f"Kế hoạch tại {wording.day(one.position.at.day)}: {planned}.")
    ahead = one.forecast
    if ahead:
        band = ""
        if ahead.low is not None and ahead.high is not None:
            band = f" ({one.computed_words(ahead.low)} - {one.computed_words(ahead.high)})"
        sentences.append(f"Dự báo {wording.day(ahead.day)}: {one.computed_words(ahead.value)}{band}.")
    sentences += [f"Phải đạt đến {horizon.by}: {horizon.words}." for horizon in one.asked.horizons if horizon.goal]
    return " ".join([*sentences, f"Tính đến {wording.day(on)}: {one.position.course.label}."])


_COLUMNS = (
    Column[Small]("Nguồn", lambda row: row.source),
    Column[Small]("Chỉ tiêu", lambda row: row.one.asked.target.indicator, width=48),
    Column[Small]("Đơn vị đo", lambda row: row.one.asked.measure),
    Column[Small]("Phải đạt", lambda row: row.goal, width=22),
    Column[Small]("Đến", lambda row: row.by, width=12),
    Column[Small]("Giá trị gốc", lambda row: row.one.asked.target.baseline_value),
    Column[Small](
        "Số đo đã duyệt", lambda row: to_places(row.one.position.at.value, row.one.places) if row.one.position.at else None
    ),
    Column[Small]("Tính đến ngày", lambda row: row.one.position.at.day if row.one.position.at else None, width=14),
    Column[Small](
        "Kế hoạch tại ngày đó",
        lambda row: to_places(row.one.position.planned, max(row.one.places, 1)),
    ),
    Column[Small]("Kết quả", lambda row: row.badge.text),
    Column[Small]("So với kế hoạch", lambda row: row.gap, width=26),
    Column[Small]("Số đơn vị đã duyệt", lambda row: row.coverage, width=22),
    Column[Small]("Dự báo", lambda row: row.forecast),
)
