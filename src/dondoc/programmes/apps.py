from importlib import import_module

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "dondoc.programmes"
    label = "programmes"
    verbose_name = "Chương trình"

    def ready(self) -> None:
        import_module("dondoc.programmes.places")
        import_module("dondoc.programmes.found")
        import_module("dondoc.programmes.commented")
