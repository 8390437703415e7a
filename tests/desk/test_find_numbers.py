"""Numbers as people write them, read without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid.desk.find.asked import read

ALL = ("2026-0008", "P-2026-0008", "K-2026-0008")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("P-2026-0008", ("P-2026-0008",)),
        ("p-2026-8", ("P-2026-0008",)),
        ("P 2026 0008", ("P-2026-0008",)),
        (" p2026-0008 ", ("P-2026-0008",)),
        ("K-2026-0008", ("K-2026-0008",)),
        ("2026-0008", ALL),
        ("2026/8", ALL),
        ("8/2026", ALL),
        ("008/2026", ALL),
        ("8 tahun 2026", ALL),
        ("No. 8/2026", ALL),
        ("nomor 8 tahun 2026", ALL),
        ("perkara P-2026-0008", ("P-2026-0008",)),
        ("P 8/2026", ("P-2026-0008",)),
        ("123456/2026", ("2026-123456", "P-2026-123456", "K-2026-123456")),
        ("", ()),
        ("8", ()),
        ("2026", ()),
        ("laporan 2026", ()),
        ("188.45/1234/DINSOS", ()),
        ("P 2000/2001", ("P-2000-2001", "P-2001-2000")),
        ("8/1926", ()),
        ("0/2026", ("2026-0000", "P-2026-0000", "K-2026-0000")),
    ],
)
def test_a_number_is_read_as_it_is_written(typed, meant):
    assert read(typed).numbers == meant


def test_what_else_it_may_be():
    assert read("A" * 64).sha256 == "a" * 64
    assert read("198001012005011001").nip == "198001012005011001"
    assert read("19800101 200501 1 001").nip == "198001012005011001"
    assert read("188.45/1234/2026").letter == "188.45/1234/2026"
    assert read("dan/atau").letter == ""


@given(st.text(max_size=400))
def test_nothing_that_is_typed_is_an_error(typed):
    asked = read(typed)
    assert len(asked.typed) <= 200
    assert len(asked.words) <= 8


@given(st.integers(1, 99_999_999), st.integers(2000, 2099), st.sampled_from(["P", "K", ""]))
def test_each_number_that_the_house_gives_out_is_found_by_itself(n, year, prefix):
    number = f"{prefix}-{year}-{n:04}" if prefix else f"{year}-{n:04}"
    assert number in read(number).numbers
    assert number in read(f"{prefix} {n}/{year}".strip()).numbers
