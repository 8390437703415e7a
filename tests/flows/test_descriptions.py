"""What is changed in an item's description: each field with who wrote what in the place of what, by one door."""

import pytest
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone

from ppid.flows.documents import describe
from ppid.information.descriptions import DescriptionChange
from ppid.information.models import Information
from tests import make
from tests.desk.pages import text

pytestmark = pytest.mark.django_db


def lines_of(case) -> list[tuple]:
    found = DescriptionChange.objects.filter(information=case.information_id).order_by("pk")
    return [(each.field, each.before, each.after, each.author_name) for each in found]


def test_a_change_leaves_a_line_a_field_and_nothing_else_does():
    case = make.publication(at="preparing", title="Laporan", retention="5 tahun")
    assert lines_of(case) == []
    describe(
        case,
        {"title": "Laporan tahunan", "retention": "5 tahun", "has_hardcopy": True, "made_when": ""},
        actor=make.demo("dinsos"),
    )
    assert lines_of(case) == [
        ("title", "Laporan", "Laporan tahunan", "Siti Aminah, S.Sos."),
        ("has_hardcopy", "false", "true", "Siti Aminah, S.Sos."),
        ("made_when", "5 November 2026", "", "Siti Aminah, S.Sos."),
    ]
    describe(case, {"title": "Laporan tahunan"}, actor=make.demo("dinsos"))
    assert len(lines_of(case)) == 3
    stored = Information.objects.get(pk=case.information_id)
    assert (stored.title, stored.has_hardcopy, stored.made_when, stored.made_from) == (
        "Laporan tahunan",
        True,
        "",
        None,
    )


def test_there_and_back_is_two_lines():
    case = make.publication(at="preparing", title="A")
    other = make.person("ppid_pelaksana")
    describe(case, {"title": "B"}, actor=make.demo("dinsos"))
    describe(case, {"title": "A"}, actor=other)
    assert [line[:3] for line in lines_of(case)] == [("title", "A", "B"), ("title", "B", "A")]
    assert DescriptionChange.objects.standing().get(information=case.information_id).author == other


FIELDS = {
    "title": "Lain",
    "summary": "Lain",
    "responsible": "Lain",
    "made_place": "Lain",
    "made_when": "2020",
    "has_softcopy": False,
    "has_hardcopy": True,
    "on_request": True,
    "retention": "Lain",
    "rhythm": 2,
}


@pytest.mark.parametrize("field", FIELDS)
def test_the_database_lets_no_field_change_without_its_line(field):
    item = make.publication(at="preparing").information
    rows = Information.objects.filter(pk=item.pk)
    with pytest.raises(DatabaseError, match="changes with its line in the ledger only"), make.savepoint():
        rows.update(**{field: FIELDS[field]})
    assert set(FIELDS) == set(Information.DESCRIPTION_FIELDS)


def line(item, **fields) -> DescriptionChange:
    words = {"field": "title", "before": item.title, "after": "Lain", "author": make.demo("dinsos"), **fields}
    return DescriptionChange(information=item, author_name="Siti", at=timezone.now(), **words)


def test_a_line_says_what_really_happens():
    item = make.publication(at="preparing").information
    for wrong, why in [
        (line(item, before="Tidak pernah"), "starts where the description stands"),
        (line(item, field="number", before="x"), "starts where the description stands"),
        (line(item, field="tidak_ada", before=""), "starts where the description stands"),
        (line(item, after=item.title), "a_change_changes_something"),
    ]:
        with pytest.raises(DatabaseError, match=why), make.savepoint():
            wrong.save()

    def line_and(act) -> None:
        with make.savepoint():
            line(item).save()
            act()

    with pytest.raises(DatabaseError, match="without its change"):
        line_and(make.at_the_end)
    with pytest.raises(DatabaseError, match="changes with its line"):
        line_and(lambda: Information.objects.filter(pk=item.pk).update(title="Lain lagi"))


def test_a_line_is_kept():
    case = make.publication(at="preparing")
    describe(case, {"title": "Lain"}, actor=make.demo("dinsos"))
    for act in (
        lambda: DescriptionChange.objects.update(after="Bukan"),
        lambda: DescriptionChange.objects.all().delete(),
        lambda: connection.cursor().execute("TRUNCATE information_descriptionchange CASCADE"),
    ):
        with pytest.raises(DatabaseError), make.savepoint():
            act()


def test_the_page_of_the_case_tells_who_wrote_what(sign_in_as):
    case = make.publication(at="preparing", summary="Ringkasan semula")
    page = text(sign_in_as("dinsos").get(reverse("desk:case", args=[case.number])))
    assert "Perubahan keterangan" not in page
    describe(case, {"summary": "Ringkasan baru", "on_request": True}, actor=make.demo("dinsos"))
    page = text(sign_in_as("utama").get(reverse("desk:case", args=[case.number])))
    assert "Perubahan keterangan (2)" in page
    assert "Ringkasan isi Siti Aminah, S.Sos." in page
    assert "semula: Ringkasan semula menjadi: Ringkasan baru" in page
    assert "semula: tidak menjadi: ya" in page


@pytest.fixture
def sign_in_as(client):
    def signed_in(who):
        client.force_login(make.demo(who))
        return client

    return signed_in
