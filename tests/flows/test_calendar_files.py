"""Calendar files as they come: all-day events, over several days, again and again, in other zones, and hostile ones."""

import io
import time as clock
from datetime import date

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from ppid.worktime.calendar_files import MAX_BYTES, UnreadableCalendar, read

YEARS = range(2025, 2031)


def ics(*events: str, before: str = "") -> bytes:
    body = "".join(f"BEGIN:VEVENT\r\nUID:{n}@x\r\n{event.strip()}\r\nEND:VEVENT\r\n" for n, event in enumerate(events))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x\r\n{before}{body}END:VCALENDAR\r\n".encode()


def taken(content: bytes, years: range = YEARS):
    return read(io.BytesIO(content), years=years, zone=timezone.get_default_timezone())


def found(*events: str) -> list[date]:
    return [day.date for day in taken(ics(*events)).days]


def test_an_all_day_event_is_a_day_off_with_its_name():
    (day,) = taken(ics("DTSTART;VALUE=DATE:20270101\r\nSUMMARY:Tahun Baru\\, 2027 Masehi")).days
    assert (day.date, day.name, day.is_doubted) == (date(2027, 1, 1), "Tahun Baru, 2027 Masehi", False)


@pytest.mark.parametrize(
    ("event", "days"),
    [
        ("DTSTART;VALUE=DATE:20270309\r\nDTEND;VALUE=DATE:20270312", [(3, 9), (3, 10), (3, 11)]),
        ("DTSTART;VALUE=DATE:20270309\r\nDURATION:P2D", [(3, 9), (3, 10)]),
        ("DTSTART;VALUE=DATE:20270309\r\nDTEND;VALUE=DATE:20270309", [(3, 9)]),  # some write the last day
        # From midnight to midnight in Pontianak, written in UTC, in its own zone, and in none.
        ("DTSTART:20270308T170000Z\r\nDTEND:20270309T170000Z", [(3, 9)]),
        ("DTSTART;TZID=Asia/Jakarta:20270309T000000\r\nDTEND;TZID=Asia/Jakarta:20270310T000000", [(3, 9)]),
        ("DTSTART:20270309T000000\r\nDTEND:20270311T000000", [(3, 9), (3, 10)]),
        ("DTSTART;VALUE=DATE:20270817\r\nRRULE:FREQ=YEARLY;UNTIL=20270901", [(8, 17)]),
        ("DTSTART;VALUE=DATE:20270104\r\nRRULE:FREQ=WEEKLY;COUNT=3", [(1, 4), (1, 11), (1, 18)]),
        ("DTSTART;VALUE=DATE:20270104\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nEXDATE;VALUE=DATE:20270111", [(1, 4), (1, 18)]),
        ("DTSTART;VALUE=DATE:20270104\r\nRDATE;VALUE=DATE:20270106,20270107", [(1, 4), (1, 6), (1, 7)]),
        ("DTSTART;VALUE=DATE:20270104\r\nDTEND;VALUE=DATE:20270106\r\nRRULE:FREQ=MONTHLY;COUNT=2",
         [(1, 4), (1, 5), (2, 4), (2, 5)]),
        ("DTSTART:20270103T170000Z\r\nDTEND:20270104T170000Z\r\nRRULE:FREQ=DAILY;UNTIL=20270104T170000Z",
         [(1, 4), (1, 5)]),
    ],
)  # fmt: skip
def test_days_are_read_as_the_calendar_means_them(event, days):
    assert found(event) == [date(2027, month, day) for month, day in days]


def test_a_yearly_leap_day_comes_in_leap_years_and_the_year_ends_between_two_years():
    assert found("DTSTART;VALUE=DATE:20240229\r\nRRULE:FREQ=YEARLY") == [date(2028, 2, 29)]
    assert found("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270102") == [date(2026, 12, 31), date(2027, 1, 1)]
    assert found("DTSTART;VALUE=DATE:20241231\r\nDTEND;VALUE=DATE:20250102") == [date(2025, 1, 1)], (
        "only the years asked for"
    )
    assert found("DTSTART;VALUE=DATE:19450817\r\nRRULE:FREQ=YEARLY") == [date(year, 8, 17) for year in YEARS]


def test_an_occasion_that_was_moved_leaves_its_former_day():
    moved = "UID:same\r\nDTSTART;VALUE=DATE:20270113\r\nRECURRENCE-ID;VALUE=DATE:20270111\r\nSUMMARY:Geser"
    rule = "UID:same\r\nDTSTART;VALUE=DATE:20270104\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nSUMMARY:Mingguan"
    content = ics(rule, moved).replace(b"UID:0@x\r\n", b"").replace(b"UID:1@x\r\n", b"")
    assert [day.date for day in taken(content).days] == [date(2027, 1, 4), date(2027, 1, 13), date(2027, 1, 18)]


@pytest.mark.parametrize(
    ("event", "because"),
    [
        ("DTSTART:20270309T020000Z\r\nDTEND:20270309T040000Z", "bukan acara sehari penuh."),
        ("DTSTART;TZID=Asia/Tokyo:20270309T000000\r\nDTEND;TZID=Asia/Tokyo:20270310T000000", "bukan acara sehari"),
        ("DTSTART:20270309T000000", "bukan acara sehari penuh."),
        ("DTSTART;VALUE=DATE:20270309\r\nSTATUS:CANCELLED", "dibatalkan menurut berkasnya."),
        ("DTSTART;VALUE=DATE:20270601\r\nDTEND;VALUE=DATE:20270801", "berlangsung 61 hari"),
        ("SUMMARY:tanpa tanggal", "tanggalnya tidak dapat dibaca."),
        ("DTSTART;VALUE=DATE:20270230", "tanggalnya tidak dapat dibaca."),
        ("DTSTART;VALUE=DATE:20270101\r\nRRULE:FREQ=SECONDLY", "bukan per hari, minggu, bulan, atau tahun."),
        ("DTSTART;VALUE=DATE:20270101\r\nRRULE:FREQ=DAILY;INTERVAL=0", "aturan pengulangannya tidak dapat dibaca."),
        ("DTSTART;VALUE=DATE:20000101\r\nRRULE:FREQ=DAILY", "berulang sejak sebelum tahun 2023."),
        ("DTSTART;VALUE=DATE:00010101\r\nRRULE:FREQ=YEARLY", "berulang sejak sebelum tahun 1900."),
    ],
)  # fmt: skip
def test_what_is_no_day_off_is_left_out_and_told(event, because):
    told = taken(ics(event, "DTSTART;VALUE=DATE:20270101\r\nSUMMARY:Tahun Baru"))
    assert [day.date for day in told.days] == [date(2027, 1, 1)]
    assert because in " ".join(told.left_out)


def test_what_the_calendar_itself_calls_a_day_of_observance_is_doubted():
    days = taken(
        ics(
            "DTSTART;VALUE=DATE:20270421\r\nSUMMARY:Hari Kartini\r\nDESCRIPTION:Perayaan",
            "DTSTART;VALUE=DATE:20270817\r\nSUMMARY:Hari Kemerdekaan\r\nDESCRIPTION:Hari libur nasional",
        )
    ).days
    assert [(day.date.day, day.is_doubted) for day in days] == [(21, True), (17, False)]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"%PDF-1.7",
        b"\x00\xff\xfe",
        b"BEGIN:VCALENDAR\r\n",
        b"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270101\r\nEND:VEVENT\r\n",
        b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X\r\n" * 9_000,
        b"<html><body>Masuk dahulu</body></html>",
    ],
)
def test_what_is_no_calendar_is_refused_with_a_sentence(content):
    with pytest.raises(UnreadableCalendar, match="bukan kalender"):
        taken(content)


def test_what_is_beyond_all_bounds_is_refused_soon():
    begun = clock.perf_counter()
    day = "DTSTART;VALUE=DATE:20270101"
    for content, sentence in [
        (b"x" * (MAX_BYTES + 1), "paling besar 512 KB"),
        (ics(*[day] * 2001), "lebih dari 2000 acara"),
        (ics(*[f"{day}\r\nRRULE:FREQ=DAILY"] * 101), "lebih dari 100 acara berulang"),
        (ics(f"{day}\r\nRRULE:FREQ=DAILY"), "lebih dari 600 hari libur"),
    ]:
        with pytest.raises(UnreadableCalendar, match=sentence):
            taken(content)
    never = "DTSTART;VALUE=DATE:19000101\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"
    with pytest.raises(UnreadableCalendar, match="terlalu rumit"):
        taken(ics(*[never] * 100))
    with pytest.raises(UnreadableCalendar, match="10000 baris"):
        taken(b"BEGIN:VCALENDAR\r\n" + b"X-A:b\r\n" * 10_001 + b"END:VCALENDAR")
    assert clock.perf_counter() - begun < 20


lines = st.lists(
    st.one_of(
        st.sampled_from([
            "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "DTSTART;VALUE=DATE:20270101", "DTSTART:20270101T000000Z",
            "DTEND;VALUE=DATE:20270103", "DURATION:P1D", "DURATION:-P1W", "RRULE:FREQ=YEARLY",
            "RRULE:FREQ=DAILY;COUNT=-1",
            "RRULE:FREQ=WEEKLY;BYDAY=XX", "RRULE:FREQ=MONTHLY;BYSETPOS=400", "EXDATE:20270101", "RDATE:99999999",
            "RECURRENCE-ID:20270101", "SUMMARY:\\", "UID:1", "STATUS:CANCELLED", "DTSTART;TZID=Mars:20270101T000000",
        ]),
        st.text(max_size=30),
    ),
    max_size=25,
)  # fmt: skip


@settings(max_examples=300)
@given(lines)
def test_no_file_whatever_it_holds_breaks_the_reading(rows):
    content = "\r\n".join(["BEGIN:VCALENDAR", *rows, "END:VCALENDAR"]).encode()
    try:
        told = taken(content)
    except UnreadableCalendar:
        return
    assert all(day.date.year in YEARS and day.name for day in told.days)
