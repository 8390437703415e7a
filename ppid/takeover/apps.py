from django.apps import AppConfig


class TakeoverConfig(AppConfig):
    name = "ppid.takeover"
    verbose_name = "Ambil alih"

    def ready(self):
        from ppid.takeover import guards

        guards.register()
