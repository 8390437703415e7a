"""How texts break into lines on paper, and which letters paper knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.drawing import letters

TEXTS = st.text(st.sampled_from("abcW .,/-é→\n"), max_size=120)


@given(TEXTS, st.floats(1.2, 30))
def test_no_line_is_wider_than_its_column_and_joined_they_are_the_text(text, room):
    lines = letters.lines(text, room)
    assert all(letters.width(line.strip()) <= room + 1e-6 for line in lines)
    kept = "\n".join(" ".join(line.split()) for line in text.splitlines())
    assert "".join(lines).rstrip() == kept.rstrip()


def test_widths_are_those_of_the_letters():
    """Arial and Liberation Sans: M is 833 thousandths of the letters' size wide, i 222; bold i 278."""
    assert letters.width("M") == pytest.approx(0.833, abs=0.002)
    assert letters.width("i") == pytest.approx(0.222, abs=0.002)
    assert letters.width("i", is_bold=True) == pytest.approx(0.278, abs=0.002)
    assert letters.width("M M") == pytest.approx(2 * 0.833 + 0.278, abs=0.002)


@pytest.mark.parametrize("text", ["Menerima berkas", "“é” – … → ✓ ☐", "عربي", "\u200b\ufe0f\u00ad"])
def test_what_a_font_of_the_sheet_has_is_left_alone(text):
    assert letters.unprintable(text) == ""
    assert letters.printable(text) == text


@pytest.mark.parametrize(("text", "found"), [("漢字漢", "漢字"), ("hari अ", "अ"), ("\U0001f9ff", "\U0001f9ff")])
def test_what_no_font_has_is_named_once_and_replaced_everywhere(text, found):
    assert letters.unprintable(text) == found
    assert not set(found) & set(letters.printable(text))
    assert len(letters.printable(text)) == len(text)


def test_only_words_too_long_for_their_column_get_places_to_hyphenate():
    assert letters.hyphenated("Badan Pertimbangan", 5, is_bold=True) == "Badan Per\u00adtim\u00adbang\u00adan" or (
        letters.hyphenated("Badan Pertimbangan", 5, is_bold=True) == "Badan Per\u00adtim\u00adbangan"
    )
    assert letters.hyphenated("Badan Pertimbangan", 9, is_bold=True) == "Badan Pertimbangan"
