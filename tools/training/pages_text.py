"""Lines of text for training pages: prose, headings in capitals, letterheads, lists, tables, symbols, dates and names."""

import lzma
import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vanban.text.quality import syllable_quality

FROM_EACH = 4000
"""Paragraphs taken from each file of text."""
_SOURCE = re.compile(r"\[\[[^\]]*\]\]|[*#_|]+")
_TYPES = "QĐ KH CT CV TB BC NQ HD TTr NĐ-CP TT CTr CĐ GM PA"
_BODIES = "UBND BYT TTg SYT BNV HĐND TU VPCP BTC SNV BGDĐT BKHĐT BCA SCT SKHĐT BTTTT BNNMT SLĐTBXH BCĐ SGDĐT UBDT ĐU"
_NAMED = "Quyết định, Kế hoạch, Chỉ thị, Công văn, Thông báo, Báo cáo, Nghị quyết, Hướng dẫn, Tờ trình, Nghị định"
_SURNAMES = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Nông Lò Vàng Giàng Cầm Quàng Lương Đinh"
_GIVEN = (
    "Văn Thị Đức Minh Hữu Thanh Quang Ngọc Xuân Hồng Tuấn Hùng Dũng Cường Anh Hải Sơn Hà Lan Hương Thủy Bình Long Tùng Huyên "
    "Quyết Trọng Phúc Tâm Hiếu Nghĩa Lợi Thắng Chiến Khánh Vinh Đạt Trường Giang Linh Phương Mai Yến Oanh Kiên Quỳnh Diệp Thảo"
)


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    style: str
    """``regular``, ``bold``, ``italic`` or ``bolditalic``."""
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    paragraphs: list[str]
    names: list[str]
    """Communes, provinces and agencies."""

    def page(self, rng: random.Random, width: int, lines: int) -> list[Line]:
        """About ``lines`` lines of at most ``width`` characters, as an office's page mixes them."""
        found: list[Line] = list(_letterhead(self, rng)) if rng.random() < 0.3 else []
        while len(found) < lines:
            kind = rng.choices((_prose, _heading, _listed, _assigned, _signed), (50, 14, 14, 16, 6))[0]
            found.extend(piece for line in kind(self, rng) for piece in _wrapped(line, width))
        return found[:lines]


def load(texts: list[Path], names: list[str], rng: random.Random, keep: slice | None = None) -> Material:
    """Paragraphs of each file (``.txt`` or ``.txt.xz``), shuffled; of a compressed file only ``keep`` of its lines."""
    paragraphs: list[str] = []
    for path in texts:
        lines = [line for line in _lines(path) if 20 < len(line) < 900][keep or slice(None)]
        drawn = rng.sample(lines, min(FROM_EACH, len(lines)))
        paragraphs += [line for line in drawn if syllable_quality(line) > 0.9]
    rng.shuffle(paragraphs)
    return Material(paragraphs, names)


def _lines(path: Path) -> Iterator[str]:
    whole = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    for line in whole.decode().splitlines():
        yield " ".join(unicodedata.normalize("NFC", _SOURCE.sub(" ", line)).replace("\xa0", " ").split())


def _wrapped(line: Line, width: int) -> Iterator[Line]:
    room = int(width * 0.8) if "bold" in line.style or line.text.isupper() else width
    words: list[str] = []
    for word in line.text.split():
        if words and sum(map(len, words)) + len(words) + len(word) > room:
            yield Line(" ".join(words), line.style, line.centred)
            words = []
        words.append(word)
    if words:
        yield Line(" ".join(words), line.style, line.centred)


def _prose(material: Material, rng: random.Random) -> Iterator[Line]:
    yield Line(rng.choice(material.paragraphs)[:700], rng.choices(("regular", "italic", "bold"), (80, 12, 8))[0])


def _heading(material: Material, rng: random.Random) -> Iterator[Line]:
    words = rng.choice(material.paragraphs).split()[: rng.randint(2, 14)]
    label = rng.choice(("", "", "I. ", "II. ", "IV. ", "Điều 3. ", "1. ", "Phụ lục "))
    if rng.random() < 0.65:
        yield Line((label + " ".join(words)).upper(), rng.choice(("bold", "bold", "regular")), rng.random() < 0.5)
    else:
        yield Line(label + " ".join(words), rng.choice(("bold", "bolditalic", "italic")))


def _listed(material: Material, rng: random.Random) -> Iterator[Line]:
    for _ in range(rng.randint(2, 4)):
        mark = rng.choice(("- ", "+ ", "a) ", "b) ", "1. ", "đ) ", "* "))
        yield Line(mark + " ".join(rng.choice(material.paragraphs).split()[: rng.randint(5, 30)]), "regular")


def _assigned(material: Material, rng: random.Random) -> Iterator[Line]:
    for _ in range(rng.randint(1, 4)):
        names = ", ".join(rng.choice(material.names) for _ in range(rng.randint(1, 3)))
        kind = rng.randrange(5)
        if kind == 0:
            yield Line(f"- Cơ quan chủ trì: {names}; thời gian hoàn thành: {_date(rng)}.", "regular")
        elif kind == 1:
            yield Line(f"Căn cứ {_named(rng)} số {_symbol(rng)} ngày {_date(rng)} của {names}", "italic")
        elif kind == 2:
            yield Line(
                f"Giao {names} phối hợp với {rng.choice(material.names)} thực hiện, báo cáo trước {_date(rng)}.", "regular"
            )
        elif kind == 3:
            yield Line(names, rng.choice(("bold", "regular")))
        else:
            yield Line(f"{_person(rng)} - {rng.choice(material.names)} - {_symbol(rng)}", "regular")


def _signed(material: Material, rng: random.Random) -> Iterator[Line]:
    post = rng.choice(
        ("CHỦ TỊCH", "PHÓ CHỦ TỊCH", "GIÁM ĐỐC", "KT. CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN", "CHÁNH VĂN PHÒNG", "TL. BỘ TRƯỞNG")
    )
    yield Line("Nơi nhận:", "bolditalic")
    yield Line(f"- {rng.choice(material.names)} (b/c);", "regular")
    yield Line(f"- Lưu: VT, {rng.choice(('KGVX', 'TH', 'NC', 'KT', 'VX'))}({_person(rng).split()[-1]}).", "regular")
    yield Line(post, "bold", centred=True)
    yield Line(_person(rng), "bold", centred=True)


def _letterhead(material: Material, rng: random.Random) -> Iterator[Line]:
    yield Line(f"{rng.choice(material.names)[:34].upper()} CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "bold", centred=True)
    yield Line("Độc lập - Tự do - Hạnh phúc", "bold", centred=True)
    yield Line(
        f"Số: {_symbol(rng)} {rng.choice(material.names)[-14:].strip()}, ngày {_date(rng, long=True)}", "italic", centred=True
    )
    yield Line(_named(rng).upper(), "bold", centred=True)


def _named(rng: random.Random) -> str:
    return rng.choice(_NAMED.split(", "))


def _symbol(rng: random.Random) -> str:
    year = f"/{rng.randint(2012, 2026)}" if rng.random() < 0.25 else ""
    return f"{rng.randint(1, 4000)}{year}/{rng.choice(_TYPES.split())}-{rng.choice(_BODIES.split())}"


def _date(rng: random.Random, *, long: bool = False) -> str:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2015, 2030)
    if long or rng.random() < 0.3:
        return f"{day:02} tháng {month} năm {year}"
    return rng.choice(
        (
            f"{day:02}/{month:02}/{year}",
            f"{day}/{month}/{year}",
            f"{month}/{year}",
            f"quý {rng.choice(('I', 'II', 'III', 'IV'))}/{year}",
        )
    )


def _person(rng: random.Random) -> str:
    return " ".join((rng.choice(_SURNAMES.split()), *(rng.choice(_GIVEN.split()) for _ in range(rng.randint(1, 3)))))
