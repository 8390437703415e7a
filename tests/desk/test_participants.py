"""Participants of a consequence test at the desk: chosen or typed, asked, confirming, and named on page and paper."""

import re
from io import BytesIO

import docx
import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from ppid.desk.waiting.registry import first
from ppid.flows.actions import take_step
from ppid.flows.papers.kinds import KINDS
from ppid.flows.papers.numbering import number_paper
from ppid.flows.participants import confirm_test
from ppid.flows.participation import ParticipantConfirmation
from ppid.information.classification import ConsequenceTest
from ppid.organisation.appointing import stop
from ppid.organisation.models import Appointment, User
from tests import make
from tests.desk.pages import error_links, fields, soup, text
from tests.desk.test_exclusion_forms import TYPED
from tests.desk.test_waiting import counts_of, reader_of

pytestmark = pytest.mark.django_db

I_TOOK_PART = "Saya ikut menguji dan membenarkan isinya"
NO_ROWS = {name: words for name, words in TYPED.items() if not name.startswith("peserta-0")}


@pytest.fixture(scope="module")
def built(built_once):
    return make.exclusion(at="testing"), make.person("ppid_pembantu", unit="disdukcapil", name="Ratna Dewi, S.H.")


@pytest.fixture
def case(built, db):
    return make.again(built[0])


@pytest.fixture
def mate(built, db):
    return User.objects.get(pk=built[1].pk)


def sheet(case):
    return reverse("desk:test-sheet", args=[case.number])


def work(case):
    """Where it is filled in: the working screen of the row that tests."""
    return reverse("desk:work", args=[case.number])


def confirm(case):
    return reverse("desk:confirm-test", args=[case.number])


def rows(*people) -> dict[str, str]:
    """Return what the form sends with these participants: a person, or a name with a position."""
    sent = {**NO_ROWS, "simpan": "1", "peserta-TOTAL_FORMS": str(len(people))}
    for n, each in enumerate(people):
        person, (name, position) = ("", each) if isinstance(each, tuple) else (str(each.pk), ("", ""))
        sent |= {f"peserta-{n}-person": person, f"peserta-{n}-name": name, f"peserta-{n}-position": position}
    return sent


def saved(case) -> list[tuple[str, bool]]:
    test = ConsequenceTest.objects.filter(exclusion=case.exclusion).first()
    return [(str(each), each.person_id is not None) for each in test.participants.all()] if test else []


def pdf_of(client, case) -> str:
    content = client.get(reverse("desk:paper-pdf", args=[case.number, "lembar-uji"])).content
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


class TestTheForm:
    def test_it_offers_who_may_be_chosen_and_says_what_that_keeps_them_from(self, case, sign_in):
        make.person("bidang_layanan", unit="diskominfo")
        page = sign_in("opd").get(work(case))
        options = [each.text for each in soup(page).select("select[name=peserta-0-person] option")]
        assert options[0] == "Tanpa akun portal"
        assert "Ratna Dewi, S.H., PPID Pembantu" in options
        kept = "(bila ikut menguji, tidak menetapkan pada langkah 5)"
        assert [each for each in options if each.startswith("Budi Hartono")][0].endswith(kept)
        assert not any(name in str(options) for name in ("Uray Ahmad", "Dewi Kartika", "Mulyadi", "Hendra Wijaya"))

    def test_a_person_or_a_name_is_kept(self, case, mate, sign_in):
        client = sign_in("opd")
        response = client.post(work(case), rows(mate, ("Pak Anton", "Arsiparis")))
        assert response.status_code == 302
        assert saved(case) == [("Ratna Dewi, S.H., PPID Pembantu", True), ("Pak Anton, Arsiparis", False)]
        sent = fields(client.get(work(case)), action=work(case))
        assert (sent["peserta-0-person"], sent["peserta-0-name"]) == (str(mate.pk), "")
        assert (sent["peserta-1-person"], sent["peserta-1-name"]) == ("", "Pak Anton")

    def test_rows_come_and_go_with_who_was_chosen(self, case, mate, sign_in):
        client, typed = sign_in("opd"), rows(mate, ("Pak Anton", ""))
        more = fields(client.post(work(case), {**typed, "tambah": "1"}), action=work(case))
        assert (more["peserta-0-person"], more["peserta-1-name"], more["peserta-2-person"]) == (
            str(mate.pk),
            "Pak Anton",
            "",
        )
        less = fields(client.post(work(case), {**typed, "hapus": "0"}), action=work(case))
        assert (less["peserta-0-person"], less["peserta-0-name"]) == ("", "Pak Anton")

    def test_not_both_a_person_and_a_name(self, case, mate, sign_in):
        typed = rows(mate) | {"peserta-0-name": "Pak Anton"}
        response = sign_in("opd").post(work(case), typed)
        assert response.status_code == 422
        assert error_links(response) == ["#id_peserta-0-name"]
        assert "jangan keduanya" in text(response)
        assert fields(response, action=work(case))["peserta-0-name"] == "Pak Anton"
        assert saved(case) == []

    @pytest.mark.parametrize("who", ["dinsos", "utama", "atasan", "disdukcapil"])
    def test_nobody_who_is_not_offered(self, who, case, sign_in):
        response = sign_in("opd").post(work(case), rows(make.demo(who)))
        assert response.status_code == 422
        assert error_links(response) == ["#id_peserta-0-person"]
        assert "tulis namanya" in text(response)

    def test_twice_is_told_and_everything_typed_stays(self, case, mate, sign_in):
        response = sign_in("opd").post(work(case), rows(mate, mate) | {"subject": "Berkas yang panjang"})
        assert response.status_code == 422
        assert "Ratna Dewi, S.H. tercatat dua kali" in text(response)
        kept = fields(response, action=work(case))
        assert (kept["subject"], kept["peserta-1-person"]) == ("Berkas yang panjang", str(mate.pk))
        assert saved(case) == []

    def test_who_has_left_stands_there_as_a_name(self, case, mate, sign_in):
        make.filled_in(case, mate)
        stop(Appointment.objects.get(user=mate), actor=make.demo("utama"), because="Pindah tugas.")
        sent = fields(sign_in("opd").get(work(case)), action=work(case))
        assert (sent["peserta-0-person"], sent["peserta-0-name"]) == ("", "Ratna Dewi, S.H.")

    def test_more_participants_ask_the_database_no_more(self, case, sign_in, django_assert_max_num_queries):
        people = [make.person("ppid_pembantu", unit="disdukcapil", name=f"Peserta {n}, S.H.") for n in range(12)]
        make.filled_in(case, *people)
        client = sign_in("opd")
        with django_assert_max_num_queries(32):
            assert "Peserta 11, S.H." in client.get(work(case)).content.decode()


class TestConfirming:
    def test_a_participant_reads_the_whole_sheet_and_confirms_it_with_one_click(self, case, mate, sign_in):
        test = make.filled_in(case, mate)
        client = sign_in(mate)
        page = client.get(sheet(case), follow=True)
        read = text(page)
        for words in (test.subject, test.consequence_if_open, test.consequence_if_closed, test.public_interest):
            assert words in read
        assert "belum dikonfirmasi dengan akun portal" in read
        ask = soup(page).find("a", href=reverse("desk:ask", args=[case.number]))
        assert "Tidak benar?" in ask.text
        sent = fields(page, action=confirm(case))
        assert soup(page).find("form", action=confirm(case)).button.text.strip() == I_TOOK_PART
        told = client.post(confirm(case), sent, follow=True)
        assert "Tercatat: Anda ikut menguji" in soup(told).text
        assert re.search(r"dikonfirmasi dengan akun portal, \d+ \w+ \d{4}, \d\d\.\d\d", text(told))
        assert I_TOOK_PART not in text(told)

    def test_whoever_may_fill_it_in_confirms_on_the_same_page(self, case, sign_in):
        colleague = make.person("opd", unit="disdukcapil", name="Yosep, A.Md.")
        make.filled_in(case, colleague)
        client = sign_in(colleague)
        page = client.get(sheet(case), follow=True)
        assert soup(page).find("details", id="tersimpan", open=True)
        client.post(confirm(case), fields(page, action=confirm(case)))
        assert ParticipantConfirmation.objects.get().actor == colleague

    @pytest.mark.parametrize("seen", ["", "x", "0" * 64])
    def test_words_that_were_not_read_are_not_confirmed(self, seen, case, mate, sign_in):
        make.filled_in(case, mate)
        told = sign_in(mate).post(confirm(case), {"seen": seen}, follow=True)
        assert "diisi kembali sejak Anda membukanya" in soup(told).text
        assert not ParticipantConfirmation.objects.exists()

    def test_a_second_click_says_that_it_was_done(self, case, mate, sign_in):
        test, client = make.filled_in(case, mate), sign_in(mate)
        for _ in range(2):
            told = client.post(confirm(case), {"seen": test.words_digest}, follow=True)
        assert "Anda sudah mengonfirmasi lembar ini" in soup(told).text

    def test_the_last_who_could_adopt_reads_why_not(self, case, sign_in):
        second = make.person("bidang_layanan", unit="diskominfo")
        make.filled_in(case, make.demo("bidang"))
        stop(Appointment.objects.get(user=second), actor=make.demo("utama"), because="Pindah tugas.")
        page = sign_in("bidang").get(sheet(case), follow=True)
        assert "Bila Anda ikut menguji, tidak ada lagi yang dapat menetapkan pada langkah 5" in text(page)
        assert soup(page).find("form", action=confirm(case)) is None

    def test_nobody_else_finds_a_button_or_confirms(self, case, mate, sign_in, stranger):
        test = make.filled_in(case, mate)
        seen = {"seen": test.words_digest}
        for who in ("opd", "bidang", "utama"):
            client = sign_in(who)
            assert I_TOOK_PART not in text(client.get(sheet(case), follow=True))
            assert client.post(confirm(case), seen).status_code == 403
        for who in (stranger, "disdukcapil", "dinsos"):
            assert sign_in(who).post(confirm(case), seen).status_code == 404
        assert sign_in(mate).get(confirm(case)).headers["Location"] == sheet(case)

    def test_the_step_says_who_is_missing_and_leads_to_the_sheet(self, case, mate, sign_in):
        make.filled_in(case, mate)
        page = sign_in("opd").get(case.get_absolute_url())
        missing = soup(page).find("div", class_="unmet")
        assert "menunggu konfirmasi Ratna Dewi, S.H." in missing.text
        assert missing.find(string="Buka lembar uji")


class TestWhereItIsRead:
    def test_it_waits_in_the_inbox_by_its_number_outside(self, case, mate, sign_in):
        make.filled_in(case, mate, subject="Berkas rahasia")
        assert "Uji konsekuensi menunggu konfirmasi Anda" in text(sign_in(mate).get(reverse("desk:inbox")))
        found = first(reader_of(mate), counts_of(mate), section="waiting", group="", most=9)
        [task] = [task for kind, task in found if kind.key == "confirm"]
        assert (task.told_outside, task.url) == (case.number, sheet(case))

    def test_who_decides_reads_who_confirmed_and_how(self, case, mate, sign_in):
        opd = make.demo("opd")
        make.filled_in(case, mate, opd, "Pak Anton")
        confirm_test(make.again(case), actor=mate)
        take_step(make.again(case), "test_consequences", actor=opd, evidence=make.evidence(case, opd))
        read = text(sign_in("utama").get(reverse("desk:decide", args=[case.number])))
        assert "Ratna Dewi, S.H., PPID Pembantu dikonfirmasi dengan akun portal, " in read
        assert "PPID Pendukung (OPD) dikonfirmasi dengan akun portal saat mengerjakan langkah 3, " in read
        assert "Pak Anton, Arsiparis menandatangani di atas kertas" in read

    def test_the_papers_say_it_and_that_it_is_no_signature(self, case, mate, sign_in):
        make.filled_in(case, mate, "Pak Anton")
        client = sign_in("opd")
        assert "belum dikonfirmasi dengan akun portal" in pdf_of(client, case)
        said = confirm_test(make.again(case), actor=mate)
        when = timezone.localtime(said.confirmed_at)
        paper = pdf_of(client, case)
        assert re.search(rf"dikonfirmasi dengan akun portal, {when.day} \w+ {when.year}, {when:%H.%M}", paper)
        assert "menandatangani di atas kertas" in paper
        assert "bukan tanda tangan elektronik" in paper
        word = client.get(reverse("desk:paper-docx", args=[case.number, "berita-acara"])).content
        cells = [cell.text for table in docx.Document(BytesIO(word)).tables for row in table.rows for cell in row.cells]
        assert any(each.startswith("dikonfirmasi dengan akun portal, ") for each in cells)

    def test_a_paper_without_accounts_says_nothing_of_them(self, case, sign_in):
        make.filled_in(case, "Pak Anton")
        paper = pdf_of(sign_in("opd"), case)
        assert "menandatangani di atas kertas" in paper
        assert "akun portal" not in paper

    def test_a_number_given_before_a_confirmation_is_said_to_be_out_of_date(self, case, mate, sign_in):
        make.filled_in(case, mate)
        opd = make.demo("opd")
        number_paper(make.again(case), KINDS["test_sheet"], number="LU/1", date=timezone.localdate(), actor=opd)
        client = sign_in(opd)
        assert "isinya sudah berubah" not in text(client.get(case.get_absolute_url()))
        confirm_test(make.again(case), actor=mate)
        assert "isinya sudah berubah" in text(client.get(case.get_absolute_url()))
