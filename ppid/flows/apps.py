from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "ppid.flows"
    verbose_name = "Alur"
