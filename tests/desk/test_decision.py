"""The decision screen: who gets it, what stands on it, and what each of its buttons does."""

import io
import re
from datetime import timedelta

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from ppid.flows.actions import take_step
from ppid.flows.amendments import propose
from ppid.flows.documents import add_document, describe, replace_document
from ppid.flows.item_correction import CorrectItem
from ppid.flows.models import Case
from ppid.flows.reasons import Reason, begin_library
from ppid.flows.undo import undo
from ppid.information.models import Document
from ppid.shelf.models import PublishedItem
from sop.versions import actions as sheets
from tests import make, make_sheets
from tests.desk.pages import fields, soup, text
from tests.make_sheets import row

pytestmark = pytest.mark.django_db


def table():
    return SimpleUploadedFile("tabel.csv", b'"Kelurahan";"Jumlah"\r\n"Sungai Bangkong";"12"\r\n', "text/csv")


def long_pdf(pages: int) -> SimpleUploadedFile:
    pdf, written = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    pdf.save(written)
    return SimpleUploadedFile("tebal.pdf", written.getvalue(), "application/pdf")


def screen(case: Case) -> str:
    return reverse("desk:decide", args=[case.number])


def step(case: Case, key: str) -> str:
    return reverse("desk:step", args=[case.number, key])


def send(client, case: Case, key: str, **typed):
    """Send a form of the screen as the page has it, with what is typed; return the answer."""
    page = client.get(screen(case))
    return client.post(step(case, key), fields(page, step(case, key)) | typed)


@pytest.fixture
def case():
    return make.publication(at="clarifying")


@pytest.fixture
def utama(sign_in):
    return sign_in("utama")


# Written out from the two sheets: at which state whoever decides has the screen, and what it asks.
ASKS = {
    "clarifying": ("publication", "utama", "Apa jenis informasinya?"),
    "screening": ("exclusion", "utama", "Layak diuji konsekuensinya?"),
    "reviewing": ("exclusion", "utama", "Hasil uji konsekuensi lengkap?"),
}


@pytest.mark.parametrize("state", ASKS)
def test_each_step_that_decides_has_the_screen(state, sign_in):
    flow, who, question = ASKS[state]
    case = getattr(make, flow)(at=state)
    page = sign_in(who).get(screen(case))
    assert page.status_code == 200
    assert question in text(page)
    inbox = sign_in(who).get(reverse("desk:inbox"))
    assert soup(inbox).find("a", href=screen(case)), "the inbox leads to it"


@pytest.mark.parametrize("state", ["updating", "coordinating", "preparing", "releasing", "renewing", "publishing"])
def test_a_step_that_decides_nothing_has_none(state, sign_in):
    case = make.publication(at=state)
    client = sign_in({"preparing": "dinsos", "renewing": "operator", "publishing": "operator"}.get(state, "bidang"))
    assert client.get(screen(case)).headers["Location"] == case.get_absolute_url()


def test_which_row_decides_is_the_sheets_to_say(utama):
    rows = [row("bidang", text="Menerima usul"), row("bidang", 1, 2), row("pelaksana", 3), row("operator")]
    make_sheets.in_force(make_sheets.sheet([*rows, row("utama", 4), row("bidang", 5, 6, 7)]))
    case = make.publication(at="updating", unit="dinkes")
    while case.step != 5:
        who = {1: "bidang", 2: "bidang", 3: make.person("ppid_pelaksana", unit="dinkes"), 4: "operator"}[case.step]
        case = make.step(case, case.next_step.key, actor=who)
    assert "Langkah 5: Apa jenis informasinya?" in text(utama.get(screen(case)))


def test_everybody_else_has_the_cases_page(case, sign_in):
    for who in ("bidang", "dinsos"):
        assert sign_in(who).get(screen(case)).headers["Location"] == case.get_absolute_url()
    assert sign_in("disdukcapil").get(screen(case)).status_code == 404
    assert sign_in("utama").get(case.get_absolute_url()).status_code == 200


def test_whoever_worked_on_it_decides_nothing_here(sign_in):
    case = make.publication(at="clarifying", hands={"prepare": make.person("ppid_pelaksana")})
    stand_in = make.appoint(make.demo("dinsos"), "ppid_utama", unit="diskominfo", kind="plh").user
    assert stand_in == make.demo("dinsos")
    case = make.publication(at="clarifying")
    assert sign_in("dinsos").get(screen(case)).status_code == 302


def test_no_class_is_preset_and_without_one_nothing_is_approved(case, utama):
    page = soup(utama.get(screen(case)))
    radios = page.select("[name=category]")
    assert [radio["value"] for radio in radios] == ["periodic", "immediate", "on_demand"]
    assert not [radio for radio in radios if radio.has_attr("checked")]
    answer = send(utama, case, "clarify")
    assert answer.status_code == 422
    assert "Pilih jenis informasi" in text(answer)
    assert "Apa jenis informasinya?" in text(answer), "the same screen"
    assert make.again(case).state == "clarifying"


def test_what_an_earlier_edition_was_is_told_and_not_chosen(utama):
    first = make.publication(at="published")
    case = make.publication(at="clarifying", information=first.information)
    page = utama.get(screen(case))
    assert "seperti edisi terdahulu" in text(page)
    assert not soup(page).select("[name=category][checked]")


def test_approving_leads_to_what_was_recorded_and_the_next_case(case, utama):
    other = make.publication(at="clarifying")
    answer = send(utama, case, "clarify", category="periodic")
    decided = utama.get(answer.headers["Location"])
    assert "Disetujui sebagai berkala." in text(decided)
    assert "Sekarang menunggu Bidang Pengelolaan" in text(decided)
    assert soup(decided).find("a", href=screen(other))
    assert make.again(case).state == "releasing"


def test_what_was_decided_is_undone_from_there(case, utama):
    where = send(utama, case, "clarify", category="periodic").headers["Location"]
    form = soup(utama.get(where)).find("form", action=reverse("desk:undo", args=[case.number]))
    assert "Urungkan persetujuan" in form.text
    back = utama.post(form["action"])
    assert back.headers["Location"] == screen(case)
    assert make.again(case).state == "clarifying"
    assert "Putusan Anda diurungkan" in text(utama.get(screen(case)))
    assert not soup(utama.get(where)).find("form", action=form["action"]), "no undo twice"
    undone = make.again(case).moves
    assert utama.get(reverse("desk:decided", args=[case.number, undone])).status_code == 404
    assert utama.get(reverse("desk:decided", args=[case.number, 1])).status_code == 404, "somebody else's"


def test_too_late_to_undo_is_a_sentence(case, utama):
    where = send(utama, case, "clarify", category="periodic").headers["Location"]
    make.step(make.again(case), "release", actor="bidang")
    assert "Urungkan" not in text(utama.get(where))
    answer = utama.post(reverse("desk:undo", args=[case.number]), follow=True)
    assert "Tidak ada putusan yang dapat diurungkan" in text(answer)


def test_sending_back_asks_for_a_reason_and_keeps_what_was_typed(case, utama):
    answer = send(utama, case, "return_for_repair")
    assert answer.status_code == 422
    assert "Tuliskan alasannya." in text(answer)
    assert "is-open" in soup(answer).find(id="kembalikan")["class"]


def test_a_reason_of_ten_thousand_letters_is_refused_in_words_and_kept(case, utama):
    long = ("Kurang lengkap. " * 625).strip() + "!"
    answer = send(utama, case, "return_for_repair", note=long)
    assert answer.status_code == 422
    assert "Paling banyak 4000 huruf; tulisan ini 10000" in text(answer).replace(".000", "000")
    assert soup(answer).find("textarea", {"name": "note", "id": re.compile("return")}).text.strip() == long.strip()
    assert make.again(case).state == "clarifying"


def test_a_case_that_moved_meanwhile_is_said_and_nothing_is_lost(case, utama, sign_in):
    page = utama.get(screen(case))
    stale = fields(page, step(case, "return_for_repair")) | {"note": "Perbaiki tabelnya."}
    take_step(case, "return_for_repair", actor=make.demo("wakil"), note="Sudah saya kembalikan.")
    answer = utama.post(step(case, "return_for_repair"), stale)
    assert answer.status_code == 409
    assert "Perbaiki tabelnya." in text(answer)
    assert make.again(case).moves == case.moves + 1


def test_the_points_come_back_with_their_answers_and_what_changed(case, utama):
    asked = "Ringkasan belum menyebut capaian.\nHalaman 4 memuat nama."
    parts = [f"Dokumen «{case.content[0].title}»"]
    send(utama, case, "return_for_repair", note=asked, parts=parts)
    siti, back = make.demo("dinsos"), make.again(case)
    assert back.records.last().note == f"{asked}\nYang diperbaiki: {parts[0]}."
    describe(back, {"summary": "Jumlah penerima menurut kelurahan dan capaiannya."}, actor=siti)
    old = Document.objects.current().content().get(information=case.information)
    replace_document(back, old, make.pdf("baru.pdf", "baru"), title="Laporan baru", actor=siti)
    answer = "1. Ringkasan sudah menyebutnya.\n2. Dokumen diganti."
    take_step(make.again(case), "prepare", actor=siti, note=answer, evidence=make.evidence(case, siti))
    page = utama.get(screen(case))
    words = text(page)
    assert "Kedua kalinya di meja ini" in words
    points = [li.get_text(" ", strip=True) for li in soup(page).select(".points > li")]
    assert points == [
        "Ringkasan belum menyebut capaian. Ringkasan sudah menyebutnya.",
        "Halaman 4 memuat nama. Dokumen diganti.",
    ]
    changes = soup(page).select_one(".changes")
    assert "menurut kelurahan" in changes.find("ins").text
    said = [each.get_text(" ", strip=True) for each in changes.find_all("dt")]
    assert said == ["Ringkasan isi diubah", "Dokumen diganti"]
    third = take_step(make.again(case), "return_for_repair", actor=make.demo("utama"), note="Belum.")
    assert third.stood["words"]["summary"].endswith("capaiannya.")
    take_step(make.again(case), "prepare", actor=siti, evidence=make.evidence(case, siti))
    assert "Ketiga kalinya" in text(utama.get(screen(case)))
    assert "Pengembalian sebelumnya (1)" in text(utama.get(screen(case)))


def test_what_was_undone_is_no_return(case, utama):
    take_step(case, "return_for_repair", actor=make.demo("utama"), note="Salah tekan.")
    undo(case, actor=make.demo("utama"))
    page = text(utama.get(screen(case)))
    assert "kalinya di meja ini" not in page
    assert "Salah tekan" not in page
    assert "Salah tekan" in text(utama.get(case.get_absolute_url())), "the history keeps both"
    assert "Diurungkan, tidak dihitung" in text(utama.get(case.get_absolute_url()))


class TestPreview:
    def test_it_is_the_portals_own_page_word_for_word(self, case, utama, client):
        shown = soup(utama.get(screen(case))).select_one(".asread")
        before = {dt.text: dd.get_text(" ", strip=True) for dt, dd in self.facts(shown)}
        case = make.walk(case, to="published")
        public = soup(client.get(reverse("portal:item", args=[case.information.number])))
        after = {dt.text: dd.get_text(" ", strip=True) for dt, dd in self.facts(public)}
        assert before == {name: said for name, said in after.items() if name != "Diperbarui paling lambat"}
        assert shown.select_one(".asread__title").text == public.find("h1").text

    def facts(self, page):
        section = page.find(id="keterangan").find_parent("section")
        return zip(section.find_all("dt"), section.find_all("dd"), strict=True)

    def test_nothing_is_put_on_the_shelf_by_looking(self, case, utama):
        utama.get(screen(case))
        utama.get(reverse("desk:decide-preview", args=[case.number]))
        assert not PublishedItem.objects.exists()

    def test_the_whole_page_too(self, case, utama, sign_in):
        page = utama.get(reverse("desk:decide-preview", args=[case.number]))
        assert case.information.title in soup(page).find("h1").text
        assert "no-store" in page.headers["Cache-Control"]
        url = reverse("desk:decide-preview", args=[case.number])
        assert sign_in("dinsos").get(url).status_code == 302
        assert sign_in("disdukcapil").get(url).status_code == 404

    def test_an_exclusions_row_of_the_dik_and_no_words_of_the_item(self, utama):
        case = make.exclusion(at="reviewing")
        row = soup(utama.get(screen(case))).select_one(".asread table")
        assert case.test.public_description in row.text
        assert case.information.title not in row.text


class TestPages:
    def test_a_page_is_a_picture_for_those_who_see_the_case(self, case, utama, sign_in):
        url = reverse("desk:document-page", args=[case.number, case.content[0].pk, 1])
        picture = utama.get(url)
        assert picture.content.startswith(b"\x89PNG")
        assert "no-store" in picture.headers["Cache-Control"]
        assert sign_in("disdukcapil").get(url).status_code == 404
        assert utama.get(url.replace("/1/", "/9/")).status_code == 404

    def test_what_has_no_pages_says_so_with_a_link_to_the_file(self, utama):
        case = make.publication(at="preparing")
        add_document(case, table(), title="Tabel", actor=make.demo("dinsos"))
        case = make.step(make.again(case), "prepare", actor="dinsos")
        page = utama.get(screen(case))
        assert "Tidak dapat ditampilkan di sini." in text(page)
        assert soup(page).select_one(".doc__bar a")["href"] == reverse(
            "desk:document", args=[case.number, case.content[0].pk]
        )

    def test_of_a_long_document_one_page_is_shown_and_the_others_by_a_field(self, utama):
        case = make.publication(at="preparing")
        add_document(case, long_pdf(500), title="Laporan tebal", actor=make.demo("dinsos"))
        case = make.step(make.again(case), "prepare", actor="dinsos")
        page = soup(utama.get(screen(case), {"halaman": "250"}))
        assert "500 halaman" in page.select_one(".doc__bar").text
        assert [each.text.strip() for each in page.select(".doc__pages a, .doc__pages [aria-current]")] == [
            "Halaman 1",
            "Halaman 249",
            "250",
            "Halaman 251",
            "Halaman 500",
        ]
        assert page.select_one(".doc__to [name=halaman]")["value"] == "250"
        assert len(page.select(".doc__leaf")) == 1
        for wild in ("0", "-1", "501", "x", "9" * 30):
            shown = soup(utama.get(screen(case), {"halaman": wild})).select_one(".doc__leaf")["src"]
            assert shown.endswith(("/halaman/1/", "/halaman/500/"))


class TestFinal:
    def test_diverting_is_repeated_before_it_is_done(self, case, utama):
        sure = send(utama, case, "divert", note="Memuat data pribadi.")
        assert sure.status_code == 200
        assert "tidak dapat diurungkan" in text(sure)
        assert "Memuat data pribadi." in text(sure)
        assert make.again(case).state == "clarifying"
        answer = utama.post(step(case, "divert"), fields(sure, step(case, "divert")))
        assert make.again(case).state == "diverted"
        assert "Urungkan" not in text(utama.get(answer.headers["Location"]))

    def test_approving_what_publishes_at_once_is_repeated_too(self, utama):
        rows = [row("bidang", 1, 2), row("pelaksana", 3), row("utama", 4, 5, 6, 7)]
        make_sheets.in_force(make_sheets.sheet(rows))
        case = make.publication(at="clarifying", unit="dinkes")
        sure = send(utama, case, "clarify", category="periodic")
        assert "langsung terbuka untuk umum" in text(sure)
        assert not PublishedItem.objects.exists()
        utama.post(step(case, "clarify"), fields(sure, step(case, "clarify")))
        assert PublishedItem.objects.get().category == "periodic"

    def test_what_is_missing_is_said_before_anything_is_repeated(self, case, utama):
        answer = send(utama, case, "divert")
        assert answer.status_code == 422
        assert "Tuliskan alasannya." in text(answer)


class TestHead:
    @pytest.fixture
    def case(self):
        case = make.exclusion(at="reviewing")
        take_step(case, "accept", actor=make.demo("utama"), evidence=make.evidence(case, make.demo("utama")))
        return make.again(case)

    @pytest.fixture
    def head(self, sign_in):
        return sign_in("atasan")

    def url(self, case):
        return reverse("desk:head-approval", args=[case.number])

    def sent(self, client, case, **typed):
        page = soup(client.get(self.url(case)))
        form = page.find("form", id="kembalikan") or page.select_one("#kembalikan form")
        hidden = {each["name"]: each.get("value", "") for each in form.select("[type=hidden]")}
        return client.post(self.url(case), hidden | typed)

    def test_it_is_the_same_screen_with_the_row_of_the_dik(self, case, head):
        page = head.get(self.url(case))
        assert "Setujui pengecualian ini?" in text(page)
        assert case.test.public_description in soup(page).select_one(".asread table").text

    def test_the_head_approves_and_takes_it_back(self, case, head):
        answer = head.post(self.url(case), fields(head.get(self.url(case)), self.url(case)))
        decided = head.get(answer.headers["Location"])
        assert "Persetujuan Anda tercatat." in text(decided)
        undo_form = soup(decided).select_one("form.panel")
        head.post(undo_form["action"])
        assert make.again(case).head_approval is None
        assert "diurungkan" in text(head.get(self.url(case)))

    def test_sending_back_needs_its_reason_and_can_be_undone(self, case, head):
        without = self.sent(head, case, note=" ")
        assert without.status_code == 422
        assert "is-open" in soup(without).find(id="kembalikan")["class"]
        answer = self.sent(head, case, note="Jangka waktunya belum beralasan.")
        assert make.again(case).state == "testing"
        decided = head.get(answer.headers["Location"])
        assert "Dikembalikan kepada pengujinya." in text(decided)
        head.post(reverse("desk:undo", args=[case.number]))
        assert make.again(case).state == "adopting"

    def test_others_read_how_it_stands(self, case, sign_in):
        assert "Setujui pengecualian ini?" not in text(sign_in("utama").get(self.url(case)))


class TestAmendment:
    @pytest.fixture
    def proposed(self):
        case = make.publication(at="published")
        after = CorrectItem().before(case) | {"title": "Laporan yang diralat"}
        return propose(case, "correct_item", actor=make.demo("bidang"), after=after, reason="Salah judul.")

    def url(self, amendment):
        return reverse("desk:amendment", args=[amendment.case.number, amendment.pk])

    def test_what_the_public_will_read_is_shown_and_approval_is_repeated_first(self, proposed, utama):
        url = self.url(proposed)
        page = utama.get(url)
        assert soup(page).select_one(".asread__title").text == "Laporan yang diralat"
        sure = utama.post(url, fields(page, url))
        assert "tidak dapat diurungkan" in text(sure)
        assert PublishedItem.objects.get().title != "Laporan yang diralat"
        after = utama.post(url, fields(sure, url), follow=True)
        assert PublishedItem.objects.get().title == "Laporan yang diralat"
        assert "Ralat keterangan: disetujui." in text(after)

    def test_refusing_needs_its_reason(self, proposed, utama):
        url = self.url(proposed)
        answer = utama.post(url, {"approve": "tidak", "dari": "putusan", "note": ""})
        assert answer.status_code == 422
        assert "Tuliskan mengapa usul ini tidak disetujui." in text(answer)


class TestSheet:
    def test_a_sheet_that_came_back_says_why_and_is_approved_after_it_was_repeated(self, utama):
        draft = make_sheets.sheet(make_sheets.SEVEN)
        keeper = make.person("sop_keeper", unit="dinkes")
        sheets.submit(draft, actor=keeper)
        sheets.send_back(draft, actor=make.demo("wakil"), why="Waktu langkah 3 keliru.")
        sheets.submit(draft, actor=keeper)
        url = reverse("desk:sop-approve", args=[draft.sop.slug, 1])
        page = utama.get(url)
        assert "Kedua kalinya" in text(page)
        assert "Waktu langkah 3 keliru." in text(page)
        form = soup(page).select_one("#f-setuju")
        typed = {each["name"]: each.get("value", "") for each in form.select("[type=hidden]")} | {"why": "Sesuai."}
        sure = utama.post(url, typed)
        assert "tidak dapat diurungkan" in text(sure)
        draft = type(draft).objects.get(pk=draft.pk)
        assert draft.state == "in_review"
        after = utama.post(url, fields(sure, url), follow=True)
        assert "Versi 1 disetujui" in text(after)
        assert type(draft).objects.get(pk=draft.pk).state == "approved"


class TestLibrary:
    def test_a_picked_sentence_fills_the_text_and_nothing_else_happens(self, case, utama):
        begin_library()
        reason = Reason.objects.current().filter(of="clarify").first()
        page = utama.get(screen(case))
        typed = fields(page, step(case, "return_for_repair")) | {"note": "Halaman 2 kosong.", "pakai": str(reason.pk)}
        typed["parts"] = f"Dokumen «{case.content[0].title}»"
        answer = utama.post(screen(case), typed)
        assert answer.status_code == 200
        note = soup(answer).find(id="kembalikan").find("textarea").text.strip()
        assert note == f"Halaman 2 kosong.\n{reason.text}"
        assert soup(answer).select("#kembalikan [type=checkbox][checked]")
        assert make.again(case).moves == case.moves

    def test_ppid_utama_keeps_it(self, utama, sign_in):
        url = reverse("desk:reason-add")
        assert sign_in("bidang").get(url).status_code == 403
        assert utama.post(url, {"of": "clarify", "text": "Tabelnya terpotong."}).status_code == 302
        kept = Reason.objects.get(text="Tabelnya terpotong.")
        edit = reverse("desk:reason-edit", args=[kept.pk])
        utama.post(edit, {"text": "Tabel terpotong di tepi kanan."})
        page = utama.get(reverse("desk:reasons"))
        assert "Tabel terpotong di tepi kanan." in text(page)
        assert "Tabelnya terpotong." in text(page), "the history is kept"
        newest = Reason.objects.current().get(of="clarify")
        utama.post(reverse("desk:reason-retire", args=[newest.pk]))
        assert not Reason.objects.current().exists()
        assert utama.post(edit, {"text": "Lain."}).status_code == 409

    def test_bad_sentences_are_refused_beside_their_field(self, utama):
        url = reverse("desk:reason-add")
        for typed in ({"of": "", "text": "x"}, {"of": "clarify", "text": " "}, {"of": "clarify", "text": "x" * 301}):
            answer = utama.post(url, typed)
            assert answer.status_code == 422
            assert soup(answer).select(".invalid-feedback")


def test_the_due_time_and_the_next_cases_are_told(utama):
    cases = [make.publication(at="clarifying") for _ in range(3)]
    page = utama.get(screen(cases[0]))
    assert "2 putusan lagi" in text(page)
    assert [a["href"] for a in soup(page).select(".next-up a")] == [screen(cases[1]), screen(cases[2])]


def test_it_was_decided_says_until_when_it_can_be_undone(case, utama):
    where = send(utama, case, "clarify", category="periodic").headers["Location"]
    until = timezone.localtime(make.again(case).records.last().done_at + timedelta(minutes=10))
    assert f"Dapat diurungkan sampai {until:%H.%M}" in text(utama.get(where))
