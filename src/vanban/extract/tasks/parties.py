"""Who is meant: the agencies named at a place of the text, one after another, up to the verb that follows them."""

import re
from dataclasses import dataclass, replace

from vanban.extract.tasks.bodies import person_at
from vanban.extract.tasks.words import (
    ASK,
    CLEAR,
    GROUP_NOUN,
    HEADING_LEAD_IN,
    HEADING_TAIL,
    HEADING_WITH,
    MODIFIER,
    NOT_WORK,
    PROPER,
    QUALIFIER,
    STRONG,
    TITLE,
    WORK,
)
from vanban.extract.tasks.work import Work
from vanban.lexicon.agencies import AgencyMention
from vanban.lexicon.folding import clean
from vanban.reading import AgencyKind
from vanban.spans import Span

_REACH = 420
_QUALIFIER_REACH = 140
_LEAD_IN = re.compile(rf"\s*(?:{TITLE}\s+(?:các\s+|của\s+)?)*(?:cho\s+)?", re.IGNORECASE)
_BETWEEN = re.compile(
    rf"\s*(?:\([^()]{{0,90}}\)\s*)?(?:[,;/&]|-(?=\s))?\s*(?:và|cùng(?:\s+với)?|hoặc|\+)?\s*(?:{TITLE}\s*,?\s*(?:các\s+|của\s+)?)*",
    re.IGNORECASE,
)
_JOINT = re.compile(r"[,;/&]|\b(?:và|cùng|hoặc)\b|-\s")
_REMARK = re.compile(r"\s*\([^()]{0,160}\)")
_OPENING = re.compile(r"[\s,]*")
_WORK = re.compile(rf"[\s,]*(?:sẽ\s+)?{WORK}", re.IGNORECASE)
_STRONG = re.compile(rf"\s{STRONG}")
_NARROWED = re.compile(rf"\s*{MODIFIER}")
_QUALIFIED = re.compile(rf"\s*{QUALIFIER}\s+\S+\s+")
_CLEAR = re.compile(rf"(?<!chưa)(?<!không)(?<!còn)(?<!được)(?<!và)(?<!hoặc)(?<!để)(?<!việc)(?<!trong)(?<![,;])\s{CLEAR}")
_WHERE_LISTED = re.compile(r"\s*\((?:theo|tại|có|kèm|danh\s+sách|chi\s+tiết)\s[^()]*\)")
_AREA = re.compile(r"\s+(?:xã|phường|đặc\s+khu|cấp\s+xã|cơ\s+sở|thôn)(?:,\s*(?:xã|phường|đặc\s+khu))*(?=\s)")
_PLACES_ONLY = re.compile(rf"\s*:\s*(?:(?:[Cc]ác\s+)?(?:[Xx]ã|[Pp]hường)?\s*{PROPER}\s*(?:,\s*(?:và\s+)?|và\s+|;\s*|\.|\(|$))+")
_GENERIC = re.compile(rf"\s*(?P<name>{GROUP_NOUN}[^.;:(]{{0,150}}?)(?=\s+{CLEAR})")
_ASKED = re.compile(rf"\s*,?\s*(?:nghiêm\s+túc\s+)?{ASK}(?:\s+(?:và|,)\s+{ASK})?\s+", re.IGNORECASE)
# "… xem xét, đề nghị Thủ tướng Chính phủ khen thưởng" hands in to those above; it gives them no work.
_HANDED_IN = re.compile(
    r"\s*(?:xem\s+xét,?\s+)?(?:(?:quyết\s+định\s+)?(?:khen\s+thưởng|(?:truy\s+|phong\s+)?tặng|công\s+nhận))(?!\w)"
)
_STOP = re.compile(r"[.;:]")


@dataclass(frozen=True, slots=True)
class Parties:
    """The agencies named at a place, where the naming ends, and the partners that a heading names beside them."""

    members: tuple[AgencyMention, ...]
    end: int
    partners: tuple[AgencyMention, ...] = ()


def parties_at(work: Work, start: int, limit: int) -> Parties | None:
    """The agencies and groups that a list beginning at ``start`` names; None where no known name begins there."""
    text = work.text
    mentions = work.agencies(Span(start, min(limit, start + _REACH)))
    if not mentions:
        return None
    if _LEAD_IN.fullmatch(text, start, mentions[0].span.start) is None:
        return None
    members = [mentions[0]]
    for mention in mentions[1:]:
        between = _BETWEEN.fullmatch(text, members[-1].span.end, mention.span.start)
        if between is None or not _JOINT.search(between.group()):
            break
        members.append(mention)
    return Parties(tuple(members), members[-1].span.end)


def past_remark(work: Work, at: int) -> int:
    """The place after a remark in brackets that follows a name: "Sở Nội vụ (cơ quan thường trực)"."""
    remark = _REMARK.match(work.text, at)
    return remark.end() if remark else at


def subject_at(work: Work, start: int, limit: int) -> Parties | None:
    """Those whom a sentence that begins at ``start`` with their names gives work; None where it does not."""
    parties = _person(work, start, limit) or parties_at(work, start, limit)
    if parties is None:
        return _generic(work, start, limit)
    parties = _of_area(work, parties, limit)
    after = past_remark(work, parties.end)
    asked = asked_at(work, after, limit)
    if asked is not None:
        return asked
    if all(work.is_issuer(member) for member in parties.members) or NOT_WORK.match(work.text, after, limit):
        return _narrowed(work, parties, after, limit)
    if _WORK.match(work.text, after, limit) or _colon_follows(work.text, after, limit):
        return Parties(parties.members, after)
    return _narrowed(work, parties, after, limit)


def asked_at(work: Work, start: int, limit: int) -> Parties | None:
    """Those who are asked where a word of asking stands at ``start``: "đề nghị Sở Y tế …", "giao Công an tỉnh …"."""
    cue = _ASKED.match(work.text, start, limit)
    if cue is None:
        return None
    parties = _person(work, cue.end(), limit) or parties_at(work, cue.end(), limit)
    if parties is None:
        return _generic(work, cue.end(), limit)
    after = past_remark(work, parties.end)
    if _HANDED_IN.match(work.text, after, limit):
        return None
    return _narrowed(work, parties, after, limit) or Parties(parties.members, after)


def _narrowed(work: Work, parties: Parties, after: int, limit: int) -> Parties | None:
    """``parties`` with the words that narrow the last group: "các tổ chức được cấp phép khai thác có trách nhiệm …"."""
    last = parties.members[-1]
    if last.kind is not AgencyKind.GROUP:
        return None
    stop = _STOP.search(work.text, after, min(limit, after + 160))
    end = stop.start() if stop else min(limit, after + 160)
    qualified = _QUALIFIED.match(work.text, after, limit)
    verb: re.Match[str] | None = None
    if qualified is not None:
        comma = work.text.find(",", after, end)
        verb = _CLEAR.search(work.text, qualified.end() - 1, end if comma < 0 else comma)
    elif _NARROWED.match(work.text, after, limit):
        verb = _STRONG.search(work.text, after, end)
    if verb is None:
        return None
    return Parties((*parties.members[:-1], widened(work, last, verb.start())), verb.start())


def _person(work: Work, start: int, limit: int) -> Parties | None:
    person = person_at(work, start, limit)
    return Parties((person,), person.span.end) if person else None


def _of_area(work: Work, parties: Parties, limit: int) -> Parties:
    """``parties`` with the level that the last name leaves out: "Hội Nông dân xã"."""
    last = parties.members[-1]
    area = _AREA.match(work.text, parties.end, limit) if last.kind is not AgencyKind.GROUP else None
    return Parties((*parties.members[:-1], widened(work, last, area.end())), area.end()) if area else parties


def _colon_follows(text: str, after: int, limit: int) -> bool:
    """Whether a colon opens the work of those named, and not a list of places ("các xã: Yên Bình, Tân Lập")."""
    return text[after:limit].lstrip()[:1] == ":" and _PLACES_ONLY.match(text, after, limit) is None


def widened(work: Work, mention: AgencyMention, end: int) -> AgencyMention:
    """``mention`` made to reach to ``end``: a group with what narrows it."""
    span = Span(mention.span.start, end).trim(work.text, " \n\t,.:;")
    return replace(mention, span=span, name=clean(_WHERE_LISTED.sub("", span.of(work.text))))


def _generic(work: Work, start: int, limit: int) -> Parties | None:
    """A company, board or group that the lexicon does not hold, before a verb that can be no part of its name."""
    found = _GENERIC.match(work.text, start, min(limit, start + 260))
    if found is None:
        return None
    span = Span(*found.span("name")).trim(work.text, " \n\t,")
    name = clean(span.of(work.text))
    kind = AgencyKind.GROUP if name[:1].islower() or name.lower().startswith(("các ", "những ")) else AgencyKind.UNKNOWN
    return Parties((AgencyMention(span, name, None, kind),), span.end)


def heading_parties(work: Work, span: Span, *, over_list: bool) -> Parties | None:
    """The agencies that a heading names and says nothing else of; ``over_list``: something stands under it."""
    lead_in = HEADING_LEAD_IN.match(work.text, span.start, span.end)
    start = lead_in.end() if lead_in else span.start
    parties = parties_at(work, start, span.end)
    if parties is None:
        return _named_by_lead_in(work, Span(start, span.end)) if lead_in and over_list else None
    if HEADING_TAIL.fullmatch(work.text, parties.end, span.end):
        return parties
    joint = HEADING_WITH.match(work.text, parties.end, span.end)
    beside = parties_at(work, joint.end(), span.end) if joint and over_list else None
    if beside and HEADING_TAIL.fullmatch(work.text, beside.end, span.end):
        return Parties(parties.members, beside.end, beside.members)
    rest = work.text[parties.end : span.end]
    if over_list and lead_in and _QUALIFIED.match(rest) and len(rest) < _QUALIFIER_REACH and rest.rstrip()[-1:] not in ".;":
        last = widened(work, parties.members[-1], span.end)
        return Parties((*parties.members[:-1], last), span.end)
    narrowed = _NARROWED.match(rest) and len(rest) < 140 and not re.search(r"[.;](?=\s)", rest)
    if over_list and narrowed and not _STRONG.search(rest.rstrip(" :")):
        last = widened(work, parties.members[-1], span.end)
        return Parties((*parties.members[:-1], last), span.end)
    return None


_DUTY_OF = re.compile(r"\s*(?:Trách\s+nhiệm|Nhiệm\s+vụ)", re.IGNORECASE)


def _named_by_lead_in(work: Work, span: Span) -> Parties | None:
    """An unknown body in "Trách nhiệm của …"."""
    span = span.trim(work.text, " \n\t.:;,")
    if not 3 < len(span) < 120:
        return None
    name = clean(span.of(work.text))
    if not re.match(rf"{GROUP_NOUN}", name):
        return None
    return Parties((AgencyMention(span, name, None, AgencyKind.UNKNOWN),), span.end)
