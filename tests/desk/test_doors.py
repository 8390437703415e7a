"""Every page of the daily work × the person whose step it is, a colleague of the unit, and a stranger."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.desk.pages import soup, text

pytestmark = pytest.mark.django_db

# Page, and what the three get to see at step 3 of a publication of Dinsos. pembantu is a colleague of the unit there.
PAGES = [
    ("desk:case", [], 200, 200, 404),
    ("desk:step", ["prepare"], 302, 403, 404),
    ("desk:work", [], 200, 302, 404),
    ("desk:describe", [], 200, 403, 404),
    ("desk:document-add", [], 200, 403, 404),
    ("desk:document", ["document"], 200, 200, 404),
    ("desk:document-replace", ["document"], 200, 403, 404),
    ("desk:document-remove", ["document"], 200, 403, 404),
]


@pytest.fixture
def case(db):
    case = make.publication()
    make.add_document(case, make.pdf(), title="Laporan", actor=make.demo("bidang"))
    return make.walk(case, to="preparing")


def address(name, args, case):
    document = case.information.documents.content().get()
    return reverse(name, args=[case.number, *[document.pk if arg == "document" else arg for arg in args]])


@pytest.mark.parametrize(("name", "args", "owner", "colleague", "outside"), PAGES)
def test_each_page_opens_for_whom_it_is_meant(name, args, owner, colleague, outside, case, sign_in, stranger):
    url = address(name, args, case)
    assert sign_in("dinsos").get(url).status_code == owner
    assert sign_in("pembantu").get(url).status_code == colleague
    assert sign_in(stranger).get(url).status_code == outside
    assert Client().get(url).headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    ("name", "args"), [page[:2] for page in PAGES if page[0] != "desk:case" and page[0] != "desk:document"]
)
def test_sending_is_no_other_door(name, args, case, sign_in, stranger):
    url = address(name, args, case)
    sent = {"moves": case.moves, "note": "x", "title": "Judul", "file": make.pdf()}
    assert sign_in("pembantu").post(url, sent).status_code == 403
    assert sign_in(stranger).post(url, sent).status_code == 404
    assert make.again(case).moves == case.moves
    assert case.information.documents.content().count() == 1


def test_a_refusal_is_a_sentence(case, sign_in):
    response = sign_in("pembantu").get(address("desk:step", ["prepare"], case))
    assert "Langkah 3 adalah tugas PPID Pelaksana" in text(response)


def test_the_same_role_at_another_unit_does_not_find_the_case(case, sign_in):
    assert sign_in("disdukcapil").get(reverse("desk:case", args=[case.number])).status_code == 404


@pytest.mark.parametrize("number", ["P-2026-9999", "abc"])
def test_an_unknown_number_is_a_page_in_indonesian(number, sign_in):
    response = sign_in("utama").get(reverse("desk:case", args=[number]))
    assert response.status_code == 404
    assert "Halaman tidak ditemukan" in text(response)


def test_an_unknown_step_is_not_found(case, sign_in):
    assert sign_in("dinsos").get(reverse("desk:step", args=[case.number, "terbang"])).status_code == 404


def test_a_document_of_another_case_is_not_found_under_this_one(case, sign_in):
    other = make.publication(unit="disdukcapil")
    document = make.add_document(other, make.pdf(), title="Lain", actor=make.demo("bidang"))
    assert sign_in("dinsos").get(reverse("desk:document", args=[case.number, document.pk])).status_code == 404


def test_a_form_from_elsewhere_is_refused(case):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.demo("dinsos"))
    response = client.post(address("desk:step", ["prepare"], case), {"moves": case.moves})
    assert response.status_code == 403
    assert "kedaluwarsa" in text(response)
    assert make.again(case).moves == case.moves


def test_no_page_has_a_script_or_style_inside(case, sign_in):
    client = sign_in("dinsos")
    names = ["desk:inbox", "desk:open-publication", "desk:open-exclusion-again"]
    urls = [reverse(name) for name in names]
    urls += [address(name, args, case) for name, args, *_ in PAGES if name != "desk:document"]
    for url in urls:
        page = soup(client.get(url))
        assert not page.find_all("style"), url
        assert not page.find_all(style=True), url
        assert all(script.get("src") for script in page.find_all("script")), url
        handlers = [name for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")]
        assert not handlers, url
