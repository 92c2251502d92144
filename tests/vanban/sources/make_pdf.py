"""Builds small PDF files with Vietnamese text, ruled lines, pictures and stamps, byte by byte."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

WIDTH, HEIGHT = 595, 842


@dataclass
class PdfPage:
    """What is drawn on a page, in order; y grows upward."""

    pieces: list[str] = field(default_factory=list)
    texts: list[tuple[float, float, float, str]] = field(default_factory=list)
    stamps: list[tuple[float, float, float, str]] = field(default_factory=list)
    picture: bool = False
    rotation: int = 0

    def text(self, x: float, y: float, text: str, size: float = 13) -> "PdfPage":
        """Write ``text`` from (x, y) on."""
        self.texts.append((x, y, size, text))
        self.pieces.append(f"\0{len(self.texts) - 1}\0")
        return self

    def lines(self, y: float, *lines: str, x: float = 90, size: float = 13) -> "PdfPage":
        """Write lines one under the other."""
        for number, line in enumerate(lines):
            self.text(x, y - number * size * 1.4, line, size)
        return self

    def stamp(self, x: float, y: float, text: str, size: float = 13) -> "PdfPage":
        """Put a form field over the page, as document management systems do."""
        self.stamps.append((x, y, size, text))
        return self

    def rules(self, xs: Sequence[float], ys: Sequence[float]) -> "PdfPage":
        """Draw a grid through all ``xs`` and ``ys``."""
        self.pieces.extend(f"{x} {min(ys)} m {x} {max(ys)} l S" for x in xs)
        self.pieces.extend(f"{min(xs)} {y} m {max(xs)} {y} l S" for y in ys)
        return self

    def shade(self, x: float, y: float, width: float, height: float) -> "PdfPage":
        """Fill a rectangle in light grey."""
        self.pieces.append(f"0.9 g {x} {y} {width} {height} re f 0 g")
        return self


def table(page: PdfPage, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]], size: float = 11) -> PdfPage:
    """A ruled table: ``ys`` from top to bottom, one text (lines split at a line end) for each cell."""
    page.rules(xs, ys)
    for number, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            page.lines(ys[number] - size - 2, *cell.split("\n"), x=xs[column] + 4, size=size)
    return page


def pdf(path: Path, *pages: PdfPage, mapped: bool = True) -> Path:
    """Write the pages. ``mapped=False``: the font says other letters than it shows, a broken text layer."""
    codes = {
        sign: code
        for code, sign in enumerate(sorted({s for page in pages for t in (*page.texts, *page.stamps) for s in t[3]}), 33)
    }
    objects: list[bytes] = [b"", b"", _font(), _map_of(codes, mapped=mapped), _picture()]
    kids = []
    for page in pages:
        first = len(objects) + 1
        annotations = []
        for number, (x, y, size, text) in enumerate(page.stamps):
            form = _stream("/Subtype/Form/BBox[0 0 300 20]/Resources<</Font<</F 3 0 R>>>>", _show(0, 4, size, text, codes))
            box = f"[{x} {y - 4} {x + 300} {y + 16}]"
            annotations.append(f"{first + 3 + 2 * number} 0 R")
            objects.extend([] if number else [b"", b""])
            objects.append(form)
            objects.append(
                f"<</Type/Annot/Subtype/Widget/FT/Tx/T(s{number})/F 4/Rect{box}/AP<</N {first + 2 + 2 * number} 0 R>>>>".encode()
            )
        if not page.stamps:
            objects.extend([b"", b""])
        turn = f"0 1 -1 0 {WIDTH} 0 cm\n" if page.rotation == 90 else ""
        body = turn + "\n".join(_show(*page.texts[int(p.strip(chr(0)))], codes) if p.startswith("\0") else p for p in page.pieces)
        drawn = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /I Do Q\n" if page.picture else ""
        objects[first - 1] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Rotate {page.rotation}/Contents {first + 1} 0 R"
            f"/Resources<</Font<</F 3 0 R>>/XObject<</I 5 0 R>>>>/Annots[{' '.join(annotations)}]>>"
        ).encode()
        objects[first] = _stream("", drawn + body)
        kids.append(f"{first} 0 R")
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode()
    path.write_bytes(_file(objects))
    return path


def _show(x: float, y: float, size: float, text: str, codes: dict[str, int]) -> str:
    return f"BT /F {size} Tf {x} {y} Td <{''.join(f'{codes[sign]:02x}' for sign in text)}> Tj ET"


def _font() -> bytes:
    widths = " ".join(["500"] * 255)
    return (
        "<</Type/Font/Subtype/TrueType/BaseFont/Arial/FirstChar 1/LastChar 255"
        f"/Widths[{widths}]/ToUnicode 4 0 R/Encoding/WinAnsiEncoding>>"
    ).encode()


def _map_of(codes: dict[str, int], *, mapped: bool) -> bytes:
    pairs = "\n".join(
        f"<{code:02x}> <{(ord(sign) if mapped or not sign.isalpha() else 0x4D0 + code):04x}>" for sign, code in codes.items()
    )
    return _stream(
        "",
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def 1 begincodespacerange <00> <ff> endcodespacerange "
        f"{len(codes)} beginbfchar\n{pairs}\nendbfchar endcmap end end",
    )


def _picture() -> bytes:
    return b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n\xc8\nendstream"


def _stream(entries: str, content: str) -> bytes:
    data = content.encode("latin-1")
    return f"<<{entries}/Length {len(data)}>>stream\n".encode() + data + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    data = b"%PDF-1.7\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    return data + f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
