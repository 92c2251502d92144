"""How the report begins and ends: what it is about, to whom it goes, on what it rests."""

from collections.abc import Iterator

from dondoc.common import wording
from dondoc.common.official import Basis, Form, Paragraph
from dondoc.documents.models import Document
from dondoc.documents.places import name_of
from dondoc.programmes.official.urging import document_words
from dondoc.reporting.models import Campaign, Draft
from dondoc.reporting.paper.material import Material, item_of
from dondoc.reporting.queries.figures import people_words
from dondoc.units.letterhead import Letterhead, letterhead_of

KIND = "Báo cáo "


def subject_of(draft: Draft, form: Form) -> str:
    """The trích yếu: of the state with a capital at its beginning, of the party without."""
    bare = wording.joined(draft.title.removeprefix(KIND).strip())
    return wording.lowered(bare) if form == Form.PARTY else f"{bare[:1].upper()}{bare[1:]}"


def addressee_of(campaign: Campaign) -> str:
    """Whom the next hop goes to; open where no campaign stands for it."""
    return letterhead_of(campaign.feeds.recipient).issuer if campaign.feeds else ""


def recipients_of(campaign: Campaign, form: Form) -> tuple[str, ...]:
    """Nơi nhận: the addressee, and those whose reports went into this one."""
    above = addressee_of(campaign)
    first = "Như trên" if form == Form.STATE else f"{above} (để b/c)"
    return (*([first] if above else []), *(group.name for group in campaign.groups.all()))


def bases_of(material: Material) -> Iterator[Basis]:
    lines = tuple(f"Căn cứ {_named(one)}" for one in material.bases)
    if lines:
        yield Basis(lines)


def opening_of(material: Material, head: Letterhead) -> Paragraph:
    """What was carried out, of how many reports the figures are made, and what follows."""
    item = item_of(material.campaign)
    carried_out = f"Thực hiện {_named(item.document)} ({name_of(item)}), trên" if item else "Trên"
    subject = subject_of(material.draft, Form.PARTY)
    return Paragraph(f"{carried_out} cơ sở báo cáo đã duyệt của {counted(material)}, {head.issuer} báo cáo {subject} như sau:")


def closing_of(material: Material, head: Letterhead) -> Paragraph:
    return Paragraph(f"Trên đây là báo cáo {subject_of(material.draft, Form.PARTY)} của {head.issuer}.")


def counted(material: Material) -> str:
    """``57/65 xã, phường; 15/15 sở, ngành``: whose reports were accepted, template by template."""
    counts: dict[str, tuple[int, int]] = {}
    for source in material.sources:
        people = people_words(one.unit for one in source.reports)
        accepted, expected = counts.get(people, (0, 0))
        counts[people] = (accepted + source.accepted, expected + len(source.reports))
    return "; ".join(f"{wording.number(one)}/{wording.number(all_)} {people}" for people, (one, all_) in counts.items())


def _named(document: Document) -> str:
    """*Kế hoạch số 208/KH-UBND ngày 07/8/2025 của … về …*."""
    issuer = f" của {document.issuer}" if document.issuer else ""
    about = f" về {wording.lowered(document.title)}" if document.title and document.code else ""
    return f"{document_words(document)}{issuer}{about}"
