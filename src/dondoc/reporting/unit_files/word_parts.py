"""What a form in Word is built of beyond what its library has words for: controls, cells, protection, and what Word does not show."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Any
from xml.sax.saxutils import escape

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn

from dondoc.common.exporting import without_controls
from dondoc.common.official.word import element
from dondoc.reporting.unit_files.word_words import FIGURE_HERE, LONGEST_TAG, NAMESPACE, TEXT_HERE

GREY, KNOWN_TINT, COMPUTED_TINT, HEAD_TINT = "6B7280", "FFF3D1", "EEF0F4", "E8ECF4"
HINT_STYLE = "PlaceholderText"
HINTS = {TEXT_HERE: "DonDocNoiDung", FIGURE_HERE: "DonDocSo"}
_XML = "application/xml"
_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_GLOSSARY = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.glossary+xml"
_STORE = "{6D0B7C1E-6C5F-4F0B-9B7E-2F3D5C0A1E11}"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Controls:
    """Makes the controls of one file; each has its own number."""

    def __init__(self) -> None:
        self._numbers: Iterator[int] = count(1)

    def inline(self, tag: str, title: str, text: str) -> Any:
        """In a paragraph, for a few words: it holds ``text``, or is blank. It cannot be deleted."""
        return self._made(tag, title, FIGURE_HERE, _held(text, FIGURE_HERE), has_text=bool(text))

    def block(self, tag: str, title: str, text: str, style: str) -> Any:
        """Paragraphs of its own, as many as people write. A line is a paragraph: LibreOffice would run the lines of one together."""
        lines = [line(style, _held(words, TEXT_HERE if not text else "")) for words in text.split("\n")]
        return self._made(tag, title, TEXT_HERE, *lines, has_text=bool(text))

    def _made(self, tag: str, title: str, hint: str, *content: Any, has_text: bool) -> Any:
        control, facts, held = element("sdt"), element("sdtPr"), element("sdtContent")
        named = [(name, value) for name, value in (("alias", title[:LONGEST_TAG]), ("tag", tag)) if len(value) <= LONGEST_TAG]
        facts.extend(element(name, val=value) for name, value in named)
        facts.append(element("id", val=next(self._numbers)))
        facts.append(element("lock", val="sdtLocked"))
        placeholder = element("placeholder")
        placeholder.append(element("docPart", val=HINTS[hint]))
        facts.append(placeholder)
        if not has_text:
            facts.append(element("showingPlcHdr"))
        held.extend(content)
        control.extend((facts, held))
        return control


def _held(text: str, hint: str) -> Any:
    return run(text) if text or not hint else run(hint, style=HINT_STYLE)


def run(text: str, *, style: str = "", bold: bool = False, italic: bool = False, grey: bool = False) -> Any:
    """Lines stay lines."""
    made, looks = element("r"), element("rPr")
    if style:
        looks.append(element("rStyle", val=style))
    looks.extend(element(name) for name, wanted in (("b", bold), ("i", italic)) if wanted)
    if grey:
        looks.append(element("color", val=GREY))
    if len(looks):
        made.append(looks)
    for at, line in enumerate(without_controls(text).split("\n")):
        if at:
            made.append(element("br"))
        words = element("t")
        words.text = line
        words.set(qn("xml:space"), "preserve")
        made.append(words)
    return made


def line(style: str, *content: Any) -> Any:
    """A paragraph of runs and controls; ``style`` by its name, from which python-docx makes the number that Word looks it up by."""
    made, layout = element("p"), element("pPr")
    layout.append(element("pStyle", val=style.replace(" ", "")))
    made.append(layout)
    made.extend(content)
    return made


def cell(width: int, *lines: Any, tint: str = "", span: int = 1) -> Any:
    made, facts = element("tc"), element("tcPr")
    facts.append(element("tcW", w=width, type="dxa"))
    if span > 1:
        facts.append(element("gridSpan", val=span))
    if tint:
        facts.append(element("shd", val="clear", color="auto", fill=tint))
    made.append(facts)
    made.extend(lines)
    return made


def row(cells: Iterable[Any], *, is_head: bool = False) -> Any:
    """Not broken over pages; a head stands on each."""
    made, facts = element("tr"), element("trPr")
    facts.append(element("cantSplit"))
    if is_head:
        facts.append(element("tblHeader"))
    made.append(facts)
    made.extend(cells)
    return made


def table(widths: Sequence[int], rows: Iterable[Any]) -> Any:
    """Ruled, columns exactly so wide (twips)."""
    made, facts, grid = element("tbl"), element("tblPr"), element("tblGrid")
    facts.append(element("tblStyle", val="TableGrid"))
    facts.append(element("tblW", w=sum(widths), type="dxa"))
    facts.append(element("tblLayout", type="fixed"))
    air = element("tblCellMar")
    air.extend(element(side, w=60, type="dxa") for side in ("left", "right"))
    facts.append(air)
    grid.extend(element("gridCol", w=width) for width in widths)
    made.extend((facts, grid, *rows))
    return made


def put(word: WordDocument, *blocks: Any) -> None:
    """At the end of the text, before the facts of its last section."""
    last = word.element.body.sectPr
    for block in blocks:
        last.addprevious(block)


def strip(word: WordDocument) -> None:
    """Take out of python-docx's own template what no form uses: a hundred looks of tables, a second set of styles, a picture."""
    for one in list(word.styles):
        if one.type == WD_STYLE_TYPE.TABLE and one.name not in {"Normal Table", "Table Grid"}:
            one.delete()
    package = word.part.package
    for rels in (word.part.rels, package.rels if package else {}):
        for number in [key for key, one in rels.items() if one.reltype.endswith(("/stylesWithEffects", "/thumbnail"))]:
            del rels[number]


def protect(word: WordDocument) -> None:
    """Only controls can be written in; without a password: against slips, not against people."""
    guard = element("documentProtection", edit="forms", enforcement=1)
    word.settings.element.find(qn("w:defaultTabStop")).addprevious(guard)


def carry(word: WordDocument, seal: str) -> None:
    """The seal as data of the file: Word and LibreOffice keep it and do not show it."""
    held = f'<mau xmlns="{NAMESPACE}">{escape(seal)}</mau>'
    item = _part(word, "/customXml/item9.xml", _XML, held)
    word.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)
    ours = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    facts = f'<ds:datastoreItem xmlns:ds="{ours}" ds:itemID="{_STORE}"><ds:schemaRefs/></ds:datastoreItem>'
    item.relate_to(_part(word, "/customXml/itemProps9.xml", _PROPERTIES, facts), RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)


def carried(word: WordDocument) -> str:
    """The other way; empty where some program has dropped it."""
    mark = f'xmlns="{NAMESPACE}"'
    for related in word.part.rels.values():
        if related.reltype == RELATIONSHIP_TYPE.CUSTOM_XML and not related.is_external:
            text = related.target_part.blob.decode("utf-8", "replace")
            if mark in text:
                return str(text.rpartition("</")[0].rpartition(">")[2])
    return ""


def keep_hints(word: WordDocument) -> None:
    """What an emptied control shows again; without it Word puts words of its own there."""
    parts = "".join(_HINT.format(name=name, text=escape(text)) for text, name in HINTS.items())
    text = f'<w:glossaryDocument xmlns:w="{_W}"><w:docParts>{parts}</w:docParts></w:glossaryDocument>'
    word.part.relate_to(_part(word, "/word/glossary/document.xml", _GLOSSARY, text), RELATIONSHIP_TYPE.GLOSSARY_DOCUMENT)


_HINT = (
    '<w:docPart><w:docPartPr><w:name w:val="{name}"/><w:category><w:name w:val="General"/><w:gallery w:val="placeholder"/>'
    '</w:category><w:types><w:type w:val="bbPlcHdr"/></w:types><w:behaviors><w:behavior w:val="content"/></w:behaviors>'
    '</w:docPartPr><w:docPartBody><w:p><w:r><w:rPr><w:color w:val="808080"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    "</w:p></w:docPartBody></w:docPart>"
)


def _part(word: WordDocument, name: str, kind: str, text: str) -> Part:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    package = word.part.package
    if package is None:
        raise AssertionError
    return Part(PackURI(name), kind, (head + text).encode(), package)
