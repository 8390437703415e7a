from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "ppid.web"

    def ready(self):
        from ppid.web import checks  # noqa: F401 - registers the checks
        from ppid.web.parameters import register_converters

        register_converters()
