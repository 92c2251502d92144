from importlib import import_module

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "dondoc.notices"
    label = "notices"
    verbose_name = "Thông báo"

    def ready(self) -> None:
        import_module("dondoc.notices.places")
