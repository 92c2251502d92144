"""Templates that come with the program: files of ``data``, read by the same code as an imported one."""

from collections.abc import Iterator
from pathlib import Path

from dondoc.reporting.rules.templates import TemplateFacts, read

_FOLDER = Path(__file__).parent / "data"


def shipped() -> Iterator[TemplateFacts]:
    """In the order of their names."""
    for path in sorted(_FOLDER.glob("*.json")):
        yield read(path.read_text(encoding="utf-8"))
