"""«Waktu pembuatan» as offices write it: kept as it is, and read as days where it names some."""

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid.information.made_when import days_meant
from ppid.web.dates import MONTHS

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("Tahun 2024", "2024-01-01", "2024-12-31"),
        ("Tahun Anggaran 2024", "2024-01-01", "2024-12-31"),
        ("TA 2024.", "2024-01-01", "2024-12-31"),
        ("Januari 2025", "2025-01-01", "2025-01-31"),
        ("Bulan  Pebruari 2024", "2024-02-01", "2024-02-29"),
        ("11/2025", "2025-11-01", "2025-11-30"),
        ("20 November 2026", "2026-11-20", "2026-11-20"),
        ("Jumat, 20 Nopember 2026", "2026-11-20", "2026-11-20"),
        ("05/11/2026", "2026-11-05", "2026-11-05"),
        ("2026-11-05", "2026-11-05", "2026-11-05"),
        ("semester I 2026", "2026-01-01", "2026-06-30"),
        ("Semester II Tahun 2026", "2026-07-01", "2026-12-31"),
        ("semester pertama 2026", "2026-01-01", "2026-06-30"),
        ("triwulan III 2026", "2026-07-01", "2026-09-30"),
        ("TW-3 2026", "2026-07-01", "2026-09-30"),
        ("Triwulan ke-4 2025", "2025-10-01", "2025-12-31"),
        ("caturwulan II 2026", "2026-05-01", "2026-08-31"),
        ("2024-2026", "2024-01-01", "2026-12-31"),
        ("2024 – 2026", "2024-01-01", "2026-12-31"),
        ("tahun 2024 dan 2025", "2024-01-01", "2025-12-31"),
        ("Januari-Maret 2025", "2025-01-01", "2025-03-31"),
        ("Januari s.d. Maret 2025", "2025-01-01", "2025-03-31"),
        ("Desember 2024 sampai dengan Maret 2025", "2024-12-01", "2025-03-31"),
        ("20-22 November 2026", "2026-11-20", "2026-11-22"),
        ("Triwulan I dan II 2026", "2026-01-01", "2026-06-30"),
    ],
)
def test_what_offices_write_is_read(written, first, last):
    assert days_meant(written) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "written",
    ["", "-", "setiap bulan", "setiap tahun", "harian", "sesuai kebutuhan", "II 2026", "semester III 2026"]
    + ["31 Februari 2026", "13/2025", "Maret - Januari 2025", "sejak 2020", "2024, 2025", "9999", "Mei", "0000-00-00"],
)
def test_what_names_no_days_is_read_as_none(written):
    assert days_meant(written) is None


@given(st.text(max_size=120))
def test_whatever_is_written_is_read_or_not_and_never_breaks(written):
    days = days_meant(written)
    assert days is None or days.first <= days.last


@given(DAYS)
def test_a_day_in_words_is_that_day(day):
    assert days_meant(f"{day.day} {MONTHS[day.month - 1]} {day.year}") == (day, day)


@given(DAYS)
def test_a_month_and_a_year_hold_their_days(day):
    month = days_meant(f"{MONTHS[day.month - 1].upper()} {day.year}")
    assert month == (day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
    assert days_meant(str(day.year)) == (date(day.year, 1, 1), date(day.year, 12, 31))


@given(DAYS, st.sampled_from([("semester", 2), ("triwulan", 4), ("caturwulan", 3)]))
def test_the_parts_of_a_year_follow_each_other_without_a_gap(day, part):
    what, count = part
    parts = [days_meant(f"{what} {n} {day.year}") for n in range(1, count + 1)]
    assert [each.first for each in parts][0] == date(day.year, 1, 1)
    assert [each.last for each in parts][-1] == date(day.year, 12, 31)
    for before, after in zip(parts, parts[1:], strict=False):
        assert (after.first - before.last).days == 1


@given(DAYS, DAYS)
def test_a_span_reaches_from_its_first_to_its_last_day(one, other):
    first, last = sorted([one, other])
    written = " s.d. ".join(f"{day.day} {MONTHS[day.month - 1]} {day.year}" for day in (first, last))
    assert days_meant(written) == (first, last)
