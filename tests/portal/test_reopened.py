"""What was excluded and is open again: a public list of its own, true on each day, also when no job has run."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from ppid.shelf import actions
from ppid.shelf.models import Tombstone
from tests.portal.test_registers import csv_of

pytestmark = pytest.mark.django_db

TODAY, DAY = timezone.localdate(), timedelta(days=1)
RULING = "putusan Komisi Informasi nomor 12/PTS-A/KI/2026 tanggal 24 November 2026"


def words(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").find("main").get_text(" ").split())


def lifted(shelf, *, number="K-2026-0007", item_number="2026-0700", on=TODAY, **fields):
    entry = shelf.dik(number=number, **fields)
    actions.reopen([actions.Reopened(number, item_number, on, RULING)])
    return entry


def test_a_lifted_entry_leaves_the_dik_for_the_list_which_says_since_when_and_by_what(client, shelf):
    lifted(shelf, information="Data yang dibuka")
    assert "Data yang dibuka" not in words(client.get("/dik/"))
    page = words(client.get("/dik/dibuka-kembali/"))
    assert "Data yang dibuka" in page
    assert RULING in page
    assert "Belum diumumkan di portal ini" in page


def test_it_leads_to_the_information_once_that_is_published(client, shelf):
    lifted(shelf)
    shelf.item(number="2026-0700")
    page = BeautifulSoup(client.get("/dik/dibuka-kembali/").content, "html.parser")
    assert page.find("a", string="Baca informasinya")["href"] == "/informasi/2026-0700/"


@pytest.mark.parametrize(("ends_on", "is_open"), [(TODAY - DAY, True), (TODAY, False), (None, False)])
def test_after_its_last_day_an_entry_is_open_though_nobody_wrote_it_down(client, shelf, ends_on, is_open):
    shelf.dik(information="Naskah soal", ends_on=ends_on)
    assert ("Naskah soal" in words(client.get("/dik/dibuka-kembali/"))) is is_open
    assert ("Naskah soal" in words(client.get("/dik/"))) is not is_open
    if is_open:
        assert "ketentuan PP 61/2010, karena jangka waktunya berakhir" in words(client.get("/dik/dibuka-kembali/"))


def test_it_comes_as_csv_with_its_filters(client, shelf):
    lifted(shelf, unit_code="dinkes", unit_name="Dinas Kesehatan")
    lifted(shelf, number="K-2026-0008", item_number="2026-0701")
    headings, row = csv_of(client.get("/dik/dibuka-kembali.csv?unit=dinkes"))
    assert headings == [
        "Nomor",
        "Informasi",
        "Unit yang menguasai",
        "Dasar pengecualian semula",
        "Nomor surat penetapan",
        "Tanggal surat penetapan",
        "Terbuka sejak",
        "Dibuka oleh",
        "Nomor informasi",
    ]
    assert (row[0], row[6:]) == ("K-2026-0007", [TODAY.isoformat(), RULING, "2026-0700"])


def test_it_is_narrowed_by_words_and_year_and_paged(client, shelf):
    for n in range(51):
        lifted(shelf, number=f"K-2025-{n:04}", item_number=f"2025-{n:04}", on=TODAY - 400 * DAY)
    lifted(shelf, information="Yang terbaru")
    first = words(client.get("/dik/dibuka-kembali/"))
    assert "Yang terbaru" in first
    assert "Halaman 1 dari 2" in first
    year = (TODAY - 400 * DAY).year
    assert "Yang terbaru" not in words(client.get(f"/dik/dibuka-kembali/?tahun={year}"))
    assert "Yang terbaru" in words(client.get("/dik/dibuka-kembali/?q=terbaru"))


def test_the_tombstone_says_so(client, shelf):
    Tombstone.objects.create(
        number="2026-0700",
        title="Data pribadi",
        kind="excluded",
        reason="Seluruh isinya ditutup.",
        taken_off_at=timezone.now() - 9 * DAY,
    )
    assert "Dibuka kembali" not in words(client.get("/informasi/2026-0700/"))
    lifted(shelf)
    answer = client.get("/informasi/2026-0700/")
    assert answer.status_code == 410
    assert RULING in words(answer)
    assert "Pengumumannya sedang disiapkan" in words(answer)


def test_a_corrected_row_says_when_and_what_it_said(client, shelf):
    shelf.dik(corrections=[{"on": "2026-11-20", "before": ["Data pribad"]}, {"on": "2026-11-21", "before": []}])
    page = words(client.get("/dik/"))
    assert "diperbaiki pada 20 November 2026" in page
    assert "Semula: «Data pribad»" in page
    assert "diperbaiki pada 21 November 2026" in page


def test_an_extended_row_says_what_it_continues(client, shelf):
    shelf.dik(continues="K-2025-0003")
    assert "melanjutkan K-2025-0003 dengan uji baru" in words(client.get("/dik/"))
