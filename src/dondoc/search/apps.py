from importlib import import_module

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "dondoc.search"
    label = "search"
    verbose_name = "Tìm kiếm"

    def ready(self) -> None:
        import_module("dondoc.search.places")
