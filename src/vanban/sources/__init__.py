"""From a file to its text: ``extract`` finds out what the file is and reads it."""

from vanban.sources.extract import extract
from vanban.sources.extracted import Extracted

__all__ = ["Extracted", "extract"]
