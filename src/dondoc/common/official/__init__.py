"""Official papers as Word files: facts in, bytes of a .docx out.

State form by Decree 30/2020/NĐ-CP, appendix I; party form by Guidance 36-HD/VPTW, as Guidance 05-HD/VPTW keeps it.

    to_docx(Paper(form=Form.STATE, issuer="Sở Y tế", …))

Nothing here asks a database or the clock; whoever calls says the day, and who may sign.
"""

from dondoc.common.official.paper import (
    Appendix,
    Band,
    Basis,
    Block,
    Column,
    Form,
    Heading,
    Paper,
    Paragraph,
    Picture,
    Recipients,
    Rich,
    Row,
    Signature,
    Span,
    Table,
)
from dondoc.common.official.words import missing, unwritten
from dondoc.common.official.writing import DOCX, to_docx

__all__ = [
    "DOCX",
    "Appendix",
    "Band",
    "Basis",
    "Block",
    "Column",
    "Form",
    "Heading",
    "Paper",
    "Paragraph",
    "Picture",
    "Recipients",
    "Rich",
    "Row",
    "Signature",
    "Span",
    "Table",
    "missing",
    "to_docx",
    "unwritten",
]
