"""Reports of the public: taken in once, read by whom they concern, handled once, frozen; contacts go after 90 days."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.utils import DatabaseError
from django.utils import timezone

from ppid.notices.models import Notice
from ppid.reports.handling import forget_contacts, handle
from ppid.reports.models import Handling, Problem, SenderContact
from ppid.reports.taking_in import note, take_in_reports
from ppid.web.letterbox import drop, waiting
from ppid.web.refusals import ChangedMeanwhile, Forbidden, Refused
from tests import make
from tests.desk.pages import text

pytestmark = pytest.mark.django_db

HANDLERS = ["utama", "bidang", "operator", "dinsos", "disdukcapil", "opd", "atasan", "pengelola"]


@pytest.fixture
def item():
    return make.publication(at="published").information


def reported(item, kind="wrong", name="a" * 32, **letter) -> Problem:
    note(name, {"number": item.number, "kind": kind, "text": "Tabel terpotong.", **letter})
    return Problem.objects.get(letter=name)


class TestTakingIn:
    @pytest.fixture(autouse=True)
    def _box(self, settings, tmp_path):
        settings.LETTERBOX = tmp_path / "box"

    def test_a_letter_becomes_a_report_with_its_contact_apart(self, item):
        at = timezone.now() - timedelta(minutes=3)
        name = drop(
            "report",
            {"number": item.number, "kind": "broken", "text": "Mati.", "contact": "a@b.id", "at": at.isoformat()},
        )
        assert take_in_reports() == 1
        problem = Problem.objects.get()
        assert (problem.letter, problem.kind, problem.text, problem.reported_at) == (name, "broken", "Mati.", at)
        assert problem.contact.said == "a@b.id"
        assert problem.receipt == f"L-{name[:8].upper()}"
        assert waiting("report") == []

    def test_the_same_letter_again_changes_nothing(self, item):
        reported(item, contact="a@b.id")
        reported(item, text="Lain", contact="c@d.id")
        assert Problem.objects.get().text == "Tabel terpotong."
        assert SenderContact.objects.get().said == "a@b.id"

    @pytest.mark.parametrize(
        "letter",
        [
            {},
            {"number": "2026-9999", "kind": "wrong"},
            {"number": ["x"], "kind": {}, "text": 5, "contact": None},
            {"number": "2026-9998\x00", "kind": "wrong"},
        ],
    )
    def test_a_letter_of_no_item_is_left_aside_and_stops_none_after_it(self, item, letter):
        drop("report", letter)
        drop("report", {"number": item.number, "kind": "hard"})
        take_in_reports()
        assert [each.kind for each in Problem.objects.all()] == ["hard"]
        assert waiting("report") == []

    @pytest.mark.parametrize(
        "letter",
        [
            {"kind": "lain", "text": ""},
            {"kind": 7, "at": "besok"},
            {"text": "x" * 9000, "contact": "y" * 900, "at": "9999-12-31T00:00:00+00:00"},
            {"at": "2026-11-01T00:00:00"},
        ],
    )
    def test_whatever_else_stands_in_it_fits(self, item, letter):
        problem = reported(item, **letter)
        assert problem.kind in Problem.Kind.values
        assert len(problem.text) <= 1000
        assert problem.reported_at <= timezone.now()


class TestWhoReads:
    def readers(self, sign_in, problem) -> set[str]:
        url = f"/meja/laporan-masalah/{problem.pk}/"
        return {who for who in HANDLERS if sign_in(who).get(url).status_code == 200}

    def test_the_service_the_unit_of_the_item_and_the_chief(self, item, sign_in):
        assert self.readers(sign_in, reported(item)) == {"utama", "bidang", "dinsos"}

    def test_personal_data_is_the_chiefs_alone(self, item, sign_in):
        assert self.readers(sign_in, reported(item, "personal")) == {"utama"}

    def test_of_what_is_closed_by_now_it_is_the_chiefs_alone(self, item, sign_in):
        problem = reported(item)
        make.exclusion(information=item)
        assert self.readers(sign_in, problem) == {"utama"}

    def test_the_chief_is_told_at_once_of_personal_data_and_of_nothing_else(self, item):
        reported(item)
        assert not Notice.objects.filter(kind="problem").exists()
        problem = reported(item, "personal", name="b" * 32)
        told = Notice.objects.filter(kind="problem")
        assert {each.person.email for each in told} >= {"utama@demo.example"}
        assert {each.url for each in told} == {f"/meja/laporan-masalah/{problem.pk}/"}
        assert "Tabel terpotong" not in json.dumps([each.facts for each in told])

    def test_of_a_closed_item_the_notice_bears_the_number_alone(self, item):
        make.exclusion(information=item)
        reported(item, "personal")
        notice = Notice.objects.filter(kind="problem").first()
        assert (notice.is_secret, notice.title, notice.facts, notice.number) == (True, "", [], item.number)


class TestHandling:
    def test_it_is_written_down_once_with_who_when_and_what(self, item, sign_in):
        problem = reported(item, contact="warga@example.id")
        client = sign_in("bidang")
        page = client.get(problem.get_absolute_url())
        for said in ("Isinya keliru atau usang", "Tabel terpotong.", item.title, "warga@example.id"):
            assert said in text(page), said
        done = client.post(problem.get_absolute_url(), {"note": "Berkas diganti."}, follow=True)
        assert f"laporan {problem.receipt} sudah ditangani" in text(done)
        handling = Handling.objects.get()
        assert (handling.problem, handling.note, handling.actor) == (problem, "Berkas diganti.", make.demo("bidang"))
        again = client.get(problem.get_absolute_url())
        assert "Berkas diganti." in text(again)
        assert not Problem.objects.open().exists()

    def test_without_words_it_asks_for_them_and_keeps_what_was_typed(self, item, sign_in):
        answer = sign_in("bidang").post(reported(item).get_absolute_url(), {"note": "x"})
        assert answer.status_code == 422
        assert "Tulis apa yang sudah dilakukan." in text(answer)

    def test_a_second_time_is_refused_with_the_name_of_the_first(self, item):
        problem = reported(item)
        handle(problem, "Sudah diganti.", actor=make.demo("bidang"))
        with pytest.raises(ChangedMeanwhile, match="sudah ditangani oleh"):
            handle(problem, "Juga saya.", actor=make.demo("dinsos"))

    @pytest.mark.parametrize("who", ["operator", "disdukcapil", "opd", "atasan"])
    def test_it_is_not_for_others(self, item, who):
        with pytest.raises(Forbidden):
            handle(reported(item), "Sudah diganti.", actor=make.demo(who))

    def test_too_many_words_are_refused(self, item):
        with pytest.raises(Refused, match="Paling banyak 2000 huruf"):
            handle(reported(item), "x" * 2001, actor=make.demo("bidang"))

    def test_the_page_leads_to_what_can_be_done(self, item, sign_in):
        page = sign_in("utama").get(reported(item, "personal").get_absolute_url()).content.decode()
        case = item.cases.get()
        for link in (
            f"/informasi/{item.number}/",
            f"/meja/perkara/{case.number}/",
            f"/meja/perkara/{case.number}/ralat/",
        ):
            assert f'href="{link}"' in page, link


def test_reports_and_handlings_are_never_changed_deleted_or_emptied(item):
    handle(reported(item), "Sudah diganti.", actor=make.demo("bidang"))
    for table in ("reports_problem", "reports_handling"):
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
            with pytest.raises(DatabaseError), make.savepoint(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_the_list_shows_what_is_open_first(item, sign_in):
    done, still = reported(item), reported(item, "broken", name="b" * 32)
    handle(done, "Sudah diganti.", actor=make.demo("bidang"))
    page = text(sign_in("bidang").get("/meja/laporan-masalah/"))
    assert page.index(still.receipt) < page.index(done.receipt)
    assert "Belum ada laporan" in text(sign_in("opd").get("/meja/laporan-masalah/"))


@pytest.mark.parametrize(("days", "left"), [(89, 1), (91, 0)])
def test_contacts_are_deleted_after_ninety_days_and_the_report_stays(item, days, left):
    reported(item, contact="warga@example.id")
    forget_contacts(at=timezone.now() + timedelta(days=days))
    assert SenderContact.objects.count() == left
    assert Problem.objects.count() == 1


def test_the_daily_command_does_so():
    call_command("forget_reporters")
