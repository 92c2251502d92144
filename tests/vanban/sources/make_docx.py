"""Builds small Word files of exactly the parts that a test is about."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
NO_BORDERS = '<w:tblPr><w:tblBorders><w:top w:val="nil"/><w:insideV w:val="none"/></w:tblBorders></w:tblPr>'
BORDERS = '<w:tblPr><w:tblBorders><w:top w:val="single"/><w:insideV w:val="single"/></w:tblBorders></w:tblPr>'


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str, number: tuple[int, int] | None = None, style: str = "", mark: str = "") -> str:
    """A paragraph of runs (plain text becomes one); ``number``: list and level; ``mark``: properties of its end mark."""
    runs = "".join(piece if piece.startswith("<") else run(piece) for piece in content)
    numbering = f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>' if number else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{numbering}<w:rPr>{mark}</w:rPr></w:pPr>{runs}</w:p>"


def cell(*content: str, properties: str = "") -> str:
    """A table cell of paragraphs (plain text becomes one)."""
    blocks = "".join(piece if piece.startswith("<") else paragraph(piece) for piece in content) or paragraph()
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{blocks}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A table row of cells (plain text becomes one)."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(c if c.startswith('<') else cell(c) for c in cells)}</w:tr>"


def table(*rows: str, properties: str = BORDERS) -> str:
    """A table, ruled if nothing else is said."""
    return f"<w:tbl>{properties}{''.join(rows)}</w:tbl>"


def level(index: int, form: str, text: str, start: int = 1, more: str = "") -> str:
    """A level of an abstract list."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(abstracts: dict[int, str], lists: dict[int, tuple[int, str]]) -> str:
    """word/numbering.xml: abstract lists by id, lists by id with their abstract one and their overrides."""
    first = "".join(f'<w:abstractNum w:abstractNumId="{key}">{levels}</w:abstractNum>' for key, levels in abstracts.items())
    last = "".join(
        f'<w:num w:numId="{key}"><w:abstractNumId w:val="{abstract}"/>{more}</w:num>' for key, (abstract, more) in lists.items()
    )
    return f"<w:numbering {_NAMES}>{first}{last}</w:numbering>"


def part(name: str, content: str) -> str:
    """Another part, such as styles or footnotes."""
    return f"<w:{name} {_NAMES}>{content}</w:{name}>"


def docx(path: Path, *body: str, **parts: str) -> Path:
    """Write a Word file of ``body``; ``parts``: word/NAME.xml → content."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", f"<w:document {_NAMES}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return path
