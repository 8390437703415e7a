"""The pages of taking a DIK over: from the upload to the portal, what its cases say, and for whom it isn't there."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ppid.organisation.appointing import stop
from ppid.shelf.models import DikEntry
from ppid.takeover import deciding
from ppid.takeover.models import Takeover
from tests import make
from tests.desk.pages import error_links, fields, soup, text
from tests.desk.test_takeover import to
from tests.takeover import office
from tests.takeover.tables import csv

pytestmark = pytest.mark.django_db

SAID = "Pindahan dari DIK yang ditetapkan dengan SK nomor 12/PPID/2025"
PAGES = [
    "takeover", "takeover-columns", "takeover-files", "takeover-edition", "takeover-propose", "takeover-begin",
    "takeover-give-up", "takeover-carry-on", "takeover-try-again", "takeover-send-back",
]  # fmt: skip

EACH = [*PAGES, "takeover-file", "takeover-row", "takeover-settle"]


def sent(client, *rows, head=office.DIK_HEAD, kind: str = ""):
    file = SimpleUploadedFile("dik 2025.csv", csv([head, *(rows or [office.DIK_ROW])]))
    return client.post(to("takeover-add"), {"file": file, "kind": kind})


def only_case():
    return office.carried_out_dik(office.excluded(c7="")).rows.get().case


def test_a_dik_walks_from_its_file_to_the_portal(sign_in):
    bidang = sign_in("bidang")
    assert "DIK: Daftar Informasi yang Dikecualikan" in text(bidang.get(to("takeover-add")))
    response = sent(bidang, office.DIK_ROW, office.excluded(c1="Data lain", c7=""))
    takeover = Takeover.objects.get()
    page = bidang.get(response.url)
    assert "Tabel terbaca sebagai DIK" in text(page)
    assert "Konsekuensi bila dibuka" in text(page)
    assert "Retensi" not in text(page)
    ways = soup(page).select("[name=way]")
    assert [way["value"] for way in ways] == ["moved"]

    chosen = fields(page, "") if soup(page).find("form", action="") else columns_of(page)
    page = text(bidang.post(to("takeover-columns", takeover.pk), chosen | {"way": "moved"}, follow=True))
    for words in (
        "2 baris dibaca: 2 dapat diambil",
        "langsung tercantum dalam DIK sesudah disetujui",
        "Pasal 17 huruf h",
        "Bila dibuka: Kehidupan pribadi penerima terbuka.",
        "Sampai 31 Desember 2040",
        "Nomor 7/DIK/2024, 5 Februari 2024",
        "Menurut SK daftar",
        "Surat penetapan mengikuti SK daftar : 1 baris",
    ):
        assert words in page

    bidang.post(to("takeover-settle", takeover.pk, "decree"))
    assert "Nomor SK penetapan DIK" in text(bidang.get(to("takeover-propose", takeover.pk)))
    bidang.post(to("takeover-propose", takeover.pk), office.decree())
    utama = sign_in("utama")
    assert "Pindahan DIK, SK nomor 12/PPID/2025" in text(utama.get(to("inbox")))
    assert "tercantum dalam DIK sesudah ini" in text(utama.get(to("takeover-approve", takeover.pk)))
    utama.post(to("takeover-approve", takeover.pk))
    utama.post(to("takeover-carry-on", takeover.pk))
    assert "Tersimpan sebagai edisi 1 DIK" in text(utama.get(to("takeover", takeover.pk)))

    public = text(utama.get(reverse("portal:dik")))
    assert office.DIK_ROW[1] in public
    assert "7/DIK/2024" in public


def columns_of(page) -> dict[str, str]:
    chosen = {}
    for select in soup(page).select("main select"):
        option = select.select_one("option[selected]")
        chosen[select["name"]] = option["value"] if option else ""
    return chosen


def test_heads_that_do_not_tell_ask_beside_the_field_and_a_wrong_choice_is_told(sign_in):
    client = sign_in("bidang")
    response = sent(client, ["1", "Satu", "Dinsos"], head=["No", "Informasi", "Unit"])
    assert response.status_code == 422
    assert "tidak jelas apakah tabel ini DIP atau DIK" in text(response)
    assert error_links(response)

    assert "kolom DIK, bukan DIP" in text(sent(client, kind="dip"))
    assert not Takeover.objects.exists()


def test_who_takes_over_no_dik_is_not_asked_which_it_is(sign_in):
    client = sign_in("operator")
    assert "Dikecualikan" not in text(client.get(to("takeover-add")))
    response = sent(client)
    assert response.status_code == 422
    assert "Mengambil alih DIK adalah tugas" in text(response)


def test_it_is_there_for_those_alone_who_know_of_exclusions(sign_in):
    draft, running, done = (
        office.read_dik(),
        office.proposed_dik(),
        office.carried_out_dik(office.excluded(c1="Data X")),
    )
    deciding.approve(running, actor=make.demo("utama"))
    lists = [Takeover.objects.get(pk=each.pk) for each in (draft, running, done)]

    found = answers(sign_in("bidang"), draft, EACH)
    assert found == {name: 404 if name == "takeover-files" else 200 for name in EACH}
    assert answers(sign_in("utama"), done, ["takeover"]) == {"takeover": 200}
    listed = sign_in("bidang").get(to("takeovers"))
    assert len(soup(listed).select(".rows__title")) == 3
    assert "DIK · SK nomor 12/PPID/2025" in text(listed)
    for who in ("operator", "dinsos", "disdukcapil", "pengelola", "opd", "atasan"):
        client = sign_in(who)
        for takeover in lists if who == "operator" else [done]:
            pages = EACH if takeover == draft else ["takeover", "takeover-file"]
            assert answers(client, takeover, pages) == dict.fromkeys(pages, 404), who
        listed = client.get(to("takeovers"))
        assert soup(listed).select(".rows__title") == []
        assert "12/PPID/2025" not in text(listed)
    assert sign_in("operator").post(to("takeover-give-up", draft.pk)).status_code == 404


def answers(client, takeover: Takeover, pages: list[str]) -> dict[str, int]:
    more = {
        "takeover-file": [takeover.table_id],
        "takeover-row": [takeover.rows.get().pk],
        "takeover-settle": ["decree"],
    }
    return {name: client.get(to(name, takeover.pk, *more.get(name, []))).status_code for name in pages}


def test_what_was_sent_back_waits_for_its_uploader_as_long_as_they_know(sign_in):
    deciding.send_back(office.proposed_dik(), actor=make.demo("utama"), note="SK-nya yang lama.")
    assert "Pindahan DIK yang dikembalikan" in text(sign_in("bidang").get(to("inbox")))

    appointment = make.demo("bidang").appointments.get()
    make.appoint(make.demo("bidang"), "operator", unit="diskominfo")
    stop(appointment, actor=make.demo("utama"), because="Dipindahkan.")
    assert "SK-nya yang lama." not in text(sign_in("bidang").get(to("inbox")))


class TestItsCase:
    def test_says_that_it_was_taken_over_and_counts_no_step(self, sign_in):
        page = sign_in("utama").get(only_case().get_absolute_url())

        assert SAID in text(page)
        assert soup(page).select(".rail") == []
        assert "Semua langkah menurut lembar SOP" not in text(page)
        stages = [" ".join(stage.get_text(" ").split()) for stage in soup(page).select(".life__at")]
        assert stages[0].endswith("Ditetapkan dengan surat nomor 12/PPID/2025")
        assert stages[1].endswith("Dipindahkan dari DIK yang sudah ditetapkan")
        assert "Tidak ada surat yang ditulis di sini" in text(page)
        assert "Belum disetujui" not in text(page)
        assert "None" not in text(page)

    def test_has_a_test_and_a_decree_that_say_what_the_list_said_and_no_more(self, sign_in):
        client, case = sign_in("utama"), only_case()
        sheet = text(client.get(reverse("desk:test-sheet", args=[case.number])))
        assert f"Asal {SAID}" in sheet
        assert "Dibaca dari tabel yang diunggah" in sheet
        for heading in ("Tempat dan tanggal", "Peserta", "Pertimbangan kepentingan publik", "PDF"):
            assert heading not in sheet
        decree = text(client.get(reverse("desk:decree", args=[case.number])))
        assert SAID in decree
        assert decree.count("tidak disebut daftar yang dipindahkan") == 3
        assert "(f) Tempat dan tanggal penetapan 6 Januari 2025" in decree

    @pytest.mark.parametrize("paper", ["lembar-uji", "berita-acara", "surat-penetapan", "surat-koordinasi"])
    def test_has_no_papers_of_its_own(self, sign_in, paper):
        client, case = sign_in("utama"), only_case()
        assert client.get(reverse("desk:paper-pdf", args=[case.number, paper])).status_code == 404
        assert client.get(reverse("desk:head-approval", args=[case.number])).status_code == 404
        assert client.get(reverse("desk:test-sheet-paper", args=[case.number])).status_code == 404

    def test_is_extended_by_a_test_that_begins_with_its_words(self, sign_in):
        case = office.carried_out_dik(office.excluded(c2="Disdukcapil")).rows.get().case
        newer = make.exclusion(information=case.information, at="testing")
        page = sign_in("opd").get(reverse("desk:work", args=[newer.number]))

        form = soup(page).find("main")
        assert office.DIK_ROW[4] in form.get_text()
        assert form.find("input", attrs={"name": "place"})["value"] == "Pontianak"
        assert form.select("input[name$='-name']")

    def test_is_not_there_for_whom_it_does_not_concern(self, sign_in):
        case = only_case()
        for who in ("operator", "dinsos", "disdukcapil", "pengelola"):
            assert sign_in(who).get(case.get_absolute_url()).status_code == 404


def test_a_dip_that_was_taken_over_counts_no_step_on_its_cases_page_either(sign_in):
    case = office.carried_out(office.approved()).rows.first().case
    page = sign_in("utama").get(case.get_absolute_url())
    assert "Pindahan dari DIP yang ditetapkan dengan SK nomor 12/PPID/2025" in text(page)
    assert soup(page).select(".rail") == []
    assert "Surat koordinasi" not in text(page)


def test_the_public_reads_its_words_alone(client):
    office.carried_out_dik()
    entry = DikEntry.objects.get()
    page = text(client.get(entry.get_absolute_url())) if hasattr(entry, "get_absolute_url") else ""
    page += text(client.get(reverse("portal:dik")))
    assert "Pasal 17 huruf h" in page
    assert "Dinas Sosial" in page
