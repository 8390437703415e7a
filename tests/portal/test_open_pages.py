"""What holds for every open page: no cookie, reading only, few queries, nothing inline, and the portal's own role."""

import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection

from tests.portal.addresses import FORMS, NAMES, PAGES, every_address
from tests.portal.queries import at_most

# What is about one thing on the shelf, and so isn't there while the shelf is empty.
OF_ONE = (
    "item",
    "file",
    "report",
    "announcement",
    "page_picture",
    "edition",
    "edition_changes",
    "edition_page_picture",
    "edition_file",
    "short",
    "register_edition",
    "sitemap_items",
    "dump_part",
    "api_item",
    "register_annex",
    "register_comparison",
    *(f"{name}_today_pdf" for name in ("dip", "dik", "reopened", "sop")),
    *(f"{name}{form}" for name in ("register_edition", "register_comparison") for form in FORMS),
    "sop",
    "sop_pdf",
    "sop_zip",
    "duty",
    "sop_version",
    "sop_version_pdf",
    "sop_file",
    "announcement_text",
    "page_edition",
    "page_changes",
)


def body_of(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("name", NAMES)
def test_it_answers_with_things_on_the_shelf(client, full_shelf, name):
    response = client.get(every_address(full_shelf)[name])
    assert response.status_code == 200
    assert body_of(response)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in OF_ONE])
def test_it_answers_while_the_shelf_is_empty(client, name, shelf):
    gone = shelf.item(files=[shelf.file()])
    address = every_address(gone)[name]
    gone.delete()
    response = client.get(address)
    assert response.status_code == 200
    body_of(response)


@pytest.mark.parametrize("name", NAMES)
def test_it_needs_at_most_four_queries_and_no_other_database(client, full_shelf, name):
    address = every_address(full_shelf)[name]
    with at_most(4) as queries:
        body_of(client.get(address))
    tables = set(re.findall(r'"((?:\w+)_\w+)"\.', " ".join(query["sql"] for query in queries.captured_queries)))
    assert all(table.startswith("shelf_") for table in tables)


@pytest.mark.parametrize("name", NAMES)
def test_it_asks_for_no_cookie_even_of_one_who_sends_one(client, full_shelf, name):
    client.cookies[settings.SESSION_COOKIE_NAME] = "tidak-dibaca"
    response = client.get(every_address(full_shelf)[name])
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("name", [name for name in NAMES if name != "report"])  # a letter to the office
def test_it_only_reads(client, full_shelf, name):
    address = every_address(full_shelf)[name]
    for method in ("post", "put", "patch", "delete"):
        response = getattr(client, method)(address)
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD"
        assert not response.cookies
    assert client.head(address).status_code == 200


def test_writing_is_refused_before_any_form_check(full_shelf):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post("/").status_code == 405


@pytest.mark.parametrize("name", PAGES)
def test_it_holds_nothing_inline_and_nothing_from_elsewhere(client, full_shelf, name):
    response = client.get(every_address(full_shelf)[name])
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = BeautifulSoup(response.content, "html.parser")
    assert page.html["lang"] == "id"
    assert len(page.find_all("h1")) == 1
    assert not page.find_all("style")
    data = "application/ld+json"  # which no browser runs
    assert not [each for each in page.find_all("script") if not each.get("src") and each.get("type") != data]
    for element in page.find_all(True):
        assert not [name for name in element.attrs if name == "style" or name.startswith("on")]
        for name in ("src", "href", "action"):
            here = r"/(?!/)|\?|#|http://testserver/|$"
            asks = r"|tel:|mailto:|https://wa\.me/" if element.find_parent(class_="contact") else ""  # loads nothing
            assert re.match(here + asks, element.get(name, "")), element


@pytest.mark.parametrize("name", NAMES)
def test_it_works_under_the_role_that_reads_the_shelf_alone(client, full_shelf, name):
    address = every_address(full_shelf)[name]
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {settings.PORTAL_ROLE}")
        assert body_of(client.get(address))
        cursor.execute("RESET ROLE")


@pytest.mark.parametrize(
    "address",
    [
        "/tidak-ada/",
        "/informasi/2026-9999/",
        "/sop/tidak-ada/",
        "/sop/x/lembar.pdf",
        "/sop/x/versi/1/",
        "/sop/x/versi/99999999999999999999/",
        "/sop/x/versi/1/data.json",
        "/sop/unit/x.zip",
    ],
)
def test_what_is_not_on_the_shelf_is_not_there(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert "Halaman tidak ditemukan" in response.content.decode()
    assert not response.cookies


@pytest.mark.parametrize("query", ["", "?q=laporan", "?q=tidakada&jenis=berkala"])
@pytest.mark.parametrize("name", PAGES)
def test_its_headings_skip_no_level(client, full_shelf, name, query):
    page = BeautifulSoup(client.get(every_address(full_shelf)[name] + query).content, "html.parser")
    levels = [int(heading.name[1]) for heading in page.find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False)), levels
