from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class ShelfConfig(AppConfig):
    name = "ppid.shelf"
    verbose_name = "Etalase publik"

    def ready(self):
        from ppid.shelf import checks  # noqa: F401 - registers the checks

        post_migrate.connect(_make_sure, sender=self)


def _make_sure(using, **kwargs):
    """What a database administrator must still do is said by ``prepare``."""
    from ppid.shelf import desk_role, portal_role
    from ppid.shelf.edition import count_every_write

    count_every_write(connections[using])
    desk_role.leave_aside_for_the_owner_alone(connections[using])
    portal_role.grant(connections[using])
    desk_role.grant(connections[using])
