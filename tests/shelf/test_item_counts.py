"""The small table of counts says what counting would say, whatever was put, changed, taken off or emptied."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.models import Count
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ppid.shelf import actions
from ppid.shelf.models import ItemCount, PublishedEdition, PublishedItem
from tests.portal import shelf_rows

pytestmark = pytest.mark.django_db

AT_NEW_YEAR = datetime(2025, 12, 31, 17, 30, tzinfo=UTC)  # half past midnight of 2026 in Pontianak


def counted() -> set[tuple]:
    return set(ItemCount.objects.values_list("category", "unit_code", "year", "n"))


def by_counting() -> set[tuple]:
    rows = PublishedItem.objects.order_by().values_list("category", "unit_code", "published_at__year")
    return set(rows.annotate(n=Count("pk")))


def test_an_item_is_counted_in_the_year_of_the_offices_clock():
    shelf_rows.item(published_at=AT_NEW_YEAR)
    shelf_rows.item(published_at=AT_NEW_YEAR, category="on_demand")
    shelf_rows.item(published_at=AT_NEW_YEAR)
    assert counted() == {("periodic", "dinsos", 2026, 2), ("on_demand", "dinsos", 2026, 1)}


def test_a_unit_that_passes_on_passes_its_counts_on():
    shelf_rows.item(published_at=AT_NEW_YEAR)
    shelf_rows.item(published_at=AT_NEW_YEAR, unit_code="dinkes")
    actions.pass_unit_on("dinsos", to="dinkes")
    assert counted() == {("periodic", "dinkes", 2026, 2)}


def test_what_is_withdrawn_excluded_or_replaced_is_counted_no_more():
    for n in range(3):
        shelf_rows.item(number=f"2026-000{n}", published_at=AT_NEW_YEAR)
    actions.withdraw("2026-0000", reason="Ditarik.", at=AT_NEW_YEAR)
    actions.exclude("2026-0001", called="Data", reason="UU", at=AT_NEW_YEAR, ends_on=None)
    again = shelf_rows.item(number="2026-0002", category="on_demand", published_at=AT_NEW_YEAR)
    assert again.edition == 2
    assert counted() == {("on_demand", "dinsos", 2026, 1)}


def test_an_emptied_table_counts_nothing():
    shelf_rows.item()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE shelf_publisheditem CASCADE")
    assert counted() == set()


class TestWhateverHappens(TestCase):
    @settings(max_examples=15, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["put", "withdraw", "pass on", "delete many"]),
                st.integers(0, 4),
                st.sampled_from(["periodic", "immediate", "on_demand"]),
                st.sampled_from(["dinsos", "dinkes", "dishub"]),
                st.integers(2019, 2022),
            ),
            max_size=12,
        )
    )
    def test_the_counts_are_those_of_counting(self, acts):
        for act, n, category, unit, year in acts:
            number, at = f"2026-000{n}", datetime(year, 6, 1, tzinfo=UTC)
            if act == "put":
                shelf_rows.item(number=number, category=category, unit_code=unit, published_at=at)
            elif act == "withdraw":
                actions.withdraw(number, reason="Ditarik.", at=at)
            elif act == "pass on" and unit != "dinsos":
                actions.pass_unit_on("dinsos", to=unit)
            elif act == "delete many":
                PublishedItem.objects.filter(category=category).delete()
                PublishedEdition.objects.all().delete()  # or the next edition would bear the number of one of them
            assert counted() == by_counting()
