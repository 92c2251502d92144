from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "dondoc.files"
    label = "files"
