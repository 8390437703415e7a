"""The sums of months and of working days say what counting would say, whatever was put, changed, taken or emptied."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.db.models import Count
from django.db.models.functions import Least
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ppid.shelf import actions
from ppid.shelf.models import LeadTimeCount, MonthCount, PublishedEdition, PublishedItem
from tests.portal import shelf_rows

pytestmark = pytest.mark.django_db

AT_NEW_YEAR = datetime(2025, 12, 31, 17, 30, tzinfo=UTC)  # half past midnight of 2026 in Pontianak


def months() -> set[tuple]:
    return set(MonthCount.objects.values_list("month", "category", "n"))


def days() -> set[tuple]:
    return set(LeadTimeCount.objects.values_list("category", "unit_code", "days", "n"))


def by_counting() -> tuple[set[tuple], set[tuple]]:
    items = PublishedItem.objects.order_by()
    found = items.values_list("published_at__year", "published_at__month", "category").annotate(n=Count("pk"))
    timed = items.filter(lead_days__isnull=False).annotate(kept=Least("lead_days", 366))
    return {(date(year, month, 1), category, n) for year, month, category, n in found}, set(
        timed.values_list("category", "unit_code", "kept").annotate(n=Count("pk"))
    )


def test_a_month_is_that_of_the_offices_clock():
    shelf_rows.item(published_at=AT_NEW_YEAR)
    shelf_rows.item(published_at=AT_NEW_YEAR, category="on_demand")
    shelf_rows.item(published_at=AT_NEW_YEAR)
    assert months() == {(date(2026, 1, 1), "periodic", 2), (date(2026, 1, 1), "on_demand", 1)}


def test_what_was_not_measured_is_not_counted_and_what_took_years_is_counted_at_the_end():
    for found in (None, 0, 366, 367, 4000):
        shelf_rows.item(lead_days=found)
    assert days() == {("periodic", "dinsos", 0, 1), ("periodic", "dinsos", 366, 3)}


def test_the_next_edition_counts_in_the_place_of_the_one_before():
    shelf_rows.item(number="2026-0001", lead_days=3, published_at=AT_NEW_YEAR)
    shelf_rows.item(number="2026-0001", lead_days=5, published_at=datetime(2026, 6, 1, tzinfo=UTC))
    assert days() == {("periodic", "dinsos", 5, 1)}
    assert months() == {(date(2026, 6, 1), "periodic", 1)}


def test_an_emptied_table_counts_nothing():
    shelf_rows.item(lead_days=3)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE shelf_publisheditem CASCADE")
    assert (months(), days()) == (set(), set())


class TestWhateverHappens(TestCase):
    @settings(max_examples=15, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["put", "withdraw", "exclude", "pass on", "delete many"]),
                st.integers(0, 4),
                st.sampled_from(["periodic", "immediate", "on_demand"]),
                st.sampled_from(["dinsos", "dinkes", "dishub"]),
                st.integers(1, 12),
                st.sampled_from([None, 0, 1, 2, 400]),
            ),
            max_size=12,
        )
    )
    def test_the_sums_are_those_of_counting(self, acts):
        for act, n, category, unit, month, took in acts:
            number, at = f"2026-000{n}", datetime(2022, month, 1, tzinfo=UTC)
            if act == "put":
                shelf_rows.item(number=number, category=category, unit_code=unit, published_at=at, lead_days=took)
            elif act == "withdraw":
                actions.withdraw(number, reason="Ditarik.", at=at)
            elif act == "exclude":
                actions.exclude(number, called="Data", reason="UU", at=at, ends_on=None)
            elif act == "pass on" and unit != "dinsos":
                actions.pass_unit_on("dinsos", to=unit)
            elif act == "delete many":
                PublishedItem.objects.filter(category=category).delete()
                PublishedEdition.objects.all().delete()  # or the next edition would bear the number of one of them
            assert (months(), days()) == by_counting()
