"""A file that came back → what it says, whatever kind of form it is."""

import logging
from collections.abc import Callable, Mapping

from dondoc.common.errors import Refused
from dondoc.reporting.unit_files import excel_reading, word_reading
from dondoc.reporting.unit_files.contents import Filled
from dondoc.reporting.unit_files.guarding import DAMAGED, Kind, kind_of

log = logging.getLogger(__name__)

READERS: Mapping[Kind, Callable[[bytes], Filled]] = {Kind.EXCEL: excel_reading.read, Kind.WORD: word_reading.read}


def read_form(data: bytes) -> Filled:
    """Raises Refused with what to do; a file on which a reader breaks is damaged, and never stops those after it."""
    kind = kind_of(data)
    try:
        return READERS[kind](data)
    except Refused:
        raise
    except Exception as error:
        log.exception("a form could not be read")
        raise Refused(DAMAGED, field="upload") from error
