"""The report that is made of a campaign's returns, as an official paper: from its draft to the bytes of a Word file.

    paper_of(draft, on=date(2025, 9, 18), with_sources=True)

State form or party form, as the unit that issues it has. Nothing is invented: what the program does not know stays open, and what
units owe is marked, so that nobody signs over it.
"""

from datetime import date

from dondoc.common.official import to_docx
from dondoc.reporting.models import Draft
from dondoc.reporting.paper.laying import facts_of
from dondoc.reporting.paper.material import material_of


def paper_of(draft: Draft, *, on: date, with_sources: bool = False, site: str = "") -> bytes:
    """The .docx. ``on``: the day at its head; ``with_sources``: with the annex that tells where each figure and passage comes from.

    ``site``: what the addresses in the annex begin with; the platform's own where it is empty.
    """
    return to_docx(facts_of(material_of(draft), on=on, with_sources=with_sources, site=site))
