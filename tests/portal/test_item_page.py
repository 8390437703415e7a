"""An item's page: the document in the page, what changed, what can be copied; and that none of it outlives its file."""

from datetime import date, timedelta

import pgtrigger
import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from ppid.portal.sayings import citation, social_text
from ppid.shelf import actions, showing
from ppid.shelf.actions import public_store
from ppid.shelf.held import hold, release
from ppid.shelf.models import BoardSheet, PagePicture, ReadFile, Tombstone
from ppid.shelf.search.documents import LONG, NO_READER, Page, put_text
from ppid.shelf.units import ShelfUnit
from ppid.web import drawn
from tests.portal.queries import at_most

pytestmark = pytest.mark.django_db  # what waits for a commit runs


def html(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


def soup(response) -> BeautifulSoup:
    return html(response.content)


def words(node) -> str:
    return " ".join(node.get_text(" ").split())


def leaves(page) -> list[str]:
    return [leaf["src"] for leaf in page.select("img.doc__leaf")]


class TestReader:
    def test_the_first_pages_are_pictures_with_a_size_a_text_and_no_hurry(self, client, shelf):
        report = shelf.file()
        item = shelf.item(files=[report])
        shelf.read(report.sha256, pages=12)
        page = soup(client.get(item.get_absolute_url()))
        at = f"/informasi/{item.number}/berkas/{report.key}/halaman"
        assert leaves(page) == [f"{at}/1.webp", f"{at}/2.webp", f"{at}/3.webp"]
        leaf = page.select_one("img.doc__leaf")
        assert (leaf["width"], leaf["height"], leaf["loading"]) == ("1000", "1414", "lazy")
        assert leaf["alt"].startswith("Halaman 1 dari 12: Laporan.")
        assert "12 halaman" in words(page.select_one(".doc__bar"))
        assert page.select_one(f'.doc__acts a[href="/informasi/{item.number}/berkas/{report.key}/laporan.pdf"]')

    def test_it_stands_before_everything_else_of_the_page(self, client, shelf):
        report = shelf.file()
        item = shelf.item(files=[report])
        page = soup(client.get(item.get_absolute_url()))
        assert page.select_one("main .item-two > .stack > :first-child")["class"] == ["doc"]

    def test_further_pages_come_by_a_plain_link_or_a_field(self, client, shelf):
        report = shelf.file()
        item = shelf.item(files=[report])
        shelf.read(report.sha256, pages=80, drawn=60)
        page = soup(client.get(f"{item.get_absolute_url()}?dokumen={report.key}&halaman=31"))
        assert [each.rsplit("/", 1)[1] for each in leaves(page)] == ["31.webp", "32.webp", "33.webp"]
        nav = page.select_one(".doc__pages")
        links = [link["href"].split("halaman=")[1] for link in nav.select("a[href*=halaman]")]
        assert links == ["1#dokumen", "28#dokumen", "34#dokumen", "58#dokumen", "34#dokumen"]
        assert nav.select_one("form input[name=halaman]")["value"] == "31"
        assert "60 halaman pertama dapat dibaca di sini" in words(nav)

    @pytest.mark.parametrize(
        "query", ["halaman=99", "halaman=-1", "halaman=dua", "halaman=" + "9" * 400, "dokumen=lain", "halaman=%00"]
    )
    def test_a_page_or_a_file_that_is_not_there_shows_the_first(self, client, shelf, query):
        report = shelf.file()
        item = shelf.item(files=[report])
        shelf.read(report.sha256, pages=5)
        page = soup(client.get(f"{item.get_absolute_url()}?{query}"))
        assert leaves(page)[0].endswith(f"{report.key}/halaman/1.webp")

    def test_several_files_are_chosen_above_the_reader(self, client, shelf):
        first, second = shelf.file(), shelf.file(b"a,b", filename="data.csv", media_type="text/csv", title="Data")
        item = shelf.item(files=[first, second])
        table = [["Kecamatan", "Penerima"], *[[f"Kecamatan {n}", str(n)] for n in range(1, 51)]]
        shelf.read(second.sha256, rows=1240, table=table)
        page = soup(client.get(item.get_absolute_url()))
        choice = page.select_one(".doc-choice a")
        assert choice["href"] == f"{item.get_absolute_url()}?dokumen={second.key}#dokumen"
        page = soup(client.get(choice["href"]))
        assert words(page.select_one(".doc__table caption")) == "50 dari 1.240 baris. Selengkapnya dalam berkasnya."
        assert [words(cell) for cell in page.select(".doc__table thead th")] == ["Kecamatan", "Penerima"]
        assert len(page.select(".doc__table tbody tr")) == 50
        assert words(page.select_one(".doc-choice [aria-current]")).endswith("Data")

    def test_while_nothing_was_read_it_says_so_and_offers_the_file(self, client, shelf):
        report = shelf.file()
        item = shelf.item(files=[report])
        page = soup(client.get(item.get_absolute_url()))
        assert "Halamannya sedang disiapkan" in words(page.select_one(".doc"))
        assert page.select_one(".doc__acts a[href$='?unduh']")

    def test_what_could_not_be_read_says_why(self, client, shelf):
        report = shelf.file()
        item = shelf.item(files=[report])
        shelf.read(report.sha256, why_not="Berkas ini dikunci dengan kata sandi, jadi isinya tidak dapat dibuka.")
        assert "dikunci dengan kata sandi" in words(soup(client.get(item.get_absolute_url())).select_one(".doc"))

    def test_an_earlier_edition_shows_its_own_document(self, client, shelf):
        old, new = shelf.file(b"%PDF lama"), shelf.file(b"%PDF baru")
        item = shelf.item(files=[old])
        shelf.read(old.sha256, pages=2)
        again = shelf.item(number=item.number, files=[new])
        shelf.read(new.sha256, pages=4)
        former = leaves(soup(client.get(f"/informasi/{item.number}/edisi/1/")))
        assert former == [f"/informasi/{item.number}/edisi/1/berkas/{old.key}/halaman/{n}.webp" for n in (1, 2)]
        picture = client.get(former[0])
        assert (picture.status_code, picture["Content-Type"]) == (200, "image/webp")
        assert len(leaves(soup(client.get(again.get_absolute_url())))) == 3

    def test_a_picture_is_found_under_its_own_item_and_file_alone(self, client, shelf):
        report, other = shelf.file(), shelf.file(b"%PDF lain")
        item, stranger = shelf.item(files=[report]), shelf.item(files=[other])
        shelf.read(report.sha256, pages=1)
        assert client.get(f"/informasi/{item.number}/berkas/{report.key}/halaman/1.webp").status_code == 200
        for address in (
            f"/informasi/{stranger.number}/berkas/{report.key}/halaman/1.webp",
            f"/informasi/{item.number}/berkas/{other.key}/halaman/1.webp",
            f"/informasi/{item.number}/berkas/{report.key}/halaman/2.webp",
            f"/informasi/{item.number}/berkas/{report.key}/halaman/{'9' * 30}.webp",
        ):
            assert client.get(address).status_code == 404

    def test_of_a_file_that_is_held_no_page_is_shown_or_sent(self, client, shelf):
        report = shelf.file()
        item = shelf.item(files=[report])
        shelf.read(report.sha256, pages=2)
        address = f"/informasi/{item.number}/berkas/{report.key}/halaman/1.webp"
        assert client.get(address).status_code == 200
        hold([report.sha256])
        with at_most(4):
            page = soup(client.get(item.get_absolute_url()))
        assert leaves(page) == []
        assert "Berkas ini ditahan sementara" in words(page.select_one(".doc"))
        assert "Ditahan sementara" in words(page.select_one(".files"))
        assert page.select("a[href$='?unduh']") == []
        assert client.get(address).status_code == 404
        release([report.sha256])
        assert leaves(soup(client.get(item.get_absolute_url())))
        assert client.get(address).status_code == 200


class TestWhetherItIsSearched:
    """What can't be read is public all the same, and says so beside the file."""

    def said(self, client, item) -> str:
        with at_most(4):
            page = soup(client.get(item.get_absolute_url()))
        return words(page.select_one(".files .file__what"))

    def test_while_nobody_has_read_it(self, client, shelf):
        assert "sedang dibaca, jadi belum dapat dicari" in self.said(client, shelf.item(files=[shelf.file()]))

    @pytest.mark.parametrize(
        ("state", "why", "says"),
        [
            ("read", "", "Isinya dapat dicari."),
            ("read", LONG, "hanya bagian awalnya yang dapat dicari"),
            ("scanned", NO_READER, "tidak seluruhnya dapat dicari: hasil pindai"),
            ("unreadable", "Berkas ini rusak.", "tidak dapat dicari. Berkas ini rusak."),
        ],
    )
    def test_once_it_was_read(self, client, shelf, state, why, says):
        report = shelf.file()
        item = shelf.item(files=[report])
        put_text(report.sha256, [Page(1, "Halaman 1", "isi")], state=state, why=why)
        said = self.said(client, item)
        assert says in said
        assert "program pembaca huruf" not in said

    def test_of_an_earlier_edition_nothing_is_said_because_it_is_not_searched(self, client, shelf):
        item = shelf.item(files=[shelf.file(b"%PDF lama")])
        shelf.item(number=item.number, files=[shelf.file(b"%PDF baru")])
        assert "dicari" not in words(soup(client.get(f"/informasi/{item.number}/edisi/1/")).select_one(".files"))


class TestWhatIsMadeGoesWithItsFile:
    def made(self, shelf):
        report = shelf.file(b"%PDF-1.7 rahasia")
        item = shelf.item(files=[report])
        shelf.read(report.sha256, pages=2)
        shelf.announced(item)
        bytes_of = [report.sha256, *PagePicture.objects.values_list("sha256", flat=True)]
        bytes_of.append(BoardSheet.objects.get(number=item.number).sha256)
        assert all(public_store().path(each).exists() for each in bytes_of)
        return item, bytes_of

    def test_of_an_excluded_item_no_picture_no_row_and_no_byte_is_left(self, client, shelf):
        item, bytes_of = self.made(shelf)
        actions.exclude(item.number, called="Data pribadi", reason="x", at=shelf.NOW, ends_on=None)
        assert not ReadFile.objects.exists()
        assert not PagePicture.objects.exists()
        assert not BoardSheet.objects.exists()
        assert not any(public_store().path(each).exists() for each in bytes_of)
        assert client.get(f"/informasi/{item.number}/pengumuman.pdf").status_code == 410

    def test_the_rows_go_in_the_transaction_of_the_act_before_any_byte_does(self, shelf, monkeypatch):
        item, _ = self.made(shelf)
        monkeypatch.setattr(actions.transaction, "on_commit", lambda run: None)
        actions.exclude(item.number, called="Data pribadi", reason="x", at=shelf.NOW, ends_on=None)
        assert not ReadFile.objects.exists()
        assert not PagePicture.objects.exists()

    def test_of_what_was_wrongly_published_neither(self, shelf):
        item, bytes_of = self.made(shelf)
        actions.withdraw(item.number, reason="x", at=shelf.NOW, why="wrongly_published")
        assert not ReadFile.objects.exists()
        assert not any(public_store().path(each).exists() for each in bytes_of)

    def test_what_another_item_shares_stays(self, shelf):
        item, (file_sha256, *_) = self.made(shelf)
        shelf.item(files=[shelf.file(b"%PDF-1.7 rahasia")])
        actions.exclude(item.number, called="Data pribadi", reason="x", at=shelf.NOW, ends_on=None)
        assert PagePicture.objects.filter(file_sha256=file_sha256).count() == 2
        assert public_store().path(PagePicture.objects.first().sha256).exists()

    def test_what_was_read_too_late_is_not_put(self, shelf):
        item, (file_sha256, *_) = self.made(shelf)
        actions.exclude(item.number, called="Data pribadi", reason="x", at=shelf.NOW, ends_on=None)
        picture = showing.Picture(1, b"terlambat", 10, 10)
        assert not showing.put_reading(ReadFile(sha256=file_sha256, pages=1), [picture])
        assert not showing.put_announcement(item.number, 1, b"%PDF terlambat")
        assert list(public_store().names()) == []

    def test_the_next_edition_has_its_own_announcement_and_the_pictures_of_the_former_stay(self, shelf):
        item, (file_sha256, *_) = self.made(shelf)
        shelf.item(number=item.number, files=[shelf.file(b"%PDF-1.7 baru")])
        assert not BoardSheet.objects.exists()
        assert PagePicture.objects.filter(file_sha256=file_sha256).count() == 2


class TestChanges:
    def test_words_and_files_are_told_old_beside_new(self, client, shelf):
        kept, replaced, gone = shelf.file(b"1"), shelf.file(b"2", title="Tabel"), shelf.file(b"3", title="Hilang")
        item = shelf.item(title="Judul lama", files=[kept, replaced, gone])
        shelf.item(
            number=item.number,
            title="Judul baru",
            files=[kept, shelf.file(b"4", title="Tabel", key=replaced.key), shelf.file(b"5", title="Tambahan")],
        )
        page = soup(client.get(f"/informasi/{item.number}/edisi/2/perubahan/"))
        pairs = [(words(was), words(now)) for was, now in zip(page.select("del"), page.select("ins"), strict=True)]
        assert pairs == [("Judul lama", "Judul baru")]
        told = [words(each) for each in page.select(".file-changes li")]
        assert [each.split()[0] for each in told] == ["Diganti", "Ditambahkan", "Tidak"]
        assert f"/edisi/1/berkas/{replaced.key}/" in str(page.select_one(".file-changes"))
        assert "1 berkas lain tetap sama" in words(page)
        assert soup(client.get(item.get_absolute_url())).select_one(
            f'a[href="/informasi/{item.number}/edisi/2/perubahan/"]'
        )

    def test_two_earlier_editions_are_compared_as_well(self, client, shelf):
        item = shelf.item(title="Satu")
        for title in ("Dua", "Tiga"):
            shelf.item(number=item.number, title=title)
        page = words(soup(client.get(f"/informasi/{item.number}/edisi/2/perubahan/")).select_one("main"))
        assert [word in page for word in ("Satu", "Dua", "Tiga")] == [True, True, False]

    @pytest.mark.parametrize("edition", ["1", "3", "0", "9" * 9])
    def test_what_has_no_edition_before_it_has_no_such_page(self, client, shelf, edition):
        item = shelf.item()
        shelf.item(number=item.number)
        assert client.get(f"/informasi/{item.number}/edisi/{edition}/perubahan/").status_code == 404

    def test_of_an_excluded_item_it_says_what_the_tombstone_says(self, client, shelf):
        item = shelf.item(title="Rahasia besar")
        shelf.item(number=item.number, title="Rahasia besar dua")
        actions.exclude(item.number, called="Data pribadi", reason="Alasan.", at=shelf.NOW, ends_on=None)
        response = client.get(f"/informasi/{item.number}/edisi/2/perubahan/")
        assert response.status_code == 410
        assert "Rahasia besar" not in response.content.decode()


class TestWhatCanBeCopied:
    def test_the_citation_names_office_title_number_edition_date_and_a_lasting_address(self, shelf):
        item = shelf.item(number="2026-0777", title="Laporan kinerja", published_at=shelf.NOW)
        assert citation(item, "https://ppid.example") == (
            "Pemerintah Kota Pontianak, Dinas Sosial. Laporan kinerja. Nomor 2026-0777, edisi 1, diumumkan "
            "20 November 2026. https://ppid.example/informasi/2026-0777/edisi/1/"
        )

    @pytest.mark.parametrize("title", ["Pendek", "Laporan " * 60, "x" * 500])
    def test_the_short_text_is_never_longer_than_280_letters_and_holds_the_address(self, shelf, title):
        item = shelf.item(title=title[:500], unit_name="Dinas " + "panjang " * 20)
        text = social_text(item, "https://ppid.kota-yang-panjang-namanya.example")
        assert len(text) <= 280
        assert text.endswith(f"https://ppid.kota-yang-panjang-namanya.example{item.get_absolute_url()}")

    def test_the_page_offers_both_without_a_script_and_the_licence_of_the_office(self, client, shelf, settings):
        settings.REUSE_LICENCE = "Boleh dipakai lagi asal menyebut kota."
        page = soup(client.get(shelf.item().get_absolute_url()))
        assert page.select_one("textarea#kutipan[readonly]").text.startswith("Pemerintah Kota Pontianak, ")
        assert len(page.select_one("textarea#kabar[readonly]").text) <= 280
        assert all(button.has_attr("hidden") for button in page.select("[data-copy]"))
        assert "Boleh dipakai lagi asal menyebut kota." in words(page)

    def test_it_says_until_when_it_was_confirmed_to_be_right(self, client, shelf):
        item = shelf.item()
        with pgtrigger.ignore():  # no desk stands behind this shelf
            actions.confirm(item.number, on=date(2026, 11, 19), renew_by=date(2027, 5, 19))
        assert "Dinyatakan masih sesuai 19 November 2026" in words(soup(client.get(item.get_absolute_url())))


def test_the_passport_is_a_line_of_stamps_on_which_a_late_step_is_late(client, shelf):
    page = soup(client.get(shelf.item().get_absolute_url()))
    stamps = page.select(".stamp")
    assert len(stamps) == 4
    late = page.select(".stamp--late")
    assert [words(each.select_one("small")) for each in late] == ["12 Nov, lewat: 2 hari dari 1 hari"]
    fold = page.select_one(".passport-line details")
    assert not fold.has_attr("open")
    assert "Mengoordinasikan" in words(fold)


def renamed(shelf, item, file):
    ShelfUnit.objects.filter(code=item.unit_code).update(name="Dinas yang Berganti Nama")


def replaced(shelf, item, file):
    former = shelf.item(title="Yang dahulu", unit_code=item.unit_code)
    why = Tombstone.Why.REPLACED
    actions.withdraw(former.number, reason="Diganti", at=shelf.NOW, why=why, successor=item.number)


# What can change beside the item's own row, each with what the page says then; the last two are asked for.
SINCE = {
    "read": (lambda shelf, item, file: shelf.read(file.sha256, pages=7), "7 halaman"),
    "searched": (
        lambda shelf, item, file: put_text(file.sha256, [Page(1, "Hal. 1", "isi")], state="read"),
        "Isinya dapat dicari",
    ),
    "corrected": (lambda shelf, item, file: actions.correct(item.number, **CORRECTED), "Judul lain"),
    "confirmed": (
        lambda shelf, item, file: actions.confirm(item.number, on=date(2026, 11, 19), renew_by=date(2027, 5, 19)),
        "Dinyatakan masih sesuai",
    ),
    "next edition": (lambda shelf, item, file: shelf.item(number=item.number, files=[file]), "Edisi terdahulu"),
    "announced": (lambda shelf, item, file: shelf.announced(item), "Lembar untuk papan pengumuman"),
    "open part": (lambda shelf, item, file: shelf.dik(open_part=item.number), "Ini bagian yang terbuka"),
    "unit": (renamed, "kini Dinas yang Berganti Nama"),
    "in place of": (replaced, "Yang dahulu"),
}
CORRECTED = {
    "words": {"title": "Judul lain"},
    "correction": {"on": "2026-11-20", "note": "Keliru", "changes": [["Judul", "Laporan", "Judul lain"]]},
}


@pytest.mark.parametrize("what", SINCE)
def test_whatever_changes_is_on_the_page_that_was_drawn_before(client, shelf, what):
    change, said = SINCE[what]
    file = shelf.file()
    item = shelf.item(files=[file])
    assert said not in client.get(item.get_absolute_url()).text
    with pgtrigger.ignore():  # no desk stands behind this shelf
        change(shelf, item, file)
    page = client.get(item.get_absolute_url()).text
    assert said in page
    drawn.kept.clear()
    assert client.get(item.get_absolute_url()).text == page


def test_another_day_site_or_page_of_the_document_is_drawn_anew(client, shelf, monkeypatch, settings):
    settings.ALLOWED_HOSTS = ["ppid.example", "testserver"]
    file = shelf.file()
    item = shelf.item(files=[file, shelf.file(b"2")])
    shelf.read(file.sha256, pages=7)
    address = item.get_absolute_url()
    first = client.get(address).text
    assert leaves(soup(client.get(f"{address}?halaman=4"))) != leaves(html(first))
    assert client.get(address, {"dokumen": item.files.last().key}).text != first
    unread = shelf.item(files=[shelf.file(b"3", title="Satu"), shelf.file(b"4", title="Dua")])
    shown = [client.get(unread.get_absolute_url(), {"dokumen": each.key}).text for each in unread.files.all()]
    assert [page.select_one(".doc__name").contents[0] for page in map(html, shown)] == ["Satu", "Dua"]
    assert "http://ppid.example" in client.get(address, headers={"host": "ppid.example"}).text
    assert "Perlu diperbarui" not in first
    later = timezone.now() + timedelta(days=400)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert "Perlu diperbarui" in client.get(address).text


def test_four_queries_whatever_there_is(client, shelf):
    files = [shelf.file(bytes([n]), title=f"Berkas {n}") for n in range(8)]
    item = shelf.item(files=files)
    for _ in range(5):
        item = shelf.item(number=item.number, files=files, published_at=item.published_at + timedelta(days=1))
    for file in files:
        shelf.read(file.sha256, pages=9)
    for address in (item.get_absolute_url(), item.edition_url, f"/informasi/{item.number}/edisi/3/"):
        with at_most(4):
            client.get(address)
    with at_most(4):
        client.get(f"/informasi/{item.number}/edisi/6/perubahan/")
