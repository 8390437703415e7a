"""``docs/security.md`` names every requirement of levels 1 and 2 once, with a state, and only what is there."""

import re
from collections import Counter

import pytest

from ppid.information import media_types
from ppid.web.uploads import MAX_FILES
from tests.test_laws import ROOT

# OWASP ASVS 5.0.0: section → the level of each of its requirements, in their order.
LEVELS = {
    **{"1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123"},
    **{"2.1": "122", "2.2": "112", "2.3": "12223", "2.4": "23"},
    **{"3.1": "3", "3.2": "113", "3.3": "12223", "3.4": "11222233", "3.5": "11122333", "3.6": "3", "3.7": "22333"},
    **{"4.1": "12233", "4.2": "23333", "4.3": "22", "4.4": "1222"},
    **{"5.1": "2", "5.2": "112333", "5.3": "113", "5.4": "222"},
    **{"6.1": "122", "6.2": "111111112222", "6.3": "11223333", "6.4": "112233", "6.5": "22222333", "6.6": "2223"},
    **{"6.7": "33", "6.8": "2222"},
    **{"7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "223", "7.6": "22"},
    **{"8.1": "1233", "8.2": "1123", "8.3": "133", "8.4": "23"},
    **{"9.1": "111", "9.2": "1222"},
    **{"10.1": "22", "10.2": "223", "10.3": "22223", "10.4": "1111122222233333", "10.5": "22222", "10.6": "22"},
    **{"10.7": "222"},
    **{"11.1": "2233", "11.2": "22233", "11.3": "11233", "11.4": "1222", "11.5": "23", "11.6": "23", "11.7": "33"},
    **{"12.1": "12233", "12.2": "11", "12.3": "22223"},
    **{"13.1": "2333", "13.2": "222223", "13.3": "2233", "13.4": "1222233"},
    **{"14.1": "22", "14.2": "12223333", "14.3": "122"},
    **{"15.1": "12233", "15.2": "12233", "15.3": "1222222", "15.4": "3333"},
    **{"16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222", "16.5": "2223"},
    **{"17.1": "23", "17.2": "22223333", "17.3": "22"},
}
STATES = {"met", "partly", "not", "does not apply"}
DOC = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+\.\d+\.\d+(?:, \d+\.\d+\.\d+)*) \| ([^|]+) \| ([^|]+) \| ([^|]*) \|$", DOC, re.MULTILINE)


def of_level(*levels: str) -> list[str]:
    return [f"{section}.{n}" for section, each in LEVELS.items() for n, level in enumerate(each, 1) if level in levels]


def test_the_table_of_levels_is_the_standards():
    assert [len(of_level(level)) for level in "123"] == [70, 183, 92]


def test_every_requirement_of_both_levels_stands_there_once():
    told = Counter(number for numbers, *_ in ROWS for number in numbers.split(", "))
    assert told == Counter(of_level("1", "2"))


def test_every_row_of_a_requirement_is_read():
    assert len(ROWS) == len(re.findall(r"^\| \d", DOC, re.MULTILINE))


@pytest.mark.parametrize(("numbers", "asks", "state", "by"), ROWS, ids=[row[0] for row in ROWS])
def test_each_has_a_state_and_says_by_what_or_why(numbers, asks, state, by):
    assert state in STATES
    assert by.strip()
    assert len(asks.split()) <= 9, "a name, not the standard's sentence"


@pytest.mark.parametrize("name", ["docs/security.md", "SECURITY.md"])
def test_every_file_that_is_named_is_there(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    paths = re.findall(
        r"`((?:ppid|sop|tests|deploy|docs|script|static|templates|fixtures)/[\w./-]*|[\w.-]+\.(?:md|lock))`", text
    )
    assert paths
    assert {path for path in paths if not (ROOT / path).exists()} == set()


def test_its_own_links_lead_to_its_headings():
    headings = {re.sub(r"[^\w -]", "", line.lower()).replace(" ", "-") for line in re.findall(r"^#+ (.+)$", DOC, re.M)}
    assert set(re.findall(r"\]\(#([^)]+)\)", DOC)) <= headings


def test_every_setting_that_is_named_is_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)(?:=\w+)?`", DOC))
    inner = {"NAME_FILE", "SOCIALACCOUNT_STORE_TOKENS"}  # how settings are read, and one of allauth's
    assert {name for name in named - inner if f"`{name}`" not in readme} == set()


def test_the_kinds_of_files_are_those_that_are_taken():
    section = DOC.split("### Files that are taken")[1].split("### ")[0]
    told = [ending for row in re.findall(r"^\| [^|]+ \| ([a-z, ]+) \|", section, re.M) for ending in row.split(", ")]
    packages = (media_types.COMPOUND, media_types.OFFICE_OPEN, media_types.OPEN_DOCUMENT)
    kinds = [media_types.PDF, media_types.CSV, media_types.ZIP, *media_types.IMAGES]
    kinds += [kind for each in packages for kind in each.values()]
    assert sorted(told) == sorted({ending for kind in kinds for ending in kind.endings})
    assert ("twenty at once" in section, MAX_FILES) == (True, 20)
