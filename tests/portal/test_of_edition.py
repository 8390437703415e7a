"""What pages read once an edition: read again as soon as the shelf was written or the day is over."""

import re
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ppid.portal import of_edition
from ppid.portal.of_edition import KeptOfEdition, ReadOnce
from ppid.shelf import actions
from ppid.shelf.models import ItemCount, PublishedItem, PublishedRegisterRow
from ppid.shelf.register_fields import Row
from ppid.shelf.search import finding
from ppid.shelf.search.families import keep_family
from ppid.shelf.search.finding import Narrowed
from ppid.shelf.search.question import read as question
from ppid.shelf.units import ShelfUnit
from tests.portal import shelf_rows
from tests.portal.queries import ON_THE_SHELF
from tests.shelf.test_edition import in_a_transaction_of_its_own

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 27)
SOCIAL, HEALTH = "Dinas Sosial Kota Pontianak", "Dinas Kesehatan Kota Pontianak"


@pytest.fixture
def reader(settings):
    """A reader of one process that keeps pages; what it asks is never an address that it asked before."""
    settings.KEPT_PAGES_MB = 4
    client, asked = Client(), iter(range(1000))

    def get(address: str) -> BeautifulSoup:
        response = client.get(f"{address}{'&' if '?' in address else '?'}x={next(asked)}")
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return get


def written(act, *args, **kwargs):
    in_a_transaction_of_its_own()
    return act(*args, **kwargs)


def choices(page: BeautifulSoup, name: str) -> list[str]:
    return [option.text for option in page.select(f"select[name={name}] option")]


def counted(page: BeautifulSoup) -> list[str]:
    return [number.text for number in page.select(".classes b")]


def test_what_is_put_or_taken_off_is_counted_and_can_be_chosen_at_once(reader):
    item = shelf_rows.item(number="2026-0001", category="on_demand")
    assert counted(reader("/")) == ["0", "0", "1", "0"]
    assert choices(reader("/informasi/"), "unit") == ["Semua unit", SOCIAL]
    written(shelf_rows.item, unit_code="dinkes", unit_name="Dinas Kesehatan", published_at=timezone.now())
    assert counted(reader("/")) == ["1", "0", "1", "0"]
    assert choices(reader("/informasi/"), "unit") == ["Semua unit", HEALTH, SOCIAL]
    written(actions.exclude, item.number, called="Data", reason="UU", at=timezone.now(), ends_on=None)
    assert counted(reader("/")) == ["1", "0", "0", "0"]
    assert choices(reader("/informasi/"), "unit") == ["Semua unit", HEALTH]


def test_the_number_over_a_list_is_that_of_its_filters(reader):
    for n in range(3):
        shelf_rows.item(category="on_demand", published_at=timezone.now() - timedelta(days=400 * n))
    shelf_rows.item(published_at=timezone.now())
    year = timezone.localdate().year
    for query, told in (("", "4 informasi."), ("?jenis=setiap-saat", "3 informasi."), (f"?tahun={year - 1}", "1 inf")):
        assert told in reader(f"/informasi/{query}").select_one("main").text
    assert choices(reader("/informasi/"), "tahun")[1:] == [str(year), str(year - 1), str(year - 2)]


def test_a_unit_that_is_called_otherwise_is_so_in_every_list_at_once(reader):
    shelf_rows.item()
    shelf_rows.dik(unit_code="dinsos")
    ShelfUnit.objects.update_or_create(code="dinsos", defaults={"name": "Dinas Sosial", "short_name": "Dinsos"})
    assert "Dinas Sosial" in choices(reader("/dik/"), "unit")
    written(ShelfUnit.objects.filter(code="dinsos").update, name="Dinas Perlindungan Sosial")
    for address in ("/informasi/", "/dip/", "/dik/"):
        assert choices(reader(address), "unit") == ["Semua unit", "Dinas Perlindungan Sosial"]


def test_words_that_mean_the_same_do_so_at_once(reader):
    shelf_rows.item(title="Bantuan bagi warga")
    for address in ("/informasi/?q=santunan", "/cari/?q=santunan"):
        assert "Bantuan bagi warga" not in reader(address).text
    written(keep_family, ["santunan", "bantuan"])
    for address in ("/informasi/?q=santunan", "/cari/?q=santunan"):
        assert "Bantuan bagi warga" in reader(address).text


def test_further_pages_of_what_was_found_are_not_searched_for_again(reader):
    for n in range(25):
        shelf_rows.item(title=f"Laporan bantuan {n}")
    first = reader("/cari/?q=bantuan")
    with CaptureQueriesContext(connection) as asked:
        second = reader("/cari/?q=bantuan&halaman=2")
    assert [len(page.select(".results > li")) for page in (first, second)] == [20, 5]
    assert len(asked) == 2  # the edition, and what is read of the results
    written(shelf_rows.item, title="Bantuan yang baru")
    assert [len(reader(f"/cari/?q=bantuan&halaman={n}").select(".results > li")) for n in (1, 2)] == [20, 6]


def test_no_more_results_are_remembered_than_so_many(reader, monkeypatch):
    monkeypatch.setattr(of_edition, "RESULTS", 12)
    read = ReadOnce(DAY)
    for n in range(9):
        shelf_rows.item(title=f"Laporan bantuan {n}")
    first, second = (read.found(question(typed), Narrowed()) for typed in ("laporan", "bantuan"))
    assert (len(first.results), len(second.results)) == (9, 9)
    assert read.found(question("bantuan"), Narrowed()) is second
    assert read.found(question("laporan"), Narrowed()) is not first
    assert read.found(question("laporan"), Narrowed(category="on_demand")).results == []


def test_an_entry_that_names_an_open_part_is_named_there_at_once(reader):
    item = shelf_rows.item()
    address = item.get_absolute_url()
    assert "Ini bagian yang terbuka" not in reader(address).text
    entry = written(shelf_rows.dik, open_part=item.number)
    assert f"lihat DIK {entry.number}" in reader(address).text


def test_a_term_that_is_over_is_over_on_its_day_without_any_edition(reader, monkeypatch):
    last = timezone.localdate()
    shelf_rows.dik(ends_on=last)
    assert counted(reader("/"))[-1] == "1"
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert counted(reader("/"))[-1] == "0"


def test_the_second_page_of_an_edition_reads_nothing_of_that_again(reader):
    shelf_rows.item()
    reader("/informasi/")
    with CaptureQueriesContext(connection) as asked:
        reader("/informasi/")
    tables = " ".join(each["sql"] for each in asked)
    assert len(asked) == 2  # the edition, the rows
    assert not any(table in tables for table in ON_THE_SHELF)


def dip_row(n: int, unit: str, name: str = "") -> Row:
    return Row(f"2026-{n:04}", {"title": "Laporan", "unit": name or unit.title()}, unit)


def test_an_edition_of_a_register_asks_for_its_rows_alone(reader):
    rows = [dip_row(n, ("dinsos", "dinkes", "")[n % 3]) for n in range(9)]
    for number in (1, 2):
        shelf_rows.register_edition(rows=rows, number=number)
    reader("/dip/edisi/2/")
    for address, queries in (("/dip/edisi/2/", 2), ("/dip/edisi/2/?halaman=1", 2), ("/dip/edisi/2/?unit=dinkes", 3)):
        with CaptureQueriesContext(connection) as asked:
            assert choices(reader(address), "unit") == ["Semua unit", "Dinkes", "Dinsos"]
        assert len(asked) == queries, asked.captured_queries  # the edition of the shelf, what is counted, the rows
        assert not any("GROUP BY" in each["sql"] for each in asked)


def test_two_editions_are_compared_once_however_many_pages_it_has(reader, monkeypatch):
    for number in (1, 2, 3):
        rows = [dip_row(n, "dinsos", f"Dinas {number}") for n in range(60)]
        shelf_rows.register_edition(rows=rows, number=number)
    first = "/dip/edisi/2/banding/1/"
    reader(first)
    for address in (first, f"{first}?halaman=2", f"{first}?jenis=berubah"):
        with CaptureQueriesContext(connection) as asked:
            assert "Dinas 2" in reader(address).text
        assert len(asked) == 1, asked.captured_queries  # the edition of the shelf
    assert "Dinas 3" in reader("/dip/edisi/3/banding/1/").text, "another pair is another comparison"
    assert "Dinas 3" not in reader(first).text
    monkeypatch.setattr(of_edition, "_MOST_DIFFERENCES", 59)
    reader("/dip/edisi/3/banding/2/")
    with CaptureQueriesContext(connection) as asked:
        reader("/dip/edisi/3/banding/2/")
    assert len(asked) == 2, "a long one is read again, not held"


def test_units_of_an_edition_are_hopped_through_and_never_read_row_by_row():
    edition = shelf_rows.register_edition(rows=[dip_row(n, ("dinsos", "dinkes", "")[n % 3]) for n in range(300)])
    with CaptureQueriesContext(connection) as asked:
        assert PublishedRegisterRow.objects.units(edition) == [("dinkes", "Dinkes"), ("dinsos", "Dinsos")]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE shelf_publishedregisterrow")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF) {asked.captured_queries[0]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    found = re.findall(r"Scan using shown_register_row_by_unit.*rows=([\d.]+) loops=(\d+)\)", plan)
    read = [(float(rows), int(loops)) for rows, loops in found]
    assert len(read) == 2, plan
    assert all(rows <= 1 for rows, _ in read)
    assert sum(loops for _, loops in read) == 3, "the first unit, the one after it, and none after that"


def test_a_unit_says_what_the_first_of_its_rows_says():
    edition = shelf_rows.register_edition(rows=[dip_row(1, "dinsos", "Dinsos lama"), dip_row(2, "dinsos")])
    assert PublishedRegisterRow.objects.units(edition) == [("dinsos", "Dinsos lama")]


def test_a_unit_all_of_whose_rows_were_covered_can_be_chosen_no_more(reader):
    item = shelf_rows.item(unit_code="dinkes", unit_name=HEALTH)
    shelf_rows.item()
    shelf_rows.register_edition()
    assert choices(reader("/dip/edisi/1/"), "unit") == ["Semua unit", HEALTH, "Dinas Sosial"]
    written(actions.exclude, item.number, called="Data", reason="UU", at=timezone.now(), ends_on=None)
    assert choices(reader("/dip/edisi/1/"), "unit") == ["Semua unit", "Dinas Sosial"]
    written(shelf_rows.register_edition, number=2)
    assert "edisi 2" in reader("/dip/edisi/").text.casefold()


def test_one_edition_is_held_and_no_other():
    kept = KeptOfEdition()
    first = kept.at(7, DAY)
    assert kept.at(7, DAY) is first
    assert kept.at(7, DAY + timedelta(days=1)) is not first
    second = kept.at(8, DAY)
    assert second is not first
    assert kept.at(7, DAY) is not first  # a thread that is late reads anew


def test_it_counts_as_the_rows_do():
    for n in range(12):
        category = ("periodic", "immediate", "on_demand")[n % 3]
        unit = ("dinsos", "dinkes")[n % 2]
        shelf_rows.item(category=category, unit_code=unit, published_at=timezone.now() - timedelta(days=150 * n))
    read = ReadOnce(DAY)
    assert sum(read.counts.values()) == read.count() == 12 == PublishedItem.objects.count()
    for row in ItemCount.objects.all():
        of = PublishedItem.objects.filter(category=row.category)
        assert read.count(category=row.category) == of.count()
        of = of.filter(unit_code=row.unit_code)
        assert read.count(category=row.category, unit=row.unit_code) == of.count()
        of = of.filter(published_at__year=row.year)
        assert read.count(category=row.category, unit=row.unit_code, year=row.year) == of.count()
    assert read.count(unit="tidak-ada") == 0


@pytest.mark.parametrize(
    "address", ["/", "/informasi/", "/informasi/?jenis=berkala&unit=dinsos", "/dip/", "/atom.xml", "/sitemap.xml"]
)
def test_a_page_asks_as_often_whatever_stands_on_the_shelf(settings, address):
    settings.KEPT_PAGES_MB = 4
    shelf_rows.item(files=[shelf_rows.file()])
    few = asked_by(address)
    for n in range(30):
        shelf_rows.item(files=[shelf_rows.file(bytes([n]))], unit_code=("dinsos", "dinkes")[n % 2])
    assert asked_by(address) == few <= 4


def asked_by(address: str) -> int:
    """Count the queries of a page drawn anew, the edition's too, in a process that is in use."""
    client = Client()
    client.get(address, headers={"host": "localhost"})
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_common_words_alone_are_looked_for_among_the_newest_first(reader, monkeypatch):
    monkeypatch.setattr(of_edition, "COMMON", 3)
    monkeypatch.setattr(of_edition, "NEWEST", 4)
    for n in range(6):
        shelf_rows.item(title=f"Laporan bantuan {n}", published_at=timezone.now() - timedelta(days=n))
    shelf_rows.item(title="Laporan jalan", published_at=timezone.now() - timedelta(days=30))
    read = ReadOnce(timezone.localdate())
    assert {"laporan", "bantuan"} <= read.common_words
    assert "jalan" not in read.common_words
    assert read.newest_since == timezone.localdate() - timedelta(days=4)
    asked = read.asked("laporan bantuan").question
    for bound, few, found in ((1000, 200, 6), (1000, 0, 6), (3, 200, 3), (5, 200, 5)):
        monkeypatch.setattr(finding, "BOUND", bound)
        monkeypatch.setattr(finding, "FEW", few)
        plain = finding.find(asked, Narrowed(), using=settings.PORTAL_DATABASE, today=DAY)
        ours = finding.find(asked, Narrowed(), using=settings.PORTAL_DATABASE, today=DAY, newest=read.newest_since)
        assert [result.first.number for result in ours.results] == [result.first.number for result in plain.results]
        assert (len(ours.results), ours.is_all, ours.counts) == (found, plain.is_all, plain.counts)
    narrowed = read.found(asked, Narrowed(unit="dinsos"))
    assert "unit" not in narrowed.counts  # of what is chosen already no numbers are known
    assert read.found(asked, Narrowed(unit="dinkes")).results == []


def test_few_entries_are_not_parted_into_newest_and_others(reader):
    shelf_rows.item()
    assert ReadOnce(DAY).newest_since is None


@pytest.mark.parametrize(
    ("typed", "is_common"),
    [
        ("laporan bantuan", True),
        ("pelaporan bantuan", True),  # one root with «laporan»
        ("bantuan", False),  # PostgreSQL knows how often one word comes
        ("laporan jalan", False),
        ('"laporan bantuan" bantuan', True),
        ("", False),
    ],
)
def test_a_question_of_common_words_alone(typed, is_common):
    assert question(typed).has_only({"lapor", "laporan", "bantuan", "bantu"}) is is_common


def test_a_year_of_the_matrix_is_reckoned_once_an_edition_for_all_its_pages_and_anew_after(reader):
    year = timezone.localdate().year
    shelf_rows.duty(rhythm="yearly")
    first, second = shelf_rows.item(title="Profil pertama"), shelf_rows.item(title="Profil kedua")
    written(shelf_rows.fill, first.number, period=str(year))
    page, of_unit = f"/kewajiban/?tahun={year}", f"/kewajiban/unit/dinsos/?tahun={year}"
    assert reader(page).select_one(f'a.cell[href="/informasi/{first.number}/"]')
    with CaptureQueriesContext(connection) as asked:
        assert "Profil pertama" in reader(of_unit).text
        assert reader("/kewajiban/").select_one("a.cell") is not None
        assert reader(f"/kewajiban/?tahun={year}&jenis=berkala").select_one("a.cell") is not None
    assert sum("shelf_dutyfill" in each["sql"] for each in asked) == 1  # those of today
    written(shelf_rows.fill, second.number, period=str(year))
    assert "Profil kedua" in reader(of_unit).text
