"""A file that is held answers 403: nothing that machines read names its address, and no page links to it."""

import gzip
import json
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import reverse

from ppid.editions.bundles import MAKERS, bring_about
from ppid.portal.bundles import BundlePart
from ppid.shelf.actions import public_store
from ppid.shelf.bundles import DUMP
from ppid.shelf.held import hold, release
from ppid.shelf.models import EditionFile, PublishedFile, PublishedSop
from tests.desk.pages import soup
from tests.portal.addresses import PAGES, every_address

# What names addresses of files, as long as they are sent.
NAMING = {"api_items", "api_item", "api_sops", "atom", "dcat", "dcat_ttl", "item", "announcement_text"}
# What links to files, or shows them in the page, as long as they are sent.
LINKING = {"item", "announcement_text", "edition", "edition_changes", "sops", "sop", "sop_version"}
# People are told of it there, and that it is held: these pages are no lists for machines.
FOR_PEOPLE = set(PAGES) - {"item", "announcement_text"}


@pytest.fixture
def files(full_shelf) -> dict[str, str]:
    """Return the address of each file of items, editions and sheets, with the SHA-256 of its bytes."""
    sop = PublishedSop.objects.get(slug="pengumuman-uji", version=1)
    of_items = [*PublishedFile.objects.all(), *EditionFile.objects.all()]
    of_sheet = {
        f"{sop.version_url}lembar.pdf": sop.pdf_sha256,
        reverse("portal:sop_pdf", args=[sop.slug]): sop.pdf_sha256,
    }
    return {each.get_absolute_url(): each.sha256 for each in [*of_items, *sop.files.all()]} | of_sheet


def naming(client, item, files) -> set[str]:
    """Return the names of the addresses whose answer names an address of these files."""
    found = set()
    for name, address in every_address(item).items():
        if name in FOR_PEOPLE or name in ("file", "edition_file", "sop_pdf", "sop_version_pdf"):
            continue
        answer = client.get(address)
        content = answer.getvalue() if not answer.streaming else b"".join(answer)
        if name in PAGES:
            content = "".join(
                each.string for each in soup(answer).select("script[type='application/ld+json']")
            ).encode()
        elif content.startswith(b"\x1f\x8b"):
            content = gzip.decompress(content)
        if any(address.encode() in content for address in files):
            found.add(name)
    return found


def linking(client, item, files) -> set[str]:
    """Return the names of the pages on which a link, a frame or a picture leads to one of these files."""
    found = set()
    for name, address in every_address(item).items():
        if name in PAGES:
            page = soup(client.get(address))
            leads = [each[of] for of in ("href", "src") for each in page.select(f"[{of}]")]
            if any(urlsplit(urljoin(address, each)).path in files for each in leads):
                found.add(name)
    return found


def test_no_page_links_to_a_held_file(client, full_shelf, files):
    assert linking(client, full_shelf, files) == LINKING
    hold(list(files.values()))
    assert linking(client, full_shelf, files) == set()
    for name in LINKING - {"sops", "announcement_text"}:  # a line of each; only what can be had
        assert "Ditahan sementara" in client.get(every_address(full_shelf)[name]).content.decode(), name
    release(list(files.values()))
    assert linking(client, full_shelf, files) == LINKING


def test_no_address_of_a_held_file_is_named(client, full_shelf, files):
    assert NAMING - {"announcement_text", "api_item"} <= naming(client, full_shelf, files)
    hold(list(files.values()))
    for address in files:
        assert client.get(address).status_code == 403
    assert naming(client, full_shelf, files) == set()
    for address in ("/api/v1/items", "/api/v1/sops"):
        assert client.get(address).json()["data"]
    release(list(files.values()))
    assert NAMING - {"announcement_text", "api_item"} <= naming(client, full_shelf, files)


def test_what_is_not_held_is_named_beside_it(client, shelf):
    held, sent = shelf.file(b"%PDF satu"), shelf.file(b"%PDF dua", filename="dua.pdf")
    item = shelf.item(files=[held, sent])
    hold([held.sha256])
    assert [each["filename"] for each in client.get(f"/api/v1/items/{item.number}").json()["files"]] == ["dua.pdf"]
    (told,) = client.get("/api/v1/items").json()["data"]
    assert [each["filename"] for each in told["files"]] == ["dua.pdf"]
    (dataset,) = client.get("/dcat.jsonld").json()["dcat:dataset"]
    assert [each["dct:title"]["@value"] for each in dataset["dcat:distribution"]] == [sent.title]
    (script,) = soup(client.get(item.get_absolute_url())).select("script[type='application/ld+json']")
    assert [each["sha256"] for each in json.loads(script.string)["distribution"]] == [sent.sha256]
    assert b"dua.pdf" in client.get("/atom.xml").content


def test_the_copy_of_everything_goes_as_a_file_is_held_and_comes_again_without_it(shelf):
    old, new = shelf.file(b"%PDF lama"), shelf.file(b"%PDF baru")
    item = shelf.item(files=[old])
    shelf.item(number=item.number, files=[new])

    def copied() -> str:
        parts = BundlePart.objects.filter(bundle__kind=DUMP, bundle__finished_at__isnull=False)
        contents = [public_store().open(sha256) for sha256 in parts.values_list("sha256", flat=True)]
        return "".join(gzip.decompress(each.read()).decode() for each in contents)

    assert bring_about(MAKERS[DUMP])
    assert (old.sha256 in copied(), new.sha256 in copied()) == (True, True)
    for held in (old, new):
        hold([held.sha256])
        assert copied() == ""
        assert bring_about(MAKERS[DUMP])
        assert held.sha256 not in copied()
        hold([held.sha256])
        assert copied(), "the same file found again changes nothing"
    release([old.sha256, new.sha256])
    assert copied() == ""
    assert bring_about(MAKERS[DUMP])
    assert (old.sha256 in copied(), new.sha256 in copied()) == (True, True)
