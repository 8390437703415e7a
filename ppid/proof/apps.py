from django.apps import AppConfig


class ProofConfig(AppConfig):
    name = "ppid.proof"
    verbose_name = "Pembuktian"

    def ready(self):
        from ppid.proof import checks  # noqa: F401 - adds the examination
