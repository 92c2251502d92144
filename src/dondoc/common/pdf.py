"""Papers as PDF, through LibreOffice where the server has it."""

from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from dondoc.common.errors import Refused
from vanban.sources import libreoffice

PDF = "application/pdf"
SECONDS = 60.0
WAIT = 5.0  # the server has few threads: whoever waits keeps one from the others

ABSENT = "Máy chủ chưa cài LibreOffice nên chưa tải được PDF. Tải bản Word, hoặc nhờ người quản trị cài gói libreoffice-writer."
BUSY = "Máy chủ đang lập một tệp PDF khác. Chờ một phút rồi tải lại, hoặc tải bản Word."
FAILED = "LibreOffice không lập được tệp PDF. Tải bản Word rồi lưu thành PDF, hoặc báo người quản trị."

_one = Lock()


def is_there() -> bool:
    """Whether the server can make PDF files."""
    return libreoffice.program() is not None


def to_pdf(word: bytes, *, seconds: float = SECONDS, wait: float = WAIT) -> bytes:
    """A .docx as PDF. One at a time in a process: each takes a processor and some hundreds of megabytes.

    :raises Refused: LibreOffice is not there, is busy for longer than ``wait``, or does not come to an end in ``seconds``.
    """
    program = libreoffice.program()
    if program is None:
        raise Refused(ABSENT)
    if not _one.acquire(timeout=wait):
        raise Refused(BUSY)
    try:
        with TemporaryDirectory(prefix="dondoc-", ignore_cleanup_errors=True) as held:
            source = Path(held) / "in.docx"
            source.write_bytes(word)
            result = libreoffice.convert(program, Path(held), source, "pdf", seconds)
            if result is None:
                raise Refused(FAILED)
            return result.read_bytes()
    finally:
        _one.release()
