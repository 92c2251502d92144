"""What an official paper says, without how it looks."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal, TypeAlias


class Form(StrEnum):
    """Whose rules the paper follows."""

    STATE = "state"
    PARTY = "party"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in its own type. ``address``: it leads there; ``raised``: small and above the line, as a note's number."""

    text: str
    bold: bool = False
    italic: bool = False
    address: str = ""
    raised: bool = False


Rich: TypeAlias = str | tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading; the numbers are counted. Level 0 Phần, 1 ``I.``, 2 ``1.``, 3 ``a)``."""

    level: Literal[0, 1, 2, 3]
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body: its first line set in, both edges straight; or centred."""

    text: Rich
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Basis:
    """The grounds (căn cứ), one a line, each without its mark at the end."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """``width``: its share of the table's width. Neighbours with one ``group`` stand under a head that they share."""

    words: str
    width: float
    align: Literal["left", "centre", "right"] = "left"
    group: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """A row that is one cell: the name of the rows below it."""

    text: str


Row: TypeAlias = tuple[Rich, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table. Its head is repeated on each page, and no row is broken over two. ``small``: in smaller type, for long annexes."""

    columns: tuple[Column, ...]
    rows: tuple[Row | Band, ...]
    small: bool = False

    def __post_init__(self) -> None:
        for row in self.rows:
            if not isinstance(row, Band) and len(row) != len(self.columns):
                raise ValueError(f"a row of {len(row)} cells in a table of {len(self.columns)} columns")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the middle of the page with its caption below. ``width``: its share of the text's; ``words``: for those who cannot see it."""

    png: bytes
    words: str
    width: float = 1.0
    caption: Rich = ""


Block: TypeAlias = Heading | Paragraph | Basis | Table | Picture


@dataclass(frozen=True, slots=True)
class Recipients:
    """Nơi nhận: the lines without dash and mark, and what follows "Lưu" ("VT, TH"; of the party "Văn phòng Tỉnh ủy")."""

    lines: tuple[str, ...]
    kept: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs. ``authority``: the lines above the post ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"); the name may be open."""

    authority: tuple[str, ...]
    post: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Appendix:
    """A phụ lục on pages of its own."""

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper. ``kind`` is its type ("Báo cáo"), empty for a công văn; ``subject`` its trích yếu, without "V/v".

    ``symbol`` is what follows the number: ``BC-UBND``, ``SYT-NVY``; of the party ``KH/TU``. ``number`` None: not yet issued, so
    number and day of the month are left open, since a paper gets both at once (Decree 30, article 15). ``superior``: the line
    above the issuer, as short as it may be ("UBND tỉnh Minh Họa").
    """

    form: Form
    issuer: str
    superior: str = ""
    number: int | None
    symbol: str
    place: str
    on: date
    kind: str = ""
    subject: str
    addressees: tuple[str, ...] = ()
    body: tuple[Block, ...]
    recipients: Recipients
    signature: Signature
    appendices: tuple[Appendix, ...] = field(default=())
