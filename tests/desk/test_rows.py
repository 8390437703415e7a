"""The pages of a case on a sheet of another shape, of a row performed together, and of a case that came back."""

import pytest
from django.utils import timezone

from ppid.flows.actions import confirm_row, open_exclusion, open_publication, take_step
from ppid.flows.documents import describe
from ppid.information.models import Document
from ppid.organisation.actions import deactivate
from tests import make, make_sheets
from tests.desk.pages import soup, text
from tests.make_sheets import row

pytestmark = pytest.mark.django_db

ROWS = [
    row("bidang", text="Mencatat"),
    row("bidang", kind="decision", if_yes=3, if_no=4, text="Perlu rapat?"),
    row("bidang", text="Mengadakan rapat"),
    row("bidang", 1, 2, to="operator", text="Mengumpulkan bersama"),
    row("pelaksana", 3),
    row("utama", 4),
    row("bidang", 5),
    row("operator", 6, 7),
]


@pytest.fixture
def case():
    make_sheets.in_force(make_sheets.sheet(ROWS))
    return open_publication(make.information(unit="dinkes"), actor=make.demo("bidang"))


def url(case, end: str = "") -> str:
    return f"/meja/perkara/{case.number}/{end}"


class TestRows:
    def test_the_rail_has_the_rows_of_the_sheet(self, case, sign_in):
        names = [li.get_text(" ", strip=True) for li in soup(sign_in("bidang").get(url(case))).select(".rail li")]
        assert len(names) == 8
        assert "Pembaruan konten, Koordinasi pengumpulan" in names[3]
        assert "Mengadakan rapat" in names[2]

    def test_a_plain_row_is_taken_and_a_decision_asks_for_its_answer(self, case, sign_in):
        client = sign_in("bidang")
        assert client.post(url(case, "langkah/row/"), {"moves": 0}).status_code == 302
        answer = client.post(url(case, "langkah/row/"), {"moves": 1})
        assert answer.status_code == 422
        assert "Pilih jawaban keputusan ini: ya atau tidak." in text(answer)
        assert client.post(url(case, "langkah/row/"), {"moves": 1, "exit": "no"}).status_code == 302
        assert make.again(case).step == 4

    def test_steps_that_one_row_carries_have_one_time_in_the_history(self, case, sign_in):
        take_step(case, "row", actor=make.demo("bidang"))
        take_step(case, "row", actor=make.demo("bidang"), exit="no")
        confirm_row(case, actor=make.demo("operator"))
        take_step(case, "update_content", actor=make.demo("bidang"))
        lines = [row.get_text(" ", strip=True) for row in soup(sign_in("bidang").get(url(case))).select(".ledger tr")]
        (second,) = [line for line in lines if line.startswith("4 · Koordinasi pengumpulan")]
        (first,) = [line for line in lines if line.startswith("4 · Pembaruan konten")]
        assert "dalam langkah yang sama" in second
        assert "dalam langkah yang sama" not in first


class TestJointRow:
    def at_the_joint_row(self, case):
        take_step(case, "row", actor=make.demo("bidang"))
        take_step(case, "row", actor=make.demo("bidang"), exit="no")

    def test_each_column_stands_there_with_who_may_confirm_it(self, case, sign_in):
        self.at_the_joint_row(case)
        page = sign_in("operator").get(url(case))
        said = soup(page).select_one("#bersama").get_text(" ", strip=True)
        assert "Petugas Informasi/Operator PPID : belum, menunggu Rina Marlina, A.Md." in said
        assert soup(page).select_one("#kerja-form") is None
        answer = sign_in("operator").post(url(case, "konfirmasi/"), {"moves": 2, "note": "Sudah."}, follow=True)
        assert "Bagian «Petugas Informasi/Operator PPID» dikonfirmasi" in text(answer)
        page = sign_in("bidang").get(url(case))
        assert "dikonfirmasi Rina Marlina, A.Md." in text(page)
        assert soup(page).select_one("#kerja-form") is not None

    def test_who_confirmed_stays_in_the_history(self, case, sign_in):
        self.at_the_joint_row(case)
        confirm_row(case, actor=make.demo("operator"), note="Sudah saya terima.")
        take_step(case, "update_content", actor=make.demo("bidang"))
        lines = [row.get_text(" ", strip=True) for row in soup(sign_in("bidang").get(url(case))).select(".ledger tr")]
        (told,) = [line for line in lines if "Bagian dikonfirmasi" in line]
        assert "Rina Marlina, A.Md." in told
        assert "«Petugas Informasi/Operator PPID»" in told
        assert "Sudah saya terima." in told

    def test_a_column_without_holder_says_what_to_do(self, case, sign_in):
        self.at_the_joint_row(case)
        deactivate(make.demo("operator"), actor=make.demo("utama"))
        page = sign_in("bidang").get(url(case))
        assert "Belum ada petugas dengan peran ini untuk" in text(page)

    def test_whoever_is_late_learns_that_the_case_has_moved(self, case, sign_in):
        self.at_the_joint_row(case)
        confirm_row(case, actor=make.demo("operator"))
        take_step(case, "update_content", actor=make.demo("bidang"))
        answer = sign_in("operator").post(url(case, "konfirmasi/"), {"moves": 2, "note": "Sudah."})
        assert answer.status_code == 409


class TestSentBack:
    def test_the_reason_stands_on_top_with_what_changed_since(self, sign_in):
        case = make.publication(at="renewing")
        take_step(case, "send_back", actor=make.demo("operator"), note="Ringkasannya keliru.", to=3)
        describe(make.again(case), {"summary": "Ringkasan yang benar."}, actor=make.demo("dinsos"))
        told = soup(sign_in("dinsos").get(url(case))).select_one(".returned").get_text(" ", strip=True)
        assert "Dikembalikan dari langkah 6 ke langkah 3" in told
        assert "Ringkasannya keliru." in told
        assert "Rina Marlina, A.Md." in told
        assert "Ringkasan yang benar." in told

    def test_it_goes_once_the_case_is_where_it_was_sent_back(self, sign_in):
        case = make.publication(at="releasing")
        take_step(case, "send_back", actor=make.demo("bidang"), note="Kelas keliru.", to=4)
        assert soup(sign_in("utama").get(url(case))).select_one(".returned")
        make.walk(make.again(case), to="renewing", hands=make.PUBLICATION)
        assert soup(sign_in("operator").get(url(case))).select_one(".returned") is None

    def test_the_form_offers_the_rows_before(self, sign_in):
        case = make.publication(at="clarifying")
        page = soup(sign_in("utama").get(url(case)))
        assert [each["value"] for each in page.select("#tindakan-send_back [name=to]")] == ["2", "1"]  # 3 has its own
        answer = sign_in("utama").post(
            url(case, "langkah/send_back/"), {"moves": case.moves, "note": "Ulang.", "to": "9"}
        )
        assert answer.status_code == 422
        assert make.again(case).state == "clarifying"

    def test_a_sentence_that_advises_a_return_leads_to_it(self, sign_in):
        case = make.publication(at="releasing")
        document = case.information.documents.content().get()
        # As if a way around the domain had been found.
        gone = {"removed_by": make.demo("dinsos"), "removed_at": timezone.now()}
        Document.objects.filter(pk=document.pk).update(**gone)
        page = soup(sign_in("bidang").get(url(case)))
        assert page.select_one(".unmet a[href='#tindakan-send_back']")


def test_the_papers_of_an_exclusion_name_the_rows_of_its_own_sheet(sign_in):
    make_sheets.in_force(make_sheets.sheet(make_sheets.EXCLUSION_IN_SEVEN, flow="exclusion"))
    case = open_exclusion(make.information(unit="dinkes"), actor=make.demo("bidang"))
    for key, who in [("row", "bidang"), ("collect", "bidang"), ("screen", "utama")]:
        case = make.step(make.again(case), key, actor=who)
    tester = make.person("opd", unit="dinkes")
    assert "Langkah 4: " in text(sign_in(tester).get(url(case, "kerja/")))
    assert "langkah 6 baru selesai" in text(sign_in("utama").get(url(case, "penetapan/")))
