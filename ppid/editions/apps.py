from django.apps import AppConfig


class EditionsConfig(AppConfig):
    name = "ppid.editions"
    verbose_name = "Edisi DIP dan DIK"
