"""«Keadaan sistem»: who may open it, what it says, and that the terminal says the same."""

import io
import json
from datetime import date, timedelta

import pgtrigger
import pytest
from django.core.checks import Error
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from ppid.desk.checks import holidays_are_confirmed
from ppid.health.models import JobRun
from ppid.health.watching import Found, note
from ppid.organisation.checks import addresses_are_told_apart, somebody_leads
from ppid.organisation.models import Appointment
from ppid.web import examinations
from ppid.web.examinations import Examination, examine_all
from ppid.worktime.models import Holiday
from tests import make

pytestmark = pytest.mark.django_db
PAGE = "/meja/keadaan/"
# Written out: what must be examined.
TITLES = {
    "Basis data menjawab",
    "Jam mesin ini dan jam basis data sama",
    "Cakram masih lapang",
    "Sertifikat TLS masih berlaku",
    "Basis data sudah disiapkan",
    "Berkas dapat disimpan",
    "Portal hanya dapat membaca yang diumumkan",
    "Cara masuk portal tidak dapat naik hak",
    "Pekerja latar belakang hidup",
    "Antrean pekerjaan lancar",
    "Pekerjaan berkala berjalan pada waktunya",
    "Surel dapat dikirim",
    "Surel keluar pada waktunya",
    "Portal sama dengan meja",
    "Setiap berkas cocok dengan sidiknya",
    "Buku besar utuh",
    "Hari libur untuk tenggat sudah dikukuhkan",
    "Setiap alur punya lembar SOP yang berlaku",
    "Lembar yang berlaku membawa alurnya",
    "Ada PPID Utama",
}


def page(client, who: str):
    client.force_login(make.person("admin_ppid", unit="diskominfo") if who == "admin" else make.demo(who))
    return client.get(PAGE)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("utama", 200),
        ("admin", 200),
        ("bidang", 403),
        ("operator", 403),
        ("dinsos", 403),
        ("opd", 403),
        ("atasan", 403),
    ],
)
def test_it_is_for_those_who_keep_the_office(client, who, status):
    answer = page(client, who)
    assert answer.status_code == status
    assert ("manage.py doctor" in answer.content.decode()) == (status in (200, 403))


def test_a_stranger_signs_in_first(client):
    assert client.get(PAGE).status_code == 302


def test_everything_is_examined_each_thing_once():
    titles = [each.title for each in examine_all()]
    assert set(titles) >= TITLES
    assert len(titles) == len(set(titles))


def test_the_page_shows_every_examination_and_every_job(client):
    shown = page(client, "admin").content.decode()
    for title in TITLES:
        assert title in shown
    for job in ("verify_files", "clearsessions", "ppid.notices.tasks.send"):
        assert job in shown
    assert "systemctl restart ppid-worker" in shown  # nobody works in the tests


def test_a_job_that_failed_is_shown_with_its_reason(client):
    now = timezone.now()
    JobRun.objects.create(name="sweep", started_at=now, ended_at=now, failed_at=now, because="Cakram <b>penuh</b>")
    shown = page(client, "utama").content.decode()
    assert "Cakram &lt;b&gt;penuh&lt;/b&gt;" in shown
    assert "ppid-manage sweep" in shown


def test_troubles_of_the_past_stay_readable(client):
    note([Found("x", True, "Cakram penuh.")], at=timezone.now())
    note([], at=timezone.now())
    assert "Cakram penuh." in page(client, "utama").content.decode()


def test_what_can_not_be_examined_is_a_finding_and_hides_no_other(client, monkeypatch):
    def breaks(databases):
        raise RuntimeError("siti@x.id")

    broken = Examination("Sesuatu", breaks, False)
    monkeypatch.setattr(examinations, "_all", [broken, *examinations._all])
    answer = page(client, "utama")
    assert answer.status_code == 200
    assert "Sesuatu: tidak dapat diperiksa (RuntimeError)." in answer.content.decode()
    assert "siti@x.id" not in answer.content.decode()


def test_an_examination_that_thinks_too_long_is_broken_off(monkeypatch):
    def sleeps(databases):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(3)")
        return []

    monkeypatch.setattr(examinations, "_PATIENCE", 100)
    (found,) = Examination("Lama", sleeps, False).findings(["default"])
    assert found.id == examinations.COULD_NOT_BE_EXAMINED
    with connection.cursor() as cursor:  # and the limit is the examination's alone
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)


@pytest.fixture
def as_served(monkeypatch):
    """Leave out the portal's sign-in, which is the owner's in these tests: ``tests/test_prepare.py`` examines it."""
    kept = [each for each in examinations._all if each.title != "Portal hanya dapat membaca yang diumumkan"]
    monkeypatch.setattr(examinations, "_all", kept)


def doctor(*arguments) -> tuple[str, str]:
    out = io.StringIO()
    try:
        call_command("doctor", *arguments, stdout=out)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def test_the_terminal_says_what_the_page_says(as_served):
    said, error = doctor()
    assert error == ""
    for title in ("Basis data menjawab", "Cakram masih lapang", "Ada PPID Utama", "Surel keluar pada waktunya"):
        assert f"baik   {title}" in said
    assert "SALAH  Pekerja latar belakang tidak berjalan" in said
    assert "Portal dapat berjalan." in said


def test_a_program_that_watches_reads_it_as_json_and_by_the_exit_code(as_served):
    said, error = doctor("--json", "--strict")
    found = {each["title"]: each for each in json.loads(said)}
    assert found["Pekerja latar belakang hidup"]["state"] == "bad"
    assert "systemctl" in found["Pekerja latar belakang hidup"]["messages"][0]["do"]
    assert error == "Ada yang harus dibenahi."


def test_what_stops_the_start_ends_the_doctor_with_an_error(monkeypatch):
    wrong = Examination("Peran", lambda databases: [Error("Salah.", id="x")], True)
    monkeypatch.setattr(examinations, "_all", [wrong])
    assert doctor()[1] == "Portal tidak dapat mulai seperti ini."


def test_a_table_that_is_missing_is_no_finding_and_any_other_fault_is():
    def asks(statement):
        def function(databases):
            with connection.cursor() as cursor:
                cursor.execute(statement)
            return []

        return Examination("Sesuatu", function, True)

    assert asks("SELECT 1 FROM nothing_here").findings(["default"]) == []
    (found,) = asks("SELECT nothing_here FROM flows_case").findings(["default"])
    assert (found.id, found.msg) == ("ppid.E099", "Sesuatu: tidak dapat diperiksa (ProgrammingError).")


@pytest.mark.parametrize(
    ("demo", "behind", "found"), [(False, False, ["ppid.W003"]), (False, True, []), (True, False, [])]
)
def test_a_proxy_that_is_not_told_is_warned_of(settings, demo, behind, found):
    settings.DEMO, settings.BEHIND_PROXY = demo, behind
    assert [each.id for each in addresses_are_told_apart(["default"])] == found


def test_holidays_that_no_decree_confirmed_are_told():
    year = timezone.localdate().year
    Holiday.objects.filter(date__year__in=(year, year + 1)).delete()
    assert [each.id for each in holidays_are_confirmed(["default"])] == ["ppid.W007"]
    for each in (year, year + 1):
        Holiday.objects.create(
            date=date(each, 8, 17), name="Kemerdekaan", kind="national", source="SKB", is_confirmed=True
        )
    assert holidays_are_confirmed(["default"]) == []


def test_who_is_appointed_to_something_else_does_not_lead():
    assert somebody_leads(["default"]) == []
    yesterday = timezone.localdate() - timedelta(days=1)
    with pgtrigger.ignore():
        Appointment.objects.filter(role__code="ppid_utama").update(ends_on=yesterday)
    assert Appointment.objects.in_force(on=timezone.localdate()).exists()
    assert [each.id for each in somebody_leads(["default"])] == ["ppid.W002"]
