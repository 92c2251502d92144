"""From which state a document may go to which."""

from datetime import datetime, timedelta

from dondoc.documents.enums import DocumentState

MAY_BE_QUEUED = (DocumentState.READ, DocumentState.FAILED)
SILENT_FOR = timedelta(minutes=15)

UNEXPECTED = (
    "Phần mềm gặp lỗi khi đọc tệp này; tệp vẫn được giữ nguyên. Bấm Đọc lại; nếu vẫn không được, báo quản trị viên kèm tên tệp."
)

STEPS = {
    "extract": "Lấy chữ từ tệp",
    "ocr": "Nhận dạng chữ trong ảnh",
    "restore": "Phục hồi dấu",
    "normalise": "Chuẩn hóa chữ",
    "outline": "Tìm đề mục",
    "metadata": "Tìm số, ngày, cơ quan ban hành",
    "citations": "Tìm văn bản viện dẫn",
    "tasks": "Tìm nhiệm vụ, chỉ tiêu, thời hạn",
    "findings": "Kiểm tra nội dung",
}


def is_silent(progress_at: datetime | None, at: datetime) -> bool:
    """Whether nothing was heard of a running job for so long that it must have been broken off."""
    return progress_at is None or at - progress_at > SILENT_FOR


def step_words(step: str) -> str:
    """The reader's step in words; a step that is given in words stands as it is."""
    return STEPS.get(step, step or "Đang đọc")
