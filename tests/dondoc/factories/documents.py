"""Documents with a reading in plain values, as the reader would have given it."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import factory

from dondoc.documents.enums import DocumentState, ItemKind, ItemState, Visibility
from dondoc.documents.models import Document, DocumentReading, Item
from dondoc.documents.reading import Made
from dondoc.files.models import StoredFile
from tests.dondoc.factories.common import NOON
from tests.dondoc.factories.units import PersonFactory, UnitFactory

TEXT = (
    "ỦY BAN NHÂN DÂN\nTỈNH MINH HỌA\nSố: 208/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nMinh Họa, ngày 07 tháng 8 năm 2025\n"
    "KẾ HOẠCH\nTổng kết Chương trình giai đoạn 2021 - 2025\n"
    "Thực hiện Quyết định số 1914/QĐ-BYT ngày 10/6/2025 của Bộ Y tế.\n"
    "I. NHIỆM VỤ\n"
    "1. Sở Y tế xây dựng báo cáo tổng kết trước ngày 10/9/2025.\n"
    "2. Sở Nội vụ hướng dẫn khen thưởng.\n"
    "3. Phấn đấu 95% trạm y tế có bác sĩ.\n"
    "4. UBND các xã, phường báo cáo Sở Y tế trước ngày 05/9/2025.\n"
)


def place(words: str, text: str = TEXT) -> list[int]:
    """Where ``words`` stand in ``text``."""
    start = text.index(words)
    return [start, start + len(words)]


def deadline(words: str, end: str) -> dict[str, Any]:
    return {
        "text": words,
        "kind": "by",
        "start": None,
        "end": end,
        "exclusive": True,
        "rrule": None,
        "anchor": None,
        "offset": None,
    }


def task(words: str, lead: Sequence[str] = (), *, text: str = TEXT, confidence: float = 0.95, **more: Any) -> dict[str, Any]:
    return {
        "text": words,
        "lead": list(lead),
        "coordinating": [],
        "supervising": [],
        "deadline": None,
        "result": None,
        "section": "I.1",
        "span": place(words, text),
        "confidence": confidence,
        "spans": {},
        **more,
    }


def target(words: str, value: float | None = 95, *, text: str = TEXT, confidence: float = 0.5) -> dict[str, Any]:
    return {
        "text": words,
        "indicator": words,
        "comparator": "=",
        "value": value,
        "value_high": None,
        "unit": "%",
        "baseline": None,
        "horizon": None,
        "span": place(words, text),
        "confidence": confidence,
    }


def duty(words: str, reporters: Sequence[str], recipient: str, due: dict[str, Any], *, text: str = TEXT) -> dict[str, Any]:
    return {
        "text": words,
        "reporters": list(reporters),
        "recipient": recipient,
        "deadline": due,
        "template": [],
        "span": place(words, text),
        "period": None,
        "cutoff": None,
        "confidence": 0.92,
    }


def finding(rule: str, message: str, span: list[int] | None, severity: str = "must-fix") -> dict[str, Any]:
    return {"rule": rule, "message": message, "span": span, "severity": severity}


def metadata(text: str = TEXT, **more: Any) -> dict[str, Any]:
    held = {
        "type": "KH",
        "number": "208",
        "symbol": "KH-UBND",
        "code": "208/KH-UBND",
        "issuer": "Ủy ban nhân dân tỉnh Minh Họa",
        "place": "Minh Họa",
        "date": "2025-08-07",
        "title": "Tổng kết Chương trình giai đoạn 2021 - 2025",
        "addressee": [],
        "signer": None,
        "recipients": [],
        "date_written": "ngày 07 tháng 8 năm 2025",
        "spans": {
            "code": place("208/KH-UBND", text),
            "date": place("ngày 07 tháng 8 năm 2025", text),
            "title": place("Tổng kết Chương trình giai đoạn 2021 - 2025", text),
        },
    }
    return held | more


def contract(**more: Any) -> dict[str, Any]:
    """A plan with two sure tasks, an unsure target, a duty and a citation."""
    held = {
        "schema": "dondoc.document/1",
        "source": {"file": "ke-hoach.docx", "media_type": "text/plain", "pages": None, "text_origin": "digital", "quality": 0.99},
        "metadata": metadata(),
        "outline": [{"path": "I", "marker": "I.", "text": "NHIỆM VỤ", "span": place("I. NHIỆM VỤ")}],
        "agencies": [],
        "citations": [
            {
                "code": "1914/QĐ-BYT",
                "date": "2025-06-10",
                "issuer": "Bộ Y tế",
                "title": None,
                "spans": [place("Quyết định số 1914/QĐ-BYT ngày 10/6/2025")],
                "relation": "implements",
                "provisions": [],
            }
        ],
        "targets": [target("95% trạm y tế có bác sĩ")],
        "tasks": [
            task(
                "Sở Y tế xây dựng báo cáo tổng kết trước ngày 10/9/2025",
                ["Sở Y tế"],
                deadline=deadline("trước ngày 10/9/2025", "2025-09-10"),
            ),
            task("Sở Nội vụ hướng dẫn khen thưởng", ["Sở Nội vụ"]),
        ],
        "reporting_duties": [
            duty(
                "UBND các xã, phường báo cáo Sở Y tế trước ngày 05/9/2025",
                ["UBND các xã, phường"],
                "Sở Y tế",
                deadline("trước ngày 05/9/2025", "2025-09-05"),
            )
        ],
        "findings": [],
    }
    return held | more


def made(text: str = TEXT, version: str = "1", raw: str | None = None, **more: Any) -> Made:
    """A reading of :data:`TEXT` (or another text) in plain values."""
    return Made(
        version=version,
        text=text,
        raw=text if raw is None else raw,
        offsets=[[0, len(text), 0, len(text), True]],
        contract=contract(**more),
        tables=[],
        pages=[{"number": 1, "span": [0, len(text)]}],
        blocks=[],
    )


class StoredFileFactory(factory.django.DjangoModelFactory[StoredFile]):
    class Meta:
        model = StoredFile

    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    content = factory.LazyAttribute(lambda stored: f"{stored.sha256[:2]}/{stored.sha256}")
    name = factory.Sequence(lambda n: f"van-ban-{n}.docx")
    media_type = "text/plain"
    size = 100
    stored_at = NOON


class DocumentFactory(factory.django.DjangoModelFactory[Document]):
    """A document that was read and is open in its province; ``unit`` decides which."""

    class Meta:
        model = Document

    unit = factory.SubFactory(UnitFactory)
    province = factory.LazyAttribute(lambda document: document.unit.province or document.unit)
    file = factory.SubFactory(StoredFileFactory)
    name = factory.Sequence(lambda n: f"van-ban-{n}.docx")
    state = DocumentState.READ
    visibility = Visibility.PROVINCE
    type = "KH"
    code = factory.Sequence(lambda n: f"{n}/KH-UBND")
    title = "Tổng kết Chương trình"
    issuer = "Ủy ban nhân dân tỉnh Minh Họa"
    uploaded_by = factory.SubFactory(PersonFactory)
    uploaded_at = NOON


class ReadingFactory(factory.django.DjangoModelFactory[DocumentReading]):
    class Meta:
        model = DocumentReading

    document = factory.SubFactory(DocumentFactory)
    number = 1
    reader_version = "1"
    made_at = NOON
    text = TEXT
    raw = TEXT
    offsets = factory.LazyAttribute(lambda reading: [[0, len(reading.text), 0, len(reading.text), True]])
    contract = factory.LazyFunction(contract)
    pages = factory.LazyAttribute(lambda reading: [{"number": 1, "span": [0, len(reading.text)]}])


class ItemFactory(factory.django.DjangoModelFactory[Item]):
    """A task of a document that was read; ``words`` of its text are its place."""

    class Meta:
        model = Item

    class Params:
        words = "Sở Nội vụ hướng dẫn khen thưởng"

    reading = factory.SubFactory(ReadingFactory)
    document = factory.LazyAttribute(lambda item: item.reading.document)
    key = factory.LazyFunction(uuid4)
    kind = ItemKind.TASK
    position = factory.Sequence(lambda n: n)
    span_start = factory.LazyAttribute(lambda item: place(item.words, item.reading.text)[0])
    span_end = factory.LazyAttribute(lambda item: place(item.words, item.reading.text)[1])
    section = "I.1"
    confidence = 0.95
    read = factory.LazyAttribute(lambda item: task(item.words, ["Sở Nội vụ"], text=item.reading.text))
    state = ItemState.PROPOSED
