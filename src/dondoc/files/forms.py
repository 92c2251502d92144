"""A field for a file that people attach."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from dondoc.common import wording
from dondoc.files import rules
from dondoc.files.services import HEAD_BYTES


class AttachmentField(forms.FileField):
    """A file of a kind that offices exchange, not over the limit; the sentence says what to do instead."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})
        self.widget.attrs.setdefault("accept", ",".join(rules.ENDINGS))
        self.error_messages["empty"] = "Tệp rỗng (0 byte). Kiểm tra lại tệp rồi chọn lại."

    def to_python(self, data: Any) -> Any:
        upload = super().to_python(data)
        if isinstance(upload, UploadedFile):
            _check(upload)
        return upload


def _check(upload: UploadedFile) -> None:
    name, size = rules.clean_name(upload.name or ""), upload.size or 0
    if size > settings.MAX_FILE_BYTES:
        limit = wording.size(settings.MAX_FILE_BYTES)
        raise ValidationError(
            f"Tệp “{name}” có dung lượng {wording.size(size)}, lớn hơn mức nhận được là {limit}. "
            "Giảm dung lượng hoặc tách tệp rồi chọn lại."
        )
    head = upload.read(HEAD_BYTES)
    upload.seek(0)
    if rules.media_type(name, head) == rules.OCTETS:
        raise ValidationError(f"Không nhận được tệp “{name}”. Chọn tệp PDF, Word, Excel, ảnh hoặc tệp nén .zip.")
