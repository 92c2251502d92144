"""What is derived for versions: the signature of a text, and the order within a group."""

from uuid import UUID

from dondoc.documents.models import Document, Signature, SignatureBand
from dondoc.documents.rules.likeness import bands, signature
from dondoc.documents.rules.versions import in_order


def sign(document: Document, text: str) -> None:
    """Keep what the text is known by; what an older reading was known by goes."""
    places = signature(text)
    Signature.objects.update_or_create(document=document, defaults={"places": places})
    document.bands.all().delete()
    SignatureBand.objects.bulk_create(
        SignatureBand(province_id=document.province_id, document=document, value=value) for value in bands(places)
    )


def unsign(document: Document) -> None:
    """Nothing leads to the document any more: its text is gone."""
    Signature.objects.filter(document=document).delete()
    document.bands.all().delete()
    group = document.version_group
    Document.objects.filter(pk=document.pk).update(version_group=None, version_rank=0)
    document.version_group = None
    rank(group)


def rank(group: UUID | None) -> None:
    """Number the versions of a group in their order."""
    if group is None:
        return
    for number, document in enumerate(in_order(list(Document.objects.filter(version_group=group)))):
        if document.version_rank != number:
            Document.objects.filter(pk=document.pk).update(version_rank=number)
