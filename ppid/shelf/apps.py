from django.apps import AppConfig


class ShelfConfig(AppConfig):
    name = "ppid.shelf"
    verbose_name = "Etalase publik"
