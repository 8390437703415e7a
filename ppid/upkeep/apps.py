from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "ppid.upkeep"

    def ready(self):
        from ppid.upkeep import checks  # noqa: F401 - adds the examination
