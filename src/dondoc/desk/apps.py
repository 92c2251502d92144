from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "dondoc.desk"
    label = "desk"
    verbose_name = "Việc của tôi"
