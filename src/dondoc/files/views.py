"""Hands out stored files. Whether the person may have one is for the app whose page links to it."""

from django.http import FileResponse
from django.utils.http import content_disposition_header

from dondoc.files import rules
from dondoc.files.models import StoredFile


def hand_out(stored: StoredFile, *, name: str = "", inline: bool = False) -> FileResponse:
    """The file as a download, or to be shown in a page where its type is safe for that.

    The caller has checked that the person may have it. The response forbids scripts, sniffing and shared caches.
    """
    shown = inline and stored.media_type in rules.SHOWN_INLINE
    response = FileResponse(stored.content.open("rb"), content_type=stored.media_type if shown else _saved_type(stored))
    disposition = content_disposition_header(as_attachment=not shown, filename=name or stored.name)
    response["Content-Disposition"] = disposition or "attachment"
    response["Content-Length"] = str(stored.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'self'" + ("" if shown else "; sandbox")
    response["Cache-Control"] = "private, no-store"
    return response


def _saved_type(stored: StoredFile) -> str:
    return rules.OCTETS if stored.media_type.startswith("text/") else stored.media_type
