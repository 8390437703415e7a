"""The scan of an order on the pages of people: sent with the appointment or afterwards, read by keepers alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from ppid.organisation.models import Appointment, Role, Unit
from ppid.organisation.scan_keeping import add_scan
from tests import make
from tests.desk.pages import text

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.PRIVATE_FILES = tmp_path


def operator() -> Appointment:
    return make.person("operator", unit="diskominfo").appointments.get()


def test_it_is_uploaded_with_the_appointment_and_read_on_the_person_s_page(sign_in):
    person, client = make.person(), sign_in("utama")
    role, unit = Role.objects.get(code="operator"), Unit.objects.get(code="diskominfo")
    typed = {"role": role.pk, "unit": unit.pk, "kind": "definitive", "starts_on": TODAY.isoformat()}
    typed |= {"order_number": "800/9/2026", "file": make.pdf("SK Operator.pdf")}
    shown = client.post(reverse("desk:appoint", args=[person.pk]), typed, follow=True)
    kept = person.appointments.get().scans.get()
    assert f"Pindaian {kept.filename}" in text(shown)
    sent = client.get(reverse("desk:appointment-scan", args=[kept.appointment_id, kept.pk]))
    assert b"".join(sent.streaming_content).startswith(b"%PDF-")
    assert sent["Cache-Control"] == "private, no-store"


def test_it_comes_with_who_follows(sign_in):
    held, person = operator(), make.person()
    typed = {"who": person.email, "kind": "definitive", "starts_on": TODAY.isoformat(), "order_number": "800/9"}
    sign_in("utama").post(
        reverse("desk:appointment-replace", args=[held.pk]), typed | {"file": make.pdf("SK.pdf")}, follow=True
    )
    assert person.appointments.get().scans.count() == 1


def test_it_may_come_afterwards(sign_in):
    held = operator()
    url = reverse("desk:appointment-scan-add", args=[held.pk])
    said = sign_in("utama").post(url, {"file": make.pdf("SK Menyusul.pdf")}, follow=True)
    assert f"Pindaian {held.scans.get().filename} disimpan." in text(said)


def test_a_refused_file_keeps_what_was_typed(sign_in):
    person = make.person()
    role, unit = Role.objects.get(code="operator"), Unit.objects.get(code="diskominfo")
    typed = {"role": role.pk, "unit": unit.pk, "kind": "definitive", "starts_on": TODAY.isoformat()}
    typed |= {"order_number": "800/9/2026", "file": SimpleUploadedFile("sk.pdf", b"%PDF-1.7\nterpotong")}
    answer = sign_in("utama").post(reverse("desk:appoint", args=[person.pk]), typed)
    assert answer.status_code == 422
    assert "800/9/2026" in answer.content.decode()
    assert not person.appointments.exists()


@pytest.mark.parametrize("stranger", ["bidang", "operator", "atasan", "dinsos"])
def test_nobody_else_reads_or_sends_it(stranger, sign_in):
    kept = add_scan(operator(), make.pdf(), actor=make.demo("utama"))
    client = sign_in(stranger)
    assert client.get(reverse("desk:appointment-scan", args=[kept.appointment_id, kept.pk])).status_code == 403
    url = reverse("desk:appointment-scan-add", args=[kept.appointment_id])
    assert client.post(url, {"file": make.pdf()}).status_code == 403
    assert kept.filename not in text(client.get(reverse("desk:person", args=[kept.appointment.user_id])))


def test_a_scan_is_found_under_its_own_appointment_alone(sign_in):
    kept = add_scan(operator(), make.pdf(), actor=make.demo("utama"))
    url = reverse("desk:appointment-scan", args=[operator().pk, kept.pk])
    assert sign_in("utama").get(url).status_code == 404
