"""One set of letters that no text may hold, whichever door the text comes through."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ppid.web.letters import FORBIDDEN, without_forbidden
from sop.drafts.typed import plain
from sop.importing.imported import Imported
from sop.importing.limits import fitted
from sop.sheet import Sheet

# Written out: NUL, a bell, DEL, a C1 control, noncharacters, half an emoji, an override, an embedding, an isolate.
SHEET = Sheet("", "", (), "", "", "", "", (), (), (), {})
BAD = ["\x00", "\x07", "\x7f", "\x9b", "\ufffe", "\ufdd0", "\ud83d", "\u202e", "\u202a", "\u2066"]
GOOD = "Pasal 17 – «ya»\t– ﷽ صحة\u200d\u200f हि 📄 é\u0301\n"


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize(
    "door",
    [
        without_forbidden,
        lambda text: plain(text).text,
        lambda text: fitted(Imported(replace(SHEET, title=text))).sheet.title,
    ],
    ids=["forms and exports", "the editor", "the importer"],
)
def test_no_door_lets_it_in(bad, door):
    assert door(f"Surat{bad}keluar") == "Suratkeluar"


def test_what_people_write_stays():
    assert without_forbidden(GOOD) == GOOD


@pytest.mark.parametrize("end", ["\x0b", "\x0c", "\x85", "\u2028", "\r\n", "\r"])
def test_what_programs_write_for_the_end_of_a_line_is_one(end):
    assert without_forbidden(f"satu{end}dua\x00") == "satu\ndua"


@given(st.text())
def test_what_is_left_can_be_stored_and_written_as_xml(text):
    left = without_forbidden(text)
    assert not FORBIDDEN.search(left)
    element = etree.Element("a")
    element.text = left
    assert left.encode().decode() == left
