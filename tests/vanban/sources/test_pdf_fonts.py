"""A PDF whose fonts do not say their letters, or say them wrongly, is read; the raw text keeps what the layer has."""

from pathlib import Path

import pytest

from vanban.options import Options
from vanban.pipeline import read
from vanban.reading import MendKind, TextOrigin
from vanban.text.glyph_codes import KNOWN, Layout
from vanban.text.legacy_tables import TCVN3, VNI, Encoding

LINES = (
    "Ủy ban nhân dân tỉnh giao Sở Y tế chủ trì phối hợp với các đơn vị",
    "thực hiện kế hoạch nâng cao chất lượng nguồn nhân lực, hoàn thành",
    "trước ngày 30/6/2025; đẩy mạnh tuyên truyền, giữ vững ổn định (lần 2),",
    "khuyến khích những mô hình hiệu quả, lũy kế đạt 95%.",
)


def glyph_numbers(line: str, layout: Layout) -> bytes:
    """The line as the two-byte glyph numbers of a font of this layout."""
    numbers = {sign: glyph for glyph, sign in layout.table().items()}
    return b"".join(numbers[sign].to_bytes(2, "big") for sign in line)


def in_encoding(line: str, encoding: Encoding) -> bytes:
    signs: dict[str, str] = {}
    for written, letter in encoding.letters.items():
        signs.setdefault(letter, written)
    return "".join(signs.get(sign, sign) for sign in line).encode("latin-1")


def pdf(path: Path, lines: list[bytes], font: str) -> Path:
    """A page of ``lines`` of codes in ``font``, a font dictionary without a table of what its codes mean."""
    shown = "\n".join(f"BT /F 12 Tf 60 {760 - 20 * number} Td <{line.hex()}> Tj ET" for number, line in enumerate(lines))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(shown)}>>stream\n{shown}\nendstream",
        font,
        DESCENDANT,
        "<</Type/FontDescriptor/FontName/F/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900/Descent -200/StemV 80>>",
    ]
    body = "".join(f"{number} 0 obj\n{content}\nendobj\n" for number, content in enumerate(objects, 1))
    path.write_bytes(f"%PDF-1.5\n{body}trailer<</Root 1 0 R>>\n".encode("latin-1"))
    return path


DESCENDANT = (
    "<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEE+TimesNewRomanPSMT/CIDToGIDMap/Identity/DW 500"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 7 0 R>>"
)
OF_GLYPHS = "<</Type/Font/Subtype/Type0/BaseFont/ABCDEE+TimesNewRomanPSMT/Encoding/Identity-H/DescendantFonts[6 0 R]>>"


def simple(name: str) -> str:
    widths = " ".join(["500"] * 224)
    return (
        f"<</Type/Font/Subtype/TrueType/BaseFont/{name}/FirstChar 32/LastChar 255/Widths[{widths}]/Encoding/WinAnsiEncoding"
        "/FontDescriptor 7 0 R>>"
    )


@pytest.mark.parametrize("layout", [*KNOWN, Layout(29, 2400, 2400 - 58)], ids=["roman", "italic", "a place of its own"])
def test_a_font_without_a_table_of_its_letters(tmp_path: Path, layout: Layout) -> None:
    found = read(pdf(tmp_path / "a.pdf", [glyph_numbers(line, layout) for line in LINES], OF_GLYPHS), Options())
    assert found.text.split() == " ".join(LINES).split()
    assert found.source.text_origin is TextOrigin.RESTORED
    assert {mend.kind for mend in found.mends} == {MendKind.ENCODING}
    assert all(mend.span.of(found.text) == mend.now for mend in found.mends)
    assert found.mends[0].was == "".join(chr(int.from_bytes(pair, "big")) for pair in pairs(glyph_numbers("Ủy", layout)))
    assert found.mends[0].was in found.raw


def pairs(data: bytes) -> list[bytes]:
    return [data[place : place + 2] for place in range(0, len(data), 2)]


@pytest.mark.parametrize(
    ("encoding", "name", "capitals"),
    [(TCVN3, ".VnTime", False), (TCVN3, ".VnTimeH", True), (VNI, "VNI-Times", False), (TCVN3, "ABCDEE+Unknown", False)],
)
def test_a_font_of_before_unicode(tmp_path: Path, encoding: Encoding, name: str, *, capitals: bool) -> None:
    lines = [in_encoding(line.replace("Ủ", "ủ"), encoding) for line in LINES]
    found = read(pdf(tmp_path / "a.pdf", lines, simple(name)), Options())
    expected = " ".join(LINES).replace("Ủ", "ủ")
    assert found.text.split() == (expected.upper() if capitals else expected).split()
    assert found.source.text_origin is TextOrigin.RESTORED


def test_nothing_was_guessed_so_what_is_missing_is_told(tmp_path: Path) -> None:
    found = read(pdf(tmp_path / "a.pdf", [glyph_numbers(line, KNOWN[0]) for line in LINES], OF_GLYPHS), Options())
    assert {"missing-number", "missing-date"} <= {finding.rule for finding in found.findings}
