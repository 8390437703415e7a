from django.apps import AppConfig


class ScanningConfig(AppConfig):
    name = "ppid.scanning"
    verbose_name = "Pemeriksaan virus"

    def ready(self):
        from ppid.scanning import checks  # noqa: F401 - adds the examination
