from django.apps import AppConfig


class InformationConfig(AppConfig):
    name = "ppid.information"
    verbose_name = "Informasi"
