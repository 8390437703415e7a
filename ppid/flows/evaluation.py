"""How a version of a sheet does in practice: planned against actual time of each step, from the ledger.

Only cases that have ended are measured; the database tallies each as it ends (``Tally``). Those that still run are told
beside them, with how many are overdue where: what is not yet taken is late, too. A step is measured each time it was
taken, also when it ended in «tidak» and sent the case back; a stay that ended because documents changed, or because the
case was given up, is no measure of the step.

Of exclusions that they may not all know of, readers are told no small count: one or two cases might be recognised.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import number_format

from ppid.flows.knowing import held_by, knows_all, performed
from ppid.flows.ledger import Tally
from ppid.flows.models import Case
from ppid.flows.passport import UNITS
from ppid.organisation.models import User
from ppid.web.percentiles import percentile
from ppid.worktime.calendar import MINUTES, WORKING_DAYS_IN_A_WEEK
from sop.models import Activity, SopVersion
from sop.sheet import Sheet, SheetRow

# The fewest that are told to whoever may not know of all that are counted.
FEWEST = 5

_WHOLE = 0  # the step under which whole cases are tallied


@dataclass(frozen=True, slots=True)
class StepEvaluation:
    """A step: its row of the sheet, the time planned for it, and the times it took.

    ``planned``, ``median`` and ``p90`` are in ``unit``, the word in which the sheet counts; None where there is nothing
    to tell. ``taken`` counts how often it was taken, ``timed`` how often with a due date, ``on_time`` how often by it;
    ``overdue`` counts the running cases that should have left it by now. A count that is withheld is None.
    """

    number: int
    text: str
    performer: str
    duration: str
    unit: str
    planned: float | None
    median: float | None
    p90: float | None
    cases: int | None
    taken: int | None
    returns: int | None
    timed: int | None
    on_time: int | None
    overdue: int | None

    @property
    def median_share(self) -> float | None:
        """The median as a part of the planned time: 1 is as planned."""
        return self._share(self.median)

    @property
    def p90_share(self) -> float | None:
        return self._share(self.p90)

    @property
    def median_words(self) -> str:
        """The median as people read it: «1,5 hari»."""
        return in_words(self.median, self.unit)

    @property
    def p90_words(self) -> str:
        return in_words(self.p90, self.unit)

    def _share(self, value: float | None) -> float | None:
        return value / self.planned if self.planned and value is not None else None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A version in practice. ``median`` and ``p90`` are the working days of a whole case, from opening to end.

    ``running`` counts the cases that have not ended, ``overdue`` those of them whose present step is overdue. Where it
    ``withholds`` small counts, they are None, and so are the days on which single cases began and ended.
    """

    cases: int | None
    running: int | None
    overdue: int | None
    first_opened: datetime | None
    last_ended: datetime | None
    median: float | None
    p90: float | None
    steps: tuple[StepEvaluation, ...]
    withholds: bool = False

    @property
    def median_words(self) -> str:
        return in_words(self.median, UNITS["working_day"])

    @property
    def p90_words(self) -> str:
        return in_words(self.p90, UNITS["working_day"])


def evaluate(version: SopVersion, *, at: datetime | None = None) -> Evaluation:
    """Return what the cases of a version show at this moment. Fetch it ``with_sheet()``."""
    sheet, tallied, at = version.sheet(), _tallied(version), at or timezone.now()
    cases = Case.objects.filter(sop_version=version)
    # What was taken over from a signed list went through none of its steps: no days were counted.
    ended, standing = cases.filter(ended_at__isnull=False, worked_days__isnull=False), cases.by_step(at=at)
    opened, closed = ended.order_by("opened_at"), ended.order_by("-ended_at")
    whole = tallied[_WHOLE, Tally.Measure.DAYS]
    return Evaluation(
        cases=whole.total(),
        running=sum(running for running, _ in standing.values()),
        overdue=sum(overdue for _, overdue in standing.values()),
        first_opened=opened.values_list("opened_at", flat=True).first(),
        last_ended=closed.values_list("ended_at", flat=True).first(),
        median=percentile(whole, 0.5),
        p90=percentile(whole, 0.9),
        steps=tuple(
            _step(activity, _performers(sheet, row), tallied, standing.get(activity.number, (0, 0))[1])
            for activity, row in zip(version.activities.all(), sheet.rows, strict=True)
        ),
    )


def knows_every_case(reader: User, version: SopVersion, *, on: date) -> bool:
    """Whether the reader may know of every exclusion that runs or ran by this version."""
    held = held_by(reader, on=on)
    exclusions = Case.objects.filter(sop_version=version, flow="exclusion")
    return knows_all(held) or not exclusions.exclude(performed(held)).exists()


def without_small_counts(evaluation: Evaluation) -> Evaluation:
    """Return what may be told of the version to whoever doesn't know of all its cases."""
    told = replace(
        evaluation,
        cases=_enough(evaluation.cases),
        running=_enough(evaluation.running),
        overdue=_enough(evaluation.overdue),
        first_opened=None,
        last_ended=None,
        steps=tuple(_without_small_counts(step) for step in evaluation.steps),
        withholds=True,
    )
    return told if told.cases else replace(told, cases=None, median=None, p90=None, steps=())


def _without_small_counts(step: StepEvaluation) -> StepEvaluation:
    timed, on_time = step.timed or 0, step.on_time or 0
    # What was on time tells what was not.
    is_told = _enough(on_time) is not None and _enough(timed - on_time) is not None
    told = replace(
        step,
        cases=_enough(step.cases),
        taken=_enough(step.taken),
        returns=_enough(step.returns),
        timed=timed if is_told else None,
        on_time=on_time if is_told else None,
        overdue=_enough(step.overdue),
    )
    return told if told.taken else replace(told, median=None, p90=None)


def _enough(count: int | None) -> int | None:
    """Return the count, None when it is small: nothing at all is told."""
    return count if not count or count >= FEWEST else None


def in_words(value: float | None, unit: str) -> str:
    """Write a time with at most one decimal: «1,5 hari»; «–» when there is none."""
    if value is None:
        return "–"
    rounded = round(value, 1)
    return f"{number_format(rounded, 0 if rounded == int(rounded) else 1, force_grouping=True)} {unit}"


def _tallied(version: SopVersion) -> defaultdict[tuple[int, str], Counter[int]]:
    """Return, by step and measure, how often each value was met."""
    tallied: defaultdict[tuple[int, str], Counter[int]] = defaultdict(Counter)
    rows = Tally.objects.filter(sop_version=version).values_list("step", "measure", "value", "n")
    for step, measure, value, n in rows:
        tallied[step, measure][value] += n
    return tallied


def _step(
    activity: Activity, performer: str, tallied: Mapping[tuple[int, str], Counter[int]], overdue: int
) -> StepEvaluation:
    def of(measure: Tally.Measure) -> Counter[int]:
        return tallied[activity.number, measure]

    days, on_time = of(Tally.Measure.DAYS), of(Tally.Measure.ON_TIME)
    unit = activity.duration_unit or ("working_day" if any(days) else "minute")
    used = _in_unit(of(Tally.Measure.MINUTES), unit) if unit in MINUTES else days
    return StepEvaluation(
        number=activity.number,
        text=activity.text,
        performer=performer,
        duration=activity.duration_text,
        unit=UNITS[unit],
        planned=_planned(activity, of(Tally.Measure.ALLOWED)),
        median=percentile(used, 0.5),
        p90=percentile(used, 0.9),
        cases=of(Tally.Measure.CASES).total(),
        taken=days.total(),
        returns=of(Tally.Measure.SENT_BACK).total(),
        timed=on_time.total(),
        on_time=on_time[1],
        overdue=overdue,
    )


def _in_unit(minutes: Counter[int], unit: str) -> Counter[int]:
    """Return the counted minutes as begun units."""
    counts: Counter[int] = Counter()
    for value, n in minutes.items():
        counts[-(-value // MINUTES[unit])] += n
    return counts


def _performers(sheet: Sheet, row: SheetRow) -> str:
    return "" if row.first is None else " dan ".join(sheet.performers[row.first : (row.last or 0) + 1])


def _planned(activity: Activity, allowed: Counter[int]) -> float | None:
    """Return the time that the sheet allows, in the unit in which it is measured.

    A calendar month has as many working days as it happens to have: it counts as the median of what was allowed.
    """
    if activity.duration_value is None:
        return None
    if activity.duration_unit == "month":
        return percentile(allowed, 0.5)
    weeks = activity.duration_unit == "week"
    return activity.duration_value * (WORKING_DAYS_IN_A_WEEK if weeks else 1)
