"""The one place where the platform calls the reader. What comes out is plain: text, lists and dicts.

Reporting and vetting go through here too.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

import vanban
from vanban.contract import to_json
from vanban.errors import CancelledError, ReadingError, SecretDocumentError
from vanban.extract.deadlines import parse_deadline
from vanban.options import Options
from vanban.outline import outline
from vanban.reading import Page, PageDecision, Reading
from vanban.spans import OffsetMap, Span

Progress = Callable[[str, int, int], None]
Contract = dict[str, Any]

MAX_BYTES = Options().max_bytes
SHARES = 10_000  # boxes are kept in whole ten-thousandths of the page


@dataclass(frozen=True, slots=True)
class Made:
    """A reading in plain values, ready to be kept.

    ``mends``: [start, end, was, now, kind, confidence]; ``words``: page number → [start, end, left, top, right, bottom]
    of each word, boxes in ten-thousandths of the page.
    """

    version: str
    text: str
    raw: str
    offsets: list[list[int | bool]]
    contract: Contract
    tables: list[dict[str, Any]]
    pages: list[dict[str, Any]]
    blocks: list[list[int | str]]
    mends: list[list[Any]] = field(default_factory=list)
    words: dict[int, list[list[int]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the caller knows of the document: the day to fall back on, the province's bare name, names of its agencies.

    ``page_cache``: a folder that keeps what was read of each page, so that a reading that was broken off goes on.
    """

    fallback_date: date | None = None
    province: str | None = None
    names: tuple[str, ...] = ()
    file_name: str = ""
    max_bytes: int = MAX_BYTES
    page_cache: Path | None = None


class Unreadable(Exception):  # noqa: N818 - the file's fault, no error of the program
    """The file cannot be read; ``message`` is Vietnamese and says what to do."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.message = message
        self.code = code


class Secret(Unreadable):
    """The file bears a secrecy mark and must not be kept."""


class Stopped(Unreadable):
    """The caller asked to stop."""


@cache
def version() -> str:
    """The reader's version: its own number where it has one, and a hash of its code and data.

    A reading made by another version may be made again.
    """
    folder = Path(vanban.__file__).parent
    digest = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return f"{getattr(vanban, '__version__', '0')}+{digest.hexdigest()[:10]}"


def read(path: Path, wanted: Wanted, on_progress: Progress | None = None) -> Made:
    """Read the file at ``path``.

    :raises Unreadable: it cannot be read (:class:`Secret`: and must not be kept).
    """
    pipeline = import_module("vanban.pipeline")
    options = Options(
        date=wanted.fallback_date,
        province=wanted.province,
        names=wanted.names,
        name=wanted.file_name,
        max_bytes=wanted.max_bytes,
        page_cache=wanted.page_cache,
    )
    try:
        return plain(pipeline.read(path, options, on_progress))
    except SecretDocumentError as error:
        raise Secret(error.message, error.code) from error
    except CancelledError as error:
        raise Stopped(error.message, error.code) from error
    except ReadingError as error:
        raise Unreadable(error.message, error.code) from error


def plain(reading: Reading) -> Made:
    """``reading`` without the reader's own types."""
    contract = to_json(reading)
    del contract["text"]
    return Made(
        version=version(),
        text=reading.text,
        raw=reading.raw,
        offsets=[list(segment) for segment in reading.offsets.segments],
        contract=contract,
        tables=[
            {
                "span": _pair(table.span),
                "page": table.page,
                "layout": table.layout,
                "cells": [
                    {"row": c.row, "column": c.column, "span": _pair(c.span), "rows": c.rows, "columns": c.columns}
                    for c in table.cells
                ],
            }
            for table in reading.tables
        ],
        pages=[_page(page, reading.unread_pages) for page in reading.pages],
        blocks=[
            [block.span.start, block.span.end, block.kind.value, block.level]
            for block in outline(reading.text, reading.tables).blocks
        ],
        mends=[[m.span.start, m.span.end, m.was, m.now, m.kind.value, round(m.confidence, 3)] for m in reading.mends],
        words={page.number: _words(page) for page in reading.pages if page.words},
    )


def _page(page: Page, unread: tuple[int, ...]) -> dict[str, Any]:
    decision = PageDecision.UNREAD if page.number in unread else page.decision
    return {
        "number": page.number,
        "span": _pair(page.span),
        "quality": round(page.quality, 3),
        "decision": decision.value,
        "reason": page.reason,
        "turn": page.turn,
    }


def _words(page: Page) -> list[list[int]]:
    return [[*_pair(word.span), *(round(edge * SHARES) for edge in word.box)] for word in page.words]


def page_image(path: Path, number: int, width: int, turn: int) -> bytes:
    """A page of the file as a WebP of ``width`` pixels, upright.

    :raises Unreadable: the file has no page images, or not this page.
    """
    picture = import_module("vanban.sources.images.picture")
    try:
        return bytes(picture.page_image(path, number, width, turn))
    except ReadingError as error:
        raise Unreadable(error.message, error.code) from error
    except IndexError as error:
        raise Unreadable("Tệp không có trang này.", "no-page") from error


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def carrier(older: list[Any], newer: list[Any]) -> Callable[[int, int], tuple[int, int] | None]:
    """Leads a place of an older text to the newer one, where both were made from one raw text (their maps are given)."""
    back, forth = OffsetMap.from_segments(older), OffsetMap.from_segments(newer)

    def carry(start: int, end: int) -> tuple[int, int] | None:
        try:
            span = forth.to_new(back.to_old(Span(start, end)))
        except (IndexError, ValueError):
            return None
        return (span.start, span.end) if len(span) else None

    return carry


class Origin:
    """Leads between a text and the raw text that it was made from; ``segments`` as they are kept."""

    def __init__(self, segments: list[Any]) -> None:
        self._map = OffsetMap.from_segments(segments) if segments else None

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the raw text that a stretch of the text was made from."""
        if self._map is None:
            return start, end
        span = self._map.to_old(Span(start, end))
        return span.start, span.end

    def text(self, offset: int) -> int:
        """The place in the text that an offset of the raw text came to."""
        return offset if self._map is None else self._map.to_new(Span(offset, offset)).start


def understand_deadline(words: str, issued_on: date | None) -> dict[str, Any] | None:
    """The normal form of a deadline that a person wrote, as the contract has it; none where it is not understood."""
    found = parse_deadline(words, Span(0, len(words)), issued_on)
    if found is None:
        return None
    deadline = found.deadline
    return {
        "text": " ".join(words.split()),
        "kind": deadline.kind.value,
        "start": deadline.start.isoformat() if deadline.start else None,
        "end": deadline.end.isoformat() if deadline.end else None,
        "exclusive": deadline.exclusive,
        "rrule": deadline.rrule,
        "anchor": deadline.anchor,
        "offset": deadline.offset,
    }
