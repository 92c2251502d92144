"""Versions of a document as an actor may see them, and files that seem to be versions of it."""

from dataclasses import dataclass

from django.db.models import Count, Q

from dondoc.documents.enums import DocumentState
from dondoc.documents.models import Document, Signature, SignatureBand, VersionWord
from dondoc.documents.queries import visible_documents
from dondoc.documents.rules import likeness
from dondoc.documents.rules.search import plain_words
from dondoc.documents.rules.versions import is_official, names
from dondoc.units.rules import Actor

FEW = 3
LOOKED_AT = 40


@dataclass(frozen=True, slots=True)
class Proposal:
    """A file that seems to be the same document; ``share`` of the text that both have, 0 to 1."""

    document: Document
    share: float
    words: str

    @property
    def percent(self) -> int:
        return round(100 * self.share)


def versions(document: Document, actor: Actor) -> list[tuple[Document, str]]:
    """All files of the document that the actor may see, in order, each with what it is; empty where it is the only one."""
    if document.version_group is None:
        return []
    held = list(visible_documents(actor).filter(version_group=document.version_group))
    return names(held) if len(held) > 1 else []


def proposals(document: Document, actor: Actor) -> list[Proposal]:
    """The likeliest versions on which nobody has spoken yet, of those that the actor may see."""
    own = Signature.objects.filter(document=document).values_list("places", flat=True).first() or []
    near = _near(document, own)
    named = Q(code=document.code, issued_on=document.issued_on) if is_official(document) else Q(pk=None)
    held = (
        visible_documents(actor)
        .filter(Q(pk__in=near) | named, province=document.province_id, state=DocumentState.READ)
        .exclude(pk=document.pk)
        .select_related("signature")
    )
    if document.version_group is not None:
        held = held.exclude(version_group=document.version_group)
    spoken = _spoken_on(document)
    found = [_proposal(document, other, own) for other in held if other.pk not in spoken]
    return sorted((each for each in found if each is not None), key=lambda each: -each.share)[:FEW]


def _near(document: Document, own: list[int]) -> list[int]:
    """Those that share a band, the ones that share most first."""
    if not own:
        return []
    alike = SignatureBand.objects.filter(province=document.province_id, value__in=likeness.bands(own))
    counted = alike.exclude(document=document).values("document").annotate(number=Count("pk")).order_by("-number", "document")
    return [row["document"] for row in counted[:LOOKED_AT]]


def _spoken_on(document: Document) -> set[int]:
    words = VersionWord.objects.filter(Q(one=document) | Q(other=document)).values_list("one_id", "other_id")
    return {pk for pair in words for pk in pair}


def _proposal(document: Document, other: Document, own: list[int]) -> Proposal | None:
    places = other.signature.places if hasattr(other, "signature") else []
    share = likeness.share(own, places)
    same_number = is_official(document) and (document.code, document.issued_on) == (other.code, other.issued_on)
    same_name = bool(document.title) and plain_words(document.title) == plain_words(other.title)
    if not (share >= likeness.ALIKE or same_number or (same_name and share >= likeness.ALIKE_BY_NAME)):
        return None
    return Proposal(other, share, _said(document, other))


def _said(document: Document, other: Document) -> str:
    if is_official(document) and not is_official(other):
        return "Có vẻ là bản dự thảo của văn bản này"
    if is_official(other) and not is_official(document):
        return "Có vẻ là bản ký của dự thảo này"
    return "Có vẻ là một bản khác của văn bản này"
