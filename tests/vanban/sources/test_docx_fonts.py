"""Words in a font of before Unicode are read as the font shows them; the raw text keeps what the file has."""

from pathlib import Path

import pytest

from tests.vanban.sources import make_docx as make
from tests.vanban.sources.make_docx import docx, paragraph, row, run, table
from vanban.options import Options
from vanban.pipeline import read
from vanban.reading import MendKind, Reading, TextOrigin


def font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


def reading(path: Path, *body: str, **parts: str) -> Reading:
    return read(docx(path / "van-ban.docx", *body, **parts), Options())


@pytest.mark.parametrize(
    ("body", "raw", "text"),
    [
        ([paragraph(run("KÕ ho¹ch", font(".VnTime")))], "KÕ ho¹ch", "Kế hoạch"),
        ([paragraph(run("ñy ban nh©n d©n", font(".VnTimeH")))], "ñy ban nh©n d©n", "ỦY BAN NHÂN DÂN"),
        ([paragraph(run("Keá hoaïch", font("VNI-Times")))], "Keá hoaïch", "Kế hoạch"),
        ([paragraph(run("Giao ", font("Arial")), run("Së Y tÕ", font(".VnTime")))], "Giao Së Y tÕ", "Giao Sở Y tế"),
        ([table(row("a", "b"), row("c", "d")), paragraph(run("n¨m", font(".VnTime")))], "a\tb\nc\td\nn¨m", "a\tb\nc\td\nnăm"),
    ],
)
def test_fonts_of_runs(tmp_path: Path, body: list[str], raw: str, text: str) -> None:
    found = reading(tmp_path, *body)
    assert (found.raw.rstrip("\n"), found.text.rstrip("\n")) == (raw, text)
    assert found.source.text_origin is TextOrigin.RESTORED
    assert {mend.kind for mend in found.mends} == {MendKind.ENCODING}
    assert all(mend.span.of(found.text) == mend.now for mend in found.mends)


@pytest.mark.parametrize(
    "styles",
    [
        f"<w:docDefaults><w:rPrDefault><w:rPr>{font('.VnTime')}</w:rPr></w:rPrDefault></w:docDefaults>",
        f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:rPr>{font(".VnTime")}</w:rPr></w:style>',
    ],
    ids=["defaults", "the usual style"],
)
def test_the_font_of_the_style(tmp_path: Path, styles: str) -> None:
    found = reading(tmp_path, paragraph("Së Y tÕ"), styles=make.part("styles", styles))
    assert found.text.rstrip("\n") == "Sở Y tế"


def test_unicode_in_a_font_of_today_is_no_mend(tmp_path: Path) -> None:
    found = reading(tmp_path, paragraph(run("Kế hoạch số 5", font("Times New Roman"))))
    assert (found.mends, found.source.text_origin) == ((), TextOrigin.DIGITAL)


def test_tables_and_places_stay_true(tmp_path: Path) -> None:
    older = [run(text, font("VNI-Times")) for text in ("Chuû trì", "Sôû Y teá")]
    rows = [row("Việc", "Cơ quan"), row(make.cell(paragraph(older[0])), make.cell(paragraph(older[1])))]
    found = reading(tmp_path, paragraph("Trước"), table(*rows), paragraph("Sau"))
    assert [cell.span.of(found.text) for cell in found.tables[0].cells] == ["Việc", "Cơ quan", "Chủ trì", "Sở Y tế"]
