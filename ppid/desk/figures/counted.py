"""All figures of a period for one reader, asked for once: what the page, its PDF and its workbook draw alike."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from ppid.flows.figures import lead_times, outcomes
from ppid.flows.figures.exclusions import Exclusions, exclusions
from ppid.flows.figures.measures import Ended, Taken, ended, taken
from ppid.flows.figures.period import Period
from ppid.flows.figures.standing import AllStuck, UnitStanding, standing, stuck
from ppid.flows.models import CaseQuerySet

SHOWN, REASONS = 20, 10  # of what is stuck; of the reasons for which cases came back


@dataclass
class Counted:
    """The figures of these cases, which are what a reader may see; those of now at the moment ``at``."""

    cases: CaseQuerySet
    period: Period
    at: datetime
    most_stuck: int = SHOWN

    @cached_property
    def standing(self) -> list[UnitStanding]:
        return standing(self.cases, at=self.at)

    @cached_property
    def stuck(self) -> AllStuck:
        return stuck(self.cases, at=self.at, most=self.most_stuck)

    @cached_property
    def ended(self) -> list[Ended]:
        return ended(self.cases, self.period)

    @cached_property
    def taken(self) -> list[Taken]:
        return taken(self.cases, self.period)

    @cached_property
    def movements(self) -> list[outcomes.Movement]:
        return outcomes.movements(self.cases, self.ended, self.period)

    @cached_property
    def whole_cases(self) -> list[lead_times.FlowTime]:
        return lead_times.of_cases(self.ended, self.taken, self.period)

    @cached_property
    def sheets(self) -> list[lead_times.SheetTimes]:
        return lead_times.by_row(self.taken)

    @cached_property
    def published(self) -> list[outcomes.UnitPublished]:
        return outcomes.published(self.cases, self.period)

    @cached_property
    def returns(self) -> outcomes.Returns:
        return outcomes.returns(self.cases, self.period, most=REASONS)

    @cached_property
    def exclusions(self) -> Exclusions:
        return exclusions(self.cases, self.period, on=timezone.localdate(self.at))
