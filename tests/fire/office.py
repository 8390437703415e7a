"""Sets up the office of a house: tables, roles, people who can sign in, both sheets in force.

Run as a process of its own, by the owner of the tables. The tables come from the models, as in the tests' database
(tests/conftest.py): that migrations make the same ones, tests/test_prepare.py holds.
"""

import io
import os

import django


def set_up() -> None:
    import pgtrigger
    from django.apps import apps
    from django.conf import settings
    from django.contrib.auth.hashers import make_password
    from django.core.management import call_command
    from django.db import connections
    from procrastinate.schema import SchemaManager

    from ppid.shelf.management.commands.prepare import Command as Prepare

    owner = connections[settings.OWNER_DATABASE]
    desk = dict(connections["default"].settings_dict)
    connections["default"].settings_dict.update(owner.settings_dict)
    migrations = settings.MIGRATION_MODULES
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)
    settings.MIGRATION_MODULES = migrations
    pgtrigger.install()
    with connections["default"].cursor() as cursor:
        cursor.execute(SchemaManager.get_schema().encode())
    call_command("migrate", fake=True, verbosity=0)
    connections["default"].close()
    connections["default"].settings_dict.update(desk)
    prepare = Prepare(stdout=io.StringIO(), stderr=io.StringIO())
    prepare.make_sure_of_the_roles()
    call_command("begin_reasons", verbosity=0)
    prepare.collect_static()

    from ppid.organisation.models import User
    from tests import make

    make.office()
    User.objects.filter(is_demo=True).update(password=make_password(settings.DEMO_PASSWORD))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ppid.settings")
    django.setup()
    set_up()
