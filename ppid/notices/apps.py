from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "ppid.notices"
    verbose_name = "Kabar"
