"""What a process keeps up to so many bytes: never more, and what was asked for last stays longest."""

from hypothesis import given
from hypothesis import strategies as st

from ppid.web.bounded import Bounded

SIZES = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 40_000)), max_size=60)


@given(SIZES)
def test_what_is_kept_never_weighs_more_than_it_may(kept):
    values = Bounded(100_000, len)
    there = {}
    for key, size in kept:
        values.keep(key, b"x" * size)
        there.setdefault(key, size)
        there = {key: size for key, size in there.items() if values.get(key) is not None}
        assert values.held <= 100_000
        assert values.held == sum(there.values())


def test_what_was_asked_for_last_stays_longest():
    values = Bounded(3, len)
    for key in "abc":
        values.keep(key, b"1")
    values.get("a")
    values.keep("d", b"1")
    assert [key for key in "abcd" if values.get(key)] == ["a", "c", "d"]


def test_what_is_there_stays_as_it_is():
    values = Bounded(9, len)
    values.keep("a", b"1")
    values.keep("a", b"22")
    assert (values.get("a"), values.held) == (b"1", 1)


def test_nothing_is_left_once_it_is_cleared():
    values = Bounded(9, len)
    values.keep("a", b"1")
    values.clear()
    assert (values.get("a"), values.held) == (None, 0)
