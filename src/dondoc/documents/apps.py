from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "dondoc.documents"
    label = "documents"

    def ready(self) -> None:
        import_module("dondoc.documents.jobs")
        import_module("dondoc.documents.found")
        import_module("dondoc.documents.commented")
