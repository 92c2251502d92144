"""The background work of documents, by name."""

from dondoc.common.jobs import job
from dondoc.documents import services


@job("documents.read")
def read(document_id: int) -> None:
    """Read a document that waits to be read."""
    services.read(document_id=document_id)
