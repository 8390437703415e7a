"""An adopted exclusion at the desk: the line of its life, its acts, and the task before its end."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ppid.flows.actions import take_step
from ppid.flows.amendments import decide
from ppid.flows.consequence import fill_test
from ppid.flows.models import Case
from ppid.shelf.models import DikEntry
from ppid.worktime.calendar import calendar
from tests import make
from tests.desk.pages import fields, soup, text

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def adopted(**test) -> Case:
    case = make.exclusion(at="testing")
    fill_test(case, make.test(**test), [make.participant()], actor=make.demo("opd"))
    return make.walk(make.again(case), to="adopted")


def page_of(case, who, sign_in) -> str:
    return text(sign_in(who).get(case.get_absolute_url()))


class TestTheLine:
    def test_it_says_each_day_of_its_life_in_words_too(self, sign_in):
        ends_on = calendar().add_working_days(TODAY, 60)
        case = adopted(ends_on=ends_on)
        page = sign_in("utama").get(case.get_absolute_url())
        stages = [" ".join(stage.get_text(" ").split()) for stage in soup(page).select(".life__at")]
        assert len(stages) == 5
        assert stages[0].endswith("Diuji konsekuensi, 1 peserta")
        assert stages[1].endswith("Ditetapkan, masuk DIK")
        assert stages[2].startswith("Hari ini")
        assert stages[2].endswith("berlaku 60 hari kerja lagi")
        assert stages[3].endswith("Hari terakhir menyatakan terbuka")
        assert stages[4].endswith("Hari terakhir; sesudahnya terbuka dengan sendirinya")
        assert soup(page).select_one(".life__at[aria-current=date]") is not None

    def test_without_a_term_it_has_no_last_day(self, sign_in):
        page = page_of(adopted(ends_on=None), "utama", sign_in)
        assert "Berlaku tanpa batas tanggal" in page
        assert "Hari terakhir" not in page

    def test_lifted_it_says_by_what_and_where_it_stands_now(self, sign_in):
        page = page_of(make.lifted(adopted()), "utama", sign_in)
        assert "Terbuka kembali" in page
        assert "putusan Komisi Informasi nomor 12/PTS-A/KI/2026" in page
        assert "Apa yang akan Anda lakukan?" not in page


class TestTheActs:
    def test_whoever_performs_in_it_may_begin_them_and_others_read_why_not(self, sign_in):
        case = adopted(conclusion="part", redacted_parts="Nama")
        page = soup(sign_in("bidang").get(case.get_absolute_url()))
        doors = [door["href"] for door in page.select("a.door__at")]
        names = ["lift", "extend", "correct-dik", "name-open-part"]
        assert doors == [reverse(f"desk:{name}", args=[case.number]) for name in names]

    def test_a_lift_is_proposed_with_its_letter_and_what_is_missing_is_said_at_its_field(self, sign_in):
        case, client = adopted(), sign_in("bidang")
        page = reverse("desk:lift", args=[case.number])
        refused = client.post(page, {"reason": "Putusan."})
        assert refused.status_code == 422
        for sentence in (
            "Pilih dasar pembukaannya.",
            "Tulis nomor surat",
            "Isi tanggal surat",
            "Unggah hasil pindaian",
        ):
            assert sentence in text(refused)
        typed = {
            "ground": "ruling_ki",
            "letter_number": "12/KI",
            "letter_date": TODAY.isoformat(),
            "reason": "Putusan.",
        }
        sent = client.post(page, typed | {"document": make.pdf("putusan.pdf")})
        amendment = case.amendments.get()
        assert sent.headers["Location"] == reverse("desk:amendment", args=[case.number, amendment.pk])
        decision = sign_in("utama").post(sent.headers["Location"], {"approve": "ya"})
        assert decision.status_code == 302
        assert not DikEntry.objects.in_force(on=TODAY).exists()

    def test_a_new_test_is_begun_for_the_same_item(self, sign_in):
        case = adopted(ends_on=TODAY + timedelta(days=90))
        answer = sign_in("bidang").post(reverse("desk:extend", args=[case.number]), follow=True)
        new = Case.objects.running().get(information=case.information)
        assert f"Pengecualian {case.number} tetap berlaku" in text(answer)
        again = page_of(case, "bidang", sign_in)
        assert f"Uji baru sedang berjalan: {new.number}" in again
        late = sign_in("bidang").post(reverse("desk:extend", args=[case.number]))
        assert late.status_code == 422
        assert f"sudah berjalan dalam proses {new.number}" in text(late)

    def test_the_new_test_begins_with_the_words_of_the_old_one_but_not_with_its_dates(self, sign_in):
        case = adopted(subject="Berkas akta", ends_on=TODAY + timedelta(days=90), tested_on=TODAY - timedelta(days=3))
        new = make.exclusion(information=case.information, at="testing")
        url = reverse("desk:work", args=[new.number])
        typed = fields(sign_in("opd").get(url), action=url)
        assert (typed["subject"], typed["peserta-0-name"]) == ("Berkas akta", "Fransiskus Andi, S.IP.")
        assert (typed["ends_on"], typed["tested_on"]) == ("", TODAY.isoformat())

    def test_what_is_open_is_not_extended(self, sign_in):
        case = make.lifted(adopted())
        answer = sign_in("bidang").post(reverse("desk:extend", args=[case.number]))
        assert answer.status_code == 409
        assert "terbuka sejak" in text(answer)

    def test_the_open_part_and_the_exclusion_lead_to_each_other(self, sign_in, client):
        case = adopted(conclusion="part", redacted_parts="Nama")
        item = make.publication(at="published", unit="disdukcapil").information
        other_unit = make.publication(at="published", unit="dinsos").information
        page = reverse("desk:name-open-part", args=[case.number])
        for number, sentence in [
            (case.information.number, "yang dikecualikan itu sendiri"),
            (other_unit.number, "Tidak ada informasi bernomor"),
        ]:
            assert sentence in text(sign_in("bidang").post(page, {"open_part": number, "reason": "Bagian terbuka."}))
        sign_in("bidang").post(page, {"open_part": item.number, "reason": "Bagian terbuka."})
        decide(case.amendments.get(), approve=True, actor=make.demo("utama"))
        assert f"Bagian yang terbuka {item.number}" in page_of(case, "utama", sign_in)
        assert f"bagian yang terbuka dari pengecualian {case.number}" in page_of(item.cases.get(), "utama", sign_in)
        assert f"Bagian yang terbuka: {item.title}" in text(client.get("/dik/"))
        assert f"lihat DIK {case.number}" in text(client.get(f"/informasi/{item.number}/"))


class TestTheTask:
    def test_it_stands_in_the_inbox_of_those_concerned(self, sign_in):
        case = adopted(ends_on=calendar().add_working_days(TODAY, 30))
        for who in ("utama", "opd", "bidang"):
            inbox = text(sign_in(who).get(reverse("desk:inbox")))
            assert "Pengecualian yang akan berakhir" in inbox, who
            assert case.number in inbox
        for who in ("operator", "dinsos"):
            assert "Pengecualian yang akan berakhir" not in text(sign_in(who).get(reverse("desk:inbox"))), who

    def test_it_is_gone_once_it_is_decided(self, sign_in):
        make.lifted(adopted(ends_on=calendar().add_working_days(TODAY, 30)))
        assert "Pengecualian yang akan berakhir" not in text(sign_in("utama").get(reverse("desk:inbox")))


def test_a_test_that_says_open_is_ended_so_by_ppid_utama(sign_in):
    case = make.exclusion(at="testing")
    fill_test(case, make.test(conclusion="open", grounds=[]), [make.participant()], actor=make.demo("opd"))
    case = make.step(make.again(case), "test_consequences", actor="opd")
    client = sign_in("utama")
    assert "Akhiri: hasil uji terbuka" in text(client.get(case.get_absolute_url()))
    step = reverse("desk:step", args=[case.number, "conclude_open"])
    answer = client.post(step, {"moves": case.moves, "note": "Sesuai hasil uji."}, follow=True)
    assert "hasil uji menyatakan informasi ini terbuka" in text(answer)
    assert make.again(case).state == "tested_open"


def test_the_registers_tell_what_became_of_an_exclusion(sign_in):
    in_force, opened = adopted(), make.lifted(adopted())
    client = sign_in("utama")
    register = reverse("desk:exclusions")
    assert opened.number in text(client.get(register, {"keadaan": "dibuka-kembali"}))
    assert in_force.number not in text(client.get(register, {"keadaan": "dibuka-kembali"}))
    assert opened.number not in text(client.get(register, {"keadaan": "ditetapkan"}))
    dik = reverse("desk:dik")
    assert opened.number not in text(client.get(dik))
    assert opened.number in text(client.get(dik, {"keadaan": "lewat"}))


def test_a_voided_decree_stays_in_the_history(sign_in):
    case = make.exclusion(at="adopting")
    make.record_decree(case, make.decree(number="188.4/9/PPID/2026"), actor=make.demo("bidang"))
    back = {"to": 3, "note": "Pesertanya keliru."}
    take_step(make.again(case), "send_back", actor=make.demo("bidang"), note=back["note"], to=back["to"])
    page = page_of(case, "utama", sign_in)
    assert "Surat penetapan tidak berlaku lagi" in page
    assert "Nomor 188.4/9/PPID/2026, dicatat" in page
