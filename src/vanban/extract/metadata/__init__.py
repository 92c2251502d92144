"""The formal parts of a document, both regimes: letterhead, subject, addressees, signature, recipients.

Sources: Decree 30/2020, article 8 and appendix I; Guideline 36-HD/VPTW (party).
"""

import re

from vanban.extract.metadata.closing import Closing, read_closing
from vanban.extract.metadata.header import Code, Dating, Issuer, read_code, read_dating, read_issuer
from vanban.extract.metadata.pieces import Part, Piece, pieces_of
from vanban.extract.metadata.subject import Addressees, Subject, read_addressees, read_subject
from vanban.lexicon.documents import issuer_of_symbol
from vanban.lexicon.tables import province_names
from vanban.options import Options
from vanban.outline.blocks import Outline
from vanban.reading import Metadata, Table
from vanban.spans import Span

_ONLY_AREA = re.compile(r"(?:Tỉnh|Thành phố|Xã|Phường|Đặc khu|Huyện)\s(?!ủy|đoàn)")
_SHORT_HEAD = 2_000
_HEAD = 8_000

__all__ = ["find_metadata"]


def find_metadata(text: str, outline: Outline, tables: tuple[Table, ...], options: Options) -> Metadata:
    """The formal parts as far as ``text`` has them; a part that is not there is None or empty.

    ``options.date`` stands in where the document leaves its day blank only for reckoning, never in the metadata.
    """
    del tables
    head, subject, addressees = _read_head(text, _SHORT_HEAD)
    if max(subject.end, addressees.span.end if addressees.span else 0) > _SHORT_HEAD // 2 or subject.title is None:
        head, subject, addressees = _read_head(text, _HEAD)
    top = _above(head, subject, addressees)
    code, dating, issuer = read_code(top), read_dating(top), read_issuer(top, text)
    place = dating.place if dating else None
    limit = min((appendix.span.start for appendix in outline.appendices if appendix.span.start > subject.end), default=len(text))
    closing = read_closing(text, max(subject.end, addressees.span.end if addressees.span else 0), limit)
    kind = _kind(code, subject, addressees)
    return Metadata(
        type=kind,
        number=code.number if code else None,
        symbol=code.symbol if code else None,
        code=code.code if code else None,
        issuer=_issuer_name(issuer, code, _province(place) or options.province),
        place=place,
        date=dating.day if dating else None,
        title=subject.title,
        addressee=addressees.names,
        signer=closing.signer,
        recipients=closing.recipients,
        date_written=dating.written if dating and dating.written else None,
        spans=_spans(code, dating, subject, (addressees, issuer, closing)),
    )


def _read_head(text: str, reach: int) -> tuple[list[Piece], Subject, Addressees]:
    """The first ``reach`` characters as pieces, with the subject and addressees in them."""
    head = _letterhead(pieces_of(text, Span(0, min(len(text), reach))))
    return head, read_subject(head, party=any(piece.part is Part.PARTY for piece in head)), read_addressees(head)


def _letterhead(pieces: list[Piece]) -> list[Piece]:
    """The pieces of the first page's head; those before the national title or party name that are a scanner's noise are left out."""
    formal = next((i for i, piece in enumerate(pieces) if piece.part in {Part.NATION, Part.PARTY, Part.NUMBER}), None)
    if formal is None:
        return pieces
    return [piece for i, piece in enumerate(pieces) if i > formal or piece.part is not Part.TEXT or piece.shouted]


def _above(head: list[Piece], subject: Subject, addressees: Addressees) -> list[Piece]:
    """The pieces above type word and greeting: a number or date under them belongs to the text."""
    edges = [span.start for span in (subject.type_span, addressees.span) if span is not None]
    return [piece for piece in head if piece.span.start < min(edges, default=piece.span.end)]


def _province(place: str | None) -> str | None:
    """The province whose capital's letterhead has this place; None for a commune."""
    name = re.sub(r"^(?:TP\.?|Thành phố)\s*", "", place or "")
    return name if name in province_names() else None


def _kind(code: Code | None, subject: Subject, addressees: Addressees) -> str | None:
    if subject.type is not None and (
        code is None or code.type is None or subject.type.abbreviation == code.type or subject.type.regime != "norm"
    ):
        return code.type if code and code.type else subject.type.abbreviation
    if code is not None:
        return code.type or "CV"
    return "CV" if addressees.names else None


def _issuer_name(issuer: Issuer | None, code: Code | None, province: str | None) -> str | None:
    """The issuer's full name; by the symbol where the letterhead has none, or only its area is left of it ("TỈNH SƠN LA")."""
    if issuer is None:
        return _issuer_of(code, province)
    area = _ONLY_AREA.match(issuer.name)
    if area is None or code is None:
        return issuer.name
    told = issuer_of_symbol(f"1/{code.symbol}" if not code.party else f"1-{code.symbol}", None) or ""
    return f"{told.removesuffix(' tỉnh')} {issuer.name[:1].lower()}{issuer.name[1:]}" if told else issuer.name


def _issuer_of(code: Code | None, province: str | None) -> str | None:
    if code is None or province is None:
        return None
    return issuer_of_symbol(code.code or f"1/{code.symbol}", province)


def _spans(
    code: Code | None, dating: Dating | None, subject: Subject, others: tuple[Addressees, Issuer | None, Closing]
) -> dict[str, Span]:
    """Field → where it stands, for the fields that were found."""
    addressees, issuer, closing = others
    found: dict[str, Span | None] = {
        "code": code.span if code else None,
        "symbol": code.span if code else None,
        "number": code.span if code and code.number else None,
        "place": dating.place_span if dating and dating.place else None,
        "date": dating.span if dating else None,
        "type": subject.type_span,
        "title": subject.title_span,
        "addressee": addressees.span,
        "issuer": issuer.span if issuer else None,
        "signer": closing.signer_span,
        "recipients": closing.recipients_span,
    }
    return {field: span for field, span in found.items() if span is not None}
