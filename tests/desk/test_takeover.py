"""The pages of taking over a list: from the upload to the shelf, and what each says when it can't."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ppid.flows.actions import open_exclusion
from ppid.shelf.models import PublishedItem
from ppid.takeover import deciding, preparing, working
from ppid.takeover.files import add_files
from ppid.takeover.models import Takeover
from tests import make
from tests.desk.pages import error_links, soup, text
from tests.takeover import office
from tests.takeover.tables import HEAD, ROW, csv, xlsx

pytestmark = pytest.mark.django_db


def to(name: str, *args) -> str:
    return reverse(f"desk:{name}", args=args)


def sent(client, *rows: list[str], data: bytes | None = None, name: str = "dip.csv") -> Takeover:
    file = SimpleUploadedFile(name, data or csv([HEAD, *rows]))
    response = client.post(to("takeover-add"), {"file": file})
    assert response.status_code == 302, text(response)
    return Takeover.objects.latest("pk")


def as_proposed(client, takeover: Takeover, place: int = 0, **changed) -> dict:
    """Return the form of the columns as the page shows it."""
    page = soup(client.get(to("takeover-columns", takeover.pk) + f"?tabel={place}"))
    chosen = {}
    for select in page.select("main select"):
        option = select.select_one("option[selected]")
        chosen[select["name"]] = option["value"] if option else ""
    return chosen | {"way": "moved"} | changed


def test_a_list_walks_from_its_file_to_the_shelf(sign_in):
    bidang = sign_in("bidang")
    takeover = sent(bidang, [*ROW[:6], "", ROW[7]], ["2", "Neraca", *ROW[2:]])
    response = bidang.post(to("takeover-columns", takeover.pk), as_proposed(bidang, takeover), follow=True)
    assert "2 baris dibaca: 2 dapat diambil, 0 keliru" in text(response)
    assert "Keraguan yang belum diperiksa Kolom kosong" in text(response)

    assert "Jangka waktu penyimpanan" in text(bidang.get(to("takeover-settle", takeover.pk, "empty")))
    bidang.post(to("takeover-settle", takeover.pk, "empty"))
    response = bidang.post(to("takeover-propose", takeover.pk), office.decree(), follow=True)
    assert "Menunggu persetujuan PPID Utama" in text(response)

    utama = sign_in("utama")
    assert "SK nomor 12/PPID/2025" in text(utama.get(to("inbox")))
    assert "2 baris" in text(utama.get(to("takeover-approve", takeover.pk)))
    response = utama.post(to("takeover-approve", takeover.pk), follow=True)
    assert "0 dari 2 baris selesai" in text(response)

    utama.post(to("takeover-carry-on", takeover.pk))
    page = text(utama.get(to("takeover", takeover.pk)))
    assert "2 dari 2 baris selesai" in page
    shown = PublishedItem.objects.get(title="Neraca")
    public = text(utama.get(shown.get_absolute_url()))
    assert "ditetapkan dengan SK nomor 12/PPID/2025 tanggal 6 Januari 2025" in public


def test_a_bad_file_is_told_beside_its_field(sign_in):
    client = sign_in("bidang")
    response = client.post(to("takeover-add"), {"file": SimpleUploadedFile("dip.csv", b"Satu;Dua\n" * 20_000)})

    assert response.status_code == 422
    assert "lebih dari 10.000 baris" in text(response)
    assert error_links(response)
    assert not Takeover.objects.exists()


def test_of_two_tables_one_is_chosen(sign_in):
    client = sign_in("bidang")
    data = xlsx([HEAD, ROW], more={"Lama": [["Judul dokumen", "Unit", "NIK"], ["Satu", "Dinsos", "6171010101900001"]]})
    takeover = sent(client, data=data, name="dip.xlsx")
    page = text(client.get(to("takeover-columns", takeover.pk) + "?tabel=1"))

    assert "Berkas ini memuat 2 tabel" in page
    assert "memuat data pribadi" in page
    assert "6171010101900001" not in page
    client.post(to("takeover-columns", takeover.pk) + "?tabel=1", as_proposed(client, takeover, 1, way="cases"))
    assert [row.values["title"] for row in takeover.rows.all()] == ["Satu"]


def test_an_unknown_unit_is_asked_for_and_then_known(sign_in):
    client = sign_in("bidang")
    takeover = sent(client, [*ROW[:2], "Dinas Antariksa", *ROW[3:]])
    client.post(to("takeover-columns", takeover.pk), as_proposed(client, takeover))
    assert "Unit «Dinas Antariksa»" in text(client.get(to("takeover-columns", takeover.pk)))

    client.post(to("takeover-columns", takeover.pk), as_proposed(client, takeover, unit_0="dinsos"))
    assert takeover.rows.get().values["unit"] == "dinsos"


def test_two_columns_of_one_meaning_are_refused_and_what_was_chosen_stays(sign_in):
    client = sign_in("bidang")
    takeover = sent(client, ROW)
    response = client.post(to("takeover-columns", takeover.pk), as_proposed(client, takeover, column_0="summary"))

    assert response.status_code == 422
    assert "dipilih untuk kolom A dan B" in text(response)
    assert soup(response).select_one("[name=column_0] option[selected]")["value"] == "summary"


def test_a_row_is_left_out_and_taken_again(sign_in):
    client, takeover = sign_in("bidang"), office.read(ROW)
    row = takeover.rows.get()

    assert ROW[1] in text(client.get(to("takeover-row", takeover.pk, row.pk)))
    client.post(to("takeover-row", takeover.pk, row.pk))
    assert takeover.rows.get().left_out
    client.post(to("takeover-row", takeover.pk, row.pk))
    assert not takeover.rows.get().left_out


def test_who_may_not_sees_nothing_of_it(sign_in):
    takeover = office.read(ROW)
    pages = [
        "takeover",
        "takeover-files",
        "takeover-edition",
        "takeover-columns",
        "takeover-propose",
        "takeover-begin",
        "takeover-give-up",
    ]
    for who in ("dinsos", "atasan"):
        client = sign_in(who)
        assert {client.get(to(name, takeover.pk)).status_code for name in pages} == {404}
        assert client.post(to("takeover-give-up", takeover.pk)).status_code == 404
    assert sign_in("atasan").get(to("takeover-add")).status_code == 403
    assert "Mengambil alih DIP adalah tugas" in text(sign_in("atasan").get(to("takeovers")))
    assert sign_in("operator").get(to("takeover-approve", takeover.pk)).status_code == 403


def test_ppid_utama_sees_the_decree_and_sends_back_with_a_reason_that_reaches_the_inbox(sign_in):
    takeover, utama = office.proposed(), sign_in("utama")
    scan = utama.get(to("takeover-file", takeover.pk, takeover.scan_id))
    assert b"".join(scan.streaming_content).startswith(b"%PDF")

    assert utama.post(to("takeover-send-back", takeover.pk), {"note": ""}).status_code == 422
    utama.post(to("takeover-send-back", takeover.pk), {"note": "SK-nya yang lama."})
    assert "SK-nya yang lama." in text(sign_in("bidang").get(to("inbox")))


def test_own_work_is_not_offered_and_says_why(sign_in):
    takeover, client = office.proposed(by="utama"), sign_in("utama")

    assert "PPID Utama yang lain" in text(client.get(to("takeover", takeover.pk)))
    assert client.post(to("takeover-approve", takeover.pk)).status_code == 403


def test_what_was_proposed_is_not_read_again(sign_in):
    takeover, client = office.proposed(), sign_in("bidang")
    response = client.post(to("takeover-columns", takeover.pk), as_proposed(client, takeover))

    assert response.status_code == 409
    assert "menunggu persetujuan" in text(response)


def test_a_long_list_takes_few_queries(sign_in, django_assert_max_num_queries):
    client = sign_in("bidang")
    takeover = preparing.upload(office.table(*office.rows(120)), actor=make.demo("bidang"))
    preparing.dry_run(takeover, actor=make.demo("bidang"), place=0, way="moved")
    with django_assert_max_num_queries(18):
        client.get(to("takeover", takeover.pk))


def test_files_are_sent_matched_looked_at_and_let_go(sign_in):
    client, takeover = sign_in("bidang"), office.read(*office.rows(2))
    assert "Berkas" in text(client.get(to("takeover", takeover.pk)))
    response = client.post(to("takeover-files", takeover.pk), {"files": [make.pdf("1.pdf"), make.pdf("lain.pdf")]})
    page = text(client.get(response.url))
    assert "2 berkas diterima. Sekarang 1 baris mempunyai berkas." in page
    assert "1 berkas belum mempunyai baris" in page
    assert "Tidak ada baris dengan nama berkas, nomor, atau judul ini." in page

    row = takeover.rows.first()
    sent = client.get(to("takeover-file", takeover.pk, row.file_id))
    assert b"".join(sent.streaming_content).startswith(b"%PDF")
    page = text(client.get(to("takeover", takeover.pk) + "?tampil=berkas"))
    assert "Laporan nomor 1" in page
    assert "Laporan nomor 2" not in page

    assert "«1.pdf» tidak lagi" in text(client.get(to("takeover-let-go", takeover.pk, row.pk)))
    client.post(to("takeover-let-go", takeover.pk, row.pk))
    assert takeover.rows.first().file is None
    assert client.get(to("takeover-file", takeover.pk, row.file_id)).status_code == 404
    assert client.get(to("takeover-let-go", takeover.pk, row.pk)).status_code == 404


def test_files_that_are_refused_are_told_each(sign_in):
    client, takeover = sign_in("bidang"), office.read(*office.rows(2))
    bad = SimpleUploadedFile("2.exe", b"MZ")
    response = client.post(to("takeover-files", takeover.pk), {"files": [make.pdf("1.pdf"), bad]}, follow=True)
    assert "«2.exe» tidak diambil: Program tidak diterima." in text(response)

    bad.seek(0)
    response = client.post(to("takeover-files", takeover.pk), {"files": [bad]})
    assert response.status_code == 422
    assert error_links(response)
    response = client.post(to("takeover-files", takeover.pk), {"files": [make.pdf(f"{n}.pdf") for n in range(21)]})
    assert "Kumpulkan dalam satu ZIP" in text(response)
    assert client.post(to("takeover-files", takeover.pk), {}).status_code == 422


def test_what_was_moved_leads_to_its_edition_and_a_second_of_its_decree_says_why_not(sign_in):
    takeover = office.carried_out(office.approved())
    other = office.carried_out(office.approved(["9", "Neraca", *ROW[2:]]))
    client = sign_in("bidang")

    page = client.get(to("takeover", takeover.pk))
    assert "Tersimpan sebagai edisi 1 DIP" in text(page)
    assert client.get(to("edition", takeover.edition_id)).status_code == 200
    assert "Simpan sebagai edisi" in text(client.get(to("takeover", other.pk)))
    response = client.post(to("takeover-edition", other.pk))
    assert response.status_code == 422
    assert "SK ini sudah menetapkan edisi 1" in text(response)


@pytest.mark.parametrize(("who", "knows"), [("operator", False), ("utama", True), ("bidang", True)])
def test_what_is_excluded_since_is_told_of_to_those_alone_who_know_of_it(sign_in, who, knows):
    takeover = office.read(*office.rows(2), by="bidang")
    add_files(takeover, [make.pdf("1.pdf"), make.pdf("2.pdf")], actor=make.demo("bidang"))
    for kind, _, _ in preparing.open_doubts(takeover):
        preparing.settle(takeover, kind, actor=make.demo("bidang"))
    deciding.propose(takeover, actor=make.demo("bidang"), **office.decree())
    deciding.approve(takeover, actor=make.demo("utama"))
    office.carried_out(takeover)
    open_exclusion(takeover.rows.first().information, actor=make.demo("bidang"))

    client, rows = sign_in(who), list(takeover.rows.order_by("number"))
    page = text(client.get(to("takeover", takeover.pk)))
    assert ("Laporan nomor 1" in page) is knows
    assert "Laporan nomor 2" in page
    takeover = Takeover.objects.get(pk=takeover.pk)
    answers = {
        "table": client.get(to("takeover-file", takeover.pk, takeover.table_id)).status_code,
        "decree": client.get(to("takeover-file", takeover.pk, takeover.scan_id)).status_code,
        "closed": client.get(to("takeover-file", takeover.pk, rows[0].file_id)).status_code,
        "open": client.get(to("takeover-file", takeover.pk, rows[1].file_id)).status_code,
    }
    hidden = 200 if knows else 404
    assert answers == {"table": hidden, "decree": hidden, "closed": hidden, "open": 200}


def test_what_can_not_be_done_is_left_behind_by_ppid_utama_with_a_reason(sign_in):
    takeover = office.approved(*office.rows(2))
    working.carry_on(takeover.pk, most=1)
    takeover.rows.filter(done_at__isnull=True).update(failed="Dinas Sosial sudah ditutup.")
    office.carried_out(takeover)

    assert "ditinggalkan oleh PPID Utama, dengan alasan" in text(sign_in("bidang").get(to("takeover", takeover.pk)))
    assert sign_in("bidang").get(to("takeover-leave-behind", takeover.pk)).status_code == 403
    utama = sign_in("utama")
    page = utama.get(to("takeover", takeover.pk))
    assert to("takeover-leave-behind", takeover.pk) in page.content.decode()
    assert "Dinas Sosial sudah ditutup." in text(utama.get(to("takeover-leave-behind", takeover.pk)))
    assert "Tuliskan alasannya." in text(utama.post(to("takeover-leave-behind", takeover.pk), {"note": " "}))
    page = text(utama.post(to("takeover-leave-behind", takeover.pk), {"note": "Dimusnahkan."}, follow=True))
    assert "1 ditinggalkan" in page
    assert "Dimusnahkan." in page
