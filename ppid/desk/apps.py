from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "ppid.desk"

    def ready(self):
        from ppid.desk import checks  # noqa: F401 - registers the checks
