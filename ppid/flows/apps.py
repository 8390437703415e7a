from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "ppid.flows"
    verbose_name = "Alur"

    def ready(self):
        from ppid.flows import checks  # noqa: F401 - registers the checks
        from ppid.flows.shape import register

        register()
