"""Two editions side by side: what came, what went, what changed, and in which words."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ppid.shelf.register_compare import Changed, Kind, compare
from ppid.shelf.register_fields import Row, digest


def row(key: str, title: str = "Laporan", **values) -> Row:
    return Row(key, {"number": key, "title": title, "unit": "Dinas Sosial", **values})


def test_what_came_went_and_changed_is_told_row_by_row():
    before = [row("1"), row("2", retention="5 tahun"), row("3")]
    after = [row("4", "Baru"), row("2", retention="10 tahun"), row("1")]
    found = compare("dip", before, after)
    assert [(each.kind, each.key, each.changed) for each in found.differences] == [
        (Kind.ADDED, "4", ()),
        (Kind.CHANGED, "2", (Changed("Penyimpanan", "5 tahun", "10 tahun"),)),
        (Kind.GONE, "3", ()),
    ]
    assert (found.same, found.counts) == (
        1,
        [("baru", "Baru", 1), ("berubah", "Berubah", 1), ("hilang", "Tidak ada lagi", 1)],
    )


def test_a_word_left_out_is_an_empty_word():
    assert compare("dip", [row("1")], [row("1", retention="")]).differences == ()


def test_the_place_in_the_list_says_nothing():
    rows = [row(str(n)) for n in range(9)]
    assert compare("dip", rows, rows[::-1]).differences == ()


rows = st.dictionaries(st.integers(0, 30).map(str), st.sampled_from(["A", "B", "C"]), max_size=20).map(
    lambda found: [row(key, title) for key, title in found.items()]
)


@given(rows, rows)
def test_the_differences_lead_from_one_to_the_other(before, after):
    found = compare("dip", before, after)
    there = {each.key: each for each in before}
    for each in found.differences:
        if each.kind == Kind.GONE:
            del there[each.key]
        else:
            assert (each.key in there) == (each.kind == Kind.CHANGED)
            there[each.key] = row(each.key, each.subject)
    assert there == {each.key: each for each in after}
    assert found.same + found.of(Kind.ADDED) + found.of(Kind.CHANGED) == len(after)


def test_the_digest_knows_order_and_words():
    one, two = row("1"), row("2")
    of = lambda *rows: digest((each.key, each.values) for each in rows)  # noqa: E731 - one name for four lines
    assert of(one, two) == of(row("1"), row("2"))
    assert len({of(one, two), of(two, one), of(one), of(replace(one, values={}), two)}) == 4
