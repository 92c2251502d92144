"""Where the shell keeps what was read of page images, so that a second reading of the same file is instant."""

import os
from pathlib import Path


def page_cache() -> Path | None:
    """The folder ``dondoc/pages`` under ``XDG_CACHE_HOME``, else under ``~/.cache``; None where there is no home. It need not be there yet.

    It holds the words of each page under a hash of its image, in files for the user alone. It may be deleted at any time.
    """
    told = Path(os.environ.get("XDG_CACHE_HOME", ""))  # one that is not absolute is to be ignored (XDG Base Directory)
    try:
        return (told if told.is_absolute() else Path.home() / ".cache") / "dondoc" / "pages"
    except RuntimeError:
        return None
