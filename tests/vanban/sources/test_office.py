"""Files of older office programs are read by way of LibreOffice; without it the message says what to do."""

from pathlib import Path

import pytest

from tests.vanban.sources.make_docx import docx, paragraph, row, table
from vanban.errors import DamagedFileError, UnsupportedFileError
from vanban.options import Options
from vanban.sources import extract
from vanban.sources.detect import FileKind, detect
from vanban.sources.libreoffice import command, program
from vanban.sources.office import OLDER, converted

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
OLD_WORD = OLE + "WordDocument".encode("utf-16-le")
RTF = rb"{\rtf1\ansi K\u7871? ho\u7841?ch}"

# Stands in for LibreOffice: notes how it was called, and makes of the file what $1 of the test says.
_STUB = """#!/bin/sh
printf '%s\\n' "$@" > "{notes}"
while [ $# -gt 1 ]; do
  [ "$1" = --outdir ] && out=$2
  shift
done
test -f "$1" || exit 1
{then}
"""


def stub(path: Path, monkeypatch: pytest.MonkeyPatch, then: str) -> Path:
    """Put a program named soffice on the path; give the file in which it notes its arguments."""
    folder = path / "bin"
    folder.mkdir()
    notes = path / "arguments"
    stand_in = folder / "soffice"
    stand_in.write_text(_STUB.format(notes=notes, then=then), encoding="utf-8")
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return notes


def stored(path: Path, data: bytes) -> Path:
    held = path / "tep"
    held.write_bytes(data)
    return held


@pytest.mark.parametrize(
    ("data", "kind"),
    [(OLD_WORD, FileKind.DOC), (OLE + "Workbook".encode("utf-16-le"), FileKind.XLS), (RTF, FileKind.RTF)],
)
def test_older_kinds_are_told_by_their_content(tmp_path: Path, data: bytes, kind: FileKind) -> None:
    assert detect(stored(tmp_path, data)) is kind


@pytest.mark.parametrize("kind", OLDER)
def test_without_the_program_the_message_says_what_to_do(tmp_path: Path, kind: FileKind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnsupportedFileError, match=rf"Lưu thành \(Save As\).*{OLDER[kind].package}"):
        converted(stored(tmp_path, b"x"), kind, Options()).__enter__()


def test_an_old_word_file_is_read_as_what_is_made_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    today = docx(tmp_path / "today.docx", paragraph("Kế hoạch"), table(row("a", "b"), row("c", "d")))
    notes = stub(tmp_path, monkeypatch, f'mkdir -p "$out" && cp "{today}" "$out/in.docx"')
    found = extract(stored(tmp_path, OLD_WORD), Options())
    assert (found.raw, found.media_type, len(found.tables)) == ("Kế hoạch\na\tb\nc\td\n", "application/msword", 1)
    arguments = notes.read_text(encoding="utf-8").split("\n")
    assert arguments[arguments.index("--convert-to") + 1] == "docx"
    assert any(argument.startswith("-env:UserInstallation=file://") for argument in arguments)
    assert arguments[-2].endswith("/in.doc")


def test_the_profile_is_private_and_runs_no_macros(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "kept"
    stub(tmp_path, monkeypatch, f'mkdir -p "$out"; cp -r "$out/../profile" "{kept}"; echo > "$out/in.docx"')
    with converted(stored(tmp_path, OLD_WORD), FileKind.DOC, Options()) as result:
        folder = result.parent.parent
    assert not folder.exists()
    settings = (kept / "user" / "registrymodifications.xcu").read_text(encoding="utf-8")
    assert 'oor:name="DisableMacrosExecution" oor:op="fuse"><value>true<' in settings


@pytest.mark.parametrize("then", ["exit 1", "exit 0", "sleep 60"], ids=["fails", "makes nothing", "hangs"])
def test_a_file_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, then: str) -> None:
    stub(tmp_path, monkeypatch, then)
    with pytest.raises(DamagedFileError, match="Đề nghị"):
        converted(stored(tmp_path, OLD_WORD), FileKind.DOC, Options(), seconds=0.5).__enter__()


def test_the_command(tmp_path: Path) -> None:
    arguments = command("soffice", tmp_path, tmp_path / "in.xls", "xlsx")
    assert arguments[0] == "soffice"
    assert arguments[-4:] == ["xlsx", "--outdir", str(tmp_path / "out"), str(tmp_path / "in.xls")]


@pytest.mark.skipif(not program(), reason="LibreOffice is not installed")
def test_a_real_file_is_read(tmp_path: Path) -> None:
    assert extract(stored(tmp_path, RTF), Options()).raw.strip() == "Kế hoạch"
