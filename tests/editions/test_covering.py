"""An edition outlives what it names: what was closed since must not be read in it, in whatever words."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ppid.editions import acts
from ppid.editions.acts import Decree
from ppid.editions.models import EditionRow
from ppid.editions.registers import readable
from ppid.shelf import actions as shelf
from ppid.shelf.models import DikEntry, PublishedAnnex, PublishedRegister, PublishedRegisterRow
from ppid.shelf.register_fields import digest
from tests import make
from tests.editions import editions
from tests.portal import shelf_rows

pytestmark = pytest.mark.django_db

NOW, TODAY = timezone.now(), timezone.localdate()
SECRET = "burungkenari"
CALLED = "Data pribadi pemohon akta"


def item(**fields):
    words = {name: f"{SECRET} {name}" for name in ("title", "summary", "responsible", "made_place", "retention")}
    return shelf_rows.item(number="2026-0101", **{**words, **fields})


def exclude(**fields):
    given = {"called": CALLED, "reason": "Ditutup.", "at": NOW, "ends_on": None} | fields
    return shelf.exclude("2026-0101", **given)


def row() -> PublishedRegisterRow:
    return PublishedRegisterRow.objects.get(key="2026-0101")


def annex(edition: PublishedRegister) -> str:
    """Offer an annex and return its hash."""
    drawn = digest(edition.rows.order_by("position").values_list("key", "values"))
    assert shelf.put_annex(edition, 1, b"%PDF-1.7 " + SECRET.encode(), drawn=drawn)
    return PublishedAnnex.objects.get(edition=edition).sha256


def test_what_is_excluded_later_says_what_its_tombstone_says(django_capture_on_commit_callbacks):
    item()
    edition = editions.set_here("dip")
    sha256 = annex(edition)
    assert shelf.public_store().path(sha256).exists()
    with django_capture_on_commit_callbacks(execute=True):
        exclude()
    assert {name: words for name, words in row().values.items() if words} == {"number": "2026-0101", "title": CALLED}
    assert (row().covered, row().covered_on, row().unit_code) == ("excluded", TODAY, "")
    assert not PublishedAnnex.objects.exists()
    assert not shelf.public_store().path(sha256).exists(), "the annex that names it is gone, too"
    assert SECRET in EditionRow.objects.get(key="2026-0101").values["title"], "what was set stays in the office"


def test_also_what_was_withdrawn_before_it_was_excluded():
    item()
    editions.set_here("dip")
    shelf.withdraw("2026-0101", reason="Ditarik.", at=NOW)
    assert SECRET in row().values["title"], "withdrawn with its title, which its tombstone says"
    exclude()
    assert row().values["title"] == CALLED


def test_every_edition_covers_it_and_no_other_row():
    item()
    other = shelf_rows.item(number="2026-0102")
    editions.set_here("dip")
    editions.set_here("dip", number="2/PPID/2026")
    exclude()
    assert {each.values["title"] for each in PublishedRegisterRow.objects.filter(key="2026-0101")} == {CALLED}
    assert {each.values["title"] for each in PublishedRegisterRow.objects.filter(key="2026-0102")} == {other.title}


def test_the_words_of_the_dik_are_followed_when_they_are_corrected():
    item()
    editions.set_here("dip")
    exclude()
    shelf.call("2026-0101", "Data pemohon")
    assert row().values["title"] == "Data pemohon"
    shelf.call("2026-0999", "Lain")


def test_what_was_wrongly_published_is_named_no_more():
    item()
    editions.set_here("dip")
    shelf.withdraw("2026-0101", reason="Salah.", at=NOW, why="wrongly_published")
    assert SECRET not in str(row().values)
    assert row().covered == "wrongly_published"


def test_a_correction_that_hides_what_was_said_hides_it_here_too():
    item()
    editions.set_here("dip")
    told = {"on": TODAY.isoformat(), "note": "Ralat."}
    shelf.correct("2026-0101", words={"summary": "Tanpa nama."}, correction=told | {"changes": [["a", "b", "c"]]})
    assert SECRET in row().values["summary"], "the former words may be read: the edition keeps them"
    words = {"title": "Judul", "responsible": "P", "made_place": "", "retention": "5 tahun"}
    shelf.correct("2026-0101", words=words, correction=told | {"changes": []})
    assert SECRET not in str(row().values)
    assert (row().values["title"], row().covered, row().unit_code) == ("Judul", "corrected", "dinsos")


def test_a_hidden_correction_of_the_dik_hides_it_in_its_editions():
    entry = shelf_rows.dik(number="2026-0201", information=SECRET)
    editions.set_here("dik")
    entry.information, entry.corrections = "Kata lain", [{"on": TODAY.isoformat(), "before": []}]
    words = {field.name: getattr(entry, field.name) for field in DikEntry._meta.fields if field.name != "id"}
    shelf.put_dik(DikEntry(**words))
    found = PublishedRegisterRow.objects.get(key="2026-0201")
    assert (found.values["information"], found.covered) == ("Kata lain", "corrected")


@pytest.mark.parametrize("how", ["excluded", "wrong", "corrected"])
def test_what_is_closed_while_an_edition_waits_is_covered_from_its_first_moment(how):
    item()
    edition = editions.approved("dip")
    if how == "excluded":
        exclude()
    elif how == "wrong":
        shelf.withdraw("2026-0101", reason="Salah.", at=NOW, why="wrongly_published")
    else:
        words = {"title": "J", "summary": "R", "responsible": "P", "made_place": "", "retention": "5 tahun"}
        shelf.correct("2026-0101", words=words, correction={"on": TODAY.isoformat(), "note": "Ralat.", "changes": []})
    assert SECRET not in str(readable(edition)), "not at the desk, either"
    acts.set_by_decree(edition, Decree("1", TODAY), make.pdf(), actor=make.demo("utama"))
    assert SECRET not in str(row().values)
    assert row().covered == {"excluded": "excluded", "wrong": "wrongly_published", "corrected": "corrected"}[how]


def test_what_was_open_again_by_then_is_not_covered():
    item()
    edition = editions.approved("dip")
    exclude(at=NOW - timedelta(days=9), ends_on=TODAY - timedelta(days=1))
    acts.set_by_decree(edition, Decree("1", TODAY), make.pdf(), actor=make.demo("utama"))
    assert SECRET in row().values["title"]


def test_an_annex_drawn_before_a_row_was_covered_is_not_offered():
    item()
    edition = editions.set_here("dip")
    drawn = digest(edition.rows.order_by("position").values_list("key", "values"))
    exclude()
    assert not shelf.put_annex(edition, 1, b"%PDF-1.7", drawn=drawn)
    assert not PublishedAnnex.objects.exists()


def test_the_walk_of_an_exclusion_covers_the_edition():
    case = make.publication(at="published", unit="disdukcapil", title=f"Daftar {SECRET}")
    editions.set_here("dip")
    make.exclusion(at="adopted", information=case.information)
    assert SECRET not in str(list(PublishedRegisterRow.objects.values_list("values", flat=True)))
