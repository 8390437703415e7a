"""A page is drawn once an edition: kept, never stale, answered with 304 to who holds it, and bounded in memory."""

import gzip
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ppid.portal import kept
from ppid.shelf import actions
from tests.portal import shelf_rows
from tests.portal.addresses import PAGES, every_address
from tests.shelf.test_edition import in_a_transaction_of_its_own

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(settings):
    """A reader of one process that keeps pages; each client has a process of its own."""
    settings.KEPT_PAGES_MB = 4
    return Client()


@pytest.fixture
def item():
    return shelf_rows.item(title="Laporan pertama", files=[shelf_rows.file()])


def written(act, *args, **kwargs):
    in_a_transaction_of_its_own()
    return act(*args, **kwargs)


def test_a_page_is_drawn_once_and_then_asks_for_the_edition_alone(reader, item, django_assert_num_queries):
    first = reader.get(f"/informasi/{item.number}/")
    with django_assert_num_queries(1):
        second = reader.get(f"/informasi/{item.number}/")
    assert second.content == first.content
    assert {**second.headers, "X-Reference": ""} == {**first.headers, "X-Reference": ""}


def test_what_is_published_shows_at_once(reader, item):
    assert "Laporan kedua" not in reader.get("/").content.decode()
    written(shelf_rows.item, title="Laporan kedua", published_at=timezone.now())
    assert "Laporan kedua" in reader.get("/").content.decode()


def test_what_is_excluded_is_gone_at_once_also_for_who_holds_the_page(reader, item):
    address = f"/informasi/{item.number}/"
    page = reader.get(address)
    assert "Laporan pertama" in page.content.decode()
    written(actions.exclude, item.number, called="Data", reason="UU", at=timezone.now(), ends_on=None)
    again = reader.get(address, headers={"If-None-Match": page["ETag"]})
    assert again.status_code == 410
    assert "Laporan pertama" not in again.content.decode()


def test_who_holds_a_page_gets_304_without_drawing(reader, item, django_assert_num_queries):
    page = reader.get("/informasi/")
    with django_assert_num_queries(1):
        again = reader.get("/informasi/", headers={"If-None-Match": page["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (again["ETag"], again["Cache-Control"]) == (page["ETag"], "public, no-cache")
    assert "Content-Type" not in again


@pytest.mark.parametrize("said", ['"x", {}', "{}", '{}  ,W/"y"', "{strong}"])
def test_another_process_says_304_too_though_it_never_drew_the_page(settings, reader, item, said):
    etag = reader.get("/informasi/")["ETag"]
    said = said.replace("{strong}", etag.removeprefix("W/")).replace("{}", etag)
    assert Client().get("/informasi/", headers={"If-None-Match": said}).status_code == 304


@pytest.mark.parametrize("said", ["", "*", "W/", '"', 'W/"x"', "x" * 10_000, '"' * 5000])
def test_what_names_no_page_of_ours_is_answered_with_the_page(reader, item, said):
    assert reader.get("/informasi/", headers={"If-None-Match": said}).status_code == 200


def test_each_edition_and_each_day_has_its_own_name(reader, item, monkeypatch):
    names = {reader.get("/informasi/")["ETag"]}
    written(shelf_rows.dik)
    names.add(reader.get("/informasi/")["ETag"])
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    names.add(reader.get("/informasi/")["ETag"])
    assert len(names) == 3


def test_an_item_is_late_from_the_minute_on_at_which_its_rows_should_have_followed(reader, monkeypatch):
    now = timezone.now()
    by = now + timedelta(minutes=5)
    announced = {"category": "immediate", "first_published_at": now, "opened_at": now - timedelta(hours=1)}
    item = shelf_rows.item(**announced, follow_by=by, follow_from=1, follow_to=3)
    address = f"/informasi/{item.number}/"
    assert "dan sampai sekarang belum" not in reader.get(address).content.decode()
    monkeypatch.setattr(timezone, "now", lambda: by + timedelta(seconds=1))
    assert "dan sampai sekarang belum" in reader.get(address).content.decode()


def test_it_goes_compressed_to_who_takes_that_and_plain_to_others(reader, item):
    plain = reader.get("/informasi/")
    packed = reader.get("/informasi/", headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content) / 2
    assert "Accept-Encoding" in plain["Vary"]
    assert plain["ETag"] == packed["ETag"]


def test_addresses_do_not_share_a_page(reader, item):
    other = shelf_rows.item(title="Laporan lain", category="on_demand")
    pages = [
        reader.get("/informasi/"),
        reader.get("/informasi/?jenis=berkala"),
        reader.get("/informasi/?jenis=setiap-saat"),
        reader.get(f"/informasi/{other.number}/"),
        reader.get("/informasi/", headers={"host": "localhost"}),
        reader.get("/informasi/", secure=True),
    ]
    assert len({page["ETag"] for page in pages}) == 6
    assert "Laporan lain" not in pages[1].content.decode()
    assert "Laporan lain" in pages[2].content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_the_portal_has_a_name_and_may_lie_in_any_cache(reader, full_shelf, name):
    address = every_address(full_shelf)[name]
    page = reader.get(address)
    assert page.status_code == 200, address
    assert page["ETag"].startswith('W/"')
    assert page["Cache-Control"] == "public, no-cache"
    assert not page.cookies
    assert "Cookie" not in page.get("Vary", "")
    assert reader.get(address, headers={"If-None-Match": page["ETag"]}).status_code == 304


def test_a_list_that_is_written_while_it_is_sent_is_named_but_not_kept(reader, item):
    page = reader.get("/dip.csv")
    assert page.streaming
    b"".join(page.streaming_content)
    assert reader.get("/dip.csv", headers={"If-None-Match": page["ETag"]}).status_code == 304
    assert "Laporan pertama" in b"".join(reader.get("/dip.csv").streaming_content).decode()


def test_a_file_keeps_the_name_of_its_bytes_and_asks_for_no_edition(reader, item, django_assert_num_queries):
    file = item.files.get()
    with django_assert_num_queries(2):  # where it is, and whether the virus scanner holds it
        assert reader.get(file.get_absolute_url())["ETag"] == f'"{file.sha256}"'


@pytest.mark.parametrize(
    "address", ["/tidak-ada/", "/informasi/2099-0001/", "/informasi", "/meja/", "/meja/akun/masuk/"]
)
def test_what_is_no_page_of_the_shelf_has_no_name(reader, item, address):
    response = reader.get(address)
    assert "ETag" not in response
    assert "Content-Encoding" not in reader.get(address, headers={"Accept-Encoding": "gzip"})


def test_pages_of_the_desk_ask_for_no_edition(reader, item):
    with CaptureQueriesContext(connection) as asked:
        assert "no-store" in reader.get("/meja/akun/masuk/")["Cache-Control"]
    assert not [each for each in asked if "shelfedition" in each["sql"]]


def test_an_address_that_nobody_links_to_is_answered_and_not_kept(reader, item):
    response = reader.get("/informasi/?q=" + "a" * 3000)
    assert response.status_code == 200
    assert "ETag" not in response


def test_another_word_that_pages_print_makes_other_pages(settings, reader, item):
    etag = reader.get("/informasi/")["ETag"]
    kept.release.cache_clear()
    settings.SITE_NAME = "PPID Kota Lain"
    assert Client().get("/informasi/")["ETag"] != etag
    kept.release.cache_clear()


def test_nothing_is_kept_where_the_office_says_so(settings, item):
    settings.KEPT_PAGES_MB = 0
    assert "ETag" not in Client().get("/informasi/")
