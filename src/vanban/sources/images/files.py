"""Image files: PNG, JPEG, TIFF of several pages."""

from collections.abc import Callable
from pathlib import Path

from vanban.errors import NeedsImageReadingError
from vanban.options import Options
from vanban.sources.extracted import TextBuilder


def read_image_file(path: Path, options: Options, on_progress: Callable[[int, int], None]) -> tuple[TextBuilder, int | None]:
    """The text of an image file, page by page."""
    raise NeedsImageReadingError(
        "Đây là tệp hình ảnh, cần nhận dạng chữ mới đọc được. Đề nghị gửi bản Word hoặc bản PDF xuất từ phần mềm soạn thảo."
    )
