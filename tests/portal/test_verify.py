"""«Periksa keaslian»: each state that bytes may be in, written out; short addresses; what people paste."""

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ppid.portal.proofs import asked_hash
from ppid.shelf import actions
from ppid.shelf.models import LedgerMark, PublishedSop, ShortAddress, Tombstone
from tests.portal.queries import at_most

REPORT = b"%PDF-1.7 laporan"
SHA256 = hashlib.sha256(REPORT).hexdigest()
UNKNOWN = "ab" * 32
AT = datetime(2026, 11, 16, 4, 15, tzinfo=UTC)  # 11.15 WIB


def main(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").select_one("main").get_text(" ").split())


def links(response) -> set[str]:
    return {link["href"] for link in BeautifulSoup(response.content, "html.parser").select("main .proof a[href]")}


def ask(client, sha256: str):
    response = client.get("/verifikasi/", {"sha256": sha256})
    assert response.status_code == 200
    return response


@pytest.fixture
def item(shelf):
    file = shelf.file(REPORT, title="Laporan triwulan")
    return shelf.item(number="2026-0007", title="Realisasi bantuan sosial", files=[file], published_at=AT)


class TestFilesOfItems:
    def test_in_force(self, client, item):
        answer = ask(client, SHA256)
        for said in (
            "Berkas ini dikenal",
            "Berlaku sekarang",
            "Realisasi bantuan sosial",
            "Berkas informasi publik: Laporan triwulan",
            "Nomor 2026-0007",
            "Edisi 1",
            "Diumumkan 16 November 2026, 11.15 WIB",
            "Oleh Dinas Sosial",
        ):
            assert said in main(answer), said
        assert links(answer) == {"/informasi/2026-0007/", "/buku-besar/"}

    def test_the_same_bytes_under_two_names_of_one_item_are_told_by_each_name(self, client, shelf):
        shelf.item(files=[shelf.file(REPORT, title="Laporan"), shelf.file(REPORT, title="Salinan laporan")])
        answer = main(ask(client, SHA256))
        assert answer.count("Berkas informasi publik: Laporan") == 1
        assert answer.count("Berkas informasi publik: Salinan laporan") == 1

    def test_replaced_by_a_later_edition(self, client, item, shelf):
        shelf.item(number=item.number, title="Realisasi, edisi dua", files=[shelf.file(b"%PDF baru")])
        answer = ask(client, SHA256)
        assert "Sudah digantikan" in main(answer)
        assert "Realisasi bantuan sosial" in main(answer)
        assert "Edisi 2, yang sekarang" in main(answer)
        assert {"/informasi/2026-0007/edisi/1/", "/informasi/2026-0007/"} <= links(answer)

    def test_the_same_bytes_in_two_editions_are_told_twice_the_present_one_first(self, client, item, shelf):
        shelf.item(number=item.number, files=[shelf.file(REPORT)], published_at=AT + timedelta(days=3))
        answer = main(ask(client, SHA256))
        assert "lebih dari satu kali" in answer
        assert answer.index("Berlaku sekarang") < answer.index("Sudah digantikan")

    def test_withdrawn(self, client, item):
        actions.withdraw(item.number, reason="Keliru hitung.", at=AT + timedelta(days=1))
        answer = ask(client, SHA256)
        for said in (
            "Dicabut",
            "Realisasi bantuan sosial",
            "Keliru hitung.",
            "Sampai 17 November 2026",
            "Dinas Sosial",
        ):
            assert said in main(answer), said
        assert "Laporan triwulan" not in main(answer)
        assert "Berlaku sekarang" not in main(answer)

    def test_replaced_by_another_item(self, client, item, shelf):
        other = shelf.item(title="Laporan gabungan")
        actions.withdraw(item.number, reason="Digabung.", at=AT, why="replaced", successor=other.number)
        answer = ask(client, SHA256)
        assert "Sudah digantikan" in main(answer)
        assert "Yang menggantikannya" in main(answer)

    def test_excluded_it_says_what_the_tombstone_says_and_no_word_more(self, client, item, shelf):
        shelf.item(number=item.number, title="Judul kedua", files=[shelf.file(b"%PDF dua", title="Berkas dua")])
        actions.exclude(item.number, called="Data pribadi", reason="Huruf h.", at=AT, ends_on=None)
        for sha256 in (SHA256, hashlib.sha256(b"%PDF dua").hexdigest()):
            answer = main(ask(client, sha256))
            for said in ("Dikecualikan", "Data pribadi", "Huruf h."):
                assert said in answer, said
            for kept in ("Realisasi", "Judul kedua", "Laporan triwulan", "Berkas dua", "Dinas Sosial", "laporan.pdf"):
                assert kept not in answer, kept

    def test_opened_again(self, client, item):
        actions.exclude(item.number, called="Data pribadi", reason="Huruf h.", at=AT, ends_on=date(2099, 1, 1))
        Tombstone.objects.update(reopened_on=timezone.localdate(), reopened_because="putusan")
        answer = main(ask(client, SHA256))
        assert "Dibuka kembali" in answer
        assert "Realisasi" not in answer

    def test_open_by_the_end_of_its_term_alone(self, client, item):
        yesterday = timezone.localdate() - timedelta(days=1)
        actions.exclude(item.number, called="Data pribadi", reason="Huruf h.", at=AT, ends_on=yesterday)
        answer = main(ask(client, SHA256))
        assert "Dibuka kembali" in answer
        assert "Realisasi" not in answer

    def test_opened_and_published_again_of_the_former_edition_nothing_is_told(self, client, item, shelf):
        actions.exclude(item.number, called="Data pribadi", reason="Huruf h.", at=AT, ends_on=None)
        shelf.item(number=item.number, title="Kini terbuka", files=[shelf.file(b"%PDF terbuka")])
        answer = ask(client, SHA256)
        assert "Dibuka kembali" in main(answer)
        assert "Realisasi" not in main(answer)
        assert "Edisi 2, yang sekarang" in main(answer)

    def test_wrongly_published(self, client, item):
        actions.withdraw(item.number, reason="Bukan untuk umum.", at=AT, why="wrongly_published")
        answer = main(ask(client, SHA256))
        assert "Dicabut" in answer
        assert "Dinas Sosial" not in answer

    def test_not_known_says_what_that_means(self, client, item):
        answer = main(ask(client, UNKNOWN))
        assert "Tidak dikenal" in answer
        assert "tidak selalu berarti palsu" in answer


class TestPapers:
    def test_an_announcement(self, client, item, shelf):
        shelf.announced(item, b"%PDF pengumuman")
        answer = main(ask(client, hashlib.sha256(b"%PDF pengumuman").hexdigest()))
        assert "Lembar pengumuman informasi publik" in answer
        assert "Berlaku sekarang" in answer

    def test_a_sheet_in_all_its_forms_and_its_versions(self, client, shelf):
        shelf.sop(b"%PDF satu", files=[shelf.sop_file(b'{"a": 1}')])
        shelf.sop(b"%PDF dua", version=2)
        for content, form in ((b"%PDF satu", "PDF lembar"), (b'{"a": 1}', "Data lembar (JSON)")):
            answer = ask(client, hashlib.sha256(content).hexdigest())
            for said in ("Lembar SOP", form, "Sudah digantikan", "Versi 1", "Versi 2, yang berlaku", "Dinas Sosial"):
                assert said in main(answer), said
            assert "/sop/pengumuman-uji/versi/2/" in links(answer)
        assert "Berlaku sekarang" in main(ask(client, hashlib.sha256(b"%PDF dua").hexdigest()))
        assert PublishedSop.objects.count() == 2

    def test_a_version_that_is_shown_anew_with_one_paper_more_is_told_once(self, client, shelf):
        shelf.sop(b"%PDF satu")
        shelf.sop(b"%PDF satu", files=[shelf.sop_file(b'{"a": 1}')])
        answer = main(ask(client, hashlib.sha256(b"%PDF satu").hexdigest()))
        assert "Berlaku sekarang" in answer
        assert "Sudah digantikan" not in answer

    def test_a_sheet_that_was_retired(self, client, shelf):
        shelf.sop(b"%PDF satu")
        actions.retire_sop("pengumuman-uji", on=date(2026, 11, 20), reason="Tidak dipakai.")
        answer = main(ask(client, hashlib.sha256(b"%PDF satu").hexdigest()))
        assert "Dicabut" in answer
        assert "Sampai 20 November 2026" in answer

    def test_the_annex_of_an_edition(self, client, shelf):
        shelf.item()
        shelf.register_edition()
        answer = ask(client, hashlib.sha256(b"%PDF-1.7 lampiran").hexdigest())
        assert "DIP 2026, SK nomor 1/PPID/2026" in main(answer)
        assert "Berlaku sekarang" in main(answer)
        assert "/dip/edisi/1/" in links(answer)

    def test_the_annex_of_an_edition_that_another_one_followed(self, client, shelf):
        shelf.item()
        shelf.register_edition()
        shelf.register_edition(number=2, decree_number="2/PPID/2026")
        answer = ask(client, hashlib.sha256(b"%PDF-1.7 lampiran").hexdigest())
        assert main(answer).count("Berlaku sekarang") == main(answer).count("Sudah digantikan") == 1
        assert "Edisi 2, yang terbaru" in main(answer)
        assert "/dip/edisi/2/" in links(answer)

    def test_an_annex_that_was_printed_anew_because_a_row_was_covered(self, client, item, shelf):
        shelf.register_edition()
        actions.exclude(item.number, called="Data pribadi", reason="Huruf h.", at=AT, ends_on=None)
        answer = main(ask(client, hashlib.sha256(b"%PDF-1.7 lampiran").hexdigest()))
        assert "Sudah digantikan" in answer
        assert "dicetak ulang" in answer


class TestShortAddresses:
    def code(self, **of) -> str:
        return ShortAddress.objects.get(**of).code

    def test_it_means_one_edition_for_ever(self, client, item, shelf):
        code = self.code(kind="item", number=item.number, edition=1)
        assert "Berlaku sekarang" in main(client.get(f"/v/{code}/"))
        shelf.item(number=item.number, title="Dua")
        assert "Sudah digantikan" in main(client.get(f"/v/{code}/"))
        assert self.code(kind="item", number=item.number, edition=2) != code
        actions.exclude(item.number, called="Data pribadi", reason="Huruf h.", at=AT, ends_on=None)
        answer = client.get(f"/v/{code}/")
        assert answer.status_code == 200
        assert "Dikecualikan" in main(answer)
        assert "Realisasi" not in main(answer)

    def test_capitals_may_be_typed(self, client, item):
        code = self.code(kind="item", number=item.number, edition=1)
        assert client.get(f"/v/{code.upper()}/").status_code == 200

    @pytest.mark.parametrize("code", ["aaaaaaaaaa", "x", "a" * 3000, "1-0"])
    def test_what_was_never_given_is_not_found(self, client, item, code):
        assert client.get(f"/v/{code}/").status_code == 404

    def test_sheets_and_annexes_have_one_too(self, client, shelf):
        shelf.item()
        shelf.sop()
        shelf.register_edition()
        for kind, number in (("sop", "pengumuman-uji"), ("annex", "dip")):
            assert "Berlaku sekarang" in main(client.get(f"/v/{self.code(kind=kind, number=number)}/"))


class TestTheLedger:
    def test_the_first_mark_after_the_day_proves_it(self, client, item):
        for day, position in ((16, 5), (17, 9), (18, 12)):
            LedgerMark.objects.create(
                day=date(2026, 11, day), position=position, hash=f"{position:064x}", published_at=AT
            )
        answer = main(ask(client, SHA256))
        assert f"17 November 2026, catatan ke-9 {9:064x}" in answer

    def test_on_the_same_day_it_says_when_there_will_be_one(self, client, item):
        assert "Terbit pada malam sesudahnya" in main(ask(client, SHA256))

    def test_it_says_that_this_is_no_electronic_signature_and_where_one_is_checked(self, client, settings):
        settings.SIGNATURE_CHECK = "layanan uji coba"
        answer = main(client.get("/verifikasi/"))
        assert "bukan pemeriksaan tanda tangan elektronik" in answer
        assert "diperiksa pada layanan uji coba." in answer


class TestWhatPeoplePaste:
    @pytest.mark.parametrize(
        "typed",
        [
            SHA256,
            SHA256.upper(),
            f"  {SHA256}\n",
            " ".join(SHA256[n : n + 8] for n in range(0, 64, 8)),
            ":".join(SHA256[n : n + 2] for n in range(0, 64, 2)),
            f"{SHA256}  laporan tw3.pdf",
            f"SHA256: {SHA256}",
            f"sha-256={SHA256}",
        ],
    )
    def test_these_are_the_same(self, typed):
        assert asked_hash(typed) == (SHA256, "")

    @pytest.mark.parametrize(
        ("typed", "says"),
        [
            (SHA256[:-1], "yang ditempel 63 huruf"),
            (SHA256 + "a", "yang ditempel 65 huruf"),
            ("z" * 64, "hanya terdiri atas angka dan huruf a sampai f"),
            ("laporan.pdf", "hanya terdiri atas"),
            ("a" * 10_240, "terlalu panjang"),
            ("١" * 64, "hanya terdiri atas"),
            ("\x00\x01", "hanya terdiri atas"),
        ],
    )
    def test_anything_else_is_answered_with_a_sentence_and_stays_typed(self, client, typed, says):
        answer = ask(client, typed)
        assert says in main(answer)
        assert "Tidak dikenal" not in main(answer)

    def test_nothing_asked_is_the_page_alone(self, client):
        for address in ("/verifikasi/", "/verifikasi/?sha256=", "/verifikasi/?sha256=%20"):
            assert "Periksa sebuah berkas" in main(client.get(address))

    @given(st.text(max_size=500))
    def test_whatever_is_typed_is_a_hash_or_a_sentence_or_nothing(self, typed):
        sha256, sentence = asked_hash(typed)
        assert not (sha256 and sentence)
        assert sha256 == "" or len(sha256) == 64


def test_few_queries_whatever_the_bytes_are(client, item, shelf):
    for n in range(15):
        shelf.item(files=[shelf.file(REPORT)], published_at=AT + timedelta(hours=n))
    with at_most(4):
        answer = ask(client, SHA256)
    assert len(BeautifulSoup(answer.content, "html.parser").select("main .proof")) == 10
