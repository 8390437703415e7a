"""Two texts as one, word by word: what stayed and came is the new text, what stayed and went the old one."""

from hypothesis import given
from hypothesis import strategies as st

from ppid.web.word_changes import word_changes

TEXTS = st.lists(st.sampled_from(["laporan", "kinerja", "2026", " ", "  ", "\n", "Dinas", "Sosial,"])).map("".join)


@given(before=TEXTS, after=TEXTS)
def test_both_texts_can_be_read_out_of_it(before, after):
    runs = word_changes(before, after)
    assert "".join(run.text for run in runs if run.kind != "del") == after
    assert "".join(run.text for run in runs if run.kind != "ins") == before


def test_words_that_came_stand_where_they_came():
    runs = word_changes("Laporan kinerja semester I 2026", "Laporan kinerja Kota semester I tahun 2026")
    assert [(run.kind, run.text.strip()) for run in runs] == [
        ("same", "Laporan kinerja"),
        ("ins", "Kota"),
        ("same", "semester I"),
        ("ins", "tahun"),
        ("same", "2026"),
    ]


def test_a_text_of_ten_thousand_words_is_told_as_a_whole():
    runs = word_changes("a " * 10_000, "b " * 10_000)
    assert [run.kind for run in runs] == ["del", "ins"]
