"""The parts of a Word file, read as streams and never further than the limits allow."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 -- a class, whatever its name

from lxml import etree

from vanban.errors import DamagedFileError
from vanban.options import MEBIBYTE, Options
from vanban.sources.limits import check_ratio, check_unpacked

MAX_HELPER = 32 * MEBIBYTE  # styles, numbering, footnotes: kept whole

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
DAMAGED = "Tệp Word bị hỏng, không đọc được nội dung. Đề nghị mở tệp gốc, lưu lại rồi gửi bản mới."
_OFFICE_DOCUMENT = "/officeDocument"


class DocxPackage:
    """An open Word file. Its parts are found through the relationships, as Word finds them."""

    def __init__(self, path: Path, options: Options) -> None:
        with damaged_if_broken():
            self._archive = ZipFile(path)
            self._sizes = {member.filename: (member.file_size, member.compress_size) for member in self._archive.infolist()}
        self._options = options
        check_unpacked(sum(size for size, _ in self._sizes.values()), options)
        self.main = self._find_main()
        self._folder = self.main.rpartition("/")[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._archive.close()

    def stream(self, name: str) -> IO[bytes]:
        """The part ``name``, to be read piece by piece.

        :raises TooLargeError: it is packed so tightly that it can only be meant to harm.
        """
        size, packed = self._sizes[name]
        check_ratio(size, packed, "Word")
        return self._archive.open(name)

    def helper(self, name: str) -> etree._Element | None:
        """The root of a part beside the main one (styles.xml); None where there is none or it is broken."""
        full = f"{self._folder}/{name}" if self._folder else name
        if full not in self._sizes:
            return None
        return self._parse(full)

    def _parse(self, name: str) -> etree._Element | None:
        with damaged_if_broken(), self.stream(name) as part:
            data = part.read(MAX_HELPER + 1)
        check_unpacked(len(data) if len(data) <= MAX_HELPER else self._options.max_unpacked_bytes + 1, self._options)
        try:
            return etree.fromstring(data.replace(STRICT.encode(), WORD.encode()), xml_parser())
        except etree.XMLSyntaxError:
            return None

    def _find_main(self) -> str:
        relations = self._parse("_rels/.rels") if "_rels/.rels" in self._sizes else None
        for relation in relations if relations is not None else ():
            target = (relation.get("Target") or "").lstrip("/")
            if (relation.get("Type") or "").endswith(_OFFICE_DOCUMENT) and target in self._sizes:
                return target
        if "word/document.xml" in self._sizes:
            return "word/document.xml"
        raise DamagedFileError(DAMAGED)


def xml_parser() -> etree.XMLParser:
    """A parser that expands no entity, loads no DTD and asks no network."""
    return etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )


@contextmanager
def damaged_if_broken() -> Iterator[None]:
    """Turn what broken archives and broken XML raise into one error for people."""
    try:
        yield
    except (BadZipFile, ZlibError, EOFError, OSError, NotImplementedError, RuntimeError, KeyError, etree.XMLSyntaxError) as error:
        raise DamagedFileError(DAMAGED) from error
