"""A list as CSV: an Indonesian Excel opens it rightly, and no program finds a formula in it."""

import csv
import io
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ppid.web.columns import Column
from ppid.web.csv_lines import csv_lines, harmless

COLUMNS = (Column("Nama", lambda row: row[0]), Column("Isi; lengkap", lambda row: row[1]))


def written(*rows) -> str:
    return "".join(csv_lines(COLUMNS, rows))


def test_it_is_split_by_semicolons_marked_as_utf8_and_every_field_is_quoted():
    assert written(("é", 5)) == '\ufeff"Nama";"Isi; lengkap"\r\n"é";"5"\r\n'


@pytest.mark.parametrize(
    ("cell", "guarded"),
    [
        ("=1+1", "'=1+1"),
        ("  =1+1", "'  =1+1"),
        ("+62 561 1", "'+62 561 1"),
        ("@x", "'@x"),
        ("-2+3", "'-2+3"),
        ("＝1", "'＝1"),
        ("\tcmd", "'\tcmd"),
        ("nama;=cmd|' /C calc'!A0", "nama;'=cmd|' /C calc'!A0"),
        ("baris\n=cmd", "baris\n'=cmd"),
        ("baris\r\n  @cmd", "baris\r\n'  @cmd"),
        ("baris\u2028=cmd", "baris\u2028'=cmd"),
        ("- foto\n- video", "'- foto\n'- video"),
        ("-", "-"),
        (" - ", " - "),
        ("satu\n-\ndua", "satu\n-\ndua"),
        ("a-b = c", "a-b = c"),
        ("–", "–"),
        ("", ""),
    ],
)
def test_a_formula_is_guarded_wherever_a_cell_could_begin(cell, guarded):
    assert harmless(cell) == guarded


TEXT = st.text(alphabet=st.sampled_from("=+-@;,\t\r\n\"' a1＝"), max_size=12)


@given(TEXT, TEXT)
@example("nama;=cmd", '"=1')
def test_no_program_finds_a_formula_however_it_splits(first, second):
    text = written((first, second))
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert rows[1] == [harmless(first), harmless(second)]
    for cell in rows[1]:
        for piece in re.split(r"[\t\r\n;]", cell):
            assert not re.match(r"[=+@＝]|-\s*[^\s]", piece.strip()), cell
