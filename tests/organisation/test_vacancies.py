"""Which seats are empty and since when, and what ends soon."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ppid.flows.closing import close_unit
from ppid.organisation import actions
from ppid.organisation.models import Unit
from ppid.organisation.vacancies import ending_soon, vacant_seats
from tests import make

pytestmark = pytest.mark.django_db

TODAY, DAY = timezone.localdate(), timedelta(days=1)


def test_a_unit_s_seat_is_empty_from_the_day_after_its_holder_s_last():
    make.appoint(make.person(name="Rudi, S.T."), "ppid_pelaksana", unit="dinkes", ends_on=TODAY - 10 * DAY)
    empty = next(each for each in vacant_seats(TODAY) if each.unit == "dinkes")
    assert (empty.role, empty.since, empty.last_holder) == ("ppid_pelaksana", TODAY - 9 * DAY, "Rudi, S.T.")
    assert empty.sentence.startswith("PPID Pelaksana Dinas Kesehatan kosong sejak ")


def test_a_seat_is_empty_from_the_day_on_which_its_holder_s_account_was_closed():
    person = make.person("ppid_pelaksana", unit="dinkes")
    actions.deactivate(person, actor=make.demo("utama"), at=timezone.now() - 5 * DAY)
    assert next(each for each in vacant_seats(TODAY) if each.unit == "dinkes").since == TODAY - 5 * DAY


def test_a_seat_that_nobody_ever_held_says_so():
    empty = next(each for each in vacant_seats(TODAY) if each.unit == "setda")
    assert (empty.since, empty.sentence) == (None, "PPID Pelaksana Sekretariat Daerah belum pernah terisi")


def test_a_seat_of_the_city_is_empty_when_nobody_holds_it_anywhere():
    assert not [each for each in vacant_seats(TODAY) if each.role == "operator"]
    long_ago = TODAY - timedelta(days=4000)
    assert {each.role for each in vacant_seats(long_ago) if not each.unit} == {
        "ppid_utama",
        "atasan_ppid",
        "bidang_layanan",
        "operator",
    }


def test_a_closed_unit_has_no_seat_to_fill_and_other_roles_are_no_seats():
    closing, successor = make.unit("satpolpp"), make.unit("dinkes")
    assert "satpolpp" in {each.unit for each in vacant_seats(TODAY)}
    close_unit(closing, successor=successor, last_day=TODAY, because="SOTK baru.", actor=make.demo("utama"))
    assert "satpolpp" not in {each.unit for each in vacant_seats(TODAY)}
    assert {each.role for each in vacant_seats(TODAY)} <= {"ppid_pelaksana"}


def test_what_ends_within_thirty_days_comes_nearest_first_with_who_follows():
    late = make.appoint(make.person(), "opd", unit="disdikbud", ends_on=TODAY + 30 * DAY)
    soon = make.appoint(make.person(), "ppid_pelaksana", unit="dinkes", ends_on=TODAY + DAY)
    make.appoint(make.person(name="Nina"), "ppid_pelaksana", unit="dinkes", starts_on=TODAY + 2 * DAY)
    make.appoint(make.person(), "operator", ends_on=TODAY + 31 * DAY)
    found = [each for each in ending_soon(TODAY) if each.unit != "disdukcapil"]
    assert [(each.appointment, each.days_left, each.followed_by) for each in found] == [
        (soon.pk, 1, "Nina"),
        (late.pk, 30, ""),
    ]


def test_the_queries_do_not_grow_with_units_and_people(django_assert_max_num_queries):
    for n in range(12):
        Unit.objects.create(code=f"u{n}", name=f"Dinas {n}", short_name=f"D{n}")
        make.appoint(make.person(), "ppid_pelaksana", unit=f"u{n}", ends_on=TODAY + (n - 6) * DAY)
    with django_assert_max_num_queries(6):
        assert ending_soon(TODAY)
        assert vacant_seats(TODAY)
