"""Durations and dates in the words that offices print, and in nobody's."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid.web.dates import MONTHS, full_date
from ppid.worktime.durations import MAX_DURATION
from sop.durations import read_duration, unit_in, why_unread

# Written out by hand: how offices print a duration, and what it is.
PRINTED = {
    "6 hr kerja": (6, "working_day"),
    "3 hr. kerja": (3, "working_day"),
    "6 HK": (6, "working_day"),
    "3 hari kerja (HK)": (3, "working_day"),
    "2 hr": (2, "day"),
    "10 mnt.": (10, "minute"),
    "10 min": (10, "minute"),
    "3 mgg": (3, "week"),
    "2 pekan": (2, "week"),
    "6 bln": (6, "month"),
    "1 tahun": (12, "month"),
    "1 thn 6 bln": (18, "month"),
    "2 jam kerja": (2, "hour"),
    "maks. 10 hari kerja": (10, "working_day"),
    "Maks 3 Hari Kerja": (3, "working_day"),
    "Maksimal: 3 hari kerja": (3, "working_day"),
    "max 2 jam": (2, "hour"),
    "paling lama 2 hari": (2, "day"),
    "selambat-lambatnya 7 hari kerja": (7, "working_day"),
    "10 hari kerja maksimal": (10, "working_day"),
    "≤ 5 menit": (5, "minute"),
    "selama 3 hari": (3, "day"),
    "1 jam 30 menit": (90, "minute"),
    "1 jam dan 15 menit": (75, "minute"),
    "1 jam, 5 mnt": (65, "minute"),
    "1,5 jam": (90, "minute"),
    "0.5 jam": (30, "minute"),
    "½ jam": (30, "minute"),
    "setengah jam": (30, "minute"),
    "sehari": (1, "day"),
    "seminggu": (1, "week"),
    "tiga puluh menit": (30, "minute"),
    "dua belas hari kerja": (12, "working_day"),
    "15 (lima belas) menit": (15, "minute"),
    "tiga (3) hari": (3, "day"),
    "1 hari\nkerja": (1, "working_day"),
    "5\xa0menit": (5, "minute"),
}
# And what is left to people, because the words don't say one duration.
OPEN = [
    "± 30 menit",
    "sekitar 2 jam",
    "1 s.d. 3 hari",
    "1-2 minggu",
    "1 sampai dengan 3 hari",
    "2 x 24 jam",
    "1 hari kalender",
    "3 hari (kalender)",
    "1 hari 30 menit",
    "1 minggu 2 hari",
    "30 menit 1 jam",
    "1 jam 1 jam",
    "6 bulan 1 tahun",
    "6 bulan 6 bulan",
    "3 (lima) hari",
    "1.30 jam",
    "1:30",
    "setengah hari",
    "90 detik",
    "minimal 1 hari",
    "5 menit/berkas",
    "5 hari kerja sejak berkas lengkap",
    "10",
    "0 menit",
    "1001 menit",
]


@pytest.mark.parametrize("words", PRINTED)
def test_the_words_of_offices_are_one_duration(words):
    assert read_duration(words) == PRINTED[words]


@pytest.mark.parametrize("words", OPEN)
def test_what_is_not_one_duration_is_left_to_people(words):
    assert read_duration(words) is None


def test_the_sentence_says_what_kind_of_words_they_are():
    assert "adalah rentang" in why_unread("1 s.d. 3 hari")
    assert "adalah perkiraan" in why_unread("± 30 menit")
    assert why_unread("2 x\n24 jam") == "Waktu «2 x 24 jam» tidak dapat dihitung; isi angka dan satuannya."


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("Menit", "minute"),
        ("dalam menit", "minute"),
        ("Hari Kerja", "working_day"),
        ("jam", "hour"),
        ("hk", "working_day"),
    ],
)
def test_a_head_names_a_unit(words, unit):
    assert unit_in(words) == unit


@pytest.mark.parametrize("words", ["", "penyelesaian", "tahun", "menit/jam", "hari kalender", "3 menit"])
def test_a_head_that_names_none(words):
    assert unit_in(words) is None


@given(st.text(max_size=80))
def test_any_text_is_read_or_left_and_never_fails(text):
    found = read_duration(text)
    assert found is None or 0 < found.value <= MAX_DURATION
    assert why_unread(text).endswith(".")
    full_date(text)
    unit_in(text)


@given(
    st.integers(1, MAX_DURATION),
    st.sampled_from(["menit", "jam", "hari", "hari kerja", "minggu", "bulan"]),
    st.sampled_from(["", "maks. ", "paling lama ", "Maksimal "]),
    st.sampled_from(["", ".", " "]),
    st.sampled_from([str.lower, str.upper, str.title]),
)
def test_a_number_and_a_unit_are_read_however_they_are_set(value, unit, limit, stop, case):
    found = read_duration(case(f"{limit}{value} {unit}{stop}"))
    assert str(found) == f"{value} {unit}"


@given(st.integers(1, 15), st.integers(1, 59))
def test_hours_and_minutes_are_minutes(hours, minutes):
    assert read_duration(f"{hours} jam {minutes} menit") == (60 * hours + minutes, "minute")


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_range_is_never_one_duration(low, high):
    assert read_duration(f"{low}-{high} hari") is None
    assert read_duration(f"{low} s/d {high} hari") is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("12 Nopember 2023", date(2023, 11, 12)),
        ("1 Pebruari 2024", date(2024, 2, 1)),
        ("01 Nop 2023", date(2023, 11, 1)),
        ("3 Agt. 2025", date(2025, 8, 3)),
        ("3 Ags 2025", date(2025, 8, 3)),
        ("3 Agu 2025", date(2025, 8, 3)),
        ("03/VII/2023", date(2023, 7, 3)),
        ("3 - XII - 2023", date(2023, 12, 3)),
        ("3-Jul-2023", date(2023, 7, 3)),
        ("Senin, 3 Juli 2023", date(2023, 7, 3)),
        ("Jum'at, 7 Juli 2023", date(2023, 7, 7)),
        ("3 July 2023", date(2023, 7, 3)),
        ("31 Pebruari 2024", None),
        ("12 Djanuari 2023", None),
        ("Nopember 2023", None),
        ("12/11/23", None),
        ("12 XIII 2023", None),
        ("2023", None),
        ("-", None),
    ],
)
def test_the_dates_of_offices_are_days(words, day):
    assert full_date(words) == day


@given(
    st.dates(date(1950, 1, 1)),
    st.sampled_from(["{d} {name} {y}", "{d:02}/{m:02}/{y}", "{d}-{m}-{y}", "{y}-{m:02}-{d:02}"]),
)
def test_a_written_day_is_that_day(day, shape):
    words = shape.format(d=day.day, m=day.month, y=day.year, name=MONTHS[day.month - 1])
    assert full_date(words) == day
