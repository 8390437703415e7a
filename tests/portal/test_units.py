"""The portal lists a unit once, by its present name; old links go on, and everyday names are searched."""

import pytest
from django.urls import reverse
from django.utils import timezone

from ppid.flows.closing import close_unit
from ppid.organisation.units import call, rename
from tests import make
from tests.desk.pages import soup
from tests.portal.queries import at_most

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def listed(client, **asked) -> str:
    return client.get(reverse("portal:items"), asked).content.decode()


def test_a_renamed_unit_is_listed_once_by_its_present_name(client):
    make.publication(at="published")
    named = {"name": "Dinas Sosial Baru", "short_name": "Dinsos Baru", "because": "Perwa 71/2026"}
    rename(make.unit("dinsos"), starts_on=TODAY, actor=make.demo("utama"), **named)
    make.publication(at="published")
    page = listed(client)
    assert page.count('<option value="dinsos"') == 1
    assert ">Dinas Sosial Baru</option>" in page


def test_an_old_link_goes_on_and_says_the_successor(client):
    case = make.publication(at="published")
    chief = make.demo("utama")
    close_unit(make.unit("dinsos"), successor=make.unit("dinkes"), last_day=TODAY, because="Perwa", actor=chief)
    page = listed(client, unit="dinsos")
    assert case.information.number in page
    assert "yang dimilikinya kini pada Dinas Kesehatan Kota Pontianak" in page
    assert '<option value="dinsos"' not in page


def test_what_people_call_a_unit_finds_its_items(client):
    case = make.publication(at="published")
    assert case.information.number not in listed(client, q="bansosku")
    call(make.unit("dinsos"), short_name="Dinas Sosial", everyday_names=["bansosku"], actor=make.demo("utama"))
    assert case.information.number in listed(client, q="bansosku")
    assert case.information.number in listed(client, q="realisasi Bansosku")
    assert case.information.number not in listed(client, q="akta bansosku")


def test_the_page_of_an_item_names_its_unit_as_on_its_day_and_as_it_is_now(client):
    address = reverse("portal:item", args=[make.publication(at="published").information.number])

    def said() -> tuple[str, str]:
        page = soup(client.get(address))
        unit = page.find("dt", string="Unit yang menguasai").find_next("dd")
        return page.find(class_="page-head__meta").text, unit.text

    assert all("kini" not in text for text in said())
    named = {"name": "Dinas Sosial Baru", "short_name": "Dinsos Baru", "because": "Perwa 71/2026"}
    rename(make.unit("dinsos"), starts_on=TODAY, actor=make.demo("utama"), **named)
    assert all("Dinas Sosial Kota Pontianak, kini Dinas Sosial Baru" in text for text in said())
    chief = make.demo("utama")
    close_unit(make.unit("dinsos"), successor=make.unit("dinkes"), last_day=TODAY, because="Perwa", actor=chief)
    assert all("Dinas Sosial Kota Pontianak, kini Dinas Kesehatan Kota Pontianak" in text for text in said())


def renamed(code: str = "disdukcapil") -> None:
    call(make.unit(code), short_name="Disdukcapil", everyday_names=["Capilku"], actor=make.demo("utama"))
    words = {"name": "Dinas Dukcapil Baru", "short_name": "Dukcapil", "because": "Perwa 71/2026"}
    rename(make.unit(code), starts_on=TODAY, actor=make.demo("utama"), **words)


def test_a_sheet_names_its_unit_as_on_its_day_and_as_it_is_now(client, shelf):
    sheet = shelf.sop(unit_code="disdukcapil", unit_name="Dinas Dukcapil Lama")
    address = reverse("portal:sop_version", args=[sheet.slug, sheet.version])

    def said() -> list[str]:
        page = soup(client.get(address))
        unit = page.find("dt", string="Unit").find_next("dd")
        return [page.find(class_="page-head__meta").text, unit.text]

    renamed("disdukcapil")
    assert all("Dinas Dukcapil Lama, kini Dinas Dukcapil Baru" in text for text in said())
    later = shelf.sop(unit_code="disdukcapil", unit_name="Dinas Dukcapil Baru", slug="lain")
    address = reverse("portal:sop", args=[later.slug])
    assert all("kini" not in text for text in said())


def test_an_earlier_edition_names_its_unit_as_on_its_day_and_as_it_is_now(client):
    case = make.publication(at="published")
    item = case.information
    again = make.publication(at="published", information=item)
    assert again.state == "published"
    words = {"name": "Dinas Sosial Baru", "short_name": "Dinsos Baru", "because": "Perwa 71/2026"}
    rename(make.unit("dinsos"), starts_on=TODAY, actor=make.demo("utama"), **words)
    page = soup(client.get(reverse("portal:edition", args=[item.number, 1])))
    assert "Ini edisi terdahulu" in page.text
    unit = page.find("dt", string="Unit yang menguasai").find_next("dd")
    for text in (page.find(class_="page-head__meta").text, unit.text):
        assert "Dinas Sosial Kota Pontianak, kini Dinas Sosial Baru" in text


def test_what_people_call_a_unit_finds_its_sheets(client, shelf):
    shelf.sop(unit_code="disdukcapil", title="PENCATATAN AKTA", slug="akta")
    shelf.sop(unit_code="dinsos", title="PENYALURAN BANTUAN", slug="bantuan")
    renamed("disdukcapil")

    def found(words: str) -> list[str]:
        page = soup(client.get(reverse("portal:sops"), {"q": words}))
        return [title.text.strip() for title in page.select("main .rows__title")]

    for words in ("capilku", "CAPILKU", "dukcapil", "Capilku akta"):
        assert found(words) == ["PENCATATAN AKTA"], words
    assert found("capilku bantuan") == found("capilkuda") == []


def test_what_people_call_a_unit_finds_what_it_excludes(client, shelf):
    shelf.dik(number="2026-0801", unit_code="disdukcapil", information="Berkas akta")
    shelf.dik(number="2026-0802", unit_code="dinsos", information="Berkas bantuan")
    renamed("disdukcapil")
    for address in ("dik", "dik_csv"):
        for words, theirs in (("CAPILKU", True), ("dukcapil", True), ("capilku berkas", True), ("capilkuda", False)):
            response = client.get(reverse(f"portal:{address}"), {"q": words})
            page = (b"".join(response.streaming_content) if response.streaming else response.content).decode()
            assert ("2026-0801" in page) == theirs, words
            assert "2026-0802" not in page, words


def test_an_old_link_to_the_sheets_of_a_unit_that_closed_goes_on(client, shelf):
    shelf.sop(unit_code="dinsos", title="PENYALURAN BANTUAN")
    chief = make.demo("utama")
    close_unit(make.unit("dinsos"), successor=make.unit("dinkes"), last_day=TODAY, because="Perwa", actor=chief)
    page = soup(client.get(reverse("portal:sops"), {"unit": "dinsos"})).find("main").text
    assert "yang dimilikinya kini pada Dinas Kesehatan Kota Pontianak" in page
    assert "PENYALURAN BANTUAN" in page


def test_what_people_call_a_unit_finds_its_rows_in_an_edition(client, shelf):
    for code in ("disdukcapil", "dinsos"):
        shelf.item(unit_code=code)
    edition = shelf.register_edition()
    renamed()
    address = reverse("portal:register_edition", args=["dip", edition.number])
    rows = soup(client.get(address, {"q": "capilku"})).select("tbody tr")
    assert len(rows) == edition.rows.filter(unit_code="disdukcapil").count() == 1


def test_searching_by_what_people_call_a_unit_asks_no_more_than_any_list(client, shelf):
    shelf.dik(unit_code="disdukcapil")
    shelf.sop(unit_code="disdukcapil")
    renamed()
    for name in ("sops", "dik", "dip"):
        with at_most(4):
            client.get(reverse(f"portal:{name}"), {"q": "capilku akta"})
