"""The first day: what an empty office is told, judged from the data, and that every «mulai» leads there until then."""

import os
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from ppid.desk.setup.judging import Office
from ppid.organisation.actions import keep_own_password
from ppid.organisation.models import Appointment, User
from ppid.worktime.models import Holiday
from sop.drafts.editing import confirm_interpretation
from sop.guards import SopForbidden, SopRefused
from sop.models import Sop, SopVersion
from sop.versions import actions
from sop.versions.given import missing_flows, take_source_sheets
from tests import make
from tests.desk.pages import soup, text

pytestmark = pytest.mark.django_db

PAGE, SHEETS = "desk:setup", "desk:setup-sheets"
WHY = "Lembar sumber, kata demi kata."


@pytest.fixture
def chief(db, monkeypatch) -> User:
    """The first PPID Utama of an empty office, appointed at the terminal; the first password is changed."""
    make.no_office()
    monkeypatch.setenv("APPOINT_PASSWORD", "sandi-pertama-yang-panjang")
    call_command("appoint", "kepala@contoh.go.id", "--name", "Dr. Kepala, M.Si.", "--order", "800/1/2026", verbosity=0)
    keep_own_password(person := User.objects.get())
    return person


def office(reader: User) -> Office:
    return Office(reader, timezone.localdate())


def done(reader: User) -> list[str]:
    return [line.key for line in office(reader).required if line.is_done]


def staff() -> None:
    for role, unit in [("bidang_layanan", "diskominfo"), ("operator", "diskominfo"), ("ppid_pelaksana", "dinsos")]:
        make.person(role, unit=unit, starts_on=timezone.localdate())


def in_force(slug: str, *, by: User, approved_by: User) -> None:
    version = SopVersion.objects.get(sop__slug=slug)
    if version.is_interpretation:
        version = confirm_interpretation(version, actor=by, seen=version.revision)
    actions.submit(version, actor=by)
    actions.approve(version, actor=approved_by, why=WHY)


def second(kind: str = "plh") -> User:
    return make.person("ppid_utama", unit="diskominfo", kind=kind, starts_on=timezone.localdate())


def test_each_thing_is_judged_from_the_data(chief):
    assert done(chief) == ["chief", "units", "calendar"]
    staff()
    assert done(chief) == ["chief", "units", "officers-publication", "calendar"]
    take_source_sheets(actor=chief)
    assert "sheet-publication" not in done(chief), "a draft runs nothing"
    in_force("pengumuman-informasi-publik", by=chief, approved_by=second())
    assert office(chief).is_ready
    Holiday.objects.update(is_confirmed=False)
    assert "calendar" not in done(chief)


def test_it_names_the_columns_of_the_sheet_that_nobody_holds_and_their_steps(chief):
    take_source_sheets(actor=chief)
    lacks = office(chief).unheld(Sop.Flow.PUBLICATION)
    assert [(lack.what, lack.why) for lack in lacks] == [
        ("Bidang Pengelolaan dan Layanan Informasi Publik", "langkah 1, 2, dan 5"),
        ("Petugas Informasi /Operator PPID", "langkah 6 dan 7"),
        ("PPID Pelaksana", "langkah 3"),
    ]


def test_an_appointment_that_ended_fills_no_role(chief):
    staff()
    yesterday = timezone.localdate() - timedelta(days=1)
    make.person("opd", unit="dinsos", starts_on=yesterday, ends_on=yesterday)
    assert [lack.what for lack in office(chief).unheld(Sop.Flow.EXCLUSION)] == ["PPID Pendukung (OPD)"]


class TestTheTwoSheets:
    def test_they_are_taken_in_one_act_word_for_word_and_are_nobodys_work(self, chief):
        taken = take_source_sheets(actor=chief)
        assert [version.sop.slug for version in taken] == [
            "pengumuman-informasi-publik",
            "pendokumentasian-informasi-yang-dikecualikan",
        ]
        assert [version.activities.count() for version in taken] == [7, 5]
        assert {(version.state, version.begun_by_id) for version in taken} == {("draft", None)}
        assert missing_flows() == []

    def test_twice_is_refused_in_words_and_takes_nothing_twice(self, chief):
        take_source_sheets(actor=chief)
        with pytest.raises(SopRefused, match="sudah ada di pustaka"):
            take_source_sheets(actor=chief)
        assert Sop.objects.count() == 2

    def test_only_who_keeps_sheets_takes_them(self, chief):
        with pytest.raises(SopForbidden):
            take_source_sheets(actor=make.person("operator", unit="diskominfo"))
        assert not Sop.objects.exists()

    def test_a_sheet_of_ones_own_for_a_flow_stays_and_only_the_other_comes(self, chief):
        own = Sop.objects.create(slug="sop-kami", title="SOP kami", unit=make.unit("dinsos"))
        make.bind(own, "publication", is_master=True)
        assert [version.sop.flow for version in take_source_sheets(actor=chief)] == ["exclusion"]

    def test_the_page_says_what_it_means_and_the_button_does_it(self, chief, sign_in):
        client = sign_in(chief)
        assert "masuk pustaka sebagai draf" in text(client.get(reverse(SHEETS)))
        assert not Sop.objects.exists(), "looking takes nothing"
        answer = client.post(reverse(SHEETS), follow=True)
        assert "2 lembar masuk pustaka sebagai draf" in text(answer)
        assert answer.redirect_chain[-1][0] == reverse(PAGE)


class TestTheSecondPerson:
    def test_who_handed_the_sheet_in_is_told_that_somebody_appointed_today_may_approve_it(self, chief, sign_in):
        take_source_sheets(actor=chief)
        version = SopVersion.objects.get(sop__flow="publication")
        actions.submit(version, actor=chief)
        page = text(sign_in(chief).get(reverse(PAGE)))
        assert "Orang kedua itu boleh ditunjuk hari ini juga: catat seorang Plh PPID Utama" in page
        other = second()
        assert f"Yang dapat memutuskan: {other.name}" in text(sign_in(chief).get(reverse(PAGE)))
        assert "Baca dan setujui" in text(sign_in(other).get(reverse(PAGE)))
        actions.approve(version, actor=other, why=WHY)
        assert "sheet-publication" in done(chief)

    def test_its_author_does_not_approve_it_also_on_the_first_day(self, chief):
        take_source_sheets(actor=chief)
        version = SopVersion.objects.get(sop__flow="publication")
        actions.submit(version, actor=chief)
        with pytest.raises(SopRefused, match="tidak seorang pun menyetujui pekerjaannya sendiri"):
            actions.approve(version, actor=chief, why=WHY)


class TestEveryStartLeadsThere:
    @pytest.mark.parametrize("name", ["desk:open-publication", "desk:open-publication-again", "desk:open-exclusion"])
    def test_no_form_is_shown_that_could_not_be_sent(self, name, chief, sign_in):
        answer = sign_in(chief).get(reverse(name), follow=True)
        assert answer.redirect_chain[-1][0] == reverse(PAGE)
        assert "Proses belum dapat dimulai: kantor ini belum siap." in text(answer)

    def test_the_inbox_shows_the_checklist_instead_of_dead_buttons(self, chief, sign_in):
        page = sign_in(chief).get(reverse("desk:inbox"))
        assert "3 dari 5 hal wajib selesai" in text(page)
        main = soup(page).select_one("main")
        assert main.find("a", href=reverse("desk:open-publication")) is None
        assert main.find("a", href=reverse(PAGE))
        assert "Tidak ada yang menunggu Anda" not in text(page)

    def test_once_all_is_there_a_case_is_opened_and_the_checklist_is_gone(self, chief, sign_in):
        staff()
        take_source_sheets(actor=chief)
        in_force("pengumuman-informasi-publik", by=chief, approved_by=second())
        client = sign_in(User.objects.get(appointments__role__code="bidang_layanan"))
        assert client.get(reverse("desk:open-publication")).status_code == 200
        sent = {"unit": make.unit("dinsos").pk, "title": "Laporan pertama", "has_softcopy": "on"}
        assert "Laporan pertama" in text(client.post(reverse("desk:open-publication"), sent, follow=True))
        assert "hal wajib" not in text(client.get(reverse("desk:inbox")))

    def test_an_office_that_has_begun_is_not_stopped_by_an_empty_seat(self, sign_in):
        make.publication()
        Holiday.objects.update(is_confirmed=False)
        assert sign_in("bidang").get(reverse("desk:open-publication")).status_code == 200

    def test_a_flow_without_a_sheet_in_force_leads_there_also_later(self, chief, sign_in):
        staff()
        take_source_sheets(actor=chief)
        in_force("pengumuman-informasi-publik", by=chief, approved_by=second())
        client = sign_in(chief)
        assert client.get(reverse("desk:open-publication")).status_code == 200
        assert client.get(reverse("desk:open-exclusion")).headers["Location"] == reverse(PAGE)


class TestWhoSeesWhat:
    def test_somebody_else_is_told_who_does_it_and_gets_no_button(self, chief, sign_in):
        page = sign_in(make.person("operator", unit="diskominfo")).get(reverse(PAGE))
        main = soup(page).select_one("main")
        assert "Dikerjakan oleh PPID Utama" in main.get_text(" ", strip=True)
        assert main.find("a", href=reverse("desk:person-add")) is None
        assert main.find("a", href=reverse(SHEETS)) is None

    def test_who_has_no_appointment_does_not_see_it(self, chief, sign_in):
        assert sign_in(make.person()).get(reverse(PAGE)).status_code == 403

    def test_the_way_there_stands_in_the_menu_while_something_is_open(self, chief, sign_in):
        assert soup(sign_in(chief).get(reverse("desk:people"))).select_one(f'.side a[href="{reverse(PAGE)}"]')


class TestTheMachine:
    def test_a_backup_counts_only_once_its_restore_was_tried(self, chief, settings, tmp_path):
        settings.VAR = tmp_path
        assert "Belum pernah dibuat, belum pernah dicoba dipulihkan." in office(chief).backup().words
        (tmp_path / "backup-made").touch()
        assert not office(chief).backup().is_done
        (tmp_path / "backup-tried").touch()
        os.utime(tmp_path / "backup-tried", (1_780_000_000, 1_780_000_000))
        assert office(chief).backup().is_done
        words = office(chief).backup().words  # 28 May 2026, 20.26 UTC is the next day here
        assert "pemulihannya dicoba 29 Mei 2026" in words

    def test_mail_is_set_up_once_there_is_a_server(self, chief, settings):
        settings.EMAIL_HOST = ""
        assert not office(chief).mail().is_done
        settings.EMAIL_HOST = "surel.kota.example"
        assert office(chief).mail().is_done
        assert "surel.kota.example" in office(chief).mail().words

    def test_the_line_names_each_setting_that_is_missing(self, chief, settings):
        settings.CONTACT_PHONE = settings.CONTACT_HOURS = ""
        line = office(chief).contact()
        assert not line.is_done
        assert "Belum diisi: CONTACT_HOURS dan CONTACT_PHONE." in line.words


def test_the_terminal_says_what_comes_next_and_brings_the_calendar(db, capsys, monkeypatch):
    make.no_office()
    monkeypatch.setenv("APPOINT_PASSWORD", "sandi-pertama-yang-panjang")
    call_command("appoint", "kepala@contoh.go.id", "--name", "Dr. Kepala, M.Si.", "--order", "800/1/2026")
    assert "/meja/siapkan/" in capsys.readouterr().out
    assert Holiday.objects.of_year(2026).filter(is_confirmed=True).exists()
    Holiday.objects.filter(date="2026-12-25").delete()
    call_command("appoint", "kepala@contoh.go.id", "--role", "operator", "--order", "800/2/2026", verbosity=0)
    assert not Holiday.objects.filter(date="2026-12-25").exists(), "what the office took away stays away"
    assert Appointment.objects.count() == 2
