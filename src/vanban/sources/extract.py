"""The one way in: size first, then what kind of file it is, then the reader for that kind."""

from collections.abc import Callable
from hashlib import file_digest
from pathlib import Path, PurePath

from vanban.errors import DamagedFileError, EmptyFileError
from vanban.options import Options
from vanban.sources.detect import IMAGE_KINDS, OLDER_KINDS, FileKind, detect
from vanban.sources.extracted import Extracted, TextBuilder
from vanban.sources.limits import check_size
from vanban.sources.plain import read_plain
from vanban.text.encoded import encoding_mends

_SUFFIXES = {".docx": "Word", ".doc": "Word", ".xlsx": "Excel", ".xls": "Excel", ".pdf": "PDF"}

Progress = Callable[[int, int], None]

Reader = Callable[[Path, Options, Progress], tuple[TextBuilder, int | None]]


def extract(path: Path, options: Options, on_progress: Progress | None = None) -> Extracted:
    """The text of the file, with its pages and tables.

    ``on_progress(done, total)`` is called after each page and may raise :class:`vanban.errors.CancelledError`.

    :raises ReadingError: the file cannot be read; the subclass and the message say why and what to do.
    """
    try:
        size = path.stat().st_size
        check_size(size, options)
        if size == 0:
            raise EmptyFileError(EMPTY)
        with path.open("rb") as file:
            sha256 = file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise DamagedFileError(
            f"Không mở được tệp “{path.name}”. Đề nghị kiểm tra đường dẫn và quyền đọc tệp rồi thử lại."
        ) from error
    kind = detect(path)
    _check_name(options.name or path.name, kind)
    builder, page_count = _reader_of(kind)(path, options, on_progress or _ignore)
    raw = builder.text
    if not raw.strip():
        raise EmptyFileError(EMPTY)
    return Extracted(
        raw,
        tuple(builder.pages),
        tuple(builder.tables),
        kind.value,
        page_count,
        sha256,
        builder.unread,
        tuple(encoding_mends(raw, builder.mends)),
    )


def _check_name(name: str, kind: FileKind) -> None:
    """Refuse plain words under the name of a Word or PDF file: what should be in it is lost."""
    said = _SUFFIXES.get(PurePath(name).suffix.lower())
    if said and kind is FileKind.PLAIN:
        raise DamagedFileError(
            f"Tệp mang đuôi {PurePath(name).suffix} nhưng bên trong không phải tệp {said}. "
            "Đề nghị mở tệp gốc, lưu lại đúng định dạng rồi gửi bản mới."
        )


def _reader_of(kind: FileKind) -> Reader:
    if kind is FileKind.DOCX:
        from vanban.sources.docx import read_docx  # noqa: PLC0415 -- slow import

        return read_docx
    if kind is FileKind.PDF:
        from vanban.sources.pdf import read_pdf  # noqa: PLC0415 -- slow import

        return read_pdf
    if kind is FileKind.XLSX:
        from vanban.sources.xlsx import read_xlsx  # noqa: PLC0415 -- slow import

        return read_xlsx
    if kind in OLDER_KINDS:
        from vanban.sources.office import OLDER, read_older  # noqa: PLC0415 -- slow import

        return read_older(kind, _reader_of(OLDER[kind].becomes))
    if kind in IMAGE_KINDS:
        from vanban.sources.images.files import read_image_file  # noqa: PLC0415 -- slow import

        return read_image_file
    return read_plain


EMPTY = "Tệp không có nội dung. Đề nghị kiểm tra lại tệp gốc rồi gửi bản có nội dung."


def _ignore(done: int, total: int) -> None:
    """Nobody asked for progress."""
