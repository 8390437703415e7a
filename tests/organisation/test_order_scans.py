"""The scan of an order is kept byte for byte with its appointment, and read by those who keep people alone."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from ppid.organisation import appointing
from ppid.organisation.actions import PeopleForbidden, PeopleRefused
from ppid.organisation.models import Appointment, OrderScan, Role, Unit, User
from ppid.organisation.scan_keeping import add_scan, forget_unless_ordered, order_store, record_with_scan
from tests import make

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.PRIVATE_FILES = tmp_path


def operator() -> Appointment:
    return make.person("operator", unit="diskominfo").appointments.get()


def order(person: User) -> Appointment:
    role, unit = Role.objects.get(code="operator"), Unit.objects.get(code="diskominfo")
    return Appointment(user=person, role=role, unit=unit, starts_on=TODAY, order_number="800/1/2026")


def test_the_bytes_are_kept_as_they_came_with_who_sent_them():
    held, upload = operator(), make.pdf("SK Operator.pdf")
    kept = add_scan(held, upload, actor=make.demo("utama"))
    upload.seek(0)
    sent = upload.read()
    assert order_store().open_checked(kept.sha256).read() == sent
    assert (kept.sha256, kept.size) == (hashlib.sha256(sent).hexdigest(), len(sent))
    assert (kept.uploaded_by, kept.uploaded_by_name) == (make.demo("utama"), make.demo("utama").name)


def test_somebody_is_appointed_together_with_the_scan_or_not_at_all():
    person, utama = make.person(), make.demo("utama")
    new = order(person)
    kept = record_with_scan(lambda: appointing.appoint(new, actor=utama), make.pdf(), actor=utama)
    assert kept.scans.count() == 1
    other, broken = make.person(), SimpleUploadedFile("sk.pdf", b"bukan")
    with pytest.raises(PeopleRefused, match="bukan PDF"):
        record_with_scan(lambda: appointing.appoint(order(other), actor=utama), broken, actor=utama)
    assert not other.appointments.exists()
    with pytest.raises(PeopleForbidden):
        record_with_scan(lambda: appointing.appoint(order(other), actor=other), make.pdf(), actor=other)
    assert len(list(order_store().names())) == 1


@pytest.mark.parametrize(
    ("name", "sent", "sentence"),
    [
        ("sk.pdf", b"", "kosong"),
        ("sk.pdf", b"PK\x03\x04", "bukan PDF"),
        ("sk.docx", b"PK\x03\x04", "bukan PDF"),
        ("sk.pdf", b"%PDF-1.7\nterpotong", "terpotong"),
        ("sk.pdf", b"%PDF-1.7\ntrailer << /Encrypt 5 0 R >>\n%%EOF\n", "sandi"),
        ("sk.pdf", b"%PDF-1.7\n<< /S /JavaScript /JS (app.alert) >>\n%%EOF\n", "JavaScript|menjalankan"),
    ],
)
def test_what_is_no_whole_harmless_pdf_is_refused_beside_its_field(name, sent, sentence):
    held = operator()
    with pytest.raises(PeopleRefused, match=sentence) as refused:
        add_scan(held, SimpleUploadedFile(name, sent), actor=make.demo("utama"))
    assert refused.value.fields == ("file",)
    assert not held.scans.exists()
    assert not list(order_store().names())


def test_what_is_too_large_is_refused(settings):
    settings.MAX_UPLOAD_MB = 0
    with pytest.raises(PeopleRefused, match="terlalu besar"):
        add_scan(operator(), make.pdf(), actor=make.demo("utama"))


def test_the_same_scan_is_kept_once_and_a_better_one_beside_it():
    held, utama, upload = operator(), make.demo("utama"), make.pdf()
    add_scan(held, upload, actor=utama)
    upload.seek(0)
    with pytest.raises(PeopleRefused, match="sama persis"):
        add_scan(held, upload, actor=utama)
    add_scan(held, make.pdf(), actor=utama)
    assert held.scans.count() == 2


def test_an_ended_appointment_still_takes_the_scan_that_comes_late():
    held, utama = operator(), make.demo("utama")
    appointing.annul(held, because="Salah orang.", actor=utama)
    assert add_scan(held, make.pdf(), actor=utama).appointment == held


def test_an_admin_keeps_no_scan_of_who_leads():
    admin = make.person("admin_ppid", unit="diskominfo")
    held = make.demo("utama").appointments.first()
    with pytest.raises(PeopleForbidden, match="PPID Utama"):
        add_scan(held, make.pdf(), actor=admin)
    with pytest.raises(DatabaseError, match="kept by who keeps people"), transaction.atomic():
        _row(held, admin)
    assert _row(operator(), admin).pk


@pytest.mark.parametrize("role", ["bidang_layanan", "atasan_ppid", "operator"])
def test_the_database_takes_a_row_of_no_other(role):
    held, other = operator(), make.person(role, unit="diskominfo")
    with pytest.raises(DatabaseError, match="kept by who keeps people"), transaction.atomic():
        _row(held, other)


def test_the_row_stays():
    kept = add_scan(operator(), make.pdf(), actor=make.demo("utama"))
    for statement in (
        "UPDATE organisation_orderscan SET filename = 'lain.pdf'",
        "DELETE FROM organisation_orderscan",
        "TRUNCATE organisation_orderscan",
    ):
        with pytest.raises(DatabaseError, match="annot|kept"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert OrderScan.objects.get().filename == kept.filename


def test_what_an_appointment_names_is_never_swept():
    kept = add_scan(operator(), make.pdf(), actor=make.demo("utama"))
    stray = order_store().put([b"tersesat"])
    assert forget_unless_ordered({kept.sha256, stray.sha256}) == {stray.sha256}
    assert list(order_store().names()) == [kept.sha256]


def _row(held: Appointment, who: User) -> OrderScan:
    return OrderScan.objects.create(
        appointment=held,
        filename="sk.pdf",
        size=1,
        sha256="0" * 64,
        uploaded_by=who,
        uploaded_by_name=who.name,
        uploaded_at=timezone.now(),
    )
