"""Hands an exported list to the browser.

The page itself answers with the file where its address says ``xuat=xlsx``, so that filters and rights are the page's own.
"""

from collections.abc import Iterable, Sequence
from tempfile import SpooledTemporaryFile
from typing import TypeVar

from django.http import FileResponse, HttpRequest

from dondoc.common import clock, wording
from dondoc.common.exporting import About, Column, Format, write

T = TypeVar("T")
KEY = "xuat"
IN_MEMORY = 2 * 1024 * 1024
_TYPES = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv; charset=utf-8",
}


def wanted_format(request: HttpRequest) -> Format | None:
    """Which file the address asks for; None: the page."""
    return {form.value: form for form in Format}.get(request.GET.get(KEY, ""))


def download(
    request: HttpRequest, form: Format, name: str, columns: Sequence[Column[T]], rows: Iterable[T], **facts: str
) -> FileResponse:
    """The list as a file. It is written whole before the first byte goes out: one that breaks off would look complete.

    ``facts`` stand beside the address and the time on the second sheet, by their Vietnamese names: ``**{"Tính đến": day}``.
    """
    now = clock.now()
    told = (*facts.items(), ("Xuất lúc", wording.moment(now)), ("Địa chỉ", request.build_absolute_uri()))
    held = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    write(held, form, About(name, told), columns, rows)
    held.seek(0)
    filename = f"{name} {now:%Y-%m-%d}.{form}"
    response = FileResponse(held, as_attachment=True, filename=filename, content_type=_TYPES[form])
    response["Cache-Control"] = "private, no-store"
    return response
