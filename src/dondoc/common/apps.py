from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "dondoc.common"
    label = "common"
    verbose_name = "Phần chung"
