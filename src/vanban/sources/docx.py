"""Word files (first version)."""

from collections.abc import Callable
from pathlib import Path

from vanban.options import Options
from vanban.sources.extracted import CellText, TextBuilder


def read_docx(path: Path, options: Options, on_progress: Callable[[int, int], None]) -> tuple[TextBuilder, int | None]:
    """Paragraphs and tables in body order."""
    from docx import Document  # noqa: PLC0415 -- slow import
    from docx.table import Table  # noqa: PLC0415 -- slow import

    builder = TextBuilder()
    for block in Document(str(path)).iter_inner_content():
        if isinstance(block, Table):
            cells = [CellText(r, c, cell.text) for r, row in enumerate(block.rows) for c, cell in enumerate(row.cells)]
            layout = len(block.rows) <= 2 and any(mark in cell.text for cell in cells for mark in ("Số", "Nơi nhận", "CỘNG H"))
            builder.table(cells, layout=layout)
        else:
            builder.line(block.text)
    on_progress(1, 1)
    return builder, None
