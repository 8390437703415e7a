"""The library as it stands after the fixtures are loaded, and people who may or may not approve."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from ppid.organisation.models import Appointment, Role, Unit, User
from sop import bindings
from sop.models import SopVersion

PUBLICATION = "pengumuman-informasi-publik"
EXCLUSION = "pendokumentasian-informasi-yang-dikecualikan"


# The library's tables, what refers to the others first.
TABLES = [
    "shelf_publishedsopfile",
    "shelf_publishedsop",
    "sop_statechange",
    "sop_activity",
    "sop_performerrole",
    "sop_performer",
    "sop_sopversion",
    "sop_sop",
]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Load the fixtures anew, once for a module; each test then works in a savepoint above them.

    The office has both sheets in force already, and the triggers would keep them: they are off while it is emptied.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table in TABLES:
                cursor.execute(f"DELETE FROM {table}")
            cursor.execute("SET LOCAL session_replication_role = origin")
        call_command("loaddata", "sop", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def library(loaded, db, settings, tmp_path, monkeypatch):
    """Both sheets as drafts, both flows registered, empty file stores."""
    settings.PRIVATE_FILES = tmp_path / "private"
    settings.PUBLIC_FILES = tmp_path / "public"
    monkeypatch.setattr(bindings, "_flows", {})
    bindings.register_flow("publication", bindings.FlowShape("Pengumuman informasi publik", 7, {4: 3}))
    bindings.register_flow("exclusion", bindings.FlowShape("Pengecualian informasi", 5, {2: 1, 4: 3}))


@pytest.fixture
def publication(library):
    return SopVersion.objects.with_sheet().get_by_natural_key(PUBLICATION, 1)


@pytest.fixture
def exclusion(library):
    return SopVersion.objects.with_sheet().get_by_natural_key(EXCLUSION, 1)


@pytest.fixture
def ppid_utama(library):
    return person("utama@contoh.id", "ppid_utama")


def person(email, role, *, starts_on=date(2025, 1, 2), ends_on=None):
    user = User.objects.create_user(email, name=email.partition("@")[0].title())
    Appointment.objects.create(
        user=user,
        role=Role.objects.get(code=role),
        unit=Unit.objects.get(code="diskominfo"),
        starts_on=starts_on,
        ends_on=ends_on,
        order_number="800/1/2025",
    )
    return user
