"""The door of what is made to be taken away in parts: one in the making of each kind, and nothing that has changed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ppid.shelf import actions, bundling
from ppid.shelf.models import Bundle, BundlePart
from ppid.upkeep.stores import all_stores
from tests.portal import shelf_rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_public_files(settings, tmp_path):
    settings.PUBLIC_FILES = tmp_path / "public"


def begun(kind: str = "dip", total: int = 2) -> Bundle:
    return bundling.begin(kind, drawn="0" * 64, rows=2, total=total, on=timezone.localdate())


def made(part: int = 1, *, is_still_so: bool = True) -> bundling.Made:
    name = f"dip-{part}.pdf"
    return bundling.Made(
        part, name, "application/pdf", f"%PDF {part}".encode(), [f"2026-{part}"], 1, lambda: is_still_so
    )


def kinds() -> list[tuple[str, bool]]:
    """Return the kinds that there are, each with whether it is finished."""
    return [(each.kind, each.finished_at is not None) for each in Bundle.objects.order_by("kind", "pk")]


def test_one_that_is_begun_takes_the_place_of_its_kind_in_the_making_alone():
    former, other = begun("dip"), begun("dik")
    shelf_rows.bundle("sop")
    assert bundling.add(former, [made()], is_last=False)
    again = begun("dip")
    assert set(Bundle.objects.unfinished()) == {other, again}
    assert not BundlePart.objects.filter(bundle=former.pk).exists()
    assert kinds() == [("dik", False), ("dip", False), ("sop", True)]


def test_the_finished_one_of_its_kind_stands_until_the_last_part_and_goes_with_it():
    shelf_rows.bundle("dip", b"%PDF lama")
    shelf_rows.bundle("dik", b"%PDF lain")
    bundle = begun(total=9)
    assert bundling.add(bundle, [made(1)], is_last=False)
    assert kinds() == [("dik", True), ("dip", True), ("dip", False)]
    assert bundling.add(bundle, [made(2)], is_last=True)
    assert kinds() == [("dik", True), ("dip", True)]
    bundle.refresh_from_db()
    assert bundle.total == 2, "it has as many parts as were made"


def test_what_changed_while_it_was_made_is_not_offered_and_drops_all_of_it():
    bundle = begun()
    assert bundling.add(bundle, [made(1)], is_last=False)
    assert not bundling.add(bundle, [made(2), made(3, is_still_so=False)], is_last=True)
    assert kinds() == []


def test_a_part_that_another_added_drops_all_of_it():
    bundle = begun()
    assert bundling.add(bundle, [made(1)], is_last=False)
    assert not bundling.add(bundle, [made(1)], is_last=False)
    assert kinds() == []
    assert not bundling.add(bundle, [made(2)], is_last=True), "there is nothing any more to add to"


def test_a_finished_one_is_added_to_no_more():
    bundle = shelf_rows.bundle("dip")
    assert not bundling.add(bundle, [made(2)], is_last=True)
    assert kinds() == [("dip", True)]


def test_bytes_go_with_the_last_that_has_them(django_capture_on_commit_callbacks):
    store = actions.public_store()
    with django_capture_on_commit_callbacks(execute=True):
        for kind in ("dip", "dik"):
            shelf_rows.bundle(kind, b"%PDF sama")
    sha256 = BundlePart.objects.first().sha256
    for kind, stays in (("dip", True), ("dik", False)):
        with django_capture_on_commit_callbacks(execute=True):
            bundling.drop(Bundle.objects.filter(kind=kind))
        assert store.path(sha256).exists() is stays


def test_a_part_that_says_the_same_in_the_next_one_keeps_its_bytes(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        bundling.add(begun(), [made(1), made(2)], is_last=True)
    again = begun()
    with django_capture_on_commit_callbacks(execute=True):
        bundling.add(again, [made(1), made(3)], is_last=True)
    assert bundling.is_whole(again)
    assert list(again.parts.values_list("part", flat=True)) == [1, 3]


def test_whatever_names_a_public_file_keeps_it():
    public = next(store for store in all_stores() if store.name == "public")
    with CaptureQueriesContext(connection) as asked:
        actions.shown_among({"0" * 64})
    tables = " ".join(each["sql"] for each in asked)
    assert [
        naming.rows.model for naming in public.namings if f'"{naming.rows.model._meta.db_table}"' not in tables
    ] == []


def test_it_is_whole_by_the_bytes_of_each_part():
    bundle = begun()
    bundling.add(bundle, [made(1), made(2)], is_last=True)
    assert bundling.is_whole(bundle)
    actions.public_store().remove(bundle.parts.get(part=2).sha256)
    assert not bundling.is_whole(bundle)


def test_where_there_is_nothing_to_drop_nothing_is_written_and_no_writer_is_held_up():
    with CaptureQueriesContext(connection) as asked:
        bundling.drop(Bundle.objects.filter(kind="dip"))
    assert [each["sql"].split()[0] for each in asked] == ["SAVEPOINT", "SELECT", "RELEASE"]


def test_parts_are_told_in_their_order_and_found_by_what_they_name():
    bundle = begun()
    bundling.add(bundle, [made(2), made(1)], is_last=True)
    (told,) = Bundle.objects.with_parts()
    assert [each["part"] for each in told.there] == [1, 2]
    assert list(Bundle.objects.naming("2026-2")) == [bundle]
    assert not Bundle.objects.naming("2026-3").exists()
