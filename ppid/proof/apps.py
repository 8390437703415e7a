from django.apps import AppConfig


class ProofConfig(AppConfig):
    name = "ppid.proof"
    verbose_name = "Pembuktian"
