"""Files of older or other office programs (.doc, .xls, .rtf, .odt, .ods), turned into today's by LibreOffice where it is there.

LibreOffice runs once a file, without a window, in a folder of its own that is thrown away, with macros and links off,
and is ended with all it started where it takes too long.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from vanban.errors import DamagedFileError, UnsupportedFileError
from vanban.options import Options
from vanban.sources.detect import FileKind
from vanban.sources.extracted import TextBuilder
from vanban.sources.limits import check_size

PROGRAMS = ("soffice", "libreoffice")
SECONDS = 120.0

# Macros never run, links and remote pictures are never fetched.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}
</oor:items>
"""
_ITEM = '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
_OFF = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "1"),
)


@dataclass(frozen=True, slots=True)
class Older:
    """A kind that LibreOffice reads: its suffix, what it becomes, what people call it, the package that reads it."""

    suffix: str
    becomes: FileKind
    name: str
    package: str


OLDER = {
    FileKind.DOC: Older("doc", FileKind.DOCX, "Word cũ (.doc)", "libreoffice-writer"),
    FileKind.RTF: Older("rtf", FileKind.DOCX, "RTF (.rtf)", "libreoffice-writer"),
    FileKind.ODT: Older("odt", FileKind.DOCX, "OpenDocument (.odt)", "libreoffice-writer"),
    FileKind.XLS: Older("xls", FileKind.XLSX, "Excel cũ (.xls)", "libreoffice-calc"),
    FileKind.ODS: Older("ods", FileKind.XLSX, "OpenDocument (.ods)", "libreoffice-calc"),
}
_ENDINGS = {FileKind.DOCX: "docx", FileKind.XLSX: "xlsx"}


@contextmanager
def converted(path: Path, kind: FileKind, options: Options, seconds: float = SECONDS) -> Iterator[Path]:
    """The file at ``path`` as one of today's kind (``OLDER[kind].becomes``), for as long as the context is open.

    :raises UnsupportedFileError: LibreOffice is not there.
    :raises DamagedFileError: it cannot open the file, or takes longer than ``seconds``.
    :raises TooLargeError: what it makes of it is over the limits.
    """
    older = OLDER[kind]
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise UnsupportedFileError(
            f"Tệp ở định dạng {older.name}, máy chủ chưa cài phần mềm để đọc. Đề nghị mở tệp, chọn Lưu thành (Save As) dạng "
            f".{_ENDINGS[older.becomes]} rồi gửi lại, hoặc nhờ người quản trị cài gói {older.package}."
        )
    with TemporaryDirectory(prefix="vanban-", ignore_cleanup_errors=True) as held:
        folder = Path(held)
        source = folder / f"in.{older.suffix}"
        shutil.copyfile(path, source)
        _write_settings(folder)
        _run(command(program, folder, source, older), folder, seconds, older)
        result = folder / "out" / f"in.{_ENDINGS[older.becomes]}"
        if not result.is_file():
            raise DamagedFileError(_damaged(older))
        check_size(result.stat().st_size, options)
        yield result


def command(program: str, folder: Path, source: Path, older: Older) -> list[str]:
    """The command that turns ``source`` into today's kind, in ``folder``/out, with a profile in ``folder``/profile."""
    return [
        program,
        "--headless",
        "--nologo",
        "--nodefault",
        "--norestore",
        "--nolockcheck",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        _ENDINGS[older.becomes],
        "--outdir",
        str(folder / "out"),
        str(source),
    ]


def read_older(
    kind: FileKind, read: Callable[[Path, Options, Callable[[int, int], None]], tuple[TextBuilder, int | None]]
) -> Callable[[Path, Options, Callable[[int, int], None]], tuple[TextBuilder, int | None]]:
    """The reader for ``kind``: what LibreOffice makes of the file, read by ``read``."""

    def reader(path: Path, options: Options, on_progress: Callable[[int, int], None]) -> tuple[TextBuilder, int | None]:
        with converted(path, kind, options) as today:
            return read(today, options, on_progress)

    return reader


def _write_settings(folder: Path) -> None:
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    items = "\n".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _OFF)
    (user / "registrymodifications.xcu").write_text(_SETTINGS.format(items=items), encoding="utf-8")


def _run(arguments: list[str], folder: Path, seconds: float, older: Older) -> None:
    """Run LibreOffice as the head of a group of its own, which is ended as a whole."""
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"}
    with subprocess.Popen(  # noqa: S603 - a program found by its name, and paths of our own making
        arguments,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise DamagedFileError(_damaged(older)) from error
        finally:
            _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End all that still runs of the process's group."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _damaged(older: Older) -> str:
    return (
        f"Không mở được tệp {older.name}: tệp bị hỏng, mở quá lâu hoặc máy chủ thiếu gói {older.package}. "
        f"Đề nghị mở tệp gốc, chọn Lưu thành (Save As) dạng .{_ENDINGS[older.becomes]} rồi gửi bản mới."
    )
