"""Downloads are counted without knowing by whom: in the process, by letters that count once, told by month."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ppid.downloads import counting
from ppid.downloads.models import DownloadTally, TakenLetter
from ppid.portal import downloads
from ppid.portal.downloads import DownloadCounter
from ppid.shelf.models import MonthlyDownloads
from ppid.web import letterbox
from tests.portal import shelf_rows

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def box(settings, tmp_path):
    settings.LETTERBOX = tmp_path / "letters"
    settings.PORTAL_DATABASE = "default"
    settings.PUBLIC_FILES = tmp_path / "public"


@pytest.fixture
def counts(monkeypatch) -> list[str]:
    """Note what is counted."""
    found: list[str] = []
    monkeypatch.setattr(DownloadCounter, "count", lambda self, kind: found.append(kind))
    return found


@pytest.fixture
def address() -> str:
    return shelf_rows.item(files=[shelf_rows.file()]).files.get().get_absolute_url()


def test_a_document_that_is_fetched_is_counted_once(address, counts):
    reader = Client()
    reader.get(address)
    reader.get(address, headers={"Range": "bytes=0-3"})
    assert counts == ["item", "item"]


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"User-Agent": "bingbot/2.0"},
        {"User-Agent": "some-crawler"},
        {"Range": "bytes=5-8"},
        {"Range": "bytes=-4"},
    ],
)
def test_robots_and_later_parts_are_not_counted(address, counts, headers):
    Client().get(address, headers=headers)
    assert counts == []


def test_neither_head_nor_what_one_holds_already_nor_a_page_nor_what_is_gone_is_counted(address, counts):
    reader = Client()
    reader.head(address)
    etag = reader.get(address)["ETag"]
    assert reader.get(address, headers={"If-None-Match": etag}).status_code == 304
    reader.get("/informasi/")
    reader.get("/informasi/2099-0001/berkas/a/b.pdf")
    reader.get("/tidak-ada/")
    assert counts == ["item"]


def test_registers_and_sheets_are_kinds_of_their_own(counts):
    shelf_rows.sop()
    reader = Client()
    for path in ("/dip.csv", "/dik.csv", "/sop/pengumuman-uji/lembar.pdf"):
        reader.get(path)
    assert counts == ["register", "register", "sop"]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "ods", "json"])
@pytest.mark.parametrize("register", ["dip", "dik", "dik/dibuka-kembali", "sop"])
def test_a_register_counts_in_whatever_form_it_is_taken(counts, register, ending):
    Client().get(f"/{register}.{ending}")
    assert counts == ["register"]


def test_the_counts_of_a_minute_are_one_letter_that_says_days_kinds_and_numbers_alone(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(downloads.time, "monotonic", lambda: now[0])
    counter = DownloadCounter()
    for kind in ("item", "item", "sop"):
        counter.count(kind)
    counter.tell_if_due()
    assert letterbox.waiting("downloads") == []
    now[0] += 61
    counter.tell_if_due()
    counter.tell()
    [letter] = letterbox.waiting("downloads")
    day = TODAY.isoformat()
    assert letterbox.json.loads(letter.read_text()) == {"counts": [[day, "item", 2], [day, "sop", 1]]}


def test_what_a_full_box_does_not_take_waits_in_the_process(monkeypatch):
    monkeypatch.setattr(letterbox, "MOST", 0)
    counter = DownloadCounter()
    counter.count("item")
    counter.tell()
    monkeypatch.setattr(letterbox, "MOST", 10)
    counter.count("item")
    counter.tell()
    assert counting.take_all_in() == 1
    assert DownloadTally.objects.get().n == 2


def test_a_letter_counts_once_however_often_it_comes():
    letter = {"counts": [[TODAY.isoformat(), "item", 3]]}
    for _ in range(3):
        counting.take("a" * 32, letter)
    counting.take("b" * 32, letter)
    assert DownloadTally.objects.get().n == 6


@pytest.mark.parametrize(
    "letter",
    [
        {},
        {"counts": None},
        {"counts": "item"},
        {"counts": [None]},
        {"counts": [["2026-13-45", "item", 1]]},
        {"counts": [[TODAY.isoformat(), "orang", 1]]},
        {"counts": [[TODAY.isoformat(), "item", -1]]},
        {"counts": [[TODAY.isoformat(), "item", 10**9]]},
        {"counts": [[TODAY.isoformat(), "item", True]]},
        {"counts": [[TODAY.isoformat(), "item", 1.5]]},
        {"counts": [[(TODAY + timedelta(days=1)).isoformat(), "item", 1]]},
        {"counts": [[(TODAY - timedelta(days=32)).isoformat(), "item", 1]]},
        {"counts": [[TODAY.isoformat(), "item", 1, 2]]},
    ],
)
def test_what_is_no_count_is_left_out_and_holds_nothing_up(letter):
    letterbox.drop("downloads", letter)
    letterbox.drop("downloads", {"counts": [[TODAY.isoformat(), "sop", 1]]})
    assert counting.take_all_in() == 2
    assert list(DownloadTally.objects.values_list("kind", "n")) == [("sop", 1)]


def test_the_months_are_told_once_a_day_and_written_only_where_they_changed(client):
    for day, kind, n in [(date(2026, 3, 1), "item", 2), (date(2026, 3, 31), "item", 3), (date(2026, 4, 1), "sop", 1)]:
        DownloadTally.objects.create(day=day, kind=kind, n=n)
    assert counting.tell_the_public() == 2
    assert counting.tell_the_public() == 0
    rows = MonthlyDownloads.objects.order_by("month").values_list("month", "kind", "n")
    assert list(rows) == [(date(2026, 3, 1), "item", 5), (date(2026, 4, 1), "sop", 1)]
    page = client.get("/statistik/").content.decode()
    assert "Maret 2026" in page
    assert "tanpa kuki" in page


def test_old_letters_are_forgotten():
    counting.take("a" * 32, {"counts": []}, at=timezone.now() - timedelta(days=90))
    counting.tell_the_public()
    assert not TakenLetter.objects.exists()
