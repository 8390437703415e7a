"""The figures of a period: cases that are really walked on known days, and every number worked out by hand.

The days and the cases A, B and C are those of tests/desk/test_evaluation.py: they open on a Monday (day 0) at 08:00.

case  1 isi (no time)  2 (1 hari)  3 (1 hari)        4 (3 hari)           5 (1 hari)  6 (20 menit)  7 (10 menit)  days
A     60 menit         1           1                 1                    1           10            20            4
B     30 menit         1           2                 tidak: 1, then ya: 0 0           20            10            5
      (after the return, 3 is done again: 1)
C     90 menit         3           1                 5                    1           40            5             10
"""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ppid.flows.actions import open_publication, take_step
from ppid.flows.figures import exclusions, lead_times, outcomes, standing
from ppid.flows.figures.measures import ended, taken
from ppid.flows.figures.period import Period
from ppid.flows.models import Case
from ppid.flows.undo import undo
from ppid.worktime.models import Holiday
from tests import make
from tests.desk.test_evaluation import A, B, C, moment, walk

pytestmark = pytest.mark.django_db


def day(n: int) -> date:
    return timezone.localdate(moment(n, "08:00"))


@pytest.fixture
def walked(db):
    """A and C at Dinas Sosial, B too; and a fourth that waits for step 4 since day 2."""
    Holiday.objects.all().delete()
    for moves in (A, B, C):
        walk(moves)
    return walk(A[:3])


def weeks(first: int = 0, last: int = 14) -> Period:
    return Period(day(first), day(last))


EVERY = Case.objects.all()


def of_cases(period: Period):
    return lead_times.of_cases(ended(EVERY, period), taken(EVERY, period), period)


def by_flow(period: Period):
    return [each for each in of_cases(period) if each.unit is None]


def movements(period: Period):
    return outcomes.movements(EVERY, ended(EVERY, period), period)


def by_unit(period: Period):
    return [each for each in of_cases(period) if each.unit is not None]


def test_the_rows_are_timed_as_worked_out_by_hand(walked):
    (sheet,) = lead_times.by_row(taken(EVERY, weeks()))
    assert (sheet.title, sheet.version, sheet.flow) == ("PENGUMUMAN INFORMASI PUBLIK", 1, "publication")
    told = [(r.number, r.unit, r.planned, r.took.n, r.took.median, round(r.took.p90, 2)) for r in sheet.rows]
    # Rows 1 to 3 were taken a fourth time by the case that still runs: 60 minutes, a day, a day.
    assert told == [
        (1, "menit", None, 4, 60, 81),  # 30 60 60 90
        (2, "hari", 1, 4, 1, 2.4),  # 1 1 1 3
        (3, "hari", 1, 5, 1, 1.6),  # 1 1 1 1 2
        (4, "hari", 3, 4, 1, 3.8),  # 0 1 1 5
        (5, "hari", 1, 3, 1, 1),  # 0 1 1
        (6, "menit", 20, 3, 20, 36),  # 10 20 40
        (7, "menit", 10, 3, 10, 18),  # 5 10 20
    ]
    assert [(r.on_time, r.timed) for r in sheet.rows] == [(0, 0), (3, 4), (4, 5), (3, 4), (3, 3), (2, 3), (2, 3)]
    assert [r.median_share for r in sheet.rows][1:4] == [1, 1, pytest.approx(1 / 3)]


def test_a_period_takes_in_its_first_and_its_last_day_and_no_other(walked):
    (sheet,) = lead_times.by_row(taken(EVERY, Period(day(1), day(1))))
    # On day 1 step 2 was taken in A, B and the case that still runs.
    assert [(r.number, r.took.n) for r in sheet.rows] == [(2, 3)]
    (flow,) = by_flow(Period(day(5), day(10)))
    assert (flow.took.n, flow.took.median) == (2, 7.5), "B after 5 and C after 10 working days; A ended on day 4"
    assert by_flow(Period(day(11), day(14))) == []


def test_a_flow_is_told_against_what_its_sheet_allows_in_all(walked):
    (flow,) = by_flow(weeks())
    assert (flow.flow, flow.unit, flow.took.n, flow.took.median, flow.took.p90) == ("publication", None, 3, 5, 9)
    assert (flow.standard, flow.planned) == ("6 hari kerja + 30 menit", 6)
    assert (flow.on_time, flow.timed) == (17, 22)


def test_each_unit_has_its_own_times(walked):
    other = walk_at("disdukcapil")
    found = by_unit(weeks())
    told = [(each.unit.short_name, each.took.n, each.took.median, each.timed) for each in found]
    assert told == [("Dinas Sosial", 3, 5, 22), ("Disdukcapil", 1, 4, 6)]
    assert other.worked_days == 4


def walk_at(unit: str) -> Case:
    case = open_publication(make.information(unit=unit), actor=make.demo("bidang"), at=moment(0, "08:00"))
    for key, who, n, clock in A:
        case = make.step(case, key, actor="disdukcapil" if key == "prepare" else who, at=moment(n, clock))
    return case


def test_what_came_and_went_is_counted_once(walked):
    (flow,) = movements(weeks())
    assert (flow.opened, flow.ended, flow.running, flow.taken_over) == (4, {"published": 3}, 1, 0)
    (then,) = movements(Period(day(0), day(4)))
    assert (then.opened, then.ended, then.running) == (4, {"published": 1}, 3), "when day 4 was over, A had ended"
    assert movements(Period(date(2025, 1, 1), date(2025, 12, 31))) == []


def test_what_was_retracted_later_had_ended_all_the_same_when_the_period_was_over(walked):
    first = Case.objects.filter(state="published").order_by("pk").first()
    before = movements(Period(day(0), day(4)))
    take_step(first, "retract", actor=make.demo("utama"), note="Berkas keliru.", at=moment(20, "09:00"))
    assert movements(Period(day(0), day(4))) == before
    (then,) = movements(weeks())
    assert (then.ended, then.running) == ({"published": 3}, 1)


def test_what_was_published_stands_at_its_unit_and_the_class_decided_then(walked):
    make.step(walked, "clarify", actor="utama", category="on_demand", at=moment(3, "10:00"))
    for key, who in (("release", "bidang"), ("renew", "operator"), ("publish", "operator")):
        make.step(make.again(walked), key, actor=who, at=moment(4, "11:00"))
    (unit,) = outcomes.published(Case.objects.all(), weeks())
    assert (unit.unit.name, unit.n) == ("Dinas Sosial Kota Pontianak", 4)
    assert unit.by_class == {"periodic": 3, "immediate": 0, "on_demand": 1}
    assert unit.taken_over == 0


def test_returns_are_told_by_their_rows_and_by_reasons_that_are_alike(walked):
    take_step(walked, "return_for_repair", actor=make.demo("utama"), note="  perbaiki. ", at=moment(4, "08:00"))
    found = outcomes.returns(Case.objects.all(), weeks(), most=5)
    assert [(r.flow, r.step, r.to_step, r.n) for r in found.rows] == [("publication", 4, 3, 2)]
    assert [(r.words.strip().casefold(), r.n) for r in found.reasons] == [("perbaiki.", 2)]
    assert outcomes.returns(Case.objects.all(), Period(day(10), day(12)), most=5).n == 0


def test_what_was_undone_counts_nowhere_nor_does_the_undo(walked):
    def told():
        (sheet,) = lead_times.by_row(taken(EVERY, weeks()))
        kept = [(row.number, row.took.n, row.timed, row.on_time) for row in sheet.rows]
        return kept, outcomes.returns(EVERY, weeks(), most=5), movements(weeks()), of_cases(weeks())

    before = told()
    take_step(walked, "return_for_repair", actor=make.demo("utama"), note="Keliru.", at=moment(4, "08:00"))
    assert told() != before
    undo(make.again(walked), actor=make.demo("utama"), at=moment(4, "08:05"))
    assert told() == before


def test_what_is_stuck_says_where_with_whom_and_since_when(walked):
    assert standing.stuck(Case.objects.all(), at=moment(5, "15:45"), most=9).n == 0, "due on day 5 at closing"
    found = standing.stuck(Case.objects.all(), at=moment(6, "07:15"), most=9)
    assert (found.n, found.running) == (1, 1)
    (one,) = found.first
    assert (one.case.number, one.case.step, one.overdue, one.vacant) == (walked.number, 4, True, ())
    assert make.demo("utama").name in one.holders
    (unit,) = standing.standing(Case.objects.all(), at=moment(6, "07:15"))
    assert (unit.short_name, unit.running, unit.overdue) == ("Dinas Sosial", 1, 1)


def test_a_row_that_nobody_holds_is_stuck_before_it_is_overdue(walked):
    case = open_publication(make.information(unit="setda"), actor=make.demo("bidang"))
    case = make.step(make.step(case, "update_content", actor="bidang"), "coordinate", actor="bidang")
    at = timezone.now()
    found = standing.stuck(Case.objects.filter(pk=case.pk), at=at, most=9)
    assert [(one.overdue, one.vacant, one.holders) for one in found.first] == [(False, ("PPID Pelaksana",), ())]
    make.person("ppid_pelaksana", unit="setda", name="Sri Wahyuni")
    assert standing.stuck(Case.objects.filter(pk=case.pk), at=at, most=9).n == 0


def test_a_clock_that_jumps_back_breaks_no_figure(walked):
    before = moment(0, "08:00") - timedelta(days=3)
    assert standing.stuck(Case.objects.all(), at=before, most=9).n == 0
    assert standing.standing(Case.objects.all(), at=before)[0].overdue == 0


def test_an_empty_period_is_empty_everywhere(db):
    nothing = Period(date(2031, 2, 28), date(2031, 2, 28))
    assert lead_times.by_row(taken(EVERY, nothing)) == []
    assert by_unit(nothing) == []
    assert outcomes.published(Case.objects.all(), nothing) == []
    assert outcomes.returns(Case.objects.all(), nothing, most=3).rows == ()
    assert exclusions.exclusions(Case.objects.all(), nothing, on=timezone.localdate()).letters == ()


@pytest.mark.parametrize(
    ("first", "last", "begins", "ends"),
    [
        (date(2028, 2, 29), date(2028, 2, 29), "2028-02-28T17:00:00+00:00", "2028-02-29T17:00:00+00:00"),
        (date(2026, 1, 1), date(2026, 12, 31), "2025-12-31T17:00:00+00:00", "2026-12-31T17:00:00+00:00"),
    ],
)
def test_a_period_begins_and_ends_at_midnight_in_pontianak(first, last, begins, ends):
    period = Period(first, last)
    assert period.begins.astimezone(timezone.get_fixed_timezone(0)).isoformat() == begins
    assert period.ends.astimezone(timezone.get_fixed_timezone(0)).isoformat() == ends


def test_exclusions_are_told_by_letter_and_by_how_they_ended(db):
    today = timezone.localdate()
    year = today + timedelta(days=365)
    make.adopted(days_ago=40, grounds=["h"], ends_on=None)
    make.adopted(days_ago=30, grounds=["a", "h"], ends_on=year)
    # The term of this one is over, and nobody has written it down yet.
    make.adopted(days_ago=20, grounds=["b"], ends_on=today - timedelta(days=5))
    make.lifted(make.adopted(days_ago=10, grounds=["a"], ends_on=year))

    def told(first: int, last: int):
        period = Period(today - timedelta(days=first), today - timedelta(days=last))
        return exclusions.exclusions(Case.objects.all(), period, on=today)

    found = told(35, 0)
    letters = [(each.letter, each.adopted, each.in_force) for each in found.letters]
    assert letters == [("a", 2, 1), ("b", 1, 0), ("h", 1, 2)]
    assert (found.adopted, found.in_force) == (3, 2)
    assert found.ended == {"ruling_ki": 1, "term": 1}
    before = told(35, 15)
    assert (before.adopted, before.in_force, before.ended) == (2, 3, {})


def test_an_exclusion_is_in_force_on_its_last_day_and_ended_on_the_next(db):
    today = timezone.localdate()
    make.adopted(days_ago=20, grounds=["b"], ends_on=today - timedelta(days=5))

    def told(days_ago: int):
        day = today - timedelta(days=days_ago)
        found = exclusions.exclusions(Case.objects.all(), Period(day, day), on=today)
        return found.in_force, found.ended

    assert [told(days_ago) for days_ago in (6, 5, 4, 3)] == [(1, {}), (1, {}), (0, {"term": 1}), (0, {})]


def test_no_figure_asks_more_of_the_database_for_more_cases(walked):
    def asked() -> list[int]:
        every, counts = Case.objects.all(), []
        for act in (
            lambda: lead_times.by_row(taken(EVERY, weeks())),
            lambda: of_cases(weeks()),
            lambda: movements(weeks()),
            lambda: outcomes.published(every, weeks()),
            lambda: outcomes.returns(every, weeks(), most=5),
            lambda: standing.stuck(every, at=moment(9, "08:00"), most=5),
            lambda: exclusions.exclusions(every, weeks(), on=day(14)),
        ):
            with CaptureQueriesContext(connection) as queries:
                act()
            counts.append(len(queries))
        return counts

    few = asked()
    walk(B)
    walk_at("disdukcapil")
    walk(A[:2])
    assert asked() == few
