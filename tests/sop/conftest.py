"""The library as it stands after the fixtures are loaded, people who may or may not, and the usual ways."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from ppid.organisation.models import User
from sop import bindings
from sop.guards import SopRefused
from sop.models import SopVersion
from sop.paper import pdf
from sop.versions.actions import approve, submit
from tests import make

PUBLICATION = "pengumuman-informasi-publik"
EXCLUSION = "pendokumentasian-informasi-yang-dikecualikan"


def shape(name, *titles, prepares, decides):
    """Make the shape of a flow with these lawful steps."""
    steps = tuple(bindings.LawfulStep(n, f"step_{n}", title) for n, title in enumerate(titles, 1))
    return bindings.FlowShape(name, steps, prepares, decides)


# Written out from the two source sheets, not read from the flows.
PUBLICATION_STEPS = shape(
    "Pengumuman informasi publik",
    "Pembaruan konten",
    "Koordinasi pengumpulan",
    "Penyiapan",
    "Klarifikasi",
    "Koordinasi publikasi",
    "Pembaruan berkala",
    "Publikasi",
    prepares=3,
    decides=4,
)
EXCLUSION_STEPS = shape(
    "Pengecualian informasi",
    "Pengumpulan",
    "Pembahasan tim",
    "Uji konsekuensi",
    "Penerimaan hasil uji",
    "Penetapan pedoman",
    prepares=3,
    decides=4,
)


# The library's tables, what refers to the others first.
TABLES = [
    "shelf_publishedsopfile",
    "shelf_publishedsop",
    "sop_importdoubt",
    "sop_importedfile",
    "sop_acknowledgement",
    "sop_signedsheet",
    "sop_sheetreview",
    "sop_draftedit",
    "sop_statechange",
    "sop_activity",
    "sop_performerrole",
    "sop_performer",
    "sop_sopversion",
    "sop_binding",
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
    bindings.register_flow("publication", PUBLICATION_STEPS)
    bindings.register_flow("exclusion", EXCLUSION_STEPS)


@pytest.fixture
def publication(library):
    return SopVersion.objects.with_sheet().get_by_natural_key(PUBLICATION, 1)


@pytest.fixture
def exclusion(library):
    return SopVersion.objects.with_sheet().get_by_natural_key(EXCLUSION, 1)


@pytest.fixture
def ppid_utama(library):
    return person("utama@contoh.id", "ppid_utama")


@pytest.fixture
def keeper(library):
    return person("pengelola@contoh.id", "sop_keeper", unit="dinsos")


@pytest.fixture
def quick_pdf(monkeypatch):
    """Keep some bytes instead of a drawn sheet, where the drawing is not the matter."""
    monkeypatch.setattr(pdf, "render", lambda sheet, **foot: f"%PDF {sheet.version} {foot}".encode())


def approved(version, *, by, **when):
    """Walk a draft through its review, with every warning answered, and return it as it then stands."""
    unit = version.sop.unit.code
    submit(version, actor=person(f"penyusun{version.pk}@contoh.id", "sop_keeper", unit=unit), at=when.get("at"))
    return approve(version, actor=by, **{"why": "Lembar sumber, kata demi kata.", **when})


def refused(act, *args, **kwargs):
    """Return the sentences with which the act was refused."""
    with pytest.raises(SopRefused) as refusal:
        act(*args, **kwargs)
    return " ".join(refusal.value.sentences)


def person(email, role, *, unit="diskominfo", starts_on=date(2025, 1, 2), ends_on=None):
    user = User.objects.create_user(email, name=email.partition("@")[0].title())
    make.appoint(user, role, unit=unit, starts_on=starts_on, ends_on=ends_on)
    return user
