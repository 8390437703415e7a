"""What machines read: the feed, the maps, the API, the catalogue, the copy; each says what was withdrawn."""

import gzip
import json
import xml.etree.ElementTree as ET
from datetime import timedelta

import jsonschema_rs
import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from ppid.editions.bundles import MAKERS, bring_about
from ppid.shelf import actions
from ppid.shelf.models import Bundle, PublishedItem

ATOM = "{http://www.w3.org/2005/Atom}"
GONE = "{http://purl.org/atompub/tombstones/1.0}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def xml(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.content
    return ET.fromstring(response.content)


def test_the_feed_has_what_atom_asks_for_and_the_files(client, shelf, settings):
    settings.SITE_URL = "https://ppid.example:8443"
    item = shelf.item(title="A & <b>", files=[shelf.file(b"%PDF-1.7 isi")], number="2026-0101")
    feed = xml(client, "/atom.xml")
    assert feed.find(f"{ATOM}id").text == "tag:ppid.example,2026:informasi"
    assert feed.find(f"{ATOM}updated").text
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}id").text == "tag:ppid.example,2026:informasi/2026-0101"
    assert entry.find(f"{ATOM}title").text == "A & <b>"
    links = {link.get("rel"): link for link in entry.findall(f"{ATOM}link")}
    assert links["enclosure"].get("type") == "application/pdf"
    assert links["enclosure"].get("length") == "12"
    assert links["enclosure"].get("href") == f"http://testserver{item.files.get().get_absolute_url()}"
    assert links["alternate"].get("href") == "http://testserver/informasi/2026-0101/"


def test_the_feed_tells_what_was_withdrawn_and_only_what_the_tombstone_says(client, shelf):
    shelf.item(number="2026-0101", title="Rahasia")
    actions.exclude("2026-0101", called="Data pribadi", reason="Ditutup.", at=timezone.now(), ends_on=None)
    response = client.get("/atom.xml")
    assert "Rahasia" not in response.content.decode()
    feed = ET.fromstring(response.content)
    assert feed.find(f"{GONE}deleted-entry").get("ref").endswith(":informasi/2026-0101")
    assert feed.find(f"{ATOM}entry/{ATOM}title").text == "Dikecualikan: Data pribadi"


def test_the_feed_is_narrowed_and_goes_on_from_page_to_page(client, shelf, monkeypatch):
    for n in range(1, 5):
        day = timezone.now() - timedelta(days=n)
        shelf.item(number=f"2026-010{n}", category="periodic" if n % 2 else "immediate", published_at=day)
    assert len(xml(client, "/atom.xml?jenis=berkala").findall(f"{ATOM}entry")) == 2
    monkeypatch.setattr("ppid.portal.feeds.NEWEST", 3)
    first = xml(client, "/atom.xml")
    following = next(link.get("href") for link in first.findall(f"{ATOM}link") if link.get("rel") == "next")
    second = xml(client, following.removeprefix("http://testserver"))
    ids = [entry.find(f"{ATOM}id").text[-9:] for feed in (first, second) for entry in feed.findall(f"{ATOM}entry")]
    assert ids == ["2026-0101", "2026-0102", "2026-0103", "2026-0104"]


def test_the_index_of_the_maps_names_each_part_with_its_last_change(client, shelf):
    item = shelf.item()
    shelf.sop()
    index = xml(client, "/sitemap.xml")
    parts = {each.find(f"{MAP}loc").text: each.find(f"{MAP}lastmod") for each in index.findall(f"{MAP}sitemap")}
    part = f"http://testserver/sitemap-informasi-{item.pk // 25_000}.xml"
    assert list(parts) == ["http://testserver/sitemap-halaman.xml", "http://testserver/sitemap-sop.xml", part]
    assert parts[part].text
    (place,) = xml(client, part.removeprefix("http://testserver")).findall(f"{MAP}url")
    assert place.find(f"{MAP}loc").text == f"http://testserver/informasi/{item.number}/"
    assert place.find(f"{MAP}lastmod").text
    assert len(xml(client, "/sitemap-sop.xml").findall(f"{MAP}url")) == 1
    assert len(xml(client, "/sitemap-halaman.xml").findall(f"{MAP}url")) == 18
    actions.withdraw(item.number, reason="Ditarik.", at=timezone.now())
    assert part not in client.get("/sitemap.xml").content.decode()
    assert client.get(part.removeprefix("http://testserver")).status_code == 404


def test_robots_and_browsers_are_told_where_to_look(client, shelf):
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()
    assert "?q={searchTerms}" in client.get("/opensearch.xml").content.decode()
    head = client.get("/informasi/?jenis=berkala").content.decode()
    assert 'href="/atom.xml?jenis=berkala"' in head


def test_an_item_says_in_its_page_what_it_is(client, shelf):
    item = shelf.item(title="</script><b>", files=[shelf.file()])
    page = BeautifulSoup(client.get(f"/informasi/{item.number}/").content, "html.parser")
    block = page.find("script", type="application/ld+json").string
    assert "</script" not in block
    data = json.loads(block)
    assert (data["@type"], data["name"], data["identifier"]) == ("Dataset", "</script><b>", item.number)
    assert data["distribution"][0]["sha256"] == item.files.get().sha256


def faults(schema, value, described) -> list[str]:
    """Return what in the value is not as the schema says."""
    validator = jsonschema_rs.Draft202012Validator({**schema, "components": described["components"]})
    return [f"{each.instance_path}: {each.message}" for each in validator.iter_errors(value)]


def objects(schema):
    """Yield every schema of an object inside this one."""
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for each in schema.values():
            yield from objects(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from objects(each)


def test_the_description_names_every_field_and_allows_no_other(client):
    for schema in objects(client.get("/api/v1/openapi.json").json()):
        assert set(schema["required"]) == set(schema["properties"]), schema
        assert schema["additionalProperties"] is False, schema


def test_the_api_is_what_its_description_says(client, full_shelf, shelf):
    shelf.dik(number="2026-0902", reopened_on=timezone.localdate(), reopened_because="putusan", item_number="2026-0903")
    shelf.item(number="2026-0777")
    actions.withdraw("2026-0777", reason="Ditarik.", at=timezone.now())
    described = client.get("/api/v1/openapi.json").json()
    schemas = described["components"]["schemas"]
    assert described["openapi"] == "3.1.0"
    for path, ways in described["paths"].items():
        answers = ways["get"]["responses"]
        address = "/api/v1" + path.replace("{number}", full_shelf.number)
        response = client.get(address)
        assert response.status_code == 200, address
        assert response["Access-Control-Allow-Origin"] == "*"
        schema = answers["200"]["content"]["application/json"]["schema"]
        assert faults(schema, response.json(), described) == [], address
        if "{" not in path and path != "/units":
            assert response.json()["data"], address
        wrong = client.get(f"{address}?cursor=%00")
        assert wrong.status_code == 400
        assert faults(schemas["Error"], wrong.json(), described) == []
    gone = client.get("/api/v1/items/2026-0777")
    assert gone.status_code == 410
    assert faults(schemas["Withdrawal"], gone.json(), described) == []
    assert client.get("/api/v1/items/tidak-ada").json()["error"].startswith("Yang diminta tidak ada")


def every_row(client, address) -> list[dict]:
    rows, pages = [], 0
    while address:
        page = client.get(address.removeprefix("http://testserver")).json()
        rows += page["data"]
        address, pages = page["next"], pages + 1
        assert pages < 20
    return rows


def test_a_list_goes_on_from_page_to_page(client, shelf):
    now = timezone.now()
    numbers = [shelf.item(published_at=now - timedelta(days=n)).number for n in range(5)]
    assert [row["number"] for row in every_row(client, "/api/v1/items?limit=2")] == numbers
    assert [row["number"] for row in every_row(client, "/api/v1/items?limit=2&category=periodic")] == numbers
    for n in range(3):
        shelf.dik(number=f"2026-090{n}")
        shelf.sop(slug=f"sop-{n}")
    assert len(every_row(client, "/api/v1/excluded?limit=1")) == 3
    assert len(every_row(client, "/api/v1/sops?limit=1")) == 3


def test_whoever_asks_what_changed_hears_of_withdrawals(client, shelf):
    for n in range(1, 4):
        shelf.item(number=f"2026-010{n}", title=f"Rahasia {n}")
    since = timezone.now()
    shelf.item(number="2026-0104")
    actions.exclude("2026-0102", called="Data pribadi", reason="Ditutup.", at=timezone.now(), ends_on=None)
    rows = every_row(client, f"/api/v1/items?limit=1&changed_since={since.isoformat().replace('+', '%2B')}")
    assert [(row["type"], row["number"]) for row in rows] == [("item", "2026-0104"), ("withdrawal", "2026-0102")]
    assert "Rahasia" not in json.dumps(rows)
    assert len(every_row(client, f"/api/v1/items?changed_since={timezone.localdate() - timedelta(days=1)}")) == 4


WRONG = {
    "/api/v1/items?limit=0": "limit",
    "/api/v1/items?limit=201": "limit",
    "/api/v1/items?limit=banyak": "limit",
    "/api/v1/items?cursor=bukan": "cursor",
    "/api/v1/items?cursor=W10": "cursor",
    "/api/v1/items?cursor=WyJpdGVtcyIsICJrYXBhbiIsIDFd": "cursor",
    "/api/v1/items?category=lain": "category",
    "/api/v1/items?year=0": "year",
    "/api/v1/items?changed_since=kemarin": "changed_since",
    "/api/v1/items?changed_since=2026-13-45": "changed_since",
    "/api/v1/items?changed_since=2026-01-01&q=a": "changed_since",
    "/api/v1/items?lain=1": "lain",
    "/api/v1/units?q=a": "q",
    "/api/v1/items?q=a%00": "karakter kendali",
    "/atom.xml?sesudah=bukan": "cursor",
    "/dcat.jsonld?sesudah=bukan": "cursor",
    "/dcat.ttl?sesudah=bukan": "cursor",
    "/dcat.ttl?ditarik=&sesudah=bukan": "cursor",
}


@pytest.mark.parametrize("address", WRONG)
def test_a_wrong_question_gets_a_sentence(client, full_shelf, address):
    response = client.get(address)
    assert response.status_code == 400
    assert WRONG[address] in response.json()["error"]


def test_a_cursor_of_another_list_and_a_long_query_are_refused(client, shelf):
    for _ in range(2):
        shelf.item()
        shelf.dik()
    cursor = client.get("/api/v1/items?limit=1").json()["next_cursor"]
    response = client.get(f"/api/v1/excluded?cursor={cursor}")
    assert (response.status_code, "milik daftar lain" in response.json()["error"]) == (400, True)
    assert client.get("/api/v1/items?q=" + "a" * 10_000).status_code == 414


def test_the_copy_holds_everything_public_in_parts_that_can_be_resumed(client, shelf, settings, monkeypatch):
    settings.SITE_URL = "https://ppid.example"
    monkeypatch.setattr("ppid.editions.dump.PART", 2)
    for n in range(1, 4):
        shelf.item(number=f"2026-010{n}", files=[shelf.file()])
    shelf.dik(number="2026-0901")
    shelf.sop()
    actions.withdraw("2026-0103", reason="Ditarik.", at=timezone.now())
    assert bring_about(MAKERS["dump"])
    manifest = client.get("/data-terbuka/salinan.json").json()
    assert [part["filename"] for part in manifest["data"]] == [
        "0001-informasi.ndjson.gz",
        "0002-penarikan.ndjson.gz",
        "0003-dikecualikan.ndjson.gz",
        "0004-sop.ndjson.gz",
    ]
    assert [part["records"] for part in manifest["data"]] == [2, 1, 1, 1]
    assert (manifest["records"], manifest["as_of"]) == (5, timezone.localdate().isoformat())
    first = client.get(manifest["data"][0]["url"].removeprefix("http://testserver"))
    content = b"".join(first.streaming_content)
    rows = [json.loads(line) for line in gzip.decompress(content).decode().splitlines()]
    assert [row["number"] for row in rows] == ["2026-0101", "2026-0102"]
    assert rows[0]["files"][0]["url"].startswith("https://ppid.example/informasi/2026-0101/berkas/")
    part = client.get("/data-terbuka/berkas/1.ndjson.gz", headers={"Range": "bytes=5-9"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, content[5:10])
    assert not bring_about(MAKERS["dump"]), "once a day"
    sha256 = manifest["data"][0]["sha256"]
    Bundle.objects.filter(kind="dump").delete()
    assert bring_about(MAKERS["dump"])
    assert client.get("/data-terbuka/salinan.json").json()["data"][0]["sha256"] == sha256, (
        "the same rows, the same bytes"
    )
    actions.exclude("2026-0101", called="Data", reason="Ditutup.", at=timezone.now(), ends_on=None)
    assert client.get("/data-terbuka/salinan.json").json()["data"] == []
    assert "sedang disiapkan" in client.get("/data-terbuka/").content.decode()
    assert PublishedItem.objects.count() == 1


@pytest.mark.parametrize("address", ["/api/v1/", "/api/v1/lain", "/api/v1/items/a/b", "/api/v1/items/%C2%84"])
def test_a_wrong_address_of_the_api_is_answered_as_what_machines_read(client, shelf, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "openapi.json" in answer.json()["error"]
    assert client.get("/api/v2/items")["Content-Type"].startswith("text/html")
