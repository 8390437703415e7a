"""The statistics: added up by year, month, class and unit, with a table beside each chart, nothing of what is excluded.

And how long it took until something was public, in working days.
"""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from ppid.flows import shelving
from ppid.portal.lead_times import in_days
from ppid.shelf import actions
from ppid.shelf.downloads import put_downloads
from ppid.shelf.models import PublishedItem
from ppid.worktime.calendar import calendar
from tests import make
from tests.portal.queries import at_most

pytestmark = pytest.mark.django_db


def at(year: int) -> datetime:
    return datetime(year, 6, 1, tzinfo=UTC)


def tables(response) -> dict[str, list[list[str]]]:
    """Return the tables of the page by the heads of their panels; of several in one panel, the last."""
    page = BeautifulSoup(response.content, "html.parser")
    return {
        table.find_parent("section").h2.get_text(strip=True): [
            [cell.get_text(strip=True) for cell in row.find_all(["th", "td"])] for row in table.select("tr")
        ]
        for table in page.select("main table")
    }


def csv_rows(client, address: str) -> list[list[str]]:
    text = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
    return [line.replace('"', "").split(";") for line in text.splitlines()]


def put_some(shelf):
    shelf.item(published_at=at(2025))
    shelf.item(published_at=at(2026))
    shelf.item(published_at=at(2026), category="on_demand", unit_code="dinkes", unit_name="Dinas Kesehatan")
    return shelf.item(published_at=at(2026), category="immediate", number="2026-7777", title="Rahasia sekali")


def test_what_is_published_is_added_up_by_year_and_by_unit(client, shelf):
    put_some(shelf)
    page = client.get("/statistik/")
    heads = ["Berkala", "Serta merta", "Setiap saat", "Semua"]
    years, units = tables(page)["Menurut tahun diumumkan"], tables(page)["Menurut unit"]
    assert years == [["Tahun", *heads], ["2026", "1", "1", "1", "3"], ["2025", "1", "0", "0", "1"]]
    assert [row[1:] for row in units] == [heads, ["2", "1", "0", "3"], ["0", "0", "1", "1"]]
    assert "Dinas Sosial" in units[1][0]
    assert "4 informasi" in page.content.decode()
    drawn = BeautifulSoup(page.content, "html.parser").select("svg.chart desc")
    assert "2026: 3." in drawn[0].text


def test_what_is_excluded_is_counted_no_more_and_never_named(client, shelf):
    item = put_some(shelf)
    actions.exclude(item.number, called="Data", reason="UU", at=at(2026), ends_on=None)
    page = client.get("/statistik/")
    assert tables(page)["Menurut tahun diumumkan"][1] == ["2026", "1", "0", "1", "2"]
    assert "Rahasia" not in page.content.decode()


def test_the_same_numbers_as_csv(client, shelf):
    put_some(shelf)
    rows = csv_rows(client, "/statistik.csv")
    assert rows[0] == ["Tahun", "Kode unit", "Unit", "Jenis", "Informasi"]
    assert [(row[0], row[1], row[3], row[4]) for row in rows[1:]] == [
        ("2025", "dinsos", "Berkala", "1"),
        ("2026", "dinkes", "Setiap saat", "1"),
        ("2026", "dinsos", "Serta merta", "1"),
        ("2026", "dinsos", "Berkala", "1"),
    ]


def test_an_empty_shelf_says_so(client, shelf):
    assert "Belum ada yang dihitung" in client.get("/statistik/").content.decode()
    assert len(b"".join(client.get("/statistik.csv").streaming_content).splitlines()) == 1


def test_months_are_told_without_gaps_the_newest_first(client, shelf, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 8, 14, 3, 0, tzinfo=UTC))
    shelf.item(published_at=datetime(2026, 5, 31, 17, 30, tzinfo=UTC))  # half past midnight of June in Pontianak
    shelf.item(published_at=datetime(2026, 8, 3, tzinfo=UTC), category="on_demand")
    shelf.item(published_at=datetime(2019, 8, 3, tzinfo=UTC))
    page = client.get("/statistik/")
    assert tables(page)["Menurut bulan diumumkan"][1:] == [
        ["Agustus 2026", "0", "0", "1", "1"],
        ["Juli 2026", "0", "0", "0", "0"],
        ["Juni 2026", "1", "0", "0", "1"],
    ]
    assert csv_rows(client, "/statistik-bulan.csv") == [
        ["Bulan", "Jenis", "Informasi"],
        ["2019-08", "Berkala", "1"],
        ["2026-06", "Berkala", "1"],
        ["2026-08", "Setiap saat", "1"],
    ]


def test_the_first_month_told_is_that_of_23_months_ago(client, shelf, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 8, 14, 3, 0, tzinfo=UTC))
    for year, month in ((2024, 8), (2024, 9)):
        shelf.item(published_at=datetime(year, month, 2, tzinfo=UTC))
    rows = tables(client.get("/statistik/"))["Menurut bulan diumumkan"][1:]
    assert (rows[0][0], rows[-1], len(rows)) == ("Agustus 2026", ["September 2024", "1", "0", "0", "1"], 24)


def test_downloads_too_are_told_for_24_months(client, shelf, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 8, 14, 3, 0, tzinfo=UTC))
    shelf.item()
    put_downloads({(date(2024, month, 1), "item"): month for month in (7, 8, 9, 10)})
    rows = tables(client.get("/statistik/"))["Unduhan"][1:]
    assert [row[0] for row in rows] == ["Oktober 2024", "September 2024"]
    assert rows[1] == ["September 2024", "9", "0", "0", "9"]


def test_nothing_of_two_years_leaves_the_months_out(client, shelf):
    shelf.item(published_at=at(2015))
    assert "Menurut bulan" not in client.get("/statistik/").content.decode()


def test_how_long_it_took_by_class_and_by_unit(client, shelf):
    shelf.item(lead_days=20, category="on_demand", unit_code="dinkes", unit_name="Dinas Kesehatan")
    for days in (1, 2, 3, 4, 10):
        shelf.item(lead_days=days)
    shelf.item(lead_days=None)
    page = client.get("/statistik/")
    assert "Diukur pada 6 dari 7 informasi" in page.content.decode()
    assert tables(page)["Berapa lama sampai diumumkan"] == [
        ["Unit", "Informasi", "Separuhnya dalam", "9 dari 10 dalam"],
        ["Dinas Sosial Kota Pontianak", "5", "3 hari kerja", "7,6 hari kerja"],  # the quickest first
        ["Dinas Kesehatan Kota Pontianak", "1", "20 hari kerja", "20 hari kerja"],
    ]
    drawn = BeautifulSoup(page.content, "html.parser").select("svg.chart desc")
    told = next(each.text for each in drawn if "dari 10" in each.text)
    assert "Berkala: separuhnya dalam 3 hari kerja, 9 dari 10 dalam 7,6 hari kerja." in told
    assert "Semua: separuhnya dalam 3,5 hari kerja, 9 dari 10 dalam 15 hari kerja." in told
    assert csv_rows(client, "/statistik-waktu.csv")[1:] == [
        ["Berkala", "", "5", "3", "7,6"],
        ["Setiap saat", "", "1", "20", "20"],
        ["Semua", "", "6", "3,5", "15"],
        ["Dinas Sosial Kota Pontianak", "dinsos", "5", "3", "7,6"],
        ["Dinas Kesehatan Kota Pontianak", "dinkes", "1", "20", "20"],
    ]


def test_what_took_no_working_day_says_so_without_a_chart(client, shelf):
    shelf.item(lead_days=0)
    page = client.get("/statistik/").content.decode()
    assert "Semuanya diumumkan pada hari dibukanya." in page


def test_what_was_never_measured_says_why_there_is_no_time(client, shelf):
    shelf.item(lead_days=None)
    page = client.get("/statistik/").content.decode()
    assert "Belum ada yang diukur" in page
    assert "statistik-waktu.csv" not in page


def test_what_is_excluded_leaves_the_times_too(client, shelf):
    item = shelf.item(lead_days=17)
    shelf.item(lead_days=2)
    actions.exclude(item.number, called="Data", reason="UU", at=timezone.now(), ends_on=None)
    assert tables(client.get("/statistik/"))["Berapa lama sampai diumumkan"][1:] == [
        ["Dinas Sosial Kota Pontianak", "1", "2 hari kerja", "2 hari kerja"]
    ]


@pytest.mark.parametrize(
    ("opened", "published", "days"),
    [
        ((2026, 8, 14), (2026, 8, 19), 2),  # a Friday; Monday the 17th is a holiday
        ((2026, 3, 12), (2026, 4, 2), 10),
        ((2026, 8, 14), (2026, 8, 14), 0),
    ],
)
def test_the_working_days_are_those_of_the_law(opened, published, days):
    opened, published = (datetime(*day, 3, 0, tzinfo=UTC) for day in (opened, published))
    case = SimpleNamespace(opened_at=opened)
    assert shelving._lead_days(case, published) == days


def test_what_is_published_says_how_long_it_took_(client, monkeypatch):
    case = make.publication(at="publishing")
    ten = timezone.now() + timedelta(days=14)
    with monkeypatch.context() as later:
        later.setattr(timezone, "now", lambda: ten)
        make.walk(case, to="published")
    item = PublishedItem.objects.get(number=case.information.number)
    worked = calendar().working_days_between(timezone.localdate(case.opened_at), timezone.localdate(ten))
    assert item.lead_days == worked > 0


@pytest.mark.parametrize(("days", "words"), [(0, "0 hari kerja"), (3.0, "3 hari kerja"), (7.6, "7,6 hari kerja")])
def test_days_in_words(days, words):
    assert in_days(days) == words


def test_it_asks_two_questions_of_small_tables_however_much_there_is(client, shelf):
    def asked() -> list[str]:
        with at_most(4) as queries:
            client.get("/statistik/")
        return [query["sql"] for query in queries]

    shelf.item(lead_days=1)
    before = len(asked())
    for n in range(5):
        shelf.item(lead_days=n, unit_code="dinkes", published_at=at(2020 + n))
    queries = asked()
    assert len(queries) == before == 2
    assert not [sql for sql in queries if 'FROM "shelf_publisheditem"' in sql]
