"""The parts of one paragraph that give work to agencies of their own: who is named, and where the part begins."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vanban.extract.tasks.parties import Parties, asked_at, parties_at, past_remark, subject_at
from vanban.extract.tasks.words import CLEAR, NOT_WORK, PREAMBLE, WORK
from vanban.extract.tasks.work import Work
from vanban.lexicon.agencies import AgencyMention
from vanban.reading import AgencyKind
from vanban.spans import Span

_SENTENCE_END = re.compile(r"(?<![\s.(][A-ZĐ])(?<!\s[Tt][Pp])(?<!\s[TBK][SMT])[.!?][”\")]?\s+(?=[“\"(]?[A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ])")
_CLAUSE_END = re.compile(r";\s+(?:đồng\s+thời,?\s+)?")
_ASK_INSIDE = re.compile(
    r"[,;:]\s+(?P<ask>(?:do\s+(?:vậy|đó),?\s+|đồng\s+thời,?\s+|vì\s+vậy,?\s+|nay\s+)?(?=(?:đề\s+nghị|yêu\s+cầu|giao|phân\s+công)\s))",
    re.IGNORECASE,
)
_ASK_LEAD_IN = re.compile(r"(?:do\s+(?:vậy|đó),?\s+|đồng\s+thời,?\s+|vì\s+vậy,?\s+|nay\s+)", re.IGNORECASE)
_COMMA = re.compile(r",\s+|\bthì\s+")
_WORK = re.compile(rf"\s*{WORK}", re.IGNORECASE)
_EVERYBODY = re.compile(
    r"(?:các\s+)?(?:cơ\s+quan|tổ\s+chức|đơn\s+vị|địa\s+phương)(?:(?:,|\s+và)\s+(?:cơ\s+quan|tổ\s+chức|đơn\s+vị|địa\s+phương))*",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"]\s*(?=[^”\"]{20})")
_LEADS = re.compile(r"Lãnh\s+đạo(?:,\s+chỉ\s+đạo)?\s+(?!các\s+(?:sở|cơ\s+quan|đơn\s+vị|phòng|ban)\b)")
_BARE = re.compile(
    r"[\s,]*(?:làm\s+|là\s+)?(?:(?:cơ\s+quan|đơn\s+vị)\s+)?(?:chủ\s+trì(?:,?\s+(?:thực\s+hiện|triển\s+khai|tham\s+mưu))?|"
    r"chịu\s+trách\s+nhiệm(?:\s+(?:thực\s+hiện|chính))?|(?:triển\s+khai\s+)?thực\s+hiện|đầu\s+mối)"
    rf"(?:,?\s+phối\s+hợp\s+(?:với|cùng)(?:(?!\s{CLEAR})[^.;]){{3,160}})?\s*(?:[.;]|$|,\s*(?=(?:hoàn\s+thành|xong|thời\s+(?:gian|hạn))\b))"
)
_TOPIC = re.compile(r"[^.;:]{3,120}:\s+")
_LED_TOPIC = re.compile(r"[^.;:,]{3,80}:\s+")
_LEADS_IT = re.compile(r"\s+(?:chủ\s+trì|(?:có|chịu)\s+trách\s+nhiệm|khẩn\s+trương)(?!\w)", re.IGNORECASE)
_GIVE = re.compile(r"\s*giao\s", re.IGNORECASE)
_BRACKET = re.compile(r"\((?=[^()]*\)\s*(?:[.;](?:\s|$)|$))")
_BRACKET_LEAD_IN = re.compile(
    r"(?:(?:giao|do|cơ\s+quan\s+chủ\s+trì\s*:|chủ\s+trì\s*:|đơn\s+vị\s+thực\s+hiện\s*:|phân\s+công)\s*)?", re.IGNORECASE
)
_BRACKET_WORK = re.compile(
    r"\s*(?:chủ\s+trì|thực\s+hiện|tham\s+mưu|chịu\s+trách\s+nhiệm|là\s+(?:cơ\s+quan|đơn\s+vị)\s+(?:chủ\s+trì|đầu\s+mối)|tổng\s+hợp)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a block with its own agencies, or with none of its own."""

    span: Span
    parties: tuple[AgencyMention, ...]
    pattern: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What counts as a new agency, by where the block stands: ``led``: under an agency's heading; ``listed``: as an item of its list."""

    led: bool
    listed: bool

    def admits(self, subject: Parties, name: str, *, first: bool) -> bool:
        """Whether ``subject`` is given work of its own, and is not only whom the agency over it deals with."""
        asked = name.startswith("ask")
        if self.led and self.listed and asked:
            return name == "ask-give" and _is_named(subject)
        if first:
            return True
        if name == "ask-comma":
            return not self.led
        if asked or name == "quoted":
            return True
        if _is_everybody(subject):
            return False
        return not self.led or _is_named(subject)

    def leads(self, work: Work, content: Span) -> bool:
        """Whether an item under a body's heading opens with a verb that only looks like an office: "Lãnh đạo UBND tỉnh xây dựng …"."""
        return self.led and self.listed and _LEADS.match(work.text, content.start, content.end) is not None


def pieces(work: Work, content: Span, rule: Rule) -> list[Piece]:
    """``content`` cut where new agencies are given work; what goes before the first of them is a piece without agencies."""
    found: list[Piece] = []
    start = content.start
    parties: tuple[AgencyMention, ...] = ()
    pattern = ""
    for segment, sentence in _with_names_joined(work, content):
        for subject, at, name in _subjects(work, segment, sentence=sentence):
            first = at == content.start
            if not rule.admits(subject, name, first=first) or (first and rule.leads(work, content)):
                continue
            begin = at if parties or rule.led else _begin(work, Span(start, at), subject, segment.end)
            if begin > start:
                found.append(Piece(Span(start, begin).trim(work.text), parties, pattern))
            start, parties, pattern = begin, subject.members, name
    found.append(Piece(Span(start, content.end).trim(work.text), parties, pattern))
    return [piece for piece in found if len(piece.span)]


def _begin(work: Work, before: Span, subject: Parties, limit: int) -> int:
    """Where the piece of ``subject`` begins: behind ``before``; for an order without an object with the sentence that it is about.

    "Mở lớp tin học cho bạn đọc. Giao Sở Nội vụ chủ trì." is one piece.
    """
    if not before.of(work.text).strip() or _BARE.match(work.text, subject.end, limit) is None:
        return before.end
    last = [end.end() for end in _SENTENCE_END.finditer(work.text, before.start, before.end)]
    return last[-1] if last else before.start


def _with_names_joined(work: Work, content: Span) -> Iterator[tuple[Span, bool]]:
    """The segments of ``content``; one that only names agencies belongs to the next: "Sở A; Sở B chủ trì …"."""
    held: tuple[int, bool] | None = None
    for segment, sentence in segments(work.text, content):
        start, begins = held or (segment.start, sentence)
        held = None
        if segment.end < content.end and _only_names(work, segment):
            held = start, begins
        else:
            yield Span(start, segment.end), begins


def _only_names(work: Work, segment: Span) -> bool:
    named = asked_at(work, segment.start, segment.end) or parties_at(work, segment.start, segment.end)
    return named is not None and work.text[past_remark(work, named.end) : segment.end].strip() == ";"


def _is_named(subject: Parties) -> bool:
    """Whether a body of the lexicon, or a group of one kind of bodies (UBND các xã), is among them."""
    return any(member.id is not None for member in subject.members)


def _is_everybody(subject: Parties) -> bool:
    """Whether a later sentence only says "các cơ quan, đơn vị": those of whom the talk is already."""
    return len(subject.members) == 1 and _EVERYBODY.fullmatch(subject.members[0].name) is not None


def segments(text: str, content: Span) -> Iterator[tuple[Span, bool]]:
    """The sentences and clauses of ``content``; whether each begins a sentence."""
    edges = [(content.start, True)]
    edges += [(end.end(), True) for end in _SENTENCE_END.finditer(text, content.start, content.end)]
    edges += [(end.end(), False) for end in _CLAUSE_END.finditer(text, content.start, content.end)]
    edges.sort()
    for (start, sentence), (end, _) in zip(edges, [*edges[1:], (content.end, True)], strict=True):
        yield Span(start, end), sentence


def _subjects(work: Work, segment: Span, *, sentence: bool) -> Iterator[tuple[Parties, int, str]]:
    """Those whom the segment gives work: who, where their piece begins, and the name of the pattern."""
    opening = _opening_subject(work, segment, sentence=sentence)
    if opening is not None:
        yield opening
        return
    yield from _asked_by_issuer(work, segment)
    quoted = _quoted(work, segment)
    if quoted is not None:
        yield quoted
    for cue in _ASK_INSIDE.finditer(work.text, segment.start, segment.end):
        asked = asked_at(work, cue.end(), segment.end)
        if asked is not None:
            yield asked, cue.start("ask"), "ask-inside" if cue["ask"] or work.text[cue.start()] != "," else "ask-comma"


def _asked_by_issuer(work: Work, segment: Span) -> Iterator[tuple[Parties, int, str]]:
    """Those whom the issuer asks at the end of a long sentence: "Để …, UBND tỉnh chỉ thị các sở, ngành …"."""
    for mention in work.agencies(segment):
        asked = asked_at(work, mention.span.end, segment.end) if work.is_issuer(mention) else None
        if asked is not None:
            before = max(work.text.rfind(", ", segment.start, mention.span.start), segment.start - 1)
            yield asked, before + 1, "ask-issuer"


def _opening_subject(work: Work, segment: Span, *, sentence: bool) -> tuple[Parties, int, str] | None:
    """Those named at the beginning of the segment, or after the words that lead in to them."""
    lead_in = _ASK_LEAD_IN.match(work.text, segment.start, segment.end)
    at = lead_in.end() if lead_in else segment.start
    asked = asked_at(work, at, segment.end)
    if asked is not None:
        return asked, segment.start, "ask-give" if _GIVE.match(work.text, at) else "ask"
    named = subject_at(work, segment.start, segment.end)
    if named is not None:
        return named, segment.start, "subject"
    told = _WORK.match(work.text, segment.start, segment.end)
    topic = (_LED_TOPIC if told else _TOPIC).match(work.text, segment.start, segment.end) if sentence else None
    if told and topic is not None:
        led = parties_at(work, topic.end(), segment.end)
        topic = topic if led and _LEADS_IT.match(work.text, past_remark(work, led.end), segment.end) else None
    if topic is not None:
        named = asked_at(work, topic.end(), segment.end) or subject_at(work, topic.end(), segment.end)
        if named is None and PREAMBLE.match(work.text, topic.end(), segment.end):
            named = _after_preamble(work, Span(topic.end(), segment.end))
        if named is not None:
            return named, segment.start, "topic"
    if sentence and PREAMBLE.match(work.text, segment.start, segment.end):
        late = _after_preamble(work, segment)
        if late is not None:
            return late, segment.start, "preamble"
    return None


def _quoted(work: Work, segment: Span) -> tuple[Parties, int, str] | None:
    """Those whom a document quoted here gives work: "… giao: “Các cơ quan, đơn vị có trách nhiệm …”"."""
    opens = _QUOTED.search(work.text, segment.start, segment.end)
    if opens is None:
        return None
    named = subject_at(work, opens.end(), segment.end)
    return (named, opens.end(), "quoted") if named else None


def _after_preamble(work: Work, segment: Span) -> Parties | None:
    """Those named after a comma in "Trên cơ sở …, Sở Tài chính tổng hợp …"; None once a verb comes first."""
    for comma in _COMMA.finditer(work.text, segment.start, min(segment.end, segment.start + 400)):
        asked = asked_at(work, comma.end(), segment.end)
        if asked is not None:
            return asked
        parties = parties_at(work, comma.end(), segment.end)
        if parties is not None and _goes_on_listing(parties):
            continue
        if parties is None:
            if _WORK.match(work.text, comma.end(), segment.end):
                return None
            continue
        after = past_remark(work, parties.end)
        asked = asked_at(work, after, segment.end)
        if asked is not None:
            return asked
        given = _WORK.match(work.text, after, segment.end) and not NOT_WORK.match(work.text, after, segment.end)
        if given and not all(work.is_issuer(member) for member in parties.members):
            return Parties(parties.members, after)
        named = subject_at(work, comma.end(), segment.end)
        if named is not None:
            return named
    return None


def _goes_on_listing(parties: Parties) -> bool:
    """Whether the names after a comma are the rest of a list: "đối với các xã, phường, thị trấn …"."""
    first = parties.members[0]
    return (
        first.id is None
        and first.kind is AgencyKind.GROUP
        and first.name[:1].islower()
        and not first.name.startswith(("các ", "những "))
    )


def in_bracket(work: Work, content: Span) -> tuple[AgencyMention, ...]:
    """Those whom a bracket at the end names: "(Sở Tài chính chủ trì)", "(giao Sở Nội vụ)"; empty for any other bracket."""
    for opens in _BRACKET.finditer(work.text, content.start, content.end):
        named = _bracketed(work, opens.end(), content.end)
        if named:
            return named
    return ()


def _bracketed(work: Work, start: int, limit: int) -> tuple[AgencyMention, ...]:
    """Those whom the bracket that begins at ``start`` gives the work."""
    lead_in = _BRACKET_LEAD_IN.match(work.text, start, limit)
    parties = parties_at(work, lead_in.end() if lead_in else start, limit)
    if parties is None:
        return ()
    said = lead_in is not None and lead_in.end() > start
    return parties.members if said or _BRACKET_WORK.match(work.text, parties.end, limit) else ()
