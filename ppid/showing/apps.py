from django.apps import AppConfig


class ShowingConfig(AppConfig):
    name = "ppid.showing"
    verbose_name = "Yang dibuat dari informasi publik"
