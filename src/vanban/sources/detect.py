"""What kind of file it is, by its content and never by its name."""

from enum import StrEnum
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from vanban.errors import DamagedFileError, EncryptedFileError, NeedsImageReadingError, UnsupportedFileError

HEAD = 4096


class FileKind(StrEnum):
    """The kinds that can be read; the value is the media type."""

    PLAIN = "text/plain"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    PDF = "application/pdf"


def detect(path: Path) -> FileKind:
    """The kind of the file at ``path``.

    :raises UnsupportedFileError: a kind that cannot be read.
    :raises DamagedFileError: it begins like a Word file and is no whole ZIP.
    :raises EncryptedFileError: a Word file locked with a password.
    :raises NeedsImageReadingError: a picture.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if b"%PDF-" in head[:1024]:
        return FileKind.PDF
    if head.startswith(b"PK"):
        return _inside_zip(path)
    return FileKind.PLAIN


def _inside_zip(path: Path) -> FileKind:
    try:
        with ZipFile(path) as archive:
            names = set(archive.namelist())
    except (BadZipFile, OSError) as error:
        raise DamagedFileError("Tệp Word bị hỏng, không mở được. Đề nghị mở tệp gốc, lưu lại rồi gửi bản mới.") from error
    if "word/document.xml" in names:
        return FileKind.DOCX
    raise UnsupportedFileError(
        "Đây không phải văn bản Word, PDF hay văn bản thuần. Đề nghị lưu văn bản thành .docx hoặc PDF rồi gửi lại."
    )
