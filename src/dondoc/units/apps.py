from importlib import import_module

from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "dondoc.units"
    label = "units"
    verbose_name = "Đơn vị và người dùng"

    def ready(self) -> None:
        import_module("dondoc.units.places")
