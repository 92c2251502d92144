"""Reporting duties: who must report what to whom, by when, on which form.

Source: Decree 09/2019 (what a reporting regime names: subjects, receiver, deadline, period, cut-off, outline).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vanban.extract.confidence import confidence_of
from vanban.extract.deadlines import DeadlineMention
from vanban.extract.duties_forms import cutoff_of, days_of_periods, period_of, series_at, several_periods, templates_of
from vanban.extract.tasks import Work, told_by
from vanban.extract.tasks.draft import names, shown, tidy
from vanban.extract.tasks.parties import parties_at
from vanban.extract.tasks.pieces import segments
from vanban.extract.tasks.statements import Statement
from vanban.lexicon.agencies import AgencyMention
from vanban.options import Options
from vanban.outline import Outline
from vanban.reading import Citation, Deadline, DeadlineKind, Metadata, ReportingDuty, Task
from vanban.spans import Span

_REPORT = re.compile(
    r"báo\s+cáo|(?:danh\s+sách|số\s+liệu|kết\s+quả|văn\s+bản|đăng\s+ký|ý\s+kiến|nhu\s+cầu)[^.;]{0,60}?\sgửi"
    r"|gửi\s+(?:kết\s+quả|danh\s+sách|số\s+liệu|ý\s+kiến|văn\s+bản|về\s)",
    re.IGNORECASE,
)
_TO = re.compile(
    r"(?P<sure>gửi\s+(?:kết\s+quả\s+|báo\s+cáo\s+|văn\s+bản\s+)?(?:về\s+|cho\s+|đến\s+|tới\s+)?|trình\s+|"
    r"báo\s+cáo\s+(?:về\s+|cho\s+|với\s+)?)|(?:về|cho|tới|đến)\s+",
    re.IGNORECASE,
)
_SENT = re.compile(r"gửi|báo\s+cáo|nộp|cung\s+cấp", re.IGNORECASE)
_FOR_DECISION = re.compile(
    r"\s*,?\s*(?:để\s+)?(?:xem\s+xét|phê\s+duyệt|quyết\s+định|ban\s+hành|trình\s|cho\s+(?:phép|ý\s+kiến|chủ\s+trương))",
    re.IGNORECASE,
)
_ONWARD = re.compile(r"(?:để|nhằm|tổng\s+hợp,?|và)\s+(?:kịp\s+thời\s+)?(?:tổng\s+hợp,?\s+)?$", re.IGNORECASE)
_THROUGH = re.compile(r"\s*\((?:thông\s+)?qua\s+[^()]{2,120}\)")
_CLAUSE_BEGIN = re.compile(r"[,;:(“\"]\s+|\.\s+|[“\"]")
_JOINT = re.compile(r"[\s),;]*(?:và\s+|đồng\s+thời\s+)?")
_OFTEN = re.compile(r"thường\s+xuyên\s+(?:\S+\s+){0,3}báo\s+cáo", re.IGNORECASE)
_INTO_SYSTEM = re.compile(
    r"báo\s+cáo\s[^.;]{0,40}?(?:trên|vào|lên|qua)\s+(?:[Hh]ệ\s+thống|[Pp]hần\s+mềm|[Cc]ổng|[Cc]ơ\s+sở\s+dữ\s+liệu)", re.IGNORECASE
)
_FIRM = {DeadlineKind.BY, DeadlineKind.WITHIN, DeadlineKind.RECURRING}


@dataclass(frozen=True, slots=True)
class DutyDraft:
    """A duty before it is a :class:`vanban.reading.ReportingDuty`, with the places of its agencies."""

    span: Span
    words: str
    reporters: tuple[AgencyMention, ...]
    recipient: AgencyMention | None
    recipient_name: str | None
    deadline: Deadline
    template: tuple[str, ...]
    period: str | None
    cutoff: str | None
    pattern: str

    @property
    def roles(self) -> tuple[AgencyMention, ...]:
        """Every agency of the duty."""
        return (*self.reporters, *((self.recipient,) if self.recipient else ()))

    def duty(self) -> ReportingDuty:
        """The duty as the contract has it."""
        return ReportingDuty(
            text=tidy(self.words),
            reporters=names(self.reporters),
            recipient=self.recipient_name,
            deadline=self.deadline,
            template=self.template,
            span=self.span,
            period=self.period,
            cutoff=self.cutoff,
            confidence=confidence_of("duty", self.pattern),
        )


def find_duties(
    text: str, outline: Outline, tasks: Sequence[Task], citations: Sequence[Citation], metadata: Metadata, options: Options
) -> list[ReportingDuty]:
    """The reporting duties of a document, one for each group of reporters and period. ``tasks`` are not looked at."""
    del tasks
    work = Work(text, outline, (), citations=citations, metadata=metadata, options=options)
    return [draft.duty() for draft in duty_drafts(work, told_by(work))]


def duty_drafts(work: Work, told: Sequence[Statement]) -> list[DutyDraft]:
    """The duties that the statements name, in order; one with a form for each of its reporters is cut up by them."""
    found: list[DutyDraft] = []
    forms = _forms_by_reporter(work, told)
    for statement in told:
        recipient: AgencyMention | None = None
        for draft in _in_statement(work, statement):
            here = (
                draft
                if draft.recipient or recipient is None
                else replace(draft, recipient=recipient, recipient_name=shown(recipient.name))
            )
            recipient = here.recipient
            if here.recipient is None and not _goes_into_a_system(work, here):
                continue
            found.extend(_by_form(here, forms, work))
    return _once(found)


def _goes_into_a_system(work: Work, draft: DutyDraft) -> bool:
    """Whether a report that comes again goes to nobody but into a system: "cập nhật báo cáo trên Hệ thống …"."""
    return draft.deadline.kind is DeadlineKind.RECURRING and (
        _INTO_SYSTEM.search(work.text, draft.span.start, draft.span.end) is not None
    )


def _in_statement(work: Work, statement: Statement) -> Iterator[DutyDraft]:
    if not _REPORT.search(work.text, statement.span.start, statement.span.end):
        return
    for clause, _ in segments(work.text, statement.span):
        if _REPORT.search(work.text, clause.start, clause.end):
            yield from _in_clause(work, statement, clause)


def _in_clause(work: Work, statement: Statement, clause: Span) -> Iterator[DutyDraft]:
    """A duty for each time in the clause that a report is due."""
    template, cutoff = templates_of(work.text, clause), cutoff_of(work.text, statement.span)
    for part, times in _parts(work, clause):
        report = _REPORT.search(work.text, part.start, part.end)
        if report is None:
            continue
        first = min([report.start(), *(time.span.start for time in times)])
        span = Span(_begin(work, part, first), part.end).trim(work.text, " \n\t,;")
        recipient, name = _recipient(work, Span(part.start, clause.end), statement.parties)
        for time in times:
            base = DutyDraft(
                span=span,
                words=work.words(statement.block, span),
                reporters=statement.parties,
                recipient=recipient,
                recipient_name=name,
                deadline=_from_its_start(work, clause, time),
                template=template,
                period=period_of(time.deadline, work.text, part),
                cutoff=cutoff,
                pattern=_pattern(time, statement),
            )
            listed = several_periods(work.text, clause, time)
            yield from (replace(base, deadline=deadline, period=period) for deadline, period in listed)
            if not listed:
                yield base


def _from_its_start(work: Work, clause: Span, time: DeadlineMention) -> Deadline:
    """The time with the day from which it holds: "Từ tháng 7/2026, … báo cáo trước ngày 15 hằng tháng"."""
    deadline = time.deadline
    if deadline.kind is not DeadlineKind.RECURRING or deadline.start is not None:
        return deadline
    opening = next((held.deadline for held in work.deadlines(clause) if held.span.start < time.span.start), None)
    starts = opening is not None and opening.kind is DeadlineKind.ONGOING and opening.end is None
    return replace(deadline, start=opening.start) if opening and starts else deadline


def _parts(work: Work, clause: Span) -> Iterator[tuple[Span, list[DeadlineMention]]]:
    """The clause cut behind each time, with the times of each part; a time that comes again waits for the report it goes before."""
    due = _without_repeats(
        work.text,
        clause,
        [
            mention
            for mention in days_of_periods(work.text, clause, work.deadlines(clause))
            if _is_due(work.text, clause, mention)
        ],
    )
    start = clause.start
    waiting: list[DeadlineMention] = []
    for mention, after in zip(due, [*due[1:], None], strict=False):
        end = clause.end if after is None else _past(work.text, mention.span.end, after.span.start)
        told = _REPORT.search(work.text, start, end) is not None
        if (
            after is not None
            and mention.deadline.kind is DeadlineKind.RECURRING
            and (not told or _goes_on(work.text, end, after))
        ):
            waiting.append(mention)
            continue
        covered = waiting and mention.deadline.kind is DeadlineKind.WITHIN  # the period that the report tells of
        yield Span(start, end), [*waiting, *([] if covered else [mention])]
        start, waiting = end, []


def _goes_on(text: str, end: int, after: DeadlineMention) -> bool:
    """Whether the next time only goes on with the list: "hằng tháng (trước ngày 20), 6 tháng (trước ngày 15/6)"."""
    return after.deadline.kind is DeadlineKind.RECURRING and not text[end : after.span.start].strip()


def _without_repeats(text: str, clause: Span, due: list[DeadlineMention]) -> list[DeadlineMention]:
    """``due`` with one time only for each series ("hằng tháng, quý, 6 tháng, năm"), which stands for all of it."""
    kept: list[DeadlineMention] = []
    for mention in due:
        series = series_at(text, clause, mention)
        if series is None or not kept or kept[-1].span.start < series.start:
            kept.append(mention)
    return kept


def _pattern(mention: DeadlineMention, statement: Statement) -> str:
    return f"{mention.deadline.kind.value}-{'own' if statement.own else 'scope'}"


def _is_due(text: str, clause: Span, mention: DeadlineMention) -> bool:
    kind = mention.deadline.kind
    if kind is DeadlineKind.ONGOING:
        return _OFTEN.match(text, mention.span.start, clause.end) is not None
    return kind in _FIRM


def _past(text: str, end: int, limit: int) -> int:
    """The place after a time's closing bracket, comma and "và", where the next report begins."""
    joint = _JOINT.match(text, end, limit)
    return joint.end() if joint else end


def _begin(work: Work, part: Span, first: int) -> int:
    """Where the words about the report begin: at the clause in which it or its time stands, never inside a name or list of names."""
    begin = part.start
    lists = _lists_of_names(work, Span(part.start, first))
    starts = [held.start for held in lists]
    for mark in _CLAUSE_BEGIN.finditer(work.text, part.start, first):
        before = bisect_left(starts, mark.start()) - 1
        if before < 0 or mark.end() > lists[before].end:
            begin = mark.end()
    return begin


def _lists_of_names(work: Work, span: Span) -> list[Span]:
    """The stretches of ``span`` that only name agencies, one after another."""
    lists: list[Span] = []
    for mention in work.agencies(span):
        if lists and _JOINT.fullmatch(work.text, lists[-1].end, mention.span.start):
            lists[-1] = Span(lists[-1].start, mention.span.end)
        else:
            lists.append(mention.span)
    return lists


def _recipient(work: Work, span: Span, reporters: tuple[AgencyMention, ...]) -> tuple[AgencyMention | None, str | None]:
    """To whom: the first agency after "gửi", "về", "trình", "báo cáo" that is not where the report goes on to."""
    mine = {mention.name.lower() for mention in reporters}
    onward: AgencyMention | None = None
    for cue in _TO.finditer(work.text, span.start, span.end):
        if cue["sure"] is None and not _SENT.search(work.text, span.start, cue.start()):
            continue
        parties = parties_at(work, cue.end(), span.end)
        if parties is None or parties.members[0].name.lower() in mine:
            continue
        member = parties.members[0]
        if _FOR_DECISION.match(work.text, parties.end, span.end):
            continue
        if _ONWARD.search(work.text[max(span.start, cue.start() - 30) : cue.start()]):
            onward = onward or member
            continue
        through = _THROUGH.match(work.text, member.span.end, span.end)
        name = shown(member.name) + (" " + " ".join(through.group().split()) if through else "")
        return member, name
    return onward, shown(onward.name) if onward else None


def _forms_by_reporter(work: Work, told: Sequence[Statement]) -> dict[str, tuple[Statement, tuple[str, ...]]]:
    """Which forms each group of reporters is to fill in, where a line says so for it alone."""
    forms: dict[str, tuple[Statement, tuple[str, ...]]] = {}
    for statement in told:
        if (
            not statement.own
            or len(statement.parties) != 1
            or not _REPORT.search(work.text, statement.span.start, statement.span.end)
        ):
            continue
        template = templates_of(work.text, statement.span)
        if template:
            forms.setdefault(statement.parties[0].name.lower(), (statement, template))
    return forms


def _by_form(draft: DutyDraft, forms: dict[str, tuple[Statement, tuple[str, ...]]], work: Work) -> list[DutyDraft]:
    """``draft`` itself, or one for each reporter where every reporter has forms of its own."""
    if draft.template or not all(reporter.name.lower() in forms for reporter in draft.reporters):
        return [draft]
    cut: list[DutyDraft] = []
    for reporter in draft.reporters:
        statement, template = forms[reporter.name.lower()]
        span = statement.span
        words = work.words(statement.block, span)
        cut.append(
            replace(draft, span=span, words=words, reporters=(statement.parties[0],), template=template, pattern="by-form")
        )
    return cut


def _once(drafts: Sequence[DutyDraft]) -> list[DutyDraft]:
    """Each duty once: the same place, reporters, recipient and time are one."""
    seen: set[tuple[object, ...]] = set()
    kept: list[DutyDraft] = []
    for draft in drafts:
        key = (
            draft.span,
            names(draft.reporters),
            draft.recipient_name,
            draft.deadline.end,
            draft.deadline.rrule,
            draft.deadline.start,
            draft.template,
        )
        if key not in seen:
            seen.add(key)
            kept.append(draft)
    return kept
