from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "dondoc.programmes"
    label = "programmes"
