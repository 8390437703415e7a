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
from ppid.shelf.sitemap import SitemapPart

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
GONE = "{http://purl.org/atompub/tombstones/1.0}"
HERE = "http://testserver"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


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

    def test_items_too_begin_with_that_moment(self, client, shelf):
        for n, day in ((1, 1), (2, 3)):
            shelf.item(number=f"2026-010{n}")
            PublishedItem.objects.filter(number=f"2026-010{n}").update(written_at=at(2025, day))
        assert numbers(client, "/api/v1/items?changed_since=2025-05-02") == ["2026-0102"]
        assert numbers(client, "/api/v1/items?changed_since=2025-05-03T09:00:00") == ["2026-0102"]
        assert numbers(client, "/api/v1/items?changed_since=2025-05-03T09:00:01") == []

    def test_items_and_withdrawals_stand_in_the_order_in_which_they_changed(self, client, shelf):
        for n in range(1, 4):
            shelf.item(number=f"2026-010{n}")
            PublishedItem.objects.filter(number=f"2026-010{n}").update(written_at=at(2025, 2 * n))
        for n in (1, 2):
            shelf.item(number=f"2026-020{n}")
            actions.withdraw(f"2026-020{n}", reason="X", at=at(2025, 2 * n + 1))
        told = ["2026-0101", "2026-0201", "2026-0102", "2026-0202", "2026-0103"]
        for limit in (1, 2, 5, 200):
            assert numbers(client, f"/api/v1/items?limit={limit}&changed_since=2025-05-01") == told


class TestOneItem:
    def test_its_files_stand_in_their_order_and_its_editions_the_newest_first(self, client, shelf):
        for _ in range(3):
            files = [shelf.file(b"%d" % n, filename=f"{n}.pdf") for n in (2, 1, 3)]
            item = shelf.item(number="2026-0101", files=files)
        told = client.get(f"/api/v1/items/{item.number}").json()
        assert [each["filename"] for each in told["files"]] == ["2.pdf", "1.pdf", "3.pdf"]
        assert [each["edition"] for each in told["editions"]] == [2, 1]

    def test_what_was_withdrawn_is_gone_and_what_never_was_is_not_found(self, client, shelf):
        item = shelf.item()
        actions.withdraw(item.number, reason="Salah unggah.", at=timezone.now())
        answer = client.get(f"/api/v1/items/{item.number}")
        assert (answer.status_code, answer.json()["type"]) == (410, "withdrawal")
        assert client.get("/api/v1/items/2099-0001").status_code == 404


class TestPages:
    def test_the_next_page_keeps_what_was_asked_and_a_full_last_one_has_none(self, client, shelf):
        for n in range(4):
            shelf.item(category="periodic" if n < 2 else "immediate", published_at=at(2025, n + 1))
        first = client.get("/api/v1/items?category=periodic&limit=1").json()
        assert "category=periodic" in first["next"]
        assert "limit=1" in first["next"]
        assert first["next_cursor"] in first["next"]
        last = client.get(first["next"].removeprefix(HERE)).json()
        assert (len(last["data"]), last["next"], last["next_cursor"]) == (1, None, None)

    @pytest.mark.parametrize(("asked", "status"), [("200", 200), ("201", 400), ("1", 200), ("0", 400)])
    def test_a_page_has_two_hundred_rows_at_most(self, client, shelf, asked, status):
        assert client.get(f"/api/v1/items?limit={asked}").status_code == status


class TestWildQuestions:
    def test_the_longest_query_is_answered_and_a_longer_one_is_not(self, client, shelf):
        assert client.get("/atom.xml?x=" + "a" * 1998).status_code == 200
        answer = client.get("/atom.xml?x=" + "a" * 1999)
        assert answer.status_code == 414
        assert "paling banyak 2000 huruf" in answer.json()["error"]

    @pytest.mark.parametrize("query", ["x=a%01", "a%01=x", "x=a&x=%00"])
    def test_letters_that_no_text_may_hold_are_refused(self, client, shelf, query):
        answer = client.get(f"/atom.xml?{query}")
        assert answer.status_code == 400
        assert "karakter kendali" in answer.json()["error"]

    @pytest.mark.parametrize(
        "address", ["/atom.xml", "/atom.xml?x=%01", "/sitemap-informasi-9.xml", "/sitemap.xml", "/opensearch.xml"]
    )
    def test_whatever_is_answered_may_be_read_by_pages_of_other_sites(self, client, shelf, address):
        assert client.get(address)["Access-Control-Allow-Origin"] == "*"


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
            assert len(told) < 20
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

    def test_it_says_when_the_newest_of_its_entries_changed(self, client, shelf):
        for number, year in (("2026-0101", 2024), ("2026-0102", 2025)):
            shelf.item(number=number)
            PublishedItem.objects.filter(number=number).update(written_at=at(year))
        assert self.told(client, "/atom.xml", "updated") == "2025-05-01T09:00:00+07:00"
        actions.withdraw("2026-0101", reason="X", at=at(2026))
        assert self.told(client, "/atom.xml", "updated") == "2026-05-01T09:00:00+07:00"

    def test_each_narrowing_has_a_name_of_its_own_on_all_of_its_pages(self, client, shelf, settings, monkeypatch):
        settings.SITE_URL = ""
        monkeypatch.setattr("ppid.portal.feeds.NEWEST", 1)
        for _ in range(3):
            shelf.item(category="periodic")
        assert self.told(client, "/atom.xml", "id") == "tag:testserver,2026:informasi"
        address, named = "/atom.xml?jenis=berkala", set()
        for _ in range(3):
            named.add(self.told(client, address, "id"))
            _, address = entries(client, address)
        assert named == {"tag:testserver,2026:informasi?jenis=berkala"}
        assert address == ""

    def test_it_says_by_what_it_is_narrowed_and_where_it_is_read(self, client, shelf):
        shelf.item(category="periodic")
        assert self.told(client, "/atom.xml", "title").endswith(": informasi publik")
        feed = ET.fromstring(client.get("/atom.xml?jenis=berkala&q=laporan&x=1").content)
        assert feed.find(f"{ATOM}title").text.endswith("(Kata kunci: “laporan”, Jenis: Berkala)")
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links == {
            "self": f"{HERE}/atom.xml?jenis=berkala&q=laporan",
            "alternate": f"{HERE}/informasi/?jenis=berkala&q=laporan",
        }

    def test_the_files_of_an_item_stand_in_their_order(self, client, shelf):
        shelf.item(files=[shelf.file(b"%d" % n, filename=f"{n}.pdf") for n in (2, 1, 3)])
        feed = ET.fromstring(client.get("/atom.xml").content)
        files = feed.findall(f"{ATOM}entry/{ATOM}link[@rel='enclosure']")
        assert [each.get("href").rpartition("/")[2] for each in files] == ["2.pdf", "1.pdf", "3.pdf"]

    def test_a_page_shows_no_more_than_it_says(self, client, shelf, monkeypatch):
        monkeypatch.setattr("ppid.portal.feeds.NEWEST", 2)
        for _ in range(2):
            shelf.item()
        told, address = entries(client, "/atom.xml")
        assert (len(told), address) == (2, "")

    @staticmethod
    def told(client, address: str, name: str) -> str:
        return ET.fromstring(client.get(address.removeprefix(HERE)).content).find(f"{ATOM}{name}").text


def places(client, address: str) -> dict[str, str]:
    """Return the addresses of a map, or of an index of maps, each with when it changed."""
    found = ET.fromstring(client.get(address).content)
    told = [(each.find(f"{MAP}loc"), each.find(f"{MAP}lastmod")) for each in found]
    return {place.text.removeprefix(HERE): "" if changed is None else changed.text for place, changed in told}


class TestMaps:
    def test_an_item_stands_in_the_part_of_its_key_and_in_no_other(self, client, shelf):
        for key in (24_999, 25_000, 49_999, 50_000):
            shelf.item(pk=key, number=f"2026-{key}")
        parts = {
            address: list(places(client, address))
            for address in places(client, "/sitemap.xml")
            if "informasi" in address
        }
        assert parts == {
            f"/sitemap-informasi-{part}.xml": [f"/informasi/2026-{key}/" for key in keys]
            for part, keys in enumerate([[24_999], [25_000, 49_999], [50_000]])
        }

    def test_it_says_when_an_item_changed_by_the_clock_of_the_city(self, client, shelf):
        item = shelf.item(published_at=at(2024))
        PublishedItem.objects.update(written_at=at(2025))
        part = f"/sitemap-informasi-{item.pk // 25_000}.xml"
        assert places(client, part) == {item.get_absolute_url(): "2025-05-01T09:00:00+07:00"}
        sop = shelf.sop(approved_at=at(2026))
        assert places(client, "/sitemap-sop.xml") == {sop.get_absolute_url(): "2026-05-01T09:00:00+07:00"}

    @pytest.mark.parametrize("act", ["put", "change", "take off"])
    def test_a_part_says_when_something_of_it_changed_last(self, client, shelf, act):
        item = shelf.item(pk=25_001)
        shelf.item(pk=25_002)
        long_ago = at(2020)
        SitemapPart.objects.update(changed_at=long_ago)
        assert places(client, "/sitemap.xml")["/sitemap-informasi-1.xml"] == "2020-05-01T09:00:00+07:00"
        if act == "put":
            shelf.item(pk=25_003)
        elif act == "change":
            PublishedItem.objects.filter(pk=item.pk).update(title="Lain")
        else:
            actions.withdraw(item.number, reason="X", at=timezone.now())
        changed = datetime.fromisoformat(places(client, "/sitemap.xml")["/sitemap-informasi-1.xml"])
        assert timezone.now() - changed < timedelta(minutes=5)

    def test_each_page_that_is_always_there_stands_in_it_and_is_there(self, client, full_shelf):
        found = places(client, "/sitemap-halaman.xml")
        assert {client.get(address).status_code for address in found} == {200}
        for address in (
            "/",
            "/informasi/",
            "/pengumuman/",
            "/dip/",
            "/dik/",
            "/sop/",
            "/unit/",
            "/halaman/",
            "/kewajiban/",
        ):
            assert address in found

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

    def test_what_is_finished_is_offered_alone_and_of_its_kind(self, client, shelf):
        nothing = {"as_of": None, "records": 0, "data": []}
        shelf.bundle("dip")
        assert client.get("/data-terbuka/salinan.json").json() == nothing
        begun = bundling.begin("dump", drawn="0" * 64, rows=2, total=2, on=timezone.localdate())
        made = bundling.Made(1, "0001.ndjson.gz", "application/gzip", b"isi", ["2026-0101"], 1, lambda: True)
        assert bundling.add(begun, [made], is_last=False)
        assert client.get("/data-terbuka/salinan.json").json() == nothing
        assert "0001.ndjson.gz" not in client.get("/data-terbuka/").content.decode()
        assert client.get("/dik/bagian-1.pdf").status_code == 404
