from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "ppid.health"

    def ready(self):
        from ppid.health import checks  # noqa: F401 - adds the examinations
