"""The plans that the programmes rest on: their documents with an item for each task, target and report, and what search finds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from random import Random
from typing import Any
from uuid import UUID

from django.urls import reverse

from dondoc.documents.enums import DocumentState, ItemKind, ItemState, Visibility
from dondoc.documents.models import Document, DocumentReading, Item
from dondoc.search.models import Entry
from dondoc.search.rules import bare_words
from tools.bench.country.tables import Table

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=timezone(timedelta(hours=7)))
RARE = "thủy phi cơ"
_VERBS = (
    "Rà soát",
    "Xây dựng",
    "Triển khai",
    "Kiểm tra",
    "Tổ chức",
    "Hoàn thành",
    "Tham mưu",
    "Đẩy mạnh",
    "Tổng hợp",
    "Hướng dẫn",
)
_THINGS = (
    "danh mục hồ chứa nước xuống cấp", "mạng lưới trạm y tế xã", "cơ sở dữ liệu đất đai", "chương trình giảm nghèo bền vững",
    "quy hoạch khu dân cư", "dịch vụ công trực tuyến toàn trình", "phòng, chống thiên tai", "xóa nhà tạm, nhà dột nát",
    "đào tạo nghề cho lao động nông thôn", "bảo vệ và phát triển rừng", "an toàn thực phẩm", "trường học đạt chuẩn quốc gia",
)  # fmt: skip
_ENDS = ("trên địa bàn tỉnh", "tại các xã, phường", "giai đoạn 2026 - 2030", "theo Nghị quyết của Tỉnh ủy", "bảo đảm tiến độ")
_FIELDS = ("Y tế", "Giáo dục", "Nông nghiệp", "Xây dựng", "Kinh tế", "Nội vụ", "Văn hóa", "Khoa học, công nghệ", "An sinh xã hội")


def words_of(chance: Random, number: int) -> str:
    """The text of a task; one in twenty thousand has the rare words."""
    rare = f" và {RARE}" if number % 20_000 == 7 else ""
    return f"{chance.choice(_VERBS)} {chance.choice(_THINGS)}{rare} {chance.choice(_ENDS)}, nội dung số {number}"


def field_of(number: int) -> str:
    return _FIELDS[number % len(_FIELDS)]


@dataclass(frozen=True, slots=True)
class Plan:
    """A programme's scope, as its documents and entries have it."""

    programme: int
    province: int
    unit: int
    person: int
    title: str
    code: str
    issued_on: date


class Papers:
    def __init__(self) -> None:
        self.documents, self.readings, self.items = Table(Document), Table(DocumentReading), Table(Item)
        self.entries, self.scopes = Table(Entry), Table(Entry.units.through)
        self.tables: Sequence[Table] = (self.documents, self.readings, self.items, self.entries, self.scopes)
        self.noon = self.documents.prepared("uploaded_at", NOON)
        self.nothing = self.readings.prepared("contract", {})

    def document(self, plan: Plan) -> int:
        pk = self.documents.add(
            province_id=plan.province, unit_id=plan.unit, name="ke-hoach.pdf", state=DocumentState.READ, type="KH", code=plan.code,
            title=plan.title, issued_on=plan.issued_on, uploaded_by_id=plan.person, uploaded_at=self.noon,
            visibility=Visibility.PROVINCE,
        )  # fmt: skip
        self.readings.add(
            document_id=pk,
            number=1,
            reader_version="mau",
            made_at=self.noon,
            text=plan.title,
            raw=plan.title,
            contract=self.nothing,
        )
        self.entry(plan, "document", pk, plan.title, reverse("documents:page", args=[pk]), mark=plan.code, on=plan.issued_on)
        self.entry(plan, "programme", plan.programme, plan.title, reverse("programmes:board", args=[plan.programme]))
        return pk

    def item(self, document: int, kind: ItemKind, position: int, text: str, section: str) -> int:
        key = self.items.prepared("key", UUID(int=self.items.count + 1))
        return self.items.add(
            document_id=document, reading_id=document, key=key, kind=kind, position=position, span_start=0, span_end=1,
            section=section, confidence=0.95, read=self.items.prepared("read", {"text": text}), state=ItemState.ACCEPTED,
        )  # fmt: skip

    def entry(self, plan: Plan, kind: str, key: int, title: str, address: str, **more: Any) -> None:
        mark, body = more.get("mark", ""), more.get("body", "")
        pk = self.entries.add(
            kind=kind, key=key, province_id=plan.province, open=True, title=title, address=address, mark=mark,
            bare_mark=bare_words(mark), body=body, bare=bare_words(mark, title, body), place=plan.title[:200], on=more.get("on"),
        )  # fmt: skip
        self.scopes.add(entry_id=pk, unit_id=plan.unit)


def sections() -> Iterator[str]:
    """II.1.a, II.1.b …: as many as are asked for."""
    number = 0
    while True:
        yield f"{('I', 'II', 'III', 'IV')[number // 24 % 4]}.{number // 4 % 6 + 1}.{'abcd'[number % 4]}"
        number += 1
