"""Who hears of trouble: the desk of what is bad, the machine's keeper by mail of all of it, each once."""

import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.checks import Error, Info, Warning
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from ppid.health import watching
from ppid.health.models import Trouble
from ppid.health.watching import Found, found_in, mail_what_is_untold, note
from ppid.notices.models import Notice
from ppid.notices.outcomes import Later
from ppid.web.examinations import Examined
from tests import make

pytestmark = pytest.mark.django_db

DISK = Found("disk", True, "Cakram penuh.")
CALENDAR = Found("calendar", False, "Hari libur belum dikukuhkan.")


@pytest.fixture(autouse=True)
def keeper(settings, tmp_path):
    settings.ALERT_EMAIL = ["ti@kota.example"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.VAR = tmp_path


def watch(*found, at=None) -> bool:
    at = at or timezone.now()
    note(found, at=at)
    return mail_what_is_untold(at=at)


def told_at_the_desk() -> list[tuple[str, str]]:
    return sorted(Notice.objects.filter(kind="trouble").values_list("person__email", "title"))


def test_warnings_and_errors_are_found_facts_are_not():
    examined = [
        Examined("Cakram", (Error("Penuh.", hint="Perbesar.", id="H1"),)),
        Examined("Kalender", (Warning("Sementara."), Info("Tahun 2027."))),
        Examined("Surel", ()),
    ]
    assert found_in(examined) == [Found("H1", True, "Penuh. Perbesar."), Found("Kalender", False, "Sementara.")]


def test_of_two_that_could_not_be_examined_neither_hides_the_other():
    examined = [
        Examined(title, (Error(f"{title}: tidak dapat diperiksa.", id="ppid.E099"),)) for title in ("Cakram", "Surel")
    ]
    watch(*found_in(examined))
    assert set(Trouble.objects.values_list("said", flat=True)) == {
        "Cakram: tidak dapat diperiksa.",
        "Surel: tidak dapat diperiksa.",
    }


def test_what_two_examinations_find_has_two_names():
    """Trouble is known by the name of its finding: one that two share would hide one of both."""
    places = {}
    for path in Path(settings.BASE_DIR, "ppid").rglob("checks.py"):
        examinations = [each for each in ast.parse(path.read_text()).body if getattr(each, "decorator_list", [])]
        for function in examinations:
            for name in re.findall(r"ppid\.[A-Z]\d{3}", ast.unparse(function)):
                places.setdefault(name, set()).add((path.parent.name, function.name))
    assert len(places) > 20
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_what_is_bad_is_told_to_who_keeps_the_office_and_a_warning_is_not():
    admin = make.person("admin_ppid", unit="diskominfo")
    watch(DISK, CALENDAR)
    chiefs = ("utama@demo.example", "wakil@demo.example")
    assert told_at_the_desk() == sorted((email, "Cakram penuh.") for email in (admin.email, *chiefs))


def test_who_keeps_the_office_no_more_or_never_signed_in_is_not_told():
    today = timezone.localdate()
    former = make.person()
    make.appoint(former, "admin_ppid", starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))
    make.first_password(make.person("admin_ppid"))
    watch(DISK)
    assert [email for email, _ in told_at_the_desk()] == ["utama@demo.example", "wakil@demo.example"]


def test_each_trouble_is_told_once_and_once_when_it_is_over():
    assert watch(DISK, CALENDAR)
    assert not watch(DISK, CALENDAR)
    assert len(told_at_the_desk()) == 2
    (first,) = mail.outbox
    assert first.to == ["ti@kota.example"]
    assert "2 hal perlu dibenahi" in first.subject
    assert "GANGGUAN" in first.body
    assert "Cakram penuh." in first.body
    assert "Hari libur belum dikukuhkan." in first.body
    assert watch(CALENDAR)
    assert not watch(CALENDAR)
    assert "Sudah pulih:" in mail.outbox[1].body
    assert "Cakram penuh." in mail.outbox[1].body
    assert len(mail.outbox) == 2


def test_what_comes_back_is_told_again():
    watch(DISK)
    watch()
    assert watch(DISK)
    assert Trouble.objects.count() == 2


def test_what_gets_worse_is_told_at_the_desk():
    watch(Found("disk", False, "Cakram hampir penuh."))
    assert told_at_the_desk() == []
    assert watch(DISK)
    assert len(told_at_the_desk()) == 2
    assert Trouble.objects.get().said == "Cakram penuh."
    assert ["GANGGUAN" in each.body for each in mail.outbox] == [False, True]
    assert not watch(DISK)


def test_what_was_over_before_a_mail_could_leave_is_told_to_nobody(settings):
    settings.ALERT_EMAIL = []
    assert not watch(DISK)
    settings.ALERT_EMAIL = ["ti@kota.example"]
    assert not watch()
    assert mail.outbox == []


def test_a_mail_that_can_not_leave_is_tried_again(monkeypatch):
    def refuse(self):
        raise Later("Server surel tidak dapat dihubungi.", is_everywhere=True)

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", refuse)
        assert not watch(DISK)
    assert watch(DISK)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(("over", "kept"), [(364, True), (366, False)])
def test_what_was_over_a_year_ago_is_forgotten(over, kept):
    now = timezone.now()
    watch(DISK, at=now - timedelta(days=400))
    watch(at=now - timedelta(days=over))
    watch(at=now)
    assert Trouble.objects.exists() == kept


def test_the_database_holds_one_open_trouble_of_a_kind():
    now = timezone.now()
    watch(DISK)
    with pytest.raises(IntegrityError), transaction.atomic():
        Trouble.objects.create(key="disk", is_bad=True, said="x", found_at=now, seen_at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Trouble.objects.update(over_told_at=now)


def test_a_database_that_is_away_is_mailed_once_and_once_when_it_is_back(monkeypatch):
    import psycopg

    def away(self):
        raise OperationalError("connection refused") from psycopg.OperationalError("connection refused")

    with monkeypatch.context() as broken:
        broken.setattr("django.db.backends.base.base.BaseDatabaseWrapper.ensure_connection", away)
        call_command("watch")
        call_command("watch")
    assert [each.subject.partition(": ")[2] for each in mail.outbox] == ["basis data tidak menjawab"]
    assert "connection refused" in mail.outbox[0].body
    watching.tell_that_the_database_is_back()
    watching.tell_that_the_database_is_back()
    assert [each.subject.partition(": ")[2] for each in mail.outbox[1:]] == ["basis data kembali menjawab"]


def test_the_command_examines_everything_and_writes_it_down():
    call_command("watch")
    assert Trouble.objects.filter(key="ppid.H001").exists()  # nobody works in the tests
