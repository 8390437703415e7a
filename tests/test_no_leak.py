"""Nothing of an excluded item is ever seen outside: on no open page, in no file, in no list, by no count."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from ppid.flows.actions import take_step
from ppid.flows.consequence import fill_test, record_decree
from ppid.flows.documents import add_document, add_evidence
from ppid.flows.questions import answer, ask, note
from ppid.information.documents import private_store
from ppid.organisation.models import Role
from ppid.shelf.actions import public_store, put_annex
from ppid.shelf.models import KnownBytes, PagePicture, PublishedEdition, PublishedItem, ShortAddress
from ppid.shelf.register_fields import digest
from ppid.showing.announcement import print_next
from ppid.showing.reading import read_next
from sop.models import SopVersion
from tests import make
from tests.editions import editions
from tests.portal import shelf_rows

pytestmark = pytest.mark.django_db

# Each private text holds both words: intruders search for the first, and the second must never be seen.
BAIT = "umpan"
CANARY = "burungkenari"
PRIVATE = {
    field: f"{BAIT} {CANARY} {field}" for field in ("title", "summary", "responsible", "made_place", "retention")
}


def patterns(resolver=None, prefix="", namespace=""):
    """Yield every URL pattern of the project that needs no sign-in, also tomorrow's."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from patterns(each, prefix + str(each.pattern), inner)
        elif isinstance(each, URLPattern) and not getattr(each.callback, "login_required", True):
            yield prefix + str(each.pattern), f"{namespace}{each.name}", each


def open_urls():
    return [pytest.param(route, id=name) for route, name, _ in patterns()]


@pytest.fixture
def excluded():
    """An item that was public twice, and is now excluded: every private text of it holds the canary word."""
    item = make.publication(at="published", unit="disdukcapil", **PRIVATE).information
    shelf_rows.duty()
    shelf_rows.fill(item.number, unit="disdukcapil")
    case = make.publication(information=item, unit="disdukcapil")
    add_document(case, make.pdf(f"{CANARY}-baru.pdf", CANARY), title=f"{CANARY} susulan", actor=make.demo("bidang"))
    case = make.walk(make.again(case), to="published", hands=make.PUBLICATION | {"prepare": "disdukcapil"})
    assert PublishedEdition.objects.filter(number=item.number).count() == 1
    while read_next() or print_next():  # its pages are drawn and its announcement is printed while it is public
        pass
    for number in ("1/SK", "2/SK"):
        shown = editions.set_here("dip", number=number)
        drawn = digest(shown.rows.order_by("position").values_list("key", "values"))
        assert put_annex(shown, 1, f"%PDF-1.7 {CANARY}".encode(), drawn=drawn)
    for kind in ("dip", "dik", "reopened", "sop", "dump"):
        shelf_rows.bundle(kind, f"{CANARY} {kind}".encode(), keys=[item.number], filename=f"{CANARY}.pdf")
    exclusion = make.exclusion(information=item, at="testing")
    opd = make.demo("opd")
    add_document(exclusion, make.pdf(f"{CANARY}.pdf", CANARY), title=f"{CANARY} dokumen", actor=opd)
    add_evidence(exclusion, make.pdf(f"{CANARY}-bukti.pdf", CANARY), actor=opd)
    private = {name: f"{BAIT} {CANARY} {name}" for name in ("subject", "public_interest", "redacted_parts", "place")}
    fill_test(exclusion, make.test(**private), [make.participant(name=f"{CANARY} peserta")], actor=opd)
    question = ask(exclusion, f"{BAIT} {CANARY} tanya", role=Role.objects.get(code="opd"), actor=make.demo("utama"))
    answer(question, f"{BAIT} {CANARY} jawab", actor=opd)
    note(exclusion, f"{BAIT} {CANARY} catatan", actor=opd)
    exclusion = make.step(exclusion, "test_consequences", actor="opd", note=f"{CANARY} catatan")
    exclusion = make.step(exclusion, "accept", actor="utama", note=f"{CANARY} catatan")
    record_decree(exclusion, make.decree(reason=f"{CANARY} alasan"), actor=make.demo("bidang"))
    excluded = make.step(exclusion, "adopt", actor="bidang", note=f"{CANARY} catatan")
    editions.set_here("dik", number="3/SK")
    return excluded


def addresses(route, case, version):
    """Yield the addresses of a route for everything that an intruder could try."""
    number, slug = case.information.number, version.sop.slug
    keys = list(case.information.documents.values_list("address_key", flat=True))
    values = {
        "<slug:number>": [number, case.number],
        "<str:number>": [number, case.number],
        "<slug:slug>": [slug, "profil"],
        "<slug:key>": [*keys, "1"],
        "<slug:secret>": ["tidak-ada"],
        "<plain_path:filename>": [f"{CANARY}.pdf", "laporan.pdf"],
        "<plain:filename>": [f"{CANARY}.pdf", "lembar.pdf", "data.json"],
        "<int:edition>": ["1", "2", "3"],
        "<int:version>": [str(version.version), "2"],
        "<register:register>": ["dip", "dik"],
        "<int:other>": ["1", "2"],
        "<int:part>": ["0", "1"],
        "<int:page>": ["1"],
        "<slug:unit>": ["disdukcapil", "dinsos"],
        "<slug:code>": ["disdukcapil", "dinsos", *ShortAddress.objects.values_list("code", flat=True)],
        "<slug:duty>": ["bk-profil-kedudukan"],
    }
    found = ["/" + route]
    for token, fillings in values.items():
        found = [each.replace(token, filling) for each in found for filling in (fillings if token in each else [""])]
    for each in dict.fromkeys(found):
        yield each
        yield f"{each}?q={BAIT}"
        yield f"{each}?q={number}&unit=disdukcapil&jenis=periodic"


@pytest.mark.parametrize("route", open_urls())
def test_no_open_page_mentions_an_excluded_item(client, excluded, route):
    version = SopVersion.objects.in_force(on=timezone.localdate()).first()
    assert "<" not in next(addresses(route, excluded, version)), "teach addresses() this route's converter"
    for address in addresses(route, excluded, version):
        response = client.get(address, follow=True)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert CANARY.encode() not in body, address
        assert not any(CANARY in f"{name}{value}" for name, value in response.headers.items() if name != "Location")
        assert response.status_code < 500


def _asked(client, address: str) -> tuple[int, list[str]]:
    """Return the answer's status, and the statements that it took, without what they were asked about."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    return answer.status_code, [re.sub(r"'(?:[^']|'')*'|[0-9]+", "?", each["sql"]) for each in asked]


@pytest.mark.parametrize(
    "address",
    [
        "/informasi/{number}/",
        "/informasi/{number}/pengumuman/",
        "/informasi/{number}/edisi/1/",
        "/api/v1/items/{number}",
        "/cari/?q={word}",
        "/cari/saran/?q={word}",
        "/informasi/?q={word}",
        "/dik/?q={word}",
        "/verifikasi/?sha256={sha256}",
    ],
)
def test_what_was_never_public_takes_the_same_way_as_what_never_was(client, address):
    """Nor does the time tell it: the same statements are asked of the shelf, and the same answer comes."""
    case = make.exclusion(at="testing", unit="disdukcapil", title=f"Daftar {CANARY}")
    document = add_document(case, make.pdf(text=CANARY), title=f"{CANARY} dokumen", actor=make.demo("opd"))
    hidden = {"number": case.information.number, "word": CANARY, "sha256": document.sha256}
    never = {"number": "2026-9876", "word": CANARY[::-1], "sha256": document.sha256[::-1]}
    assert _asked(client, address.format(**hidden)) == _asked(client, address.format(**never))


def test_a_withdrawn_item_that_is_excluded_later_is_no_longer_named(client):
    case = make.publication(at="published", unit="disdukcapil", title=f"Daftar {CANARY}")
    address = f"/informasi/{case.information.number}/"
    take_step(case, "retract", actor=make.demo("utama"), note="Keliru.")
    assert CANARY in client.get(address).content.decode()
    make.exclusion(at="adopted", information=case.information)
    page = client.get(address)
    assert page.status_code == 410
    assert CANARY not in page.content.decode()
    assert "Data pribadi pemohon akta" in page.content.decode(), "what the DIK calls it"


def test_the_open_pages_include_the_whole_portal():
    names = {name for _, name, _ in patterns()}
    assert {"portal:home", "portal:items", "portal:item", "portal:file", "portal:dip", "portal:dik"} <= names
    # Of the desk only what has a secret address of its own, random, hashed and revocable.
    secret = {"desk:calendar-feed", "desk:auditor", "desk:auditor-pdf", "desk:auditor-zip"}
    assert {name for name in names if name.startswith("desk:")} == secret


def test_its_bytes_leave_the_public_store_when_it_is_taken_off(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        case = make.publication(at="published", unit="disdukcapil")
    sha256 = PublishedItem.objects.get(number=case.information.number).files.get().sha256
    assert public_store().path(sha256).exists()
    with django_capture_on_commit_callbacks(execute=True):
        make.exclusion(at="adopted", information=case.information)
    assert not public_store().path(sha256).exists()
    assert private_store().path(sha256).exists()


def test_of_its_bytes_only_what_the_tombstone_says_is_told(client, excluded):
    number = excluded.information.number
    known = KnownBytes.objects.filter(number=number)
    assert {(row.kind, row.why) for row in known} == {("item", "excluded"), ("announcement", "excluded")}
    for row in known:
        page = client.get(f"/verifikasi/?sha256={row.sha256}").content.decode()
        assert CANARY not in page
        assert "Data pribadi pemohon akta" in page, "what the DIK calls it"
        assert excluded.unit.name not in page
    assert not list(PagePicture.objects.filter(file_sha256__in=known.values("sha256")))


def test_bytes_that_another_public_item_shares_stay(django_capture_on_commit_callbacks):
    upload = make.pdf()
    cases = []
    for _ in range(2):
        case = make.publication(at="preparing")
        upload.seek(0)
        add_document(case, upload, title="Lampiran bersama", actor=make.demo("dinsos"))
        with django_capture_on_commit_callbacks(execute=True):
            cases.append(make.walk(case, to="published"))
    sha256 = PublishedItem.objects.get(number=cases[0].information.number).files.get().sha256
    with django_capture_on_commit_callbacks(execute=True):
        take_step(cases[0], "retract", actor=make.demo("utama"), note="Keliru.")
    assert public_store().path(sha256).exists()
