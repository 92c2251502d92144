"""From the draft's material to the facts of an official paper."""

from datetime import date

from dondoc.common.official import Form, Paper, Recipients
from dondoc.reporting.paper.body import Body
from dondoc.reporting.paper.heading import addressee_of, bases_of, closing_of, opening_of, recipients_of, subject_of
from dondoc.reporting.paper.material import Material
from dondoc.units.letterhead import letterhead_of

KIND = "Báo cáo"


def facts_of(material: Material, *, on: date, with_sources: bool = False, site: str = "") -> Paper:
    """Number, day of the month and the signer's name are left open."""
    head = letterhead_of(material.campaign.recipient)
    body = Body(material)
    body.write()
    subject = subject_of(material.draft, head.form)
    addressee = addressee_of(material.campaign) if head.form == Form.STATE else ""
    return Paper(
        form=head.form,
        superior=head.superior,
        issuer=head.issuer,
        number=None,
        symbol=head.symbol("BC"),
        place=head.place,
        on=on,
        kind=KIND,
        subject=subject,
        addressees=(addressee,) if addressee else (),
        body=(*bases_of(material), opening_of(material, head), *body.blocks, closing_of(material, head)),
        recipients=Recipients(recipients_of(material.campaign, head.form), "Văn phòng" if head.form == Form.PARTY else "VT"),
        signature=head.signature,
        appendices=tuple(body.appendices),
    )
