"""PDF (first version)."""

from collections.abc import Callable
from pathlib import Path

from vanban.errors import DamagedFileError, NeedsImageReadingError
from vanban.options import Options
from vanban.reading import Page
from vanban.sources.extracted import TextBuilder
from vanban.sources.limits import check_pages
from vanban.text.quality import syllable_quality


def read_pdf(path: Path, options: Options, on_progress: Callable[[int, int], None]) -> tuple[TextBuilder, int | None]:
    """Text page by page."""
    import pypdfium2  # noqa: PLC0415 -- slow import

    builder = TextBuilder(options)
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise DamagedFileError("Tệp PDF bị hỏng, không mở được. Đề nghị xuất lại tệp PDF từ bản gốc rồi gửi lại.") from error
    total = len(document)
    check_pages(total, options)
    for index in range(total):
        text = document[index].get_textpage().get_text_range().replace("\r\n", "\n").replace("\x02", "-").replace("\ufffe", "-")
        builder.pages.append(Page(index + 1, builder.add(text)))
        builder.add("\n")
        on_progress(index + 1, total)
    if syllable_quality(builder.text) < 0.5 or not builder.text.strip():
        raise NeedsImageReadingError(
            "Tệp PDF chỉ có hình ảnh hoặc lớp chữ bị hỏng, cần nhận dạng chữ. Đề nghị gửi bản Word hoặc bản PDF xuất từ Word."
        )
    return builder, total
