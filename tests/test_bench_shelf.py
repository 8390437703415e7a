"""The shelf that is measured on is made of nothing but what the product itself would keep there."""

import pytest
from django.db import transaction
from django.db.models import Count
from django.db.models.functions import ExtractYear

from ppid.shelf.models import ItemCount, KnownBytes, PublishedFile, PublishedItem, SearchEntry, SitemapPart
from ppid.shelf.search import index
from ppid.shelf.units import ShelfUnit
from tests.bench import shelf


@pytest.fixture
def filled(db):
    shelf.fill(240)


def test_what_triggers_keep_is_true_of_it(filled):
    rows = PublishedItem.objects.values_list("category", "unit_code", ExtractYear("published_at"))
    counted = {tuple(row[:3]): row[3] for row in rows.annotate(n=Count("pk"))}
    assert counted == {(row.category, row.unit_code, row.year): row.n for row in ItemCount.objects.all()}
    assert sum(counted.values()) == 240
    keys = {pk // 25_000 for pk in PublishedItem.objects.values_list("pk", flat=True)}
    assert keys <= set(SitemapPart.objects.values_list("part", flat=True))


def test_the_search_knows_all_of_it_and_nothing_else(filled):
    assert list(index.faults()) == []
    assert SearchEntry.objects.filter(kind="page").exists()
    assert KnownBytes.objects.filter(kind="item").count() == PublishedFile.objects.count()


def test_it_is_as_wide_as_a_city(filled):
    assert ShelfUnit.objects.filter(successor_code="").count() == 40
    years = PublishedItem.objects.values_list(ExtractYear("published_at"), flat=True)
    assert set(years) == set(range(2015, 2027))


def test_it_is_the_same_at_every_making(db):
    rows = PublishedItem.objects.order_by("number").values_list("number", "title", "summary", "unit_code")
    with transaction.atomic():
        shelf.fill(60)
        first = list(rows)
        transaction.set_rollback(True)
    shelf.fill(60)
    assert list(rows.all()) == first
    assert len(first) == 60
