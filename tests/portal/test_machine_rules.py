"""The small print of what machines ask, written out: each narrowing, each bound, each cursor that is none of ours."""

import json
import xml.etree.ElementTree as ET
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ppid.shelf import actions, bundling
from ppid.shelf.models import PublishedItem

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
GONE = "{http://purl.org/atompub/tombstones/1.0}"
HERE = "http://testserver"


def at(year: int, day: int = 1) -> datetime:
    return timezone.make_aware(datetime(year, 5, day, 9))


def numbers(client, address: str) -> list[str]:
    """Return the numbers of all rows, page by page."""
    found: list[str] = []
    while address:
        page = client.get(address.removeprefix(HERE)).json()
        found += [row["number"] for row in page["data"]]
        address = page["next"]
        assert len(found) < 20
    return found


class TestNarrowing:
    @pytest.fixture
    def two(self, shelf):
        shelf.item(number="2026-0101", category="periodic", unit_code="dinsos", published_at=at(2024))
        shelf.item(number="2026-0102", category="immediate", unit_code="dinkes", published_at=at(2025))
        for number, unit in (("2026-0201", "dinsos"), ("2026-0202", "dinkes")):
            shelf.dik(number=number, unit_code=unit)

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("items", ["2026-0102", "2026-0101"]),
            ("items?category=periodic", ["2026-0101"]),
            ("items?unit=dinkes", ["2026-0102"]),
            ("items?year=2024", ["2026-0101"]),
            ("items?unit=dinkes&year=2024", []),
            ("excluded?unit=dinkes", ["2026-0202"]),
        ],
    )
    def test_by_each_parameter(self, client, two, asked, found):
        assert numbers(client, f"/api/v1/{asked}") == found

    @pytest.mark.parametrize(
        "asked", ["year=1999", "year=9999", "year=20240", "q=" + "a" * 201, "limit=-1", "limit=1.5"]
    )
    def test_what_is_out_of_bounds_is_refused(self, client, two, asked):
        assert client.get(f"/api/v1/items?{asked}").status_code == 400

    @pytest.mark.parametrize("asked", ["year=2000", "year=9998", "q=" + "a" * 200, "limit=1", "limit=200"])
    def test_what_is_just_inside_is_answered(self, client, two, asked):
        answer = client.get(f"/api/v1/items?{asked}")
        assert answer.status_code == 200
        assert answer["X-Content-Type-Options"] == "nosniff"


class TestCursors:
    @staticmethod
    def cursor(text: str) -> str:
        return urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @pytest.mark.parametrize(
        ("name", "values"),
        [
            ("items", ["2026-01-01T00:00:00", 1]),
            ("items", ["2026-01-01T00:00:00+07:00", True]),
            ("items", ["2026-01-01T00:00:00+07:00", 2**63]),
            ("items", ["2026-01-01T00:00:00+07:00", -1]),
            ("items", ["2026-01-01T00:00:00+07:00", "1"]),
            ("items", ["2026-01-01T00:00:00+07:00"]),
            ("items", ["2026-01-01T00:00:00+07:00", 1, 1]),
            ("excluded", ["a\0"]),
            ("excluded", [5]),
            ("excluded", ["a" * 121]),
        ],
    )
    def test_one_that_holds_anything_else_is_refused(self, client, shelf, name, values):
        cursor = self.cursor(json.dumps([name, *values]))
        answer = client.get(f"/api/v1/{name}?cursor={cursor}")
        assert answer.status_code == 400
        assert "tidak dikenal" in answer.json()["error"]

    def test_one_that_is_a_bomb_is_refused(self, client, shelf):
        for bomb in ("[" * 1400, '{"a":' * 250, "9" * 1400):
            assert client.get(f"/api/v1/items?cursor={self.cursor(bomb)}").status_code == 400

    def test_rows_of_one_moment_come_once_each(self, client, shelf):
        for n in range(1, 5):
            shelf.item(number=f"2026-010{n}", published_at=at(2025))
        shelf.item(number="2026-0109", published_at=at(2024))
        assert numbers(client, "/api/v1/items?limit=1") == [f"2026-010{n}" for n in (4, 3, 2, 1, 9)]
        PublishedItem.objects.update(written_at=at(2026))
        changed = numbers(client, "/api/v1/items?limit=1&changed_since=2026-01-01")
        assert changed == [f"2026-010{n}" for n in (1, 2, 3, 4, 9)]

    def test_a_page_far_behind_begins_in_the_index_where_it_stands(self, client, shelf):
        cursor = self.cursor(json.dumps(["items", at(2025).isoformat(), 5]))
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/api/v1/items?cursor={cursor}")
        (asked,) = [each["sql"] for each in queries if "shelf_publisheditem" in each["sql"]]
        assert '"published_at" <= ' in asked


class TestWhatChanged:
    def test_it_begins_with_the_moment_that_is_asked_for(self, client, shelf):
        for n in (1, 2):
            shelf.item(number=f"2026-010{n}", published_at=at(2024))
        actions.withdraw("2026-0101", reason="X", at=at(2025, 1))
        actions.withdraw("2026-0102", reason="X", at=at(2025, 3))
        assert numbers(client, "/api/v1/items?changed_since=2025-05-02") == ["2026-0102"]
        assert numbers(client, "/api/v1/items?changed_since=2025-05-03T09:00:00") == ["2026-0102"]  # here, not in UTC
        assert numbers(client, "/api/v1/items?changed_since=2025-05-03T09:00:01") == []
        assert numbers(client, "/api/v1/items?changed_since=2025-05-03T02:00:00Z") == ["2026-0102"]


def entries(client, address: str) -> tuple[list[str], str]:
    """Return what the feed names, and where it goes on."""
    feed = ET.fromstring(client.get(address.removeprefix(HERE)).content)
    told = [each.find(f"{ATOM}id").text.partition("informasi/")[2] for each in feed.findall(f"{ATOM}entry")]
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    return told, links.get("next", "")


class TestTheFeed:
    def test_withdrawals_stand_once_among_the_items_in_their_order(self, client, shelf, monkeypatch):
        monkeypatch.setattr("ppid.portal.feeds.NEWEST", 1)
        for n in range(1, 4):
            shelf.item(number=f"2026-010{n}", published_at=at(2024, n))
        actions.withdraw("2026-0101", reason="X", at=at(2024, 10))
        actions.withdraw("2026-0103", reason="X", at=at(2024, 12))
        told, address = [], "/atom.xml"
        while address:
            found, address = entries(client, address)
            told += found
        assert told == ["2026-0103/penarikan", "2026-0101/penarikan", "2026-0102"]

    def test_one_that_is_narrowed_has_no_withdrawal_and_stays_narrowed(self, client, shelf, monkeypatch):
        monkeypatch.setattr("ppid.portal.feeds.NEWEST", 1)
        for n in range(1, 4):
            shelf.item(number=f"2026-010{n}", published_at=at(2024, n), category="periodic" if n < 3 else "immediate")
        actions.withdraw(shelf.item().number, reason="X", at=timezone.now())
        first, address = entries(client, "/atom.xml?jenis=berkala")
        second, _ = entries(client, address)
        assert (first, second) == (["2026-0102"], ["2026-0101"])

    def test_an_entry_says_when_it_changed_last(self, client, shelf):
        shelf.item(number="2026-0101", published_at=at(2024))
        feed = ET.fromstring(client.get("/atom.xml").content)
        updated = datetime.fromisoformat(feed.find(f"{ATOM}entry/{ATOM}updated").text)
        assert timezone.now() - updated < timedelta(minutes=5)


class TestMaps:
    @pytest.mark.parametrize("part", [2**31, 2**40, 2**63, 10**30])
    def test_a_part_that_can_not_be_is_not_found(self, client, shelf, part):
        assert client.get(f"/sitemap-informasi-{part}.xml").status_code == 404

    def test_of_a_sheet_the_version_in_force_alone(self, client, shelf):
        shelf.sop()
        shelf.sop(version=2)
        shelf.sop(slug="dicabut")
        actions.retire_sop("dicabut", on=timezone.localdate(), reason="X")
        assert client.get("/sitemap-sop.xml").content.decode().count("<loc>") == 1


class TestBundles:
    def test_one_in_the_making_is_not_sent(self, client, shelf):
        begun = bundling.begin("dip", drawn="0" * 64, rows=2, total=2, on=timezone.localdate())
        made = bundling.Made(1, "dip.pdf", "application/pdf", b"%PDF", ["2026-0101"], 1, lambda: True)
        assert bundling.add(begun, [made], is_last=False)
        assert client.get("/dip/bagian-1.pdf").status_code == 404
        rest = bundling.Made(2, "dip-2.pdf", "application/pdf", b"%PDF 2", ["2026-0102"], 1, lambda: True)
        assert bundling.add(begun, [rest], is_last=True)
        assert client.get("/dip/bagian-1.pdf").status_code == 200

    def test_a_part_that_can_not_be_is_not_found(self, client, shelf):
        shelf.bundle("dump", b"isi", filename="0001.ndjson.gz")
        assert client.get("/data-terbuka/berkas/1.ndjson.gz").status_code == 200
        for part in (0, 2, 2**31, 2**63, 10**30):
            assert client.get(f"/data-terbuka/berkas/{part}.ndjson.gz").status_code == 404
