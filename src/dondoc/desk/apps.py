from importlib import import_module

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "dondoc.desk"
    label = "desk"
    verbose_name = "Việc của tôi"

    def ready(self) -> None:
        import_module("dondoc.desk.places")
