"""The registers: who sees what, narrowed by the address, as pages and as CSV."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from ppid.flows.actions import take_step
from ppid.flows.documents import describe
from ppid.shelf.models import DikEntry
from tests import make
from tests.desk.pages import soup, text

pytestmark = pytest.mark.django_db

REGISTERS = ["desk:publications", "desk:exclusions", "desk:dip", "desk:dik"]


def rows_of(response) -> list[list[str]]:
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content), delimiter=";"))


@pytest.fixture(scope="module")
def walked(django_db_setup, django_db_blocker):
    """Walk the cases once for all tests here; each test then works in a savepoint above them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield {
            "running": make.publication(at="preparing", title="Rencana kerja 2027"),
            "published": make.publication(at="published", title="Laporan bantuan sosial"),
            "elsewhere": make.publication(at="published", unit="disdukcapil", title="Statistik akta"),
            "excluding": make.exclusion(at="testing", title="Nama anak dalam pendampingan"),
            "excluded": make.exclusion(at="adopted", title="Berkas perkara disiplin"),
        }
        transaction.set_rollback(True)


@pytest.fixture
def cases(walked, db):
    return walked


def test_city_people_see_all_cases_and_unit_people_their_own(cases, sign_in, stranger):
    url = reverse("desk:publications")
    everything = text(sign_in("utama").get(url))
    own = text(sign_in("dinsos").get(url))
    assert "Statistik akta" in everything
    assert "Rencana kerja 2027" in everything
    assert "Rencana kerja 2027" in own
    assert "Statistik akta" not in own
    nothing = text(sign_in(stranger).get(url))
    assert "Rencana kerja" not in nothing


@pytest.mark.parametrize("name", REGISTERS)
def test_whoever_is_not_appointed_sees_no_row(name, cases, sign_in):
    nobody = make.person(name="Tanpa Tugas")
    response = sign_in(nobody).get(reverse(name))
    assert response.status_code == 200
    assert soup(response).find("tbody") is None
    assert len(rows_of(sign_in(nobody).get(reverse(f"{name}-csv")))) == 1, "the headings alone"


@pytest.mark.parametrize("name", REGISTERS)
def test_a_stranger_gets_no_row_of_another_unit_as_csv_either(name, cases, sign_in, stranger):
    assert len(rows_of(sign_in(stranger).get(reverse(f"{name}-csv")))) == 1


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("keadaan=berjalan", {"running"}),
        ("keadaan=selesai", {"published", "elsewhere"}),
        ("keadaan=diumumkan", {"published", "elsewhere"}),
        ("keadaan=dicabut", set()),
        ("keadaan=terlambat", set()),
        ("unit=disdukcapil", {"elsewhere"}),
        ("q=bantuan+laporan", {"published"}),
        ("tahun=2026", {"running", "published", "elsewhere"}),
        ("keadaan=apa&unit=tidakada&tahun=1700", {"running", "published", "elsewhere"}),
        ("halaman=999", {"running", "published", "elsewhere"}),
    ],
)
def test_filters_are_read_from_the_address(asked, found, cases, sign_in):
    page = text(sign_in("utama").get(f"{reverse('desk:publications')}?{asked}"))
    numbers = {key for key, case in cases.items() if case.number in page}
    assert numbers == found


def test_a_withdrawn_case_and_an_exclusion_are_found_by_their_end(cases, sign_in):
    take_step(cases["running"], "withdraw", actor=make.demo("utama"), note="Tidak jadi.")
    client = sign_in("utama")
    assert cases["running"].number in text(client.get(f"{reverse('desk:publications')}?keadaan=ditarik"))
    adopted = text(client.get(f"{reverse('desk:exclusions')}?keadaan=ditetapkan"))
    assert cases["excluded"].number in adopted
    assert cases["excluding"].number not in adopted


def test_the_csv_keeps_the_filter_and_so_do_the_pages(cases, sign_in):
    client = sign_in("utama")
    address = f"{reverse('desk:publications')}?keadaan=selesai&q=akta"
    page = soup(client.get(address))
    links = [link["href"] for link in page.select(".page-head__acts a")]
    assert links == [
        f"{reverse('desk:publications-csv')}?keadaan=selesai&q=akta",
        "?keadaan=selesai&q=akta&cetak=1",
    ]
    lines = rows_of(client.get(links[0]))
    assert [line[0] for line in lines[1:]] == [cases["elsewhere"].number]


def test_pages_of_a_long_register_keep_the_filter(sign_in):
    for n in range(27):
        make.publication(title=f"Notulen {n}")
    page = soup(sign_in("utama").get(f"{reverse('desk:publications')}?q=notulen&halaman=2"))
    assert len(page.select("tbody tr")) == 2
    assert "q=notulen" in page.find("a", rel="prev")["href"]
    printed = soup(sign_in("utama").get(f"{reverse('desk:publications')}?q=notulen&cetak=1"))
    assert len(printed.select("tbody tr")) == 27


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_of_a_csv_is_a_formula(start, sign_in):
    make.publication(title=f"{start}HYPERLINK(1)")
    lines = rows_of(sign_in("utama").get(reverse("desk:publications-csv")))
    assert f"'{start}HYPERLINK(1)" in [line[2] for line in lines]


def test_the_dip_shows_what_is_public_as_the_public_reads_it(cases, sign_in):
    client = sign_in("utama")
    page = text(client.get(reverse("desk:dip")))
    assert "Laporan bantuan sosial" in page
    assert "Rencana kerja 2027" not in page
    assert (
        reverse("portal:item", args=[cases["published"].information.number])
        in client.get(reverse("desk:dip")).content.decode()
    )
    not_yet = text(client.get(f"{reverse('desk:dip')}?keadaan=belum"))
    assert "Rencana kerja 2027" in not_yet
    assert "Laporan bantuan sosial" not in not_yet


@pytest.mark.parametrize("state", ["", "belum", "semua"])
def test_what_is_excluded_or_on_its_way_there_never_stands_on_the_dip(state, cases, sign_in):
    client = sign_in("utama")
    page = client.get(f"{reverse('desk:dip')}?keadaan={state}").content.decode()
    lines = str(rows_of(client.get(f"{reverse('desk:dip-csv')}?keadaan={state}")))
    for title in ("Berkas perkara disiplin", "Nama anak dalam pendampingan"):
        assert title not in page
        assert title not in lines


def test_a_renewal_under_way_does_not_change_the_row_on_the_shelf(cases, sign_in):
    item = cases["published"].information
    again = make.open_publication(item, actor=make.demo("bidang"))
    describe(again, {"title": "Judul yang belum disetujui"}, actor=make.demo("bidang"))
    page = text(sign_in("utama").get(reverse("desk:dip")))
    assert "Laporan bantuan sosial" in page
    assert "Judul yang belum disetujui" not in page
    assert again.get_absolute_url() in sign_in("utama").get(reverse("desk:dip")).content.decode()


def test_the_dik_shows_the_annex_columns_and_which_terms_end_soon(cases, sign_in, stranger):
    entry = DikEntry.objects.get()
    page = text(sign_in("opd").get(reverse("desk:dik")))
    for words in (entry.information, entry.legal_basis, entry.consequence_if_open, entry.decree_number):
        assert words in page
    assert "Berkas perkara disiplin" not in page, "the list, not the content"
    assert entry.information not in text(sign_in(stranger).get(reverse("desk:dik")))
    today = timezone.localdate()
    for ends_on, states in (
        (today + timedelta(days=20), {"", "segera", "semua"}),
        (today - timedelta(days=1), {"lewat", "semua"}),
        (today + timedelta(days=400), {"", "semua"}),
    ):
        DikEntry.objects.update(ends_on=ends_on)
        found = {
            each
            for each in ("", "segera", "lewat", "semua")
            if entry.number in text(sign_in("utama").get(f"{reverse('desk:dik')}?keadaan={each}"))
        }
        assert found == states


def test_desk_and_portal_name_the_columns_alike(cases, sign_in, client):
    for name in ("dip", "dik"):
        desk = [each.text.strip() for each in soup(sign_in("utama").get(reverse(f"desk:{name}"))).select("thead th")]
        portal = [each.text.strip() for each in soup(client.get(reverse(f"portal:{name}"))).select("thead th")]
        assert desk == [each for each in portal if each != "Tautan"]
        csv_of = [rows_of(sign_in("utama").get(reverse(f"desk:{name}-csv")))[0]]
        csv_of.append(rows_of(client.get(reverse(f"portal:{name}_csv")))[0])
        assert {*csv_of[0]} ^ {*csv_of[1]} == ({"Keadaan", "Tautan"} if name == "dip" else set())


@pytest.mark.parametrize("name", REGISTERS)
def test_a_printed_register_has_a_letterhead_its_day_and_a_place_to_sign(name, cases, sign_in):
    page = soup(sign_in("utama").get(f"{reverse(name)}?unit=dinsos&cetak=1"))
    day = date_format(timezone.localdate(), "j F Y")
    if page.select("tbody tr"):
        assert f"Keadaan {day}" in page.select_one("main").text
        assert "Unit: " in page.select_one("main").text, "a part of the list says so"
        assert f"Pontianak, {day}" in " ".join(page.select_one(".signing").text.split())
    head = page.select_one(".letterhead").text
    assert "Pemerintah Kota Pontianak" in head
    assert "Dinas Komunikasi dan Informatika" in head


def test_what_left_the_shelf_is_not_called_published(sign_in):
    old = make.publication(at="published", title="Laporan lama")
    make.publication(at="published", information=old.information)
    excluded = make.publication(at="published", title="Data pemohon", unit="disdukcapil")
    make.exclusion(at="adopted", information=excluded.information)
    client = sign_in("utama")
    rows = soup(client.get(reverse("desk:publications"))).select("tbody tr")
    states = {row.find("th").text.strip(): row.find(attrs={"data-label": "Keadaan"}).text.strip() for row in rows}
    assert states[old.number] == "Digantikan pengumuman yang lebih baru"
    assert states[excluded.number] == "Dikecualikan sesudah diumumkan"
    shown = text(client.get(f"{reverse('desk:publications')}?keadaan=diumumkan"))
    assert excluded.number not in shown
    left = text(client.get(f"{reverse('desk:publications')}?keadaan=tidak-lagi"))
    assert old.number in left
    assert excluded.number in left
    page = text(client.get(excluded.get_absolute_url()))
    assert "Informasi ini sudah tidak ada di portal, jadi tidak ada yang dapat dicabut." in page
    assert "Dikecualikan sesudah diumumkan" in page


def test_an_exclusion_whose_term_ended_no_longer_says_excluded(sign_in):
    today, utama = timezone.localdate(), sign_in("utama")
    case = make.adopted(days_ago=9, ends_on=today - timedelta(days=1))
    register = reverse("desk:exclusions")
    row = soup(utama.get(register)).find("a", string=case.number).find_parent("tr").text
    assert "Jangka waktu pengecualian sudah berakhir" in row
    assert "Ditetapkan dikecualikan" not in row
    assert case.number not in text(utama.get(f"{register}?keadaan=ditetapkan"))
    assert case.number in text(utama.get(f"{register}?keadaan=jangka-berakhir"))
    assert "Jangka waktu pengecualian sudah berakhir" in str(rows_of(utama.get(reverse("desk:exclusions-csv"))))
    page = text(utama.get(case.get_absolute_url()))
    assert "Sejak itu informasi ini terbuka menurut undang-undang" in page
    assert "mencatat bahwa informasi ini dikecualikan" not in page


def test_a_register_asks_the_same_number_of_times_for_more_rows(cases, sign_in):
    client = sign_in("utama")
    before = [asked(client, name) for name in REGISTERS]
    for n in range(4):
        make.publication(title=f"Notulen {n}", at="published")
        make.exclusion(title=f"Berkas {n}", at="adopted")
    assert [asked(client, name) for name in REGISTERS] == before
    assert max(before) <= 15


def asked(client, name) -> int:
    """Return how many queries the page takes, the session's and the rail's included."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse(name)).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", REGISTERS)
def test_pages_carry_no_script_or_style_of_their_own(name, cases, sign_in):
    page = soup(sign_in("utama").get(reverse(name)))
    assert not page.find_all("style")
    assert not page.find_all(style=True)
    assert all(script.get("src") for script in page.find_all("script"))
