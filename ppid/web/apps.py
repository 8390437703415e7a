from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "ppid.web"

    def ready(self):
        from ppid.web.parameters import register_converters

        register_converters()
