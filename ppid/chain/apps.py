from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ChainConfig(AppConfig):
    name = "ppid.chain"
    verbose_name = "Rantai buku besar"

    def ready(self):
        post_migrate.connect(_write_forms, sender=self)


def _write_forms(using, **kwargs):
    from ppid.chain.forms import write_forms

    write_forms(using)
