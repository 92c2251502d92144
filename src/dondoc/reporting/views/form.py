"""The page on which a unit fills its report in, one part at a time; it saves by itself, and by a button without scripts."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dondoc.common import clock, wording
from dondoc.common.errors import NotAllowed, Refused
from dondoc.reporting.enums import Need, ValueOrigin
from dondoc.reporting.models import Return
from dondoc.reporting.queries.content import cells_of
from dondoc.reporting.queries.feeding import fed_text
from dondoc.reporting.queries.form import Content, content_of, outline_of, revision_of
from dondoc.reporting.queries.known import known_of
from dondoc.reporting.queries.mine import owed_reports, pressing
from dondoc.reporting.queries.visible import received_campaigns
from dondoc.reporting.rules.cells import Cell, Place
from dondoc.reporting.rules.entering import HINT, name_of, place_of
from dondoc.reporting.rules.parts import Part, around, chosen
from dondoc.reporting.services import filling
from dondoc.reporting.services.filling import Entry, TextClash
from dondoc.reporting.views.common import head_context, own_report
from dondoc.reporting.views.entered import Field, Outcome, save
from dondoc.reporting.views.shown import Sheetful, locked_words
from dondoc.units import access
from dondoc.units.enums import Role
from dondoc.units.models import Unit
from dondoc.units.rules import Actor


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the unit has to write; for who owes nothing and receives reports, the campaigns."""
    actor = access.actor(request)
    follows = received_campaigns(actor).exists() and not owed_reports(actor).exists()
    return redirect("reporting:campaigns" if follows else "reporting:mine")


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Báo cáo phải nộp."""
    actor = access.actor(request)
    led = [seat.unit_id for seat in actor.seats if seat.role == Role.UNIT_LEADER]
    facts = {
        "lanes": pressing(actor),
        "several": len(actor.unit_ids) > 1,
        "receives": received_campaigns(actor).exists(),
        "practices": Unit.objects.filter(pk__in=led).order_by("search_text", "pk") if led else (),
    }
    return render(request, "reporting/mine.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, pk: int) -> HttpResponse:
    report = own_report(request, pk)
    content = content_of(report)
    part = _part(content, request.GET)
    if request.method == "POST":
        return _save_part(request, content, part)
    return render(request, "reporting/form.html", _page(request, content, part))


def _part(content: Content, asked: QueryDict) -> Part:
    part = chosen(content.parts, section=asked.get("muc", ""), table=asked.get("bieu", ""), band=asked.get("nhom", ""))
    if part is None:
        raise Http404
    return part


def _page(request: HttpRequest, content: Content, part: Part, **more: Any) -> dict[str, Any]:
    return {**head_context(request, content.report, "form"), **_work(request, content, part), **more}


def _work(request: HttpRequest, content: Content, part: Part, outcome: Outcome | None = None) -> dict[str, Any]:
    """The outline and the part beside it: what changes when something is saved."""
    report, actor = content.report, access.actor(request)
    before, after = around(content.parts, part)
    columns = part.table.columns if part.table else ()
    year = request.GET.get("nam", "")
    is_open = any(not content.cells.get(place, Cell()).is_filled for place in part.places)
    known = known_of(report, actor.on) if is_open else {}
    rows = Sheetful(content, part, known, outcome.unsaved if outcome else {}).rows()
    return {
        "report": report,
        "part": part,
        "here": f"{reverse('reporting:form', args=[report.pk])}?{part.key}",
        "chapters": outline_of(content),
        "done": part.count(content.cells),
        "rows": rows,
        "offered": any(cell.offers for row in rows for cell in row.cells),
        "has_earlier": any(row.earlier for row in rows),
        "column": year if any(one.key == year for one in columns) else columns[-1].key if columns else "",
        "tabs": [(one, all(content.cells.get(Place(row.code, one.key), Cell()).is_filled for row in part.rows if not row.formula)) for one in columns],
        "width": len(columns) + 3 + any(row.earlier for row in rows) + (len(columns) > 1),
        "text": content.texts.get(part.section.code, "") if part.section else "",
        "revision": revision_of(report, part.section.code) if part.section else 0,
        "offered_text": fed_text(report, part.section.code) if part.section and not content.texts.get(part.section.code) else "",
        "needed": bool(part.section and part.section.need == Need.ALWAYS),
        "before": before,
        "after": after,
        "doubts": len(content.doubts),
        "locked": locked_words(report),
        "hint": HINT,
        "kept": f"dondoc.bao-cao.{report.pk}.{actor.person.pk}",
    }  # fmt: skip


def _save_part(request: HttpRequest, content: Content, part: Part) -> HttpResponse:
    """The plain way: all good cells are saved, the others come back with what is wrong."""
    report, actor = content.report, access.actor(request)
    if part.section:
        return _save_section(request, content, part)
    posted = request.POST
    given = [place for place in part.places if name_of(place) in posted]
    reasons = [place for place in part.computed if f"ly-do:{name_of(place)}" in posted]
    fields = [
        Field(place, posted.get(name := name_of(place), ""), posted.get(f"ly-do:{name}", ""), posted.get(f"cu:{name}", ""))
        for place in [*given, *reasons]
    ]
    outcome = save(actor, report, [one for one in fields if one.touched], clock.now())
    if outcome.unsaved:
        report.refresh_from_db()
        fresh = content_of(report)
        page = {**_page(request, fresh, part), **_work(request, fresh, part, outcome)}
        messages.error(request, f"Đã lưu {len(outcome.saved)} số. Còn {len(outcome.unsaved)} ô chưa ghi được, xem dòng chữ đỏ.")
        return render(request, "reporting/form.html", page, status=422)
    return _onwards(request, content, part)


def _save_section(request: HttpRequest, content: Content, part: Part) -> HttpResponse:
    seen = request.POST.get("revision", "")
    saved = filling.save_text(
        actor=access.actor(request),
        report=content.report,
        section=part.section.code if part.section else "",
        text=_text(request.POST.get("text", "")),
        at=clock.now(),
        seen=int(seen) if seen.isdecimal() else 0,
    )
    if isinstance(saved, TextClash):
        typed = {"text": request.POST["text"], "revision": saved.revision, "theirs": saved}
        return render(request, "reporting/form.html", _page(request, content, part, **typed), status=422)
    return _onwards(request, content, part)


def _onwards(request: HttpRequest, content: Content, part: Part) -> HttpResponse:
    """Back to the part, or to the next one; after the last to the check."""
    address = reverse("reporting:form", args=[content.report.pk])
    if "tiep" not in request.POST:
        messages.success(request, "Đã lưu")
        return redirect(f"{address}?{part.key}")
    _, after = around(content.parts, part)
    return redirect(f"{address}?{after.key}") if after else redirect("reporting:check", content.report.pk)


def _text(typed: str) -> str:
    return typed.replace("\r\n", "\n").strip()


@require_POST
def autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """What was typed since the last time, as JSON: ``{"cells": [{place, typed, why, seen}], "texts": [{section, text, seen}]}``.

    The answer says what was saved, what was not and why, and holds the part of the page as it is now.
    """
    try:
        report = own_report(request, pk)
        asked = _asked(request)
        answer = _autosaved(request, report, asked)
    except Refused as refusal:
        return JsonResponse({"refused": refusal.message}, status=403 if isinstance(refusal, NotAllowed) else 409)
    return JsonResponse(answer)


def _asked(request: HttpRequest) -> dict[str, Any]:
    """Raises Refused where it is none of what the page sends."""
    try:
        asked = json.loads(request.body)
        cells = [
            Field(place_of(str(one["place"])), str(one["typed"]), str(one["why"]), str(one["seen"])) for one in asked["cells"]
        ]
        texts = [(str(one["section"]), _text(str(one["text"])), int(one["seen"])) for one in asked["texts"]]
        part = str(asked.get("part", ""))
    except (ValueError, KeyError, TypeError) as error:
        raise Refused("Không đọc được nội dung gửi lên. Tải lại trang; số vừa nhập được giữ trên máy này.") from error
    return {"cells": cells, "texts": texts, "part": part}


def _autosaved(request: HttpRequest, report: Return, asked: dict[str, Any]) -> dict[str, Any]:
    actor, at = access.actor(request), clock.now()
    outcome = save(actor, report, asked["cells"], at)
    clashing = {clash.place for clash in outcome.clashes}
    answer: dict[str, Any] = {
        "at": f"{timezone.localtime(at):%H:%M:%S}",
        "saved": {name_of(place): seen for place, seen in outcome.saved.items()},
        "unsaved": {name_of(place): {"problem": one.problem, "seen": one.seen, "clash": place in clashing} for place, one in outcome.unsaved.items()},
        **_texts(actor, report, asked["texts"], at),
    }  # fmt: skip
    report.refresh_from_db(fields=["filled", "revision", "state"])
    content = content_of(report)
    part = chosen(content.parts, **_address(asked["part"])) if asked["part"] else None
    if part:
        answer["html"] = render_to_string("reporting/_work.html", _work(request, content, part, outcome), request=request)
    return answer


def _address(key: str) -> dict[str, str]:
    given = QueryDict(key)
    return {"section": given.get("muc", ""), "table": given.get("bieu", ""), "band": given.get("nhom", "")}


def _texts(actor: Actor, report: Return, texts: list[tuple[str, str, int]], at: Any) -> dict[str, Any]:
    kept, clashes = {}, {}
    for section, text, seen in texts:
        saved = filling.save_text(actor=actor, report=report, section=section, text=text, at=at, seen=seen)
        if isinstance(saved, TextClash):
            words = f"{saved.by} vừa sửa mục này lúc {wording.clock_time(saved.at)}."
            clashes[section] = {"words": words, "theirs": saved.theirs, "seen": saved.revision}
        else:
            kept[section] = saved.revision
    return {"texts": kept, "text_clashes": clashes}


@require_POST
def take_known(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the figures that are known already into the cells that are still empty."""
    report = own_report(request, pk)
    actor = access.actor(request)
    part = _part(content_of(report), request.GET)
    if part.section:
        return _take_text(request, report, part)
    held = cells_of(report)
    wanted = {place: known for place, known in known_of(report, actor.on).items() if place in part.places}
    entries = [
        Entry(place, Cell(one.number), seen=Cell(), origin=ValueOrigin.KNOWN, origin_words=one.words, origin_address=one.address)
        for place, one in wanted.items()
        if not held.get(place, Cell()).is_filled
    ]
    if entries:
        saved = filling.save_cells(actor=actor, report=report, entries=entries, at=clock.now())
        messages.success(request, f"Đã lấy {len(saved.places)} số đã có. Kiểm tra lại trước khi nộp.")
    return redirect(f"{reverse('reporting:form', args=[pk])}?{part.key}")


def _take_text(request: HttpRequest, report: Return, part: Part) -> HttpResponse:
    """What the draft of the hop before says, into a section that is still empty."""
    code = part.section.code if part.section else ""
    text = fed_text(report, code)
    if text and not revision_of(report, code):
        filling.save_text(actor=access.actor(request), report=report, section=code, text=_text(text), at=clock.now(), seen=0)
        messages.success(request, "Đã lấy nội dung từ dự thảo tổng hợp. Đọc lại trước khi nộp.")
    return redirect(f"{reverse('reporting:form', args=[report.pk])}?{part.key}")
