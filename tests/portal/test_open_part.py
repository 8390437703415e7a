"""What is excluded in part, or replaced, leads to what can be read, by every channel, while that stands there."""

import csv
import io

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from ppid.shelf import actions
from tests.portal.queries import at_most

pytestmark = pytest.mark.django_db
OPEN, EXCLUDED, ENTRY = "2026-0700", "2026-0701", "2026-0702"


@pytest.fixture
def excluded(shelf):
    """An item that was public and is excluded in part; its open part is named and not public yet."""
    item = shelf.item(number=EXCLUDED, title="Nama dan alamat penerima zakat")
    shelf.dik(number=ENTRY, information="Data penerima zakat", scope="Sebagian", open_part=OPEN)
    actions.exclude(
        item.number, called="Data penerima zakat", reason="Huruf h.", at=timezone.now(), ends_on=None, dik=ENTRY
    )
    return shelf


def publish(shelf):
    return shelf.item(number=OPEN, title="Rekapitulasi per kecamatan")


def soup(client, address, status=200, **query):
    response = client.get(address, query)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def instead(client, words: str) -> dict[str, str]:
    """Return where each hit leads besides itself, by the kind that it says it is."""
    rows = soup(client, "/cari/", q=words).select(".results > li")
    return {row.select_one(".meta").get_text(" ", strip=True): row.select_one(".instead") for row in rows}


def open_parts(client) -> list[str]:
    """Return what the registers for machines say of the open part."""
    table = client.get("/dik.csv").getvalue().decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(table), delimiter=";")
    (entry,) = client.get("/api/v1/excluded").json()["data"]
    return [row["Bagian yang terbuka"], entry["open_part"] or ""]


def test_while_the_open_part_is_not_public_nothing_names_it(client, excluded):
    assert open_parts(client) == ["", ""]
    assert OPEN not in str(soup(client, "/dik/").select_one("main"))
    assert set(instead(client, "zakat").values()) == {None}
    assert OPEN not in client.get("/cari/", {"q": "zakat"}).content.decode()
    assert "Bagian yang terbuka" not in soup(client, f"/informasi/{EXCLUDED}/", 410).get_text()


def test_once_it_is_public_the_register_the_hits_and_the_tombstone_lead_to_it(client, excluded):
    publish(excluded)
    assert open_parts(client) == [OPEN, OPEN]
    (link,) = soup(client, "/dik/").select(f"main a[href='/informasi/{OPEN}/']")
    assert link.get_text() == "Rekapitulasi per kecamatan"
    hits = instead(client, "zakat")
    assert len(hits) == 2
    for kind, hit in hits.items():
        assert hit.a["href"] == f"/informasi/{OPEN}/", kind
        assert hit.a.get_text() == "Rekapitulasi per kecamatan"
    assert next(hit for kind, hit in hits.items() if "Dikecualikan" in kind).get_text(strip=True).startswith("Bagian")
    stone = soup(client, f"/informasi/{EXCLUDED}/", 410)
    assert stone.select_one(f"main dd a[href='/informasi/{OPEN}/']").get_text() == "Rekapitulasi per kecamatan"
    assert stone.select_one(f"main a[href='/dik/?q={ENTRY}']")


def test_once_it_is_gone_nothing_leads_there(client, excluded):
    publish(excluded)
    actions.exclude(OPEN, called="Rekapitulasi", reason="Huruf h.", at=timezone.now(), ends_on=None)
    assert open_parts(client) == ["", ""]
    assert not soup(client, "/dik/").select(f"main a[href='/informasi/{OPEN}/']")
    assert not any(instead(client, "zakat").values())
    assert "Bagian yang terbuka" not in soup(client, f"/informasi/{EXCLUDED}/", 410).get_text()


def test_what_is_open_again_leads_to_the_item_once_it_is_published_again(client, excluded):
    actions.reopen([actions.Reopened(ENTRY, EXCLUDED, timezone.localdate(), "putusan")])
    assert set(instead(client, "zakat").values()) == {None}
    excluded.item(number=EXCLUDED, title="Nama dan alamat penerima zakat")
    (hit,) = [hit for kind, hit in instead(client, "zakat").items() if "Dibuka kembali" in kind]
    assert hit.a["href"] == f"/informasi/{EXCLUDED}/"


def test_what_was_replaced_leads_to_what_replaced_it(client, shelf):
    old, new = shelf.item(title="Tarif lama zamrud"), shelf.item(title="Tarif baru")
    actions.withdraw(old.number, reason="Diganti.", at=timezone.now(), why="replaced", successor=new.number)
    (hit,) = instead(client, "zamrud").values()
    assert hit.a["href"] == f"/informasi/{new.number}/"


def test_it_costs_no_query_more(client, excluded):
    publish(excluded)
    for address, query in (("/cari/", {"q": "zakat"}), ("/dik/", {}), (f"/informasi/{EXCLUDED}/", {})):
        with at_most(4):
            client.get(address, query)
