from django.apps import AppConfig

from dondoc.common import deeds


class CommentsConfig(AppConfig):
    name = "dondoc.comments"
    label = "comments"
    verbose_name = "Trao đổi"

    def ready(self) -> None:
        deeds.name({"comments.add": "Ghi ý kiến", "comments.edit": "Sửa ý kiến", "comments.remove": "Xóa ý kiến"})
