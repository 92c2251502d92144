"""From the draft's material to the facts of an official paper."""

from datetime import date

from dondoc.common.official import Form, Paper, Recipients
from dondoc.reporting.paper.annex import Annex
from dondoc.reporting.paper.body import Body
from dondoc.reporting.paper.heading import addressee_of, bases_of, closing_of, opening_of, recipients_of, subject_of
from dondoc.reporting.paper.material import Material
from dondoc.reporting.paper.notes import Notes
from dondoc.units.letterhead import letterhead_of


def facts_of(material: Material, *, on: date, with_sources: bool = False, site: str = "") -> Paper:
    """Number, day of the month and the signer's name are left open."""
    head = letterhead_of(material.campaign.recipient)
    notes = Notes() if with_sources else None
    body = Body(material, notes)
    annex = (Annex(material, notes, site).appendix(),) if notes is not None else ()
    addressee = addressee_of(material.campaign) if head.form == Form.STATE else ""
    return Paper(
        form=head.form,
        superior=head.superior,
        issuer=head.issuer,
        number=None,
        symbol=head.symbol("BC"),
        place=head.place,
        on=on,
        kind="Báo cáo",
        subject=subject_of(material.draft, head.form),
        addressees=(addressee,) if addressee else (),
        body=(*bases_of(material), opening_of(material, head), *body.blocks, closing_of(material, head)),
        recipients=Recipients(recipients_of(material.campaign, head.form), "Văn phòng" if head.form == Form.PARTY else "VT"),
        signature=head.signature,
        appendices=(*body.appendices, *annex),
    )
