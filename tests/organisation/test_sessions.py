"""How long a session counts, by what it ends, and that nothing brings back one that ended."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from ppid.organisation import actions, sessions
from ppid.organisation.devices import Device
from ppid.organisation.models import PersonChange
from ppid.organisation.sessions import SignInSession, begin, end_all, note_use
from tests import make

pytestmark = pytest.mark.django_db

NOW = timezone.make_aware(datetime(2026, 11, 27, 9, 0))
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
OFFICE = Device("Chrome", "Windows", "203.0.113.9")
PHONE_ELSEWHERE = Device("Chrome", "Android", "198.51.100.7")


@pytest.fixture
def session():
    return begin(make.person("ppid_pelaksana"), OFFICE, at=NOW)[0]


# When it is asked, when it was last used, why it does not count. 60 minutes of idleness, 12 hours in all.
@pytest.mark.parametrize(
    ("at", "seen", "because"),
    [
        (NOW, NOW, ""),
        (NOW + 59 * MINUTE, NOW, ""),
        (NOW + 60 * MINUTE, NOW, "idle"),
        (NOW + 11 * HOUR, NOW + 10 * HOUR + MINUTE, ""),
        (NOW + 12 * HOUR, NOW + 12 * HOUR - MINUTE, "over"),
        (NOW + 400 * DAY, NOW, "over"),
        # The clock was ahead when it began, and came back: a little counts for nothing, more ends it.
        (NOW - 4 * MINUTE, NOW, ""),
        (NOW - DAY, NOW, "over"),
        # The clock was ahead while it was in use, and came back.
        (NOW + HOUR, NOW + 8 * HOUR, ""),
        (NOW + 13 * HOUR, NOW + 400 * DAY, "over"),
    ],
)
def test_how_long_it_counts(session, at, seen, because):
    session.seen_at = seen
    assert session.ends_because(OFFICE, at=at) == because


@pytest.mark.parametrize(
    ("device", "because"),
    [
        (OFFICE, ""),
        (Device("Chrome", "Windows", "198.51.100.7"), ""),  # the telephone's network, the train's, the mayor's
        (Device("Firefox", "Windows", "203.0.113.77"), ""),  # the same network
        (Device("Firefox", "Windows", "198.51.100.7"), "moved"),
        (PHONE_ELSEWHERE, "moved"),
        (Device("", "", "198.51.100.7"), ""),  # it says nothing of itself
        (Device("Chrome", "Android", ""), ""),
    ],
)
def test_another_network_and_another_device_at_once_end_it(session, device, because):
    assert session.ends_because(device, at=NOW + MINUTE) == because


def test_use_is_written_down_every_two_minutes_at_most(session):
    note_use(session, OFFICE, at=NOW + MINUTE)
    assert SignInSession.objects.get().seen_at == NOW
    note_use(session, OFFICE, at=NOW + 3 * MINUTE)
    assert SignInSession.objects.get().seen_at == NOW + 3 * MINUTE


def test_another_network_is_written_down_at_once(session):
    note_use(session, Device("Chrome", "Windows", "198.51.100.7"), at=NOW + MINUTE)
    kept = SignInSession.objects.get()
    assert (kept.began_at_address, kept.address, kept.has_moved) == ("203.0.113.9", "198.51.100.7", True)


def test_a_clock_that_was_ahead_is_forgotten_with_the_next_use(session):
    note_use(session, OFFICE, at=NOW + 30 * DAY)
    note_use(session, OFFICE, at=NOW + HOUR)
    assert SignInSession.objects.get().seen_at == NOW + HOUR


def test_one_that_ended_never_comes_back(session):
    mine = SignInSession.objects.filter(pk=session.pk)
    assert mine.end("ended") == 1
    assert mine.end("signed_out") == 0
    note_use(session, OFFICE, at=NOW + HOUR)
    assert mine.get().because == "ended"
    for fields in ({"ended_at": None, "because": ""}, {"seen_at": NOW + DAY}, {"because": "idle"}):
        with pytest.raises(DatabaseError, match="a_session_that_ended_stays_so|Cannot update"), transaction.atomic():
            mine.update(**fields)


def test_an_open_one_is_ended_before_it_is_deleted(session):
    for one in (session, SignInSession.objects.filter(pk=session.pk)):
        with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
            one.delete()
    mine = SignInSession.objects.filter(pk=session.pk)
    mine.end("signed_out", at=NOW)
    assert mine.delete()[0] == 1


def test_what_it_began_as_stays(session):
    for fields in ({"digest": "0" * 64}, {"started_at": NOW + DAY}, {"person": make.demo("utama")}, {"browser": "x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            SignInSession.objects.update(**fields)
    with pytest.raises(DatabaseError), transaction.atomic():
        session.delete()


def test_its_token_is_kept_as_a_hash_alone():
    session, token = begin(make.person(), OFFICE, at=NOW)
    assert token not in str(vars(SignInSession.objects.get()))
    assert session.digest == sessions.digest_of(token)


def test_all_but_one_are_ended(session):
    _, token = begin(session.person, PHONE_ELSEWHERE, at=NOW)
    other, _ = begin(make.person(), OFFICE, at=NOW)
    assert end_all(session.person, "ended", but=token, at=NOW) == 1
    assert set(SignInSession.objects.filter(ended_at=None).values_list("digest", flat=True)) == {
        sessions.digest_of(token),
        other.digest,
    }


def test_the_sweep_ends_what_is_over_and_forgets_what_ended_long_ago_but_not_the_newest(session):
    newer, _ = begin(session.person, OFFICE, at=NOW + DAY)
    assert sessions.sweep(at=NOW + DAY + MINUTE) == 0
    assert [each.because for each in SignInSession.objects.order_by("pk")] == ["over", ""]
    assert sessions.sweep(at=NOW + 91 * DAY) == 0, "it ended less than ninety days ago"
    assert sessions.sweep(at=NOW + 200 * DAY) == 1
    assert sessions.sweep(at=NOW + 400 * DAY) == 0, "the newest of a person says that they were here before"
    assert SignInSession.objects.get().pk == newer.pk


def test_the_sweep_ends_what_nobody_used_for_an_hour_and_nothing_else(session):
    sessions.sweep(at=NOW + 59 * MINUTE)
    assert SignInSession.objects.get().because == ""
    sessions.sweep(at=NOW + HOUR)
    found = SignInSession.objects.get()
    assert (found.because, found.ended_at) == ("idle", NOW + HOUR)


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (NOW, True),
        (NOW + 59 * MINUTE, True),
        (NOW + HOUR, False),
        (NOW + 12 * HOUR, False),
        (NOW - 4 * MINUTE, True),
        (NOW - DAY, False),
    ],
)
def test_a_session_is_listed_as_open_as_long_as_it_counts(session, at, is_open):
    assert SignInSession.objects.open(at=at).exists() == is_open


def test_one_that_is_over_is_not_listed_as_open_though_it_was_used_just_now(session):
    SignInSession.objects.filter(pk=session.pk).update(seen_at=NOW + 12 * HOUR - MINUTE)
    assert not SignInSession.objects.open(at=NOW + 12 * HOUR).exists()


@pytest.mark.parametrize("act", ["sign_out_everywhere", "give_password", "deactivate"])
def test_a_keeper_ends_all_of_somebodys_sessions_and_the_ledger_says_so(session, act):
    getattr(actions, act)(session.person, actor=make.demo("utama"))
    because = {"sign_out_everywhere": "keeper", "give_password": "password", "deactivate": "left"}[act]
    assert SignInSession.objects.get().because == because
    kind = {"sign_out_everywhere": "signed_out", "give_password": "password", "deactivate": "deactivated"}[act]
    assert PersonChange.objects.filter(person=session.person).latest("pk").kind == kind


def test_ones_own_sessions_are_ended_on_ones_own_page():
    with pytest.raises(actions.PeopleRefused, match="Sesi dan perangkat"):
        actions.sign_out_everywhere(make.demo("utama"), actor=make.demo("utama"))
