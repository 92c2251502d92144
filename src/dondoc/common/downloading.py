"""Hands exported lists and papers to the browser.

A list's own page answers with the file where its address says ``xuat=xlsx``, so that filters and rights are the page's own.
"""

from collections.abc import Callable, Iterable, Sequence
from tempfile import SpooledTemporaryFile
from typing import IO, Any, TypeVar

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from dondoc.common import clock, wording
from dondoc.common.exporting import About, Column, Format, Part, write, write_parts

T = TypeVar("T")
KEY = "xuat"
NOT_KEPT = "private, no-store"
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
    about = _about(request, name, facts)
    return hand_out(name, form, _TYPES[form], lambda target: write(target, form, about, columns, rows))


def download_parts(request: HttpRequest, form: Format, name: str, parts: Sequence[Part[Any]], **facts: str) -> FileResponse:
    """Several lists in one file, as :func:`download` hands out one."""
    about = _about(request, name, facts)
    ending, kind = (form.value, _TYPES[form]) if form == Format.XLSX else ("zip", "application/zip")
    return hand_out(name, ending, kind, lambda target: write_parts(target, form, about, parts))


def hand_out(name: str, ending: str, content_type: str, write_to: Callable[[IO[bytes]], None]) -> FileResponse:
    """A file that ``write_to`` writes; on disk as soon as it is large."""
    held = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    try:
        write_to(held)
    except BaseException:
        held.close()
        raise
    held.seek(0)
    response = FileResponse(held, as_attachment=True, filename=_filename(name, ending), content_type=content_type)
    response["Cache-Control"] = NOT_KEPT
    return response


def hand_out_made(content: bytes, name: str, ending: str, content_type: str) -> HttpResponse:
    """A file that is made already, as a paper is."""
    disposition = content_disposition_header(as_attachment=True, filename=_filename(name, ending)) or "attachment"
    headers = {"Content-Disposition": disposition, "Cache-Control": NOT_KEPT}
    return HttpResponse(content, content_type=content_type, headers=headers)


def _filename(name: str, ending: str) -> str:
    return f"{name.replace('/', '-')} {clock.now():%Y-%m-%d}.{ending}"


def _about(request: HttpRequest, name: str, facts: dict[str, str]) -> About:
    told = (("Xuất lúc", wording.moment(clock.now())), ("Địa chỉ", request.build_absolute_uri()))
    return About(name, (*facts.items(), *told))
