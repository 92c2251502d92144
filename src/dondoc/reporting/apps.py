from importlib import import_module

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "dondoc.reporting"
    label = "reporting"
    verbose_name = "Báo cáo"

    def ready(self) -> None:
        import_module("dondoc.reporting.places")
        import_module("dondoc.reporting.found")
