"""The language of the search: which words have one root, how texts and questions fall into words, what is widened."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DataError, ProgrammingError, connection
from hypothesis import given
from hypothesis import strategies as st

from ppid.shelf.models import FamilyWord, SearchEntry, WordFamily
from ppid.shelf.search.families import FamilyRefused, asked, drop_family, keep_family
from ppid.shelf.search.language import root, words
from ppid.shelf.search.passages import Known, marked, passage
from ppid.shelf.search.question import read, widened
from ppid.shelf.search.vectors import vector
from ppid.shelf.units import ShelfUnit
from tests.portal import shelf_rows as shelf
from tests.together import two_at_once

PAIRS = [
    line.split("\t")
    for line in (Path(__file__).parent / "search_pairs.tsv").read_text().splitlines()
    if not line.startswith("#")
]


@pytest.fixture
def office(db, settings, tmp_path):
    settings.PUBLIC_FILES = tmp_path / "public"
    call_command("loaddata", "word_families", verbosity=0)
    ShelfUnit.objects.all().delete()


def finds(query: str, text: str) -> bool:
    item = shelf.item(title=text, summary="-", unit_name="-", responsible="-")
    return SearchEntry.objects.found_by(asked(query)).filter(key=item.number).exists()


@pytest.mark.parametrize(("kind", "one", "other"), PAIRS)
def test_every_pair_of_the_office_is_found_or_kept_apart(office, kind, one, other):
    assert finds(one, other) == (kind != "apart")
    if kind != "finds":
        assert finds(other, one) == (kind == "related")


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("12/2024", "Peraturan Nomor 12 Tahun 2024"),
        ("188.45/1234/ORG/2025", "Keputusan 188.45/1234/ORG/2025"),
        ("1.02.01", "kode 1.02.01"),
        ("UU -14", "UU-14/2008"),
        ("barang-barang", "barang milik daerah"),
        ('"bantuan sosial"', "Laporan bantuan sosial"),
        ("Perwali 7", "Perwali 07/2024"),
        ("é", "e"),
        ("cara mengecualikan informasi", "Cara pengecualian informasi"),
    ],
)
def test_numbers_and_words_are_found_as_people_type_them(office, query, text):
    assert finds(query, text)


def test_a_quoted_phrase_stands_in_its_order(office):
    assert not finds('"sosial bantuan"', "Laporan bantuan sosial")


@given(st.text(max_size=300))
def test_any_text_falls_into_words_and_marks_lose_nothing(text):
    for word in words(text):
        assert root(root(word)) or True
        assert "'" not in word
        assert "\\" not in word
    known = Known(set(words(text)))
    assert "".join(said for said, _ in marked(text, known)) == text
    assert passage(text, known) is not None


@pytest.mark.django_db
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400))
def test_any_question_and_any_text_is_one_that_the_database_reads(text):
    question = widened(read(text), [["bansos", "bantuan sosial"]], [("dinsos", "Dinas Sosial", ["sosial"])])
    with connection.cursor() as cursor:
        try:
            cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [vector((text, "A", "C")), question.query])
        except DataError as error:  # pragma: no cover - says which
            raise AssertionError(text) from error
    assert len(question.terms) <= 12


class TestAQuestionIsBounded:
    MANY = " ".join(f"k{n:02}" for n in range(40))

    def test_by_its_letters_and_its_words(self):
        assert len(read("a " * 400).typed) <= 200
        assert len(read(self.MANY).terms) == 12
        assert len(read(self.MANY).run) == 24
        assert [len(term.alone) for term in read(f'"{self.MANY}"').terms] == [12]

    def test_a_word_that_is_asked_twice_is_one(self):
        assert [term.alone for term in read("akta akta Akta").terms] == [("akta",)]

    def test_small_words_are_asked_only_where_nothing_else_is(self):
        assert [term.alone for term in read("akta dan kelahiran").terms] == [("akta",), ("kelahiran",)]
        assert [term.alone for term in read("yang di").terms] == [("yang",), ("di",)]

    def test_what_stands_in_quotation_marks_means_itself_alone(self):
        families = [["bansos", "bantuan sosial"]]
        assert widened(read("bansos"), families).wider
        assert not widened(read('"bansos"'), families).wider


@pytest.mark.parametrize(
    "statement", ["DELETE FROM shelf_familyword WHERE word = 'PKH'", "INSERT INTO shelf_wordfamily DEFAULT VALUES"]
)
@pytest.mark.django_db
def test_no_family_is_left_with_one_word_whoever_writes(statement):
    keep_family(["bansos", "PKH"])
    with connection.cursor() as cursor:
        cursor.execute(statement)
        with pytest.raises(ProgrammingError, match="two at least"):
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_two_who_keep_the_same_word_at_once_are_not_both_let_in(committed_database):
    answers = two_at_once(lambda: keep_family(["bansos", "bantuan"]), lambda: keep_family(["bansos", "PKH"]))
    assert [type(each) for each in answers] == [WordFamily, FamilyRefused]


@pytest.mark.django_db
def test_a_word_is_in_one_family_and_none_leads_to_itself():
    WordFamily.objects.all().delete()
    family = keep_family(["bansos", "bantuan sosial"])
    for bad, said in (
        (["bansos"], "sedikitnya dua"),
        (["sekolah", "Sekolah"], "dirinya sendiri"),
        (["penduduk", "kependudukan"], "dirinya sendiri"),
        (["PKH", "bantuan sosial"], "sudah ada dalam padanan"),
        (["!!", "??"], "tidak memuat huruf"),
        ([f"kata{n}" for n in range(13)], "Paling banyak 12"),
        (["a" * 81, "b"], "terlalu panjang"),
    ):
        with pytest.raises(FamilyRefused, match=said):
            keep_family(bad)
    keep_family(["bansos", "bantuan sosial", "PKH"], family)
    assert FamilyWord.objects.count() == 3
    drop_family(family)
    assert not FamilyWord.objects.exists()
