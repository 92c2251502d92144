"""Words and badges that only the pages of documents use."""

from django import template
from django.utils.safestring import SafeString

from dondoc.common.templatetags.house import badge
from dondoc.documents.enums import DocumentState
from dondoc.documents.models import Document, DocumentReading, Item
from dondoc.documents.places import name_of_section
from dondoc.documents.rules import fields

register = template.Library()

_BADGES = {
    DocumentState.QUEUED: ("idle", "hourglass"),
    DocumentState.READING: ("run", "progress"),
    DocumentState.READ: ("done", "circle-check"),
    DocumentState.FAILED: ("over", "alert-triangle"),
    DocumentState.QUARANTINED: ("over", "shield-lock"),
}
_FILES = {
    "application/pdf": "Tệp PDF",
    "text/plain": "Văn bản thuần",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Tệp Word",
    "application/msword": "Tệp Word cũ",
    "application/rtf": "Tệp RTF",
    "application/vnd.oasis.opendocument.text": "Tệp OpenDocument",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Bảng tính Excel",
    "application/vnd.ms-excel": "Bảng tính Excel cũ",
    "application/vnd.oasis.opendocument.spreadsheet": "Bảng tính OpenDocument",
    "image/png": "Ảnh PNG",
    "image/jpeg": "Ảnh JPEG",
    "image/tiff": "Ảnh TIFF",
}
_ORIGINS = {"restored": "chữ đã phục hồi dấu", "ocr": "chữ nhận dạng từ ảnh"}


@register.filter
def place(section: str) -> str:
    """Mục III.2.b for III.2.b, Phụ lục 2, mục I for PL2.I."""
    return name_of_section(section)


@register.filter
def type_name(abbreviation: str) -> str:
    """Kế hoạch for KH."""
    return fields.type_name(abbreviation)


@register.filter
def origin(reading: DocumentReading) -> str:
    """Tệp PDF 3 trang, chữ đã phục hồi dấu."""
    source = reading.contract.get("source") or {}
    kind = _FILES.get(str(source.get("media_type")), "Tệp")
    pages = source.get("pages")
    name = f"{kind} {pages} trang" if pages else kind
    words = _ORIGINS.get(str(source.get("text_origin")))
    return f"{name}, {words}" if words else name


@register.filter
def progress_words(document: Document) -> str:
    """Lấy chữ từ tệp: 12 trên 40 trang."""
    if document.state == DocumentState.QUEUED:
        return "Chưa bắt đầu"
    step = document.step or "Bắt đầu đọc"
    return f"{step}: {document.pages_done} trên {document.pages_total} trang" if document.pages_total > 1 else step


@register.simple_tag
def document_badge(document: Document) -> SafeString:
    """The state of a document: colour, icon, word."""
    key, icon = _BADGES[DocumentState(document.state)]
    return badge(key, document.get_state_display(), icon)


@register.filter
def passage(item: Item) -> str:
    """The words that an item was read from."""
    return " ".join(item.reading.text[item.span_start : item.span_end].split())
