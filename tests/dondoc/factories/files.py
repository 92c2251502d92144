from django.core.files.uploadedfile import SimpleUploadedFile

from dondoc.files.models import StoredFile
from dondoc.files.services import store


def upload(content: bytes = b"noi dung", name: str = "van-ban.pdf") -> SimpleUploadedFile:
    """A file as a browser hands it in."""
    return SimpleUploadedFile(name, content)


def stored_file(content: bytes = b"noi dung", name: str = "van-ban.pdf") -> StoredFile:
    """A file that is kept already."""
    kept, _ = store(upload(content, name), None)
    return kept
