"""How punctual people are: what is late counts, also what is not yet taken, and only for whom it was.

November 2026 has no holiday; the 2nd, 9th and 16th are Mondays. Step 4 has three working days, step 3 one.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from ppid.flows.actions import open_publication, take_step
from ppid.flows.closing import close_unit
from ppid.flows.held_time import HeldTime
from ppid.flows.models import Case
from ppid.flows.punctuality import lying_too_long, punctuality
from ppid.organisation.appointing import end_appointment
from tests import make

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("Asia/Pontianak")


def wib(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


MONTH = wib(1)


@pytest.fixture(autouse=True)
def no_other_stand_in(db):
    """The demo has a Plh PPID Utama all through November."""
    plh = make.demo("wakil").appointments.get(role__code="ppid_utama")
    end_appointment(plh, last_day=date(2026, 10, 31), actor=make.demo("utama"), at=wib(1) - timedelta(days=2))


def at_step_four(since: datetime) -> Case:
    """Return a publication that came to PPID Utama at this moment."""
    case = open_publication(make.information(), actor=make.demo("bidang"), at=since)
    for key, who in (("update_content", "bidang"), ("coordinate", "bidang"), ("prepare", "dinsos")):
        case = make.step(case, key, actor=who, at=since)
    return case


def stand_in(first: date, last: date | None = None):
    """Return somebody who stands in for PPID Utama from the first to the last day."""
    return make.person("ppid_utama", unit="diskominfo", kind="plh", starts_on=first, ends_on=last or date(2026, 12, 31))


def told(user, at: datetime) -> tuple[int, int, int]:
    found = punctuality(user, since=MONTH, at=at)
    return found.on_time, found.late, found.late_now


def test_what_is_overdue_and_not_yet_taken_counts():
    utama = make.demo("utama")
    for _ in range(2):
        make.step(at_step_four(wib(2, 9)), "clarify", actor="utama", at=wib(3, 9))
    make.step(at_step_four(wib(2, 9)), "clarify", actor="utama", at=wib(6, 9))
    at_step_four(wib(3, 9))  # due on Friday the 6th at 16.15
    assert told(utama, wib(6, 16, 15)) == (2, 1, 0)
    assert told(utama, wib(6, 16, 16)) == (2, 1, 1)


def test_a_late_return_counts_like_any_step():
    case = at_step_four(wib(2, 9))
    take_step(case, "return_for_repair", actor=make.demo("utama"), note="Perbaiki.", at=wib(6, 9))
    assert told(make.demo("utama"), wib(6, 10)) == (0, 1, 0)


def test_a_stand_in_who_clears_the_backlog_is_not_billed_for_it_and_whose_it_was_is():
    case, plh = at_step_four(wib(2, 9)), stand_in(date(2026, 11, 9))
    make.step(case, "clarify", actor=plh, at=wib(10, 9))
    record = case.records.get(key="clarify")
    assert record.on_time is False, "the step itself was late, whoever took it"
    assert told(plh, wib(10, 10)) == (1, 0, 0)
    assert told(make.demo("utama"), wib(10, 10)) == (0, 1, 0)
    chief, substitute = record.held.all()
    # Monday the 2nd from 9.00 to Friday the 6th; Monday the 9th and two hours less a quarter of Tuesday.
    assert (chief.days, chief.minutes, chief.due_at, chief.took_it) == (5, 345 + 3 * 450 + 450, wib(5, 15, 45), False)
    assert (substitute.days, substitute.minutes, substitute.took_it) == (1, 450 + 105, True)
    assert (substitute.since, substitute.due_at) == (wib(9), wib(12, 15, 45))


def test_a_stand_in_who_lets_it_lie_in_turn_is_late():
    case, plh = at_step_four(wib(2, 9)), stand_in(date(2026, 11, 9))
    assert told(plh, wib(12, 15, 45)) == (0, 0, 0), "three days from when it came to them"
    assert told(plh, wib(12, 15, 46)) == (0, 0, 1)
    assert told(make.demo("utama"), wib(12, 15, 46)) == (0, 0, 1), "it lies on their desk, too"
    assert list(lying_too_long(plh, at=wib(12, 15, 46))) == [case]


def test_whoever_comes_back_is_not_billed_for_the_stand_in_s_days():
    stand_in(date(2026, 11, 2), date(2026, 11, 9))
    case = at_step_four(wib(3, 9))  # due on the 6th
    make.step(case, "clarify", actor="utama", at=wib(10, 9))
    assert told(make.demo("utama"), wib(10, 10)) == (1, 0, 0)


def test_an_order_recorded_late_bills_from_when_it_was_recorded():
    at_step_four(wib(2, 9))
    late = make.person()
    make.appoint(late, "ppid_utama", unit="diskominfo", kind="plh", starts_on=date(2026, 11, 3), recorded_at=wib(11, 9))
    assert told(late, wib(16, 15, 45)) == (0, 0, 0), "recorded on Wednesday the 11th: until Monday the 16th"
    assert told(late, wib(16, 15, 46)) == (0, 0, 1)


def test_last_month_does_not_count_and_what_lies_since_then_does():
    make.step(at_step_four(datetime(2026, 10, 26, 9, tzinfo=ZONE)), "clarify", actor="utama", at=wib(1, 0, 0))
    assert told(make.demo("utama"), wib(2, 9)) == (1, 0, 0)
    assert punctuality(make.demo("utama"), since=wib(1, 0, 1), at=wib(2, 9)).measured == 0


def test_a_step_without_a_time_counts_for_nobody():
    case = open_publication(make.information(), actor=make.demo("bidang"), at=wib(2, 9))
    make.step(case, "update_content", actor="bidang", at=wib(6, 9))
    assert told(make.demo("bidang"), wib(6, 10)) == (0, 0, 0)


class TestDatabase:
    def held(self, **fields):
        """Write another part for the newest row of a case at step 5, in which PPID Utama had three days."""
        case = make.step(at_step_four(wib(2, 9)), "clarify", actor="utama", at=wib(5, 9))
        record = case.records.get(key="clarify")
        part = record.held.get()
        given = {name: getattr(part, name) for name in ("record", "person", "appointment", "since", "until")}
        return HeldTime.objects.create(**{**given, "minutes": 0, "days": 0, "took_it": False, **fields})

    def refused(self, act, why: str = "."):
        with pytest.raises(DatabaseError, match=why), make.savepoint():
            act()

    def test_a_part_comes_with_its_row_and_never_later(self):
        self.refused(self.held, "come with its row")

    def test_what_was_billed_stays(self):
        make.step(at_step_four(wib(2, 9)), "clarify", actor="utama", at=wib(5, 9))
        self.refused(lambda: HeldTime.objects.update(days=0))
        self.refused(lambda: HeldTime.objects.all().delete())
        make.at_the_end()
        self.refused(lambda: connection.cursor().execute("TRUNCATE flows_heldtime CASCADE"), "never emptied")

    @pytest.mark.parametrize(
        "wrong",
        [
            {"days": 4},
            {"since": wib(2, 8)},
            {"until": wib(5, 10)},
            {"until": wib(5, 10), "took_it": False},
            {"until": wib(4, 9)},
            {"overlaps": True},
            {"somebody else's appointment": True},
            {"taken by somebody else": True},
        ],
        ids=str,
    )
    def test_parts_lie_within_the_stay_beside_each_other_and_are_no_more_than_it(self, wrong, monkeypatch):
        case, fields_of_it = at_step_four(wib(2, 9)), ("days", "since", "until", "took_it")

        def bill(record, case, reckoning):
            fields = {
                "record": record, "person": record.actor, "appointment": record.appointment, "minutes": 0, "days": 3,
                "since": record.received_at, "until": record.done_at, "took_it": True,
            } | {name: value for name, value in wrong.items() if name in fields_of_it}  # fmt: skip
            if "somebody else's appointment" in wrong or "taken by somebody else" in wrong:
                fields["appointment"] = make.demo("bidang").appointments.first()
            if "taken by somebody else" in wrong:
                fields["person"] = make.demo("bidang")
            if "overlaps" in wrong:
                HeldTime.objects.create(**{**fields, "took_it": False, "until": wib(4, 9), "days": 0})
            HeldTime.objects.create(**fields)

        monkeypatch.setattr("ppid.flows.actions.bill", bill)
        self.refused(lambda: make.step(case, "clarify", actor="utama", at=wib(5, 9)), "parts of a stay")

    def test_a_measured_row_says_whose_time_it_was(self, monkeypatch):
        case = at_step_four(wib(2, 9))
        make.at_the_end()
        monkeypatch.setattr("ppid.flows.actions.bill", lambda *_: None)

        def take():
            make.step(case, "clarify", actor="utama", at=wib(5, 9))
            make.at_the_end()

        self.refused(take, "was somebody")


def test_a_person_who_holds_no_office_any_more_still_has_what_they_did():
    plh = stand_in(date(2026, 11, 2), date(2026, 11, 6))
    make.step(at_step_four(wib(2, 9)), "clarify", actor=plh, at=wib(3, 9))
    assert told(plh, wib(20, 9)) == (1, 0, 0)


@pytest.fixture
def passed_on():
    """A case lay at step 3 with Dinas Sosial for a week; then that closed, and Dinas Kesehatan has it."""
    case = open_publication(make.information(), actor=make.demo("bidang"), at=wib(2, 9))
    for key in ("update_content", "coordinate"):
        case = make.step(case, key, actor="bidang", at=wib(2, 9))
    theirs = make.person("ppid_pelaksana", unit="dinkes")
    close_unit(
        make.unit("dinsos"),
        successor=make.unit("dinkes"),
        last_day=date(2026, 11, 9),
        because="Perwa 71/2026",
        actor=make.demo("utama"),
        at=wib(9, 9),
    )
    return make.again(case), theirs


def test_a_successor_is_not_billed_for_what_lay_with_the_unit_that_closed(passed_on):
    case, theirs = passed_on
    make.step(case, "prepare", actor=theirs, at=wib(9, 15))
    assert told(theirs, wib(9, 16)) == (1, 0, 0)
    assert told(make.demo("dinsos"), wib(9, 16)) == (0, 1, 0)
    former, taker = case.records.get(key="prepare").held.all()
    assert (former.until, taker.since, taker.due_at) == (wib(9, 9), wib(9, 9), wib(10, 15, 45))


def test_what_passed_on_lies_too_long_once_its_time_since_then_is_over(passed_on):
    case, theirs = passed_on
    assert told(theirs, wib(10, 15, 45)) == (0, 0, 0)
    assert list(lying_too_long(theirs, at=wib(10, 15, 46))) == [case]
