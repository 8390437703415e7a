from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "ppid.notices"
    verbose_name = "Kabar"

    def ready(self):
        from ppid.notices import checks  # noqa: F401 - registers the checks
