"""Whatever a row of a DIK says, it is read, and what is taken keeps the law on grounds and terms."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ppid.takeover.columns import propose, tables_in
from ppid.takeover.excluded_rows import ExcludedReading, broken_by, decided_on, ends_on
from ppid.takeover.rows import read_rows
from ppid.takeover.tables.table import Row, Sheet
from tests.takeover.office import DIK_HEAD, DIK_ROW
from tests.takeover.test_columns_and_rows import UNITS

TODAY, SK = date(2026, 3, 2), date(2025, 1, 6)

NUMBER = st.one_of(st.integers(0, 9999), st.sampled_from([5, 999, 2024, 2050, 9999])).map(str)
DAY = st.builds("{} {} {}".format, NUMBER, st.sampled_from(["Februari", "Desember", "Maret"]), NUMBER)
TERM = st.one_of(
    st.text(max_size=30),
    st.builds("{} {}".format, NUMBER, st.sampled_from(["tahun", "bulan", "hari"])),
    st.builds("{} {}".format, st.sampled_from(["sampai", "s.d.", "hingga tanggal", "Sampai dengan"]), DAY),
    st.sampled_from(["Permanen", "Selama diperlukan", ""]),
)
BASIS = st.one_of(
    st.text(max_size=40),
    st.builds("Pasal 17 huruf {} {}".format, st.sampled_from(list("abcdefghijkz")), st.text(max_size=20)),
    st.builds("Pasal 17 huruf {} dan huruf {}; UU Nomor {}".format, *[st.sampled_from(list("abhjz"))] * 2, NUMBER),
)
DECREE = st.one_of(st.text(max_size=30), st.builds("{}/DIK, {}".format, NUMBER, DAY), st.just(""))


@given(basis=BASIS, term=TERM, decree=DECREE, scope=st.text(max_size=20))
def test_no_words_break_it_and_what_is_taken_keeps_the_law(basis, term, decree, scope):
    cells = [*DIK_ROW[:3], basis, *DIK_ROW[4:6], term, decree, scope]
    [found] = tables_in([Sheet("", [Row(1, list(DIK_HEAD)), Row(2, cells)])], "dik")[:1]
    for read in read_rows(found, propose(found), UNITS, moved=True, on=TODAY, reading=ExcludedReading):
        assert all(sentence.startswith("Baris 2: ") for sentence in read.problems)
        if read.problems or broken_by(read.values, SK, on=TODAY):
            continue
        grounds, end, decided = set(read.values["grounds"]), ends_on(read.values, SK), decided_on(read.values, SK)
        assert grounds
        assert grounds <= set("abcdefghij")
        assert end or not grounds & set("abcdef")  # article 20: they end
        assert end is None or end >= TODAY
        assert decided <= TODAY
        assert "j" not in grounds or read.values["other_statute"]
        if "a" in grounds:
            assert end <= decided.replace(year=decided.year + 31)
