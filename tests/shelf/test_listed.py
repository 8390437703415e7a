"""Items as lists print them say what the items themselves say."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ppid.shelf.listed import LETTERS, listed
from ppid.shelf.models import PublishedItem
from tests.portal import shelf_rows

pytestmark = pytest.mark.django_db
SAID = ("number", "title", "category", "published_at", "unit_name", "form_text", "needs_renewal", "responsible")


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.PUBLIC_FILES = tmp_path / "public"


def test_it_says_what_the_item_says():
    today = timezone.localdate()
    shelf_rows.item(files=[shelf_rows.file(), shelf_rows.file(b"PK", filename="a b.xlsx")], has_hardcopy=True)
    shelf_rows.item(category="on_demand", on_request=True)
    shelf_rows.item(published_at=timezone.now() - timedelta(days=300))
    items = {item.number: item for item in PublishedItem.objects.prefetch_related("files")}
    rows = list(listed(PublishedItem.objects.newest_first(), on=today, with_files=True))
    assert [row.number for row in rows] == [item.number for item in PublishedItem.objects.newest_first()]
    for row in rows:
        item = items[row.number]
        assert [getattr(row, name) for name in SAID] == [getattr(item, name) for name in SAID]
        assert row.get_absolute_url() == item.get_absolute_url()
        assert row.get_category_display() == item.get_category_display()
        assert row.summary == item.summary
        assert [tuple(each) for each in row.shown_files] == [(each.size, each.kind) for each in item.files.all()]
        assert row == row.__class__(**vars(row))
        assert hash(row)


def test_of_a_very_long_summary_no_more_is_read_than_a_list_prints():
    shelf_rows.item(summary="kata " * 2000)
    (row,) = listed(PublishedItem.objects.all(), on=timezone.localdate())
    assert len(row.summary) == LETTERS


def test_it_takes_one_query(django_assert_num_queries):
    for n in range(5):
        shelf_rows.item(files=[shelf_rows.file(bytes([n]))])
    with django_assert_num_queries(1):
        assert len(list(listed(PublishedItem.objects.all(), on=timezone.localdate(), with_files=True))) == 5
