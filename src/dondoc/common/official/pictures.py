# ruff: noqa: SLF001 - the library has no words for what is set here
"""Pictures in the line of the text."""

import io

from docx.document import Document as WordDocument
from docx.shared import Twips

from dondoc.common.official.paper import Picture
from dondoc.common.official.word import styled, write


def write_picture(word: WordDocument, picture: Picture, width: int) -> None:
    """``width`` of the text, in twips. The line is as high as the picture: exact heights of lines would cut it off."""
    paragraph = styled(word, "Giữa dòng")
    paragraph.paragraph_format.line_spacing = 1.0
    shape = paragraph.add_run().add_picture(io.BytesIO(picture.png), Twips(round(width * picture.width)))
    shape._inline.docPr.set("descr", picture.words)
    for side in "TBLR":  # without it some programs leave an eighth of an inch, and the picture stands beside the middle
        shape._inline.set(f"dist{side}", "0")
    if picture.caption:
        paragraph.paragraph_format.keep_with_next = True
        write(styled(word, "Giữa dòng"), picture.caption)
