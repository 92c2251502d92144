"""Files of older or other office programs (.doc, .xls, .rtf, .odt, .ods), turned into today's by LibreOffice where it is there."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from vanban.errors import DamagedFileError, UnsupportedFileError
from vanban.options import Options
from vanban.sources import libreoffice
from vanban.sources.detect import FileKind
from vanban.sources.extracted import TextBuilder
from vanban.sources.limits import check_size


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
def converted(path: Path, kind: FileKind, options: Options, seconds: float = libreoffice.SECONDS) -> Iterator[Path]:
    """The file at ``path`` as one of today's kind (``OLDER[kind].becomes``), for as long as the context is open.

    :raises UnsupportedFileError: LibreOffice is not there.
    :raises DamagedFileError: it cannot open the file, or takes longer than ``seconds``.
    :raises TooLargeError: what it makes of it is over the limits.
    """
    older = OLDER[kind]
    program = libreoffice.program()
    if program is None:
        raise UnsupportedFileError(
            f"Tệp ở định dạng {older.name}, máy chủ chưa cài phần mềm để đọc. Đề nghị mở tệp, chọn Lưu thành (Save As) dạng "
            f".{_ENDINGS[older.becomes]} rồi gửi lại, hoặc nhờ người quản trị cài gói {older.package}."
        )
    with TemporaryDirectory(prefix="vanban-", ignore_cleanup_errors=True) as held:
        folder = Path(held)
        source = folder / f"in.{older.suffix}"
        shutil.copyfile(path, source)
        result = libreoffice.convert(program, folder, source, _ENDINGS[older.becomes], seconds)
        if result is None:
            raise DamagedFileError(_damaged(older))
        check_size(result.stat().st_size, options)
        yield result


def read_older(
    kind: FileKind, read: Callable[[Path, Options, Callable[[int, int], None]], tuple[TextBuilder, int | None]]
) -> Callable[[Path, Options, Callable[[int, int], None]], tuple[TextBuilder, int | None]]:
    """The reader for ``kind``: what LibreOffice makes of the file, read by ``read``."""

    def reader(path: Path, options: Options, on_progress: Callable[[int, int], None]) -> tuple[TextBuilder, int | None]:
        with converted(path, kind, options) as today:
            return read(today, options, on_progress)

    return reader


def _damaged(older: Older) -> str:
    return (
        f"Không mở được tệp {older.name}: tệp bị hỏng, mở quá lâu hoặc máy chủ thiếu gói {older.package}. "
        f"Đề nghị mở tệp gốc, chọn Lưu thành (Save As) dạng .{_ENDINGS[older.becomes]} rồi gửi bản mới."
    )
