"""PDF through LibreOffice: where it is absent, busy or fails, a sentence says what to do instead."""

from pathlib import Path

import pypdfium2
import pytest

from dondoc.common import pdf
from dondoc.common.errors import Refused
from dondoc.common.official import to_docx
from tests.dondoc.common.papers import STATE

_STUB = """#!/bin/sh
while [ $# -gt 1 ]; do
  [ "$1" = --outdir ] && out=$2
  shift
done
{then}
"""


def _stand_in(path: Path, monkeypatch: pytest.MonkeyPatch, then: str) -> None:
    program = path / "soffice"
    program.write_text(_STUB.format(then=then), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{path}:/usr/bin:/bin")


def test_without_the_program_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not pdf.is_there()
    with pytest.raises(Refused, match="Máy chủ chưa cài LibreOffice"):
        pdf.to_pdf(b"x")


def test_it_gives_what_the_program_makes_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _stand_in(tmp_path, monkeypatch, 'mkdir -p "$out" && cp "$1" "$out/in.pdf"')
    assert pdf.is_there()
    assert pdf.to_pdf(b"abc") == b"abc"


@pytest.mark.parametrize("then", ["exit 1", "sleep 30"], ids=["fails", "hangs"])
def test_a_failure_is_said_and_the_next_may_try(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, then: str) -> None:
    _stand_in(tmp_path, monkeypatch, then)
    with pytest.raises(Refused, match="không lập được tệp PDF"):
        pdf.to_pdf(b"x", seconds=0.3)
    _stand_in(tmp_path, monkeypatch, 'mkdir -p "$out" && cp "$1" "$out/in.pdf"')
    assert pdf.to_pdf(b"abc") == b"abc"


def test_never_two_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _stand_in(tmp_path, monkeypatch, "exit 1")
    with pdf._one, pytest.raises(Refused, match="đang lập một tệp PDF khác"):
        pdf.to_pdf(b"x", wait=0.01)


@pytest.mark.skipif(not pdf.is_there(), reason="LibreOffice is not installed")
def test_a_real_paper() -> None:
    document = pypdfium2.PdfDocument(pdf.to_pdf(to_docx(STATE)))
    try:
        text = "".join(page.get_textpage().get_text_range() for page in document)
        assert "BAN NHÂN DÂN" in text  # other letters may come from another font, and stand elsewhere in the text
        assert round(document[0].get_width()) == 595
    finally:
        document.close()
