"""The statistics: added up by year, class and unit, with a table beside each chart, and nothing of what is excluded."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup

from ppid.shelf import actions

pytestmark = pytest.mark.django_db


def at(year: int) -> datetime:
    return datetime(year, 6, 1, tzinfo=UTC)


def tables(response) -> list[list[list[str]]]:
    page = BeautifulSoup(response.content, "html.parser")
    return [
        [[cell.get_text(strip=True) for cell in row.find_all(["th", "td"])] for row in table.select("tr")]
        for table in page.select("main table")
    ]


def put_some(shelf):
    shelf.item(published_at=at(2025))
    shelf.item(published_at=at(2026))
    shelf.item(published_at=at(2026), category="on_demand", unit_code="dinkes", unit_name="Dinas Kesehatan")
    return shelf.item(published_at=at(2026), category="immediate", number="2026-7777", title="Rahasia sekali")


def test_what_is_published_is_added_up_by_year_and_by_unit(client, shelf):
    put_some(shelf)
    page = client.get("/statistik/")
    heads = ["Berkala", "Serta merta", "Setiap saat", "Semua"]
    years, units = tables(page)
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
    assert tables(page)[0][1] == ["2026", "1", "0", "1", "2"]
    assert "Rahasia" not in page.content.decode()


def test_the_same_numbers_as_csv(client, shelf):
    put_some(shelf)
    text = b"".join(client.get("/statistik.csv").streaming_content).decode("utf-8-sig")
    rows = [line.replace('"', "").split(";") for line in text.splitlines()]
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
