"""A term names its last day once, however its words are written."""

from datetime import date

import pytest

from ppid.web.dates import with_last_day


@pytest.mark.parametrize(
    ("term", "last", "said"),
    [
        ("Permanen", None, "Permanen"),
        ("Enam bulan", date(2027, 1, 20), "Enam bulan, sampai 20 Januari 2027"),
        ("Sampai 31 Desember 2030", date(2030, 12, 31), "Sampai 31 Desember 2030"),
        ("sampai 31 DESEMBER 2030", date(2030, 12, 31), "sampai 31 DESEMBER 2030"),
        ("Sampai 31 Desember 2030", date(2031, 1, 31), "Sampai 31 Desember 2030, sampai 31 Januari 2031"),
    ],
)
def test_the_last_day_follows_unless_the_words_name_it(term, last, said):
    assert with_last_day(term, last) == said
