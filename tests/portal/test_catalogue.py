"""The catalogue (DCAT): one graph in two forms, with what other catalogues ask for, and with what was taken off."""

import json
import string
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from rdflib import DCAT, DCTERMS, RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from ppid.portal.turtle import turtle
from ppid.shelf import actions
from ppid.shelf.models import PublishedItem

pytestmark = pytest.mark.django_db

HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
HERE = "http://testserver"
AT = datetime(2026, 11, 5, 3, 0, tzinfo=UTC)
FORMS = {"/dcat.jsonld": "json-ld", "/dcat.ttl": "turtle"}


def graph(client, address: str) -> Graph:
    answer = client.get(address)
    assert answer.status_code == 200
    return Graph().parse(data=answer.content.decode(), format=FORMS[address.partition("?")[0]])


def without_the_page(found: Graph) -> Graph:
    """Return the graph without what is of its page alone: the page's own address, and the next one's."""
    for view in list(found.objects(None, HYDRA.view)):
        found.remove((None, HYDRA.view, view))
        found.remove((view, None, None))
    return found


def put_some(shelf) -> None:
    shelf.item(
        number="2026-0101",
        title='Laporan "A" \\ B\n<C>',
        summary="Baris satu\nBaris dua\t«tiga» 𝄞",
        published_at=AT,
        files=[shelf.file(title="Laporan"), shelf.file(b"a;b", filename="a b (1).csv", media_type="text/csv")],
    )
    shelf.item(number="2026-0102", files=())


@pytest.mark.parametrize("asked", ["", "?ditarik="])
def test_both_forms_are_one_graph(client, shelf, asked):
    put_some(shelf)
    shelf.item(number="2026-0103", title="Lama")
    actions.withdraw("2026-0103", reason="Digantikan.", at=AT, why="replaced", successor="2026-0101")
    jsonld, ttl = (without_the_page(graph(client, f"{address}{asked}")) for address in FORMS)
    assert len(jsonld) > 8
    assert isomorphic(jsonld, ttl)


@pytest.mark.parametrize("address", FORMS)
def test_a_dataset_says_what_other_catalogues_ask_for(client, shelf, settings, address):
    settings.REUSE_LICENCE = "Bebas dengan menyebut sumber"
    put_some(shelf)
    found = graph(client, address)
    item = URIRef(f"{HERE}/informasi/2026-0101/")
    (catalogue,) = found.subjects(RDF.type, DCAT.Catalog)
    assert (catalogue, DCAT.dataset, item) in found
    assert found.value(item, DCTERMS.identifier) == Literal("2026-0101")
    assert found.value(item, DCTERMS.title) == Literal('Laporan "A" \\ B\n<C>', lang="id")
    assert found.value(item, DCTERMS.description) == Literal("Baris satu\nBaris dua\t«tiga» 𝄞", lang="id")
    assert found.value(item, DCTERMS.issued).toPython() == AT
    assert found.value(item, DCTERMS.modified).toPython() >= AT
    publisher = found.value(item, DCTERMS.publisher)
    assert str(found.value(publisher, URIRef("http://xmlns.com/foaf/0.1/name"))) == "Dinas Sosial"
    licence = found.value(item, DCTERMS.license)
    assert found.value(licence, RDFS.label) == Literal("Bebas dengan menyebut sumber", lang="id")
    assert {str(found.value(each, DCTERMS.title)) for each in found.objects(item, DCAT.distribution)} == {"Laporan"}
    sizes = {int(found.value(each, DCAT.byteSize)) for each in found.objects(item, DCAT.distribution)}
    assert sizes == {12, 3}
    types = {
        str(found.value(each, DCAT.mediaType)).rpartition("media-types/")[2]
        for each in found.objects(item, DCAT.distribution)
    }
    assert types == {"application/pdf", "text/csv"}
    for each in found.objects(item, DCAT.distribution):
        assert found.value(each, DCAT.downloadURL) == each
        assert client.get(str(each).removeprefix(HERE)).status_code == 200


@pytest.mark.parametrize(("count", "pages"), [(5, [2, 2, 1]), (4, [2, 2]), (1, [1])])
@pytest.mark.parametrize("address", FORMS)
def test_it_goes_on_from_page_to_page(client, shelf, monkeypatch, address, count, pages):
    monkeypatch.setattr("ppid.portal.catalogue.OF_A_PAGE", 2)
    for n in range(count):
        shelf.item(number=f"2026-010{n}")
    seen, following = [], address
    while following:
        found = graph(client, following)
        seen.append(len(list(found.subjects(RDF.type, DCAT.Dataset))))
        nexts = list(found.objects(None, HYDRA.next))
        following = str(nexts[0]).removeprefix(HERE) if nexts else ""
    assert seen == pages


@pytest.mark.parametrize("asked", ["", "?ditarik="])
def test_each_page_has_an_address_of_its_own(client, shelf, monkeypatch, asked):
    monkeypatch.setattr("ppid.portal.catalogue.OF_A_PAGE", 1)
    for _ in range(2):
        shelf.item()
        actions.withdraw(shelf.item().number, reason="Salah.", at=timezone.now())
    view = client.get(f"/dcat.jsonld{asked}").json()["hydra:view"]
    assert view["@id"] == f"{HERE}/dcat.jsonld{asked}"
    following = view["hydra:next"]["@id"]
    view = client.get(following.removeprefix(HERE)).json()["hydra:view"]
    assert view == {"@id": following, "@type": "hydra:PartialCollectionView"}


def test_a_dataset_says_when_it_was_written_and_without_a_summary_its_title(client, shelf):
    shelf.item(title="Laporan", summary="")
    PublishedItem.objects.update(published_at=AT, written_at=AT + timedelta(days=3))
    (dataset,) = client.get("/dcat.jsonld").json()["dcat:dataset"]
    assert dataset["dct:description"]["@value"] == "Laporan"
    assert datetime.fromisoformat(dataset["dct:issued"]["@value"]) == AT
    assert datetime.fromisoformat(dataset["dct:modified"]["@value"]) == AT + timedelta(days=3)


def test_what_was_taken_off_says_why_and_when(client, shelf):
    actions.withdraw(shelf.item().number, reason="Salah unggah.", at=AT)
    (dataset,) = client.get("/dcat.jsonld?ditarik=").json()["dcat:dataset"]
    assert dataset["dct:description"]["@value"] == "Dicabut. Salah unggah."
    assert datetime.fromisoformat(dataset["dct:modified"]["@value"]) == AT
    assert "dct:isReplacedBy" not in dataset


def test_a_media_type_is_part_of_an_address(client, shelf):
    shelf.item(files=[shelf.file(media_type="image/svg+xml", filename="a.svg")])
    (dataset,) = client.get("/dcat.jsonld").json()["dcat:dataset"]
    kind = dataset["dcat:distribution"][0]["dcat:mediaType"]["@id"]
    assert kind == "https://www.iana.org/assignments/media-types/image/svg%2Bxml"


@pytest.mark.parametrize("address", FORMS)
def test_what_left_the_shelf_stands_in_the_catalogue_of_what_was_taken_off(client, shelf, monkeypatch, address):
    monkeypatch.setattr("ppid.portal.catalogue.OF_A_PAGE", 2)
    for n in range(4):
        shelf.item(number=f"2026-010{n}", title="Rahasia")
    actions.exclude("2026-0101", called="Data pribadi", reason="UU", at=timezone.now(), ends_on=None)
    actions.withdraw("2026-0102", reason="Diganti.", at=AT, why="replaced", successor="2026-0100")
    actions.withdraw("2026-0103", reason="Salah unggah.", at=datetime(2026, 11, 4, tzinfo=UTC))
    shown = graph(client, address)
    assert [str(each) for each in shown.subjects(RDF.type, DCAT.Dataset)] == [f"{HERE}/informasi/2026-0100/"]
    assert list(shown.objects(None, DCAT.catalog)) == [URIRef(f"{HERE}/data-terbuka/#ditarik")]
    first = graph(client, f"{address}?ditarik=")
    excluded, replaced = (URIRef(f"{HERE}/informasi/2026-010{n}/") for n in (1, 2))
    assert set(first.subjects(RDF.type, DCAT.Dataset)) == {excluded, replaced}
    assert str(first.value(excluded, ADMS.status)).endswith("/WITHDRAWN")
    assert first.value(excluded, DCTERMS.title) == Literal("Data pribadi", lang="id")
    assert first.value(replaced, DCTERMS.isReplacedBy) == URIRef(f"{HERE}/informasi/2026-0100/")
    assert "Rahasia" not in client.get(f"{address}?ditarik=").content.decode().partition("2026-0102")[0]
    (following,) = first.objects(None, HYDRA.next)
    (last,) = graph(client, str(following).removeprefix(HERE)).subjects(RDF.type, DCAT.Dataset)
    assert str(last).endswith("2026-0103/")


def test_the_cursor_of_one_catalogue_is_refused_by_the_other(client, shelf, monkeypatch):
    monkeypatch.setattr("ppid.portal.catalogue.OF_A_PAGE", 1)
    shelf.item()
    shelf.item()
    (following,) = graph(client, "/dcat.ttl").objects(None, HYDRA.next)
    cursor = str(following).partition("sesudah=")[2]
    answer = client.get(f"/dcat.ttl?ditarik=&sesudah={cursor}")
    assert answer.status_code == 400
    assert "milik daftar lain" in json.loads(answer.content)["error"]


def test_what_it_is_and_where_it_is_linked_from(client, shelf):
    assert client.get("/dcat.jsonld")["Content-Type"] == "application/ld+json"
    assert client.get("/dcat.ttl")["Content-Type"] == "text/turtle; charset=utf-8"
    assert client.get("/dcat.ttl")["Access-Control-Allow-Origin"] == "*"
    formats = graph(client, "/dcat.jsonld").objects(None, DCTERMS.hasFormat)
    assert {str(each) for each in formats} == {f"{HERE}/dcat.jsonld", f"{HERE}/dcat.ttl"}
    page = client.get("/data-terbuka/").content.decode()
    assert '<link rel="alternate" type="text/turtle" href="/dcat.ttl"' in page


@pytest.mark.parametrize("address", ["/dcat.jsonld", "/dcat.ttl", "/dcat.ttl?ditarik="])
def test_a_page_asks_three_questions_however_much_there_is(client, shelf, address):
    for _ in range(5):
        shelf.item(files=[shelf.file()])
    actions.withdraw(shelf.item().number, reason="Salah.", at=timezone.now())
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) <= 3


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(TEXTS, TEXTS, st.integers())
def test_any_text_comes_back_from_turtle_as_it_was(plain, spoken, number):
    prefixes = {"dct": str(DCTERMS)}
    node = {
        "@id": "http://a.example/x",
        "dct:identifier": plain,
        "dct:extent": number,
        "dct:title": [{"@value": spoken, "@language": "id"}, {"@value": "b", "@language": "id"}],
        "dct:subject": [],
    }
    found = Graph().parse(data=turtle(node, prefixes), format="turtle")
    (subject,) = set(found.subjects())
    assert found.value(subject, DCTERMS.identifier) == Literal(plain)
    assert int(found.value(subject, DCTERMS.extent)) == number
    assert Literal(spoken, lang="id") in set(found.objects(subject, DCTERMS.title))


@given(st.text(string.printable + "é<>{}", max_size=30))
def test_any_address_stays_inside_its_brackets(end):
    found = Graph().parse(data=turtle({"@id": f"http://a.example/{end}", "@type": "dct:Agent"}, {"dct": str(DCTERMS)}))
    assert len(found) == 1
