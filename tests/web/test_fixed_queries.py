"""Queries whose SQL is written once: they find what their queryset finds, each time anew, for whatever values."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ppid.organisation.appointing import stop
from ppid.organisation.devices import Device
from ppid.organisation.leaving import session_of
from ppid.organisation.models import Appointment, Role, User
from ppid.organisation.sessions import begin
from ppid.web.fixed_queries import FixedQuery
from tests import make
from tests.desk.pages import fields
from tests.together import two_at_once


def people_of(unit: int, *, on) -> "list":
    return Appointment.objects.in_force(on=on).filter(unit=unit).select_related("user", "role").order_by("pk")


@pytest.mark.django_db
def test_the_sql_is_written_once_for_all_values_of_a_shape():
    written = []

    def write(unit: int, *, on):
        written.append(unit)
        return people_of(unit, on=on)

    today, fixed = timezone.localdate(), FixedQuery(write)
    for unit in ("dinsos", "disdukcapil", "diskominfo"):
        pk = make.unit(unit).pk
        found = fixed.rows(pk, on=today)
        assert found == list(people_of(pk, on=today))
        with CaptureQueriesContext(connection) as asked:
            assert [each.user.name for each in found] == [each.user.name for each in people_of(pk, on=today)]
        assert len(asked) == 1, "what is joined comes along"
    assert len(written) == 2, "twice, to compare, and never again"
    fixed.rows(make.unit("dinsos").pk, on=today - timedelta(days=1))
    assert len(written) == 4, "another day is another shape"


@pytest.mark.django_db
def test_an_appointment_that_ended_counts_at_once_wherever_it_is_asked_so():
    person, today = make.person("ppid_pelaksana", unit="dinsos"), timezone.localdate()
    held = person.appointments.get()
    _, token = begin(person, Device("Firefox", "Linux", "10.0.0.1"))
    case = make.publication()

    def counts() -> list[bool]:
        session = session_of(token, person, on=today, roles=("ppid_pelaksana",))
        return [
            session.is_in_office,
            session.needs_factor,
            Appointment.objects.still_hold(held, on=today),
            person in [each.user for each in make.again(case).in_office(on=today)],
            person in [each.user for each in FixedQuery(people_of).rows(held.unit_id, on=today)],
        ]

    assert all(counts())
    stop(held, actor=make.demo("utama"), because="Selesai.")
    assert not any(counts())


@pytest.mark.django_db
def test_values_are_sent_as_values():
    fixed = FixedQuery(lambda name: User.objects.filter(name=name).order_by("pk"))
    for name in ("O'Brien %s %%", "'; DROP TABLE organisation_user; --", "{0}", make.demo("utama").name):
        assert fixed.rows(name) == list(User.objects.filter(name=name).order_by("pk"))


@pytest.mark.django_db
def test_days_are_values_too():
    def since(day):
        return Appointment.objects.filter(starts_on__lte=day).order_by("pk").values_list("pk", flat=True)

    fixed, first = FixedQuery(since), Appointment.objects.order_by("starts_on").first().starts_on
    assert fixed.rows(first - timedelta(days=1)) == []
    assert fixed.rows(timezone.localdate()) == list(since(timezone.localdate()))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "write",
    [
        lambda n: Role.objects.filter(pk__gt=n + 1),
        lambda n: Role.objects.order_by("pk")[:n],
        lambda n: Role.objects.filter(pk=n) if n < 2_000_000_000 else Role.objects.filter(~Q(pk=n)),
        lambda n: Role.objects.filter(code=f"role {n}"),
    ],
    ids=["reckoned with", "not a parameter", "another question", "in a text"],
)
def test_a_query_that_makes_something_of_a_value_is_refused(write):
    with pytest.raises(TypeError, match="makes something of its values"):
        FixedQuery(write).rows(7)


@pytest.mark.django_db
def test_a_value_made_of_another_is_not_taken_for_the_next():
    one, day, today = 1, timedelta(days=1), timezone.localdate()
    with pytest.raises(TypeError, match="makes something of its values"):
        FixedQuery(lambda a, b: Role.objects.filter(Q(pk=a + one) | Q(pk=b))).rows(3, 5)
    with pytest.raises(TypeError, match="makes something of its values"):
        FixedQuery(lambda a, b: Appointment.objects.filter(starts_on=a + day, ends_on=b)).rows(today, today)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "write", [lambda: Role.objects.values("pk"), lambda: User.objects.prefetch_related("appointments")]
)
def test_a_query_that_is_not_one_of_rows_is_refused(write):
    with pytest.raises(TypeError, match="by one query"):
        FixedQuery(write).rows()


@pytest.mark.django_db
def test_what_can_find_nothing_asks_nothing():
    fixed = FixedQuery(lambda pk, *, roles: Appointment.objects.filter(pk=pk, role__in=roles))
    with CaptureQueriesContext(connection) as asked:
        assert fixed.rows(1, roles=()) == []
        assert fixed.first(1, roles=()) is None
    assert len(asked) == 0


def test_a_lock_is_taken_in_a_transaction_only(committed_database):
    fixed = FixedQuery(lambda pk: Role.objects.select_for_update().filter(pk=pk))
    role = Role.objects.get(code="ppid_pelaksana")
    with transaction.atomic():
        assert fixed.rows(role.pk) == [role]
    with pytest.raises(TransactionManagementError):
        fixed.rows(role.pk)


def test_two_at_once_get_each_their_own(committed_database):
    fixed = FixedQuery(lambda pk: Role.objects.filter(pk=pk))
    one, other = Role.objects.order_by("pk")[:2]

    def ask(role):
        return [fixed.first(role.pk) for _ in range(50)]

    assert two_at_once(partial(ask, one), partial(ask, other)) == ([one] * 50, [other] * 50)


@pytest.mark.django_db
def test_only_so_many_are_kept():
    written = []

    def write(*, code):
        written.append(code)
        return Role.objects.filter(code=code)

    fixed = FixedQuery(write, most=2)
    for code in ("a", "b", "c", "c", "b", "a"):
        fixed.rows(code=code)
    assert [written.count(code) for code in "abc"] == [4, 2, 2]


@pytest.mark.django_db
def test_on_a_whole_way_each_finds_what_its_queryset_finds(monkeypatch, client):
    """Whatever the house asks so, from the opening to the shelf and from the test to the decree, by page and by act."""
    asked, rows = set(), FixedQuery.rows

    def both(self, *values, **shape):
        found, plain = rows(self, *values, **shape), list(self._write(*values, **shape))
        assert found == plain
        for one, other in zip(found, plain, strict=True):
            if hasattr(one, "_state"):
                assert _said(one) == _said(other)
        asked.add(self._write.__qualname__)
        return found

    monkeypatch.setattr(FixedQuery, "rows", both)
    case = make.publication()
    client.force_login(make.demo("bidang"))
    at = reverse("desk:step", args=[case.number, "update_content"])
    form = fields(client.get(reverse("desk:case", args=[case.number])), at)
    assert client.post(at, form).status_code == 302
    make.walk(make.again(case), to="published")
    make.exclusion(at="adopted")
    assert asked == {
        *("_session", "_held", "_of_unit", "_still_held", "_due"),
        *("_locked", "_documents", "_to_step", "_who_perform", "_days"),
    }


def _said(row) -> dict:
    """Return all that a row and the rows joined to it say."""
    own = {name: value for name, value in vars(row).items() if name != "_state"}
    return own | {name: _said(each) if each else None for name, each in row._state.fields_cache.items()}
