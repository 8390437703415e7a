"""How it moves: the case, and its ledger with the evidence.

A case waits at a row of its sheet (``Case.step``); ``Case.state`` is the lawful step that it awaits. Both are moved by
``ppid.flows.actions.take_step`` alone. The triggers repeat that in the database: states along the legal pairs, rows
along the way of the sheet's version, each move with its ledger row, ledger rows never changed. What they guard of the
item and its papers stands in ``ppid.flows.guards``.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils import timezone
from django_fsm import FSMField

from ppid.flows import afterwards, life, states  # noqa: F401 - its models are of this app
from ppid.flows.held_time import HeldTime as HeldTime
from ppid.flows.knowing import held_by, knows_all, performed
from ppid.flows.own_work import own_work
from ppid.flows.proving import Proving
from ppid.flows.sheet_words import NAMES
from ppid.flows.steps import MEASURED, PLAIN_ROW, Act, Kind, Move, StepOutOfOrder
from ppid.information.descriptions import DescriptionChange
from ppid.information.models import Document, Exclusion, Information
from ppid.organisation.models import Appointment, Role, Unit, User
from ppid.shelf.urgency import law_words
from ppid.triggers import kept, local_day, never_emptied
from ppid.worktime.calendar import MINUTES
from ppid.worktime.durations import Duration
from sop.models import Activity, Performer, PerformerRole, Sop, SopVersion, fixed_activities

# What is born in a flow, as an array of SQL.
_BORN = f"ARRAY[{', '.join(repr(key) for key in sorted(NAMES))}]::varchar[]"
_ENDED = Q(ended_at__isnull=False)

# The law sets «serta merta» no time but "without delay": what is awaited longer than this is late, by the clock.
WITHOUT_DELAY = timedelta(hours=1)


# How long the rows of a sheet may take to follow an announcement made first, all of them together.
FOLLOWS_WITHIN = Duration(1, "working_day")


def is_overdue(*, at: datetime) -> Q:
    """Return what holds for cases whose present row should have been taken before this moment."""
    by_the_sheet = Q(is_urgent=False) | Q(published_first_at__isnull=False)
    return Q(by_the_sheet, due_at__lt=at) | Q(due_at__lt=at - WITHOUT_DELAY)


def _lawful_number(state: str) -> str:
    """Return SQL for the number of the lawful step that ``state`` (SQL) awaits; beyond all of them when none is."""
    whens = " ".join(f"WHEN '{each}' THEN {number}" for each, number in states.STEP_NUMBERS.items())
    return f"(CASE {state} {whens} ELSE 99 END)"


_BACK = [Kind.RETURN, Kind.REOPENING]


def _last_return():
    last = StepRecord.objects.filter(case=models.OuterRef("pk"), sequence=models.OuterRef("moves"))
    return last.filter(kind__in=_BACK)


def _was_sent_back():
    return models.Exists(_last_return())


def _followed_by() -> models.QuerySet:
    """Return the states of the later cases of the same item that changed what stands on the shelf, the first one first.

    An item has one running case at a time, so a later one was opened after this one had ended.
    """
    later = Case.objects.filter(information=models.OuterRef("information"), pk__gt=models.OuterRef("pk"))
    changed = Q(state__in=states.CHANGES_THE_SHELF) | Q(published_first_at__isnull=False)
    reads = models.Case(
        models.When(state__in=states.CHANGES_THE_SHELF, then=F("state")), default=models.Value(str(states.P.PUBLISHED))
    )
    return later.filter(changed).order_by("pk").values(changed_to=reads)[:1]


def column_of(activity: Activity) -> str:
    """Return the words over the columns of those who perform the row."""
    return " dan ".join(column.label.strip() for column in activity.columns)


def _still_missing(role: int) -> models.QuerySet:
    """Return the role's columns at the row where the case waits, as far as nobody has confirmed them yet."""
    changed = Document.objects.filter(
        Q(uploaded_at__gt=models.OuterRef("confirmed_at")) | Q(removed_at__gt=models.OuterRef("confirmed_at")),
        information=models.OuterRef("case__information"),
        purpose=Document.Purpose.CONTENT,
    )
    described = DescriptionChange.objects.filter(
        information=models.OuterRef("case__information"), at__gt=models.OuterRef("confirmed_at")
    )
    confirmed = Confirmation.objects.filter(
        ~models.Exists(changed),
        ~models.Exists(described),
        case=models.OuterRef(models.OuterRef("pk")),
        moves=models.OuterRef(models.OuterRef("moves")),
        column=models.OuterRef("performer__position"),
    )
    row, here = "performer__version__activities", F("performer__position")
    return PerformerRole.objects.filter(
        Q(**{f"{row}__performer": F("performer")}) | Q(**{f"{row}__last_performer__position__gte": here}),
        ~models.Exists(confirmed),
        role=role,
        performer__version=models.OuterRef("sop_version"),
        **{f"{row}__number": models.OuterRef("step"), f"{row}__performer__position__lte": here},
    )


def waits_for(scope: str, unit: int, role: int) -> Q:
    """Return what holds for the cases that wait for whoever holds the role at the unit."""
    at_row = Q(models.Exists(_still_missing(role)))
    return at_row if scope == Role.Scope.CITY else at_row & Q(unit=unit)


class CaseQuerySet(models.QuerySet):
    def running(self):
        return self.filter(ended_at__isnull=True)

    def visible_to(self, user, *, on):
        """Keep the cases that ``user`` may see: of the whole city, or of the own units.

        An exclusion, and every case of an item while it is excluded or may come to be, only those who need to know of
        it (``ppid.flows.knowing``). What hangs on a case, down to its documents, is seen through it alone.
        """
        held = held_by(user, on=on)
        if knows_all(held):
            return self
        cases = self
        if not any(each.is_city_wide for each in held):
            cases = self.filter(unit__in={each.unit for each in held})
        mine, secret = performed(held), Case.objects.secret(on=on).filter(information=models.OuterRef("information"))
        return cases.filter(
            ~Q(flow=Sop.Flow.EXCLUSION) | mine, ~models.Exists(secret) | models.Exists(secret.filter(mine))
        )

    def secret(self, *, on):
        """Keep the exclusions that run or are in force on the day ``on``: as long, their item is closed."""
        in_force = Exclusion.objects.in_force(on=on)
        return self.filter(Q(ended_at__isnull=True) | Q(exclusion__in=in_force), flow=Sop.Flow.EXCLUSION)

    def awaiting(self, user, *, on):
        """Keep the running cases whose present row is this person's to take or to confirm, by the case's own sheet."""
        mine = Q(pk__in=[])
        held = Appointment.objects.in_force(on=on).filter(user=user)
        for scope, unit, role in held.values_list("role__scope", "unit", "role").distinct():
            mine |= waits_for(scope, unit, role)
        return self.running().filter(mine)

    def overdue(self, *, at):
        return self.running().filter(is_overdue(at=at))

    def on_the_shelf(self):
        """Keep the publications whose item still stands on the shelf as they put it there."""
        return self.filter(~models.Exists(_followed_by()), state=states.P.PUBLISHED)

    def off_the_shelf(self):
        """Keep the publications whose item was replaced or excluded by a later case."""
        return self.filter(models.Exists(_followed_by()), state=states.P.PUBLISHED)

    def sent_back(self):
        """Keep the running cases whose last move was a return."""
        return self.running().filter(_was_sent_back())

    def sent_back_after(self, user):
        """Keep the running cases that were sent back behind a step of this person and have not got there again.

        ``returned_because`` is the reason, ``returned_by`` who gave it.
        """
        returns = StepRecord.objects.filter(case=models.OuterRef("pk"), kind__in=_BACK).order_by("-sequence")
        back = StepRecord.objects.filter(case=models.OuterRef("case"), kind__in=_BACK).order_by("-sequence")
        theirs = StepRecord.objects.filter(
            case=models.OuterRef("pk"),
            actor=user,
            kind=Kind.STEP,
            sequence__lt=models.Subquery(back.values("sequence")[:1]),
            step__gte=models.Subquery(back.values("to_step")[:1]),
        )
        cases = (
            self.running()
            .filter(models.Exists(theirs))
            .annotate(
                returned_because=models.Subquery(returns.values("note")[:1]),
                returned_by=models.Subquery(returns.values("actor_name")[:1]),
                returned_from=models.Subquery(returns.values("step")[:1]),
            )
        )
        return cases.filter(step__lte=F("returned_from"))

    def tally(self, *, at):
        """Return how many cases these are, how many of them are overdue, and how many were sent back, in one query."""
        return self.running().aggregate(
            waiting=models.Count("pk"),
            late=models.Count("pk", filter=is_overdue(at=at)),
            sent_back=models.Count("pk", filter=_was_sent_back()),
        )

    def by_step(self, *, at: datetime) -> dict[int, tuple[int, int]]:
        """Return how many of these run, and how many of those are overdue, by the step that they wait at."""
        late = models.Count("pk", filter=is_overdue(at=at))
        steps = self.running().order_by().values_list("step").annotate(running=models.Count("pk"), late=late)
        return {step: (running, late) for step, running, late in steps}

    def most_urgent_first(self):
        """Put what must not be delayed («serta merta») first, then by due date."""
        return self.order_by("-is_urgent", F("due_at").asc(nulls_last=True), "received_at", "pk")

    def for_list(self):
        """Fetch along what a list prints; ``sent_back_because`` is the reason when the last move was a return."""
        return self.select_related("information", "unit", "sop_version__sop__unit").annotate(
            sent_back_because=models.Subquery(_last_return().values("note")),
            followed_by=models.Subquery(_followed_by()),
        )

    def for_register(self, *, at):
        """Fetch along what a register of cases prints at this moment.

        ``late_steps`` counts the stays at a step that took too long, however they ended; ``is_overdue`` says whether
        the present one does; ``announced_at`` is when the item became public.
        """
        overdue = Q(pk__in=Case.objects.overdue(at=at).order_by().values("pk"))
        late = StepRecord.objects.filter(case=models.OuterRef("pk"), on_time=False).order_by().values("case")
        late_steps = models.Subquery(late.annotate(n=models.Count("pk")).values("n"))
        published = StepRecord.objects.filter(case=models.OuterRef("pk"), key="publish").order_by("-sequence")
        register = self.for_list().select_related("exclusion")
        register = register.annotate(
            late_steps=Coalesce(late_steps, 0),
            is_overdue=models.ExpressionWrapper(overdue, models.BooleanField()),
            announced_at=Coalesce("published_first_at", models.Subquery(published.values("done_at")[:1])),
        )
        return register.order_by("-opened_at", "-pk")

    def for_exclusion(self):
        """Fetch along what the lembar uji and the decree of an exclusion print."""
        return self.select_related("information__unit", "unit", "sop_version__sop__unit", "exclusion")

    def for_page(self):
        """Fetch along what a case's page prints."""
        return self.select_related(
            "information__unit",
            "unit",
            "sop_version__sop__unit",
            "opened_by",
            "exclusion__test",
            "exclusion__decree",
            "diverted_from",
            "diverted_to",
        ).prefetch_related("records__unit", "records__evidence__document", "moved_deadlines")


class Case(Proving, models.Model):
    """An item on its way through a flow («perkara»), by its unit's sheet.

    ``step`` is the number of the row that it waits at, None once it has ended. ``state`` is the lawful step that it
    awaits, or what the last of them achieved while further rows of the sheet follow. ``moves`` counts its ledger rows;
    ``due_at`` is this row's. ``opened_because`` says why the law opened it, when no person did. An urgent case («serta
    merta») is due at once, from ``urgent_since``; ``published_first_at`` is when it became public before its rows.
    """

    flow = models.CharField("alur", max_length=12, choices=Sop.Flow)
    number = models.CharField("nomor proses", max_length=20, unique=True)
    information = models.ForeignKey(Information, models.PROTECT, related_name="cases")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cases", verbose_name="perangkat daerah")
    sop_version = models.ForeignKey(SopVersion, models.PROTECT, related_name="cases", verbose_name="versi SOP")
    exclusion = models.OneToOneField(Exclusion, models.PROTECT, null=True, related_name="case")
    diverted_from = models.OneToOneField("self", models.PROTECT, null=True, related_name="diverted_to")
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="dibuka oleh")
    opened_because = models.CharField("dibuka karena", max_length=300, blank=True)
    opened_at = models.DateTimeField("dibuka pada")
    state = FSMField("keadaan", max_length=12, protected=True)
    step = models.PositiveSmallIntegerField("langkah pada lembar", null=True)
    moves = models.PositiveIntegerField("jumlah gerak", default=0)
    is_urgent = models.BooleanField("serta merta", default=False)
    urgent_because = models.CharField("serta merta karena", max_length=200, blank=True)
    urgent_since = models.DateTimeField("serta merta sejak", null=True)
    published_first_at = models.DateTimeField("diumumkan lebih dahulu pada", null=True)
    received_at = models.DateTimeField("diterima pada")
    due_at = models.DateTimeField("tenggat", null=True)
    ended_at = models.DateTimeField("berakhir pada", null=True)
    worked_days = models.PositiveIntegerField("hari kerja sampai akhir", null=True)

    # The attempt at a move that is being made, while it is made.
    act: Act

    # The classes of the flows by their key; each is noted as it is written.
    flows: ClassVar[dict[str, type["Case"]]] = {}

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "proses"
        ordering = ["-opened_at", "-pk"]
        indexes = [
            models.Index(
                fields=["-is_urgent", "due_at", "received_at", "id"],
                name="case_urgent",
                condition=Q(ended_at__isnull=True),
            ),
            models.Index(fields=["flow", "-opened_at"], name="case_register"),
            *[
                models.Index(fields=["sop_version", moment], name=f"case_ended_{moment}", condition=_ENDED)
                for moment in ("opened_at", "ended_at")
            ],
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["information"], condition=Q(ended_at__isnull=True), name="one_running_case_for_an_item"
            ),
            models.CheckConstraint(
                name="state_belongs_to_flow",
                condition=Q(flow="publication", state__in=states.STATES["publication"].values)
                | Q(flow="exclusion", state__in=states.STATES["exclusion"].values),
            ),
            models.CheckConstraint(
                name="case_ends_with_its_state",
                condition=Q(
                    ended_at__isnull=True,
                    step__isnull=False,
                    state__in=[str(state) for state in (*states.STEP_NUMBERS, *states.ACHIEVED.values())],
                )
                | Q(ended_at__isnull=False, step__isnull=True)
                & ~Q(state__in=[str(state) for state in states.STEP_NUMBERS]),
            ),
            models.CheckConstraint(
                name="case_is_opened_by_somebody_or_by_law",
                condition=Q(opened_by__isnull=False, opened_because="")
                | Q(opened_by__isnull=True) & ~Q(opened_because=""),
            ),
            models.CheckConstraint(
                name="urgency_has_its_reason",
                condition=Q(is_urgent=False)
                | Q(flow="publication", urgent_since__isnull=False) & ~Q(urgent_because=""),
            ),
            models.CheckConstraint(
                name="only_a_publication_is_announced_first",
                condition=Q(published_first_at__isnull=True)
                | Q(flow="publication", urgent_since__lte=F("published_first_at")),
            ),
            models.CheckConstraint(
                name="exclusion_case_has_an_exclusion",
                condition=Q(flow="exclusion", exclusion__isnull=False) | Q(flow="publication", exclusion__isnull=True),
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="case_moves_by_the_sheet", field="state", transitions=states.MOVES),
            pgtrigger.ReadOnly(
                name="case_keeps_its_subject",
                fields=[
                    "flow",
                    "number",
                    "information",
                    "unit",
                    "sop_version",
                    "exclusion",
                    "diverted_from",
                    "opened_by",
                    "opened_because",
                    "opened_at",
                ],
            ),
            pgtrigger.Protect(name="case_is_kept", operation=pgtrigger.Delete),
            never_emptied(),
            pgtrigger.Trigger(
                name="case_starts_at_step_one",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                    IF NEW.moves <> 0 OR NEW.state NOT IN ('updating', 'collecting')
                       OR NEW.received_at <> NEW.opened_at OR NEW.urgent_since <> NEW.opened_at
                       OR NEW.is_urgent AND NEW.due_at IS DISTINCT FROM NEW.opened_at
                       OR NEW.published_first_at IS NOT NULL THEN
                        RAISE EXCEPTION 'a case starts at step 1, as it is opened';
                    END IF;
                    IF NOT EXISTS (
                        SELECT 1 FROM sop_sopversion
                        WHERE id = NEW.sop_version_id AND state = 'approved' AND runs = NEW.flow
                    ) THEN
                        RAISE EXCEPTION 'a case follows a version in force that runs its flow';
                    END IF;
                    IF NEW.sop_version_id <> (
                        SELECT version.id FROM sop_sopversion version JOIN sop_sop sop ON sop.id = version.sop_id
                        WHERE sop.flow = NEW.flow AND (sop.unit_id = NEW.unit_id OR sop.is_master)
                          AND version.state = 'approved' AND version.runs = NEW.flow
                          AND version.in_force_from <= {local_day("NEW.opened_at")}
                        ORDER BY sop.unit_id = NEW.unit_id DESC, version.version DESC LIMIT 1
                    ) THEN
                        RAISE EXCEPTION 'a case follows the sheet of its unit, else the one of the city';
                    END IF;
                    IF NEW.step IS DISTINCT FROM (
                        SELECT min(number) FROM sop_activity WHERE version_id = NEW.sop_version_id
                    ) THEN
                        RAISE EXCEPTION 'a case starts at the first row of its sheet';
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 - the zone of the settings
            ),
            pgtrigger.Trigger(
                name="case_moves_with_its_ledger",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("state", "step", "moves", "received_at", "ended_at"),
                func="""
                    IF NEW.state = 'adopted' AND NOT EXISTS (
                        SELECT 1 FROM information_exclusion exclusion
                        JOIN information_consequencetest test ON test.exclusion_id = exclusion.id
                        JOIN information_classificationdecree decree ON decree.exclusion_id = exclusion.id
                        WHERE exclusion.id = NEW.exclusion_id AND exclusion.adopted_at IS NOT NULL
                          AND test.conclusion <> 'open'
                    ) THEN
                        RAISE EXCEPTION 'an exclusion is adopted with its test and its decree';
                    END IF;
                    IF NEW.moves <> OLD.moves + 1 OR NEW.ended_at <> NEW.received_at OR NOT EXISTS (
                        SELECT 1 FROM flows_steprecord
                        WHERE case_id = OLD.id AND sequence = NEW.moves
                          AND from_state = OLD.state AND to_state = NEW.state
                          AND NEW.received_at = CASE kind WHEN 'first' THEN OLD.received_at ELSE done_at END
                          AND step IS NOT DISTINCT FROM OLD.step AND to_step IS NOT DISTINCT FROM NEW.step
                    ) THEN
                        RAISE EXCEPTION 'a case moves with its ledger row only';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="urgency_comes_with_its_line",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("is_urgent", "urgent_because", "urgent_since"),
                func="""
                    IF NOT (NEW.is_urgent AND NOT OLD.is_urgent AND NEW.moves = OLD.moves AND EXISTS (
                        SELECT 1 FROM flows_moveddeadline
                        WHERE case_id = OLD.id AND kind = 'urgent' AND moves = OLD.moves
                          AND moved_at = NEW.urgent_since AND because = NEW.urgent_because
                    ) OR NEW.is_urgent AND NOT OLD.is_urgent AND EXISTS (
                        SELECT 1 FROM flows_steprecord
                        WHERE case_id = OLD.id AND sequence = NEW.moves AND sequence > OLD.moves AND key = 'clarify'
                          AND approved->>'category' = 'immediate' AND done_at = NEW.urgent_since
                    ) OR OLD.is_urgent AND NOT NEW.is_urgent
                     AND NEW.urgent_because = OLD.urgent_because AND NEW.urgent_since = OLD.urgent_since AND EXISTS (
                        SELECT 1 FROM flows_steprecord
                        WHERE case_id = OLD.id AND sequence = NEW.moves AND sequence > OLD.moves AND key = 'clarify'
                          AND approved->>'category' <> 'immediate' AND note <> ''
                    )) THEN
                        RAISE EXCEPTION 'a case becomes or ceases to be urgent with its line in the ledger only';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="announced_first_with_its_row",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("published_first_at"),
                func="""
                    IF OLD.published_first_at IS NOT NULL OR NOT OLD.is_urgent OR NEW.step IS DISTINCT FROM OLD.step
                       OR NOT EXISTS (
                        SELECT 1 FROM flows_steprecord
                        WHERE case_id = OLD.id AND sequence = NEW.moves AND sequence > OLD.moves AND kind = 'first'
                          AND done_at = NEW.published_first_at
                    ) THEN
                        RAISE EXCEPTION 'an urgent case is announced first once, with its ledger row';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="what_was_announced_first_goes_with_its_case",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.published_first_at IS NOT NULL AND OLD.ended_at IS NULL"
                    " AND NEW.state IN ('withdrawn', 'diverted')"
                ),
                func="""
                    IF EXISTS (
                        SELECT 1 FROM shelf_publisheditem item
                        JOIN information_information information ON information.number = item.number
                        WHERE information.id = OLD.information_id
                    ) THEN
                        RAISE EXCEPTION 'what was announced first is taken off the shelf as its case is given up';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="case_walks_along_its_sheet",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("state", "step", "moves"),
                declare=[("record", "flows_steprecord%ROWTYPE"), ("lawful", "INTEGER"), ("onward", "INTEGER[]")],
                func=f"""
                    SELECT * INTO record FROM flows_steprecord WHERE case_id = OLD.id AND sequence = NEW.moves;
                    IF record.kind = 'step' THEN
                        SELECT CASE WHEN here.kind = 'end' THEN ARRAY[]::int[]
                                    WHEN here.kind = 'decision' THEN ARRAY[here.if_yes, here.if_no]::int[]
                                    ELSE ARRAY(SELECT min(number) FROM sop_activity below
                                               WHERE below.version_id = here.version_id AND below.number > here.number)
                               END INTO onward
                        FROM sop_activity here WHERE version_id = OLD.sop_version_id AND number = OLD.step;
                        IF NOT (NEW.step > OLD.step AND NEW.step = ANY (onward) OR NEW.step = OLD.step
                                OR NEW.step IS NULL AND NOT EXISTS (SELECT 1 FROM unnest(onward) n WHERE n > OLD.step))
                        THEN
                            RAISE EXCEPTION 'a case goes on along the rows of its sheet';
                        END IF;
                    ELSIF record.kind IN ('return', 'reopening') AND NOT (NEW.step < OLD.step AND EXISTS (
                        SELECT 1 FROM sop_activity WHERE version_id = OLD.sop_version_id AND number = NEW.step
                    )) THEN
                        RAISE EXCEPTION 'a case goes back to an earlier row of its sheet';
                    END IF;
                    lawful := {_lawful_number("NEW.state")};
                    IF NEW.step = OLD.step AND NOT EXISTS (
                        SELECT 1 FROM sop_activity
                        WHERE version_id = NEW.sop_version_id AND number = NEW.step AND lawful = ANY (carries)
                    ) OR NEW.step <> OLD.step AND lawful <> COALESCE((
                        SELECT min(carried) FROM sop_activity, unnest(carries) carried
                        WHERE version_id = NEW.sop_version_id AND number >= NEW.step
                    ), 99) THEN
                        RAISE EXCEPTION 'a case waits at the row that carries its lawful step';
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 - the numbers of this house's states
            ),
            pgtrigger.Trigger(
                name="ended_case_is_tallied",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL"),
                func="""
                    INSERT INTO flows_tally (sop_version_id, step, measure, value, n)
                    WITH record AS (SELECT * FROM flows_steprecord WHERE case_id = NEW.id AND step IS NOT NULL),
                    taken AS (SELECT * FROM record WHERE kind IN ('step', 'return'))
                    SELECT NEW.sop_version_id, step, measure, value, count(*) FROM (
                        SELECT 0 AS step, 'days' AS measure, NEW.worked_days AS value
                        UNION ALL SELECT step, 'days', used_days FROM taken
                        UNION ALL SELECT step, 'minutes', used_minutes FROM taken
                        UNION ALL SELECT step, 'allowed', allowed_days FROM taken
                        UNION ALL SELECT step, 'on_time', on_time::int FROM taken
                        UNION ALL SELECT DISTINCT step, 'cases', 0 FROM taken
                        UNION ALL SELECT step, 'sent_back', 0 FROM record WHERE kind IN ('return', 'reopening')
                    ) counted
                    WHERE value IS NOT NULL GROUP BY step, measure, value ORDER BY step, measure, value
                    ON CONFLICT (sop_version_id, step, measure, value)
                    DO UPDATE SET n = flows_tally.n + EXCLUDED.n;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="due_date_moves_with_its_line",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.due_at IS DISTINCT FROM NEW.due_at AND OLD.moves = NEW.moves"),
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM (
                            SELECT * FROM flows_moveddeadline WHERE case_id = OLD.id ORDER BY id DESC LIMIT 1
                        ) line
                        WHERE line.moves = OLD.moves AND line.due_before IS NOT DISTINCT FROM OLD.due_at
                          AND line.due_after IS NOT DISTINCT FROM NEW.due_at
                    ) THEN
                        RAISE EXCEPTION 'a due date moves with its line in the ledger only';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __init_subclass__(cls, *, flow: str, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        Case.flows[flow] = cls

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("desk:case", args=[self.number])

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **how: Any) -> "Case":
        """Give back the case as the flow it is, so that its steps are at hand."""
        if cls is Case and "flow" in field_names:
            flow = dict(zip(field_names, values, strict=False))["flow"]
            return Case.flows[flow].from_db(db, field_names, values, **how)
        return super().from_db(db, field_names, values, **how)

    @property
    def awaited_column(self) -> str:
        """Whose step is being awaited, in the words of the sheet."""
        return column_of(self.awaited)

    def locked(self) -> "Case":
        """Read the case again, locked with its item until the transaction ends."""
        locked = type(self).objects.select_for_update(of=("self", "information"))
        # Only what is locked, and the unit that never changes: what else is joined may be older than the lock.
        return locked.select_related("information__unit").get(pk=self.pk)

    @property
    def is_running(self) -> bool:
        return self.ended_at is None

    @cached_property
    def followed_by(self) -> str | None:
        """The end of the first later case of the item that changed what stands on the shelf; lists fetch it along."""
        return Case.objects.filter(pk=self.pk).values_list(models.Subquery(_followed_by()), flat=True).get()

    @property
    def left_the_shelf(self) -> bool:
        """Whether a later case replaced or excluded what this one had published."""
        return self.state == states.P.PUBLISHED and self.followed_by is not None

    @property
    def term_is_over(self) -> bool:
        """Whether this case adopted an exclusion whose last day has passed."""
        if self.state != states.X.ADOPTED or self.exclusion is None:
            return False
        if self.exclusion.continued_by_id or self.is_lifted:
            return False
        return self.exclusion.ends_on is not None and self.exclusion.ends_on < timezone.localdate()

    @property
    def is_lifted(self) -> bool:
        """Whether this case adopted an exclusion that was opened before its term was over."""
        if self.state != states.X.ADOPTED or self.exclusion is None or self.exclusion.opened_on is None:
            return False
        return self.exclusion.ends_on is None or self.exclusion.opened_on <= self.exclusion.ends_on

    @property
    def is_continued(self) -> bool:
        """Whether this case adopted an exclusion that another one extended."""
        return self.state == states.X.ADOPTED and bool(self.exclusion and self.exclusion.continued_by_id)

    @property
    def state_label(self) -> str:
        """The state in words, true to what became of it since."""
        if self.is_continued:
            return states.CONTINUED
        if self.is_lifted:
            return states.LIFTED
        if self.term_is_over:
            return states.TERM_IS_OVER
        if self.left_the_shelf and self.followed_by:
            return states.LEFT_THE_SHELF[self.followed_by]
        return states.STATES[self.flow](self.state).label

    @property
    def step_number(self) -> int | None:
        """The number of the row being awaited; None when the case has ended."""
        return self.step

    @property
    def awaited(self) -> Activity:
        """The row being awaited, as the case's SOP version prints it; StepOutOfOrder when the case has ended."""
        if self.step is None:
            raise StepOutOfOrder(f"Proses ini sudah berakhir: {self.state_label}.")
        return self.activities[self.step]

    @property
    def activities(self) -> Mapping[int, Activity]:
        """The rows of the case's SOP version by their number."""
        return fixed_activities(self.sop_version_id)

    @property
    def is_being_prepared(self) -> bool:
        """Whether the lawful step that prepares has still to be taken."""
        return self.state in states.BEING_PREPARED

    @property
    def decides(self) -> bool:
        """Whether the row being awaited decides on what was prepared."""
        return states.DECIDES[self.flow] in [move.key for move in self.carried]

    def row_of(self, key: str) -> Activity:
        """Return the row that carries the lawful step ``key``."""
        number = [move.key for move in self.lawful_steps()].index(key) + 1
        return next(row for row in self.activities.values() if number in row.carries)

    @property
    def rows_in_words(self) -> dict[str, int]:
        """The numbers of the rows that sentences name: which one prepares, which one decides."""
        named = {"prepares": states.PREPARES[self.flow], "decides": states.DECIDES[self.flow]}
        return {word: self.row_of(key).number for word, key in named.items()}

    @property
    def carried(self) -> list[Move]:
        """The lawful steps that taking the present row takes, one after the other; empty for a plain row."""
        if self.step is None or self.state not in states.STEP_NUMBERS:
            return []
        steps = self.lawful_steps()
        return [steps[number - 1] for number in self.awaited.carries if number >= states.STEP_NUMBERS[self.state]]

    @property
    def next_step(self) -> Move | None:
        """The move that takes the present row: its first lawful step, or the plain row; None after the last."""
        if self.step is None:
            return None
        return next(iter(self.carried), PLAIN_ROW)

    @property
    def onward(self) -> dict[str, int | None]:
        """Where taking the present row may lead, None being the end: two ways by the answer of a decision, or one."""
        here = self.awaited
        if here.kind == Activity.Kind.DECISION:
            exits = {"yes": here.if_yes, "no": here.if_no}
            return {answer: number for answer, number in exits.items() if number is not None and number > here.number}
        ahead = [] if here.kind == Activity.Kind.END else [number for number in self.activities if number > here.number]
        return {"yes": min(ahead, default=None)}

    @property
    def drawn_back(self) -> list[int]:
        """The earlier rows to which the sheet itself draws an exit from here."""
        here = self.awaited
        return [number for number in (here.if_no, here.if_yes) if number is not None and number < here.number]

    @property
    def earlier_rows(self) -> list[int]:
        """The rows to which the case may be sent back: the sheet's own exits first, then the nearest ones."""
        if self.step is None:
            return []
        done = max((row.number for row in self.activities.values() if row.carries), default=0)
        stays = 0 if self.state in states.STEP_NUMBERS else done
        earlier = sorted((number for number in self.activities if stays < number < self.step), reverse=True)
        return sorted(earlier, key=lambda number: number not in self.drawn_back)

    def state_awaited_at(self, number: int) -> str:
        """Return the state in which the case waits at this row, coming from before or from a later one."""
        ahead = [step for row in self.activities.values() if row.number >= number for step in row.carries]
        return states.RUNNING[self.flow][min(ahead) - 1] if ahead else states.ACHIEVED[self.flow]

    def state_after(self, move: Move, number: int | None) -> str:
        """Return the state to which the move leads, with ``number`` the row that is awaited then."""
        if move is PLAIN_ROW:
            return self.state
        if move.names_its_row and number is not None:
            return self.state_awaited_at(number)
        return str(dict(move.ways)[self.state])

    @cached_property
    def confirmations(self) -> "list[Confirmation]":
        """Who has confirmed which column of the present row, on what the case holds now."""
        made = Confirmation.objects.filter(case=self, moves=self.moves, digest=self.digest)
        return list(made.select_related("actor"))

    @property
    def digest(self) -> str:
        """The SHA-256 of the words and documents that the case holds: what somebody looked at who confirms.

        The class is left out: whoever takes the deciding row chooses it after the others have confirmed.
        """
        words = {name: said for name, said in self.words_to_approve().items() if name != "category"}
        held = [words, sorted(document.sha256 for document in self.content)]
        return hashlib.sha256(json.dumps(held, sort_keys=True, default=str).encode()).hexdigest()

    def columns_of(self, user: User, *, on: date) -> list[Performer]:
        """Return the columns of the present row whose roles the person holds for the unit."""
        held = Appointment.objects.in_force(on=on).filter(user=user).for_unit(self.unit_id)
        roles = set(held.values_list("role", flat=True))
        return [column for column in self.awaited.columns if roles & {role.pk for role in column.roles.all()}]

    def columns_still_missing(self, user: User) -> list[Performer]:
        """Return the columns of the present row that still have to confirm before ``user`` can take it."""
        if len(self.awaited.columns) < 2:
            return []
        theirs = {column.position for column in self.columns_of(user, on=timezone.localdate(self.act.at))}
        confirmed = {confirmation.column for confirmation in self.confirmations}
        return [column for column in self.awaited.columns if column.position not in theirs | confirmed]

    @cached_property
    def documents(self) -> list[Document]:
        """The current documents of the item, as far as they belong in this case."""
        return list(Document.objects.in_case(self).current())

    @property
    def content(self) -> list[Document]:
        """The item's current documents that will be published."""
        return [document for document in self.documents if document.purpose == Document.Purpose.CONTENT]

    @cached_property
    def approved_evidence(self) -> "list[Evidence]":
        """What binds the documents to the newest decision, which approved them."""
        newest = self._approvals.values("pk")[:1]
        bound = Evidence.objects.filter(record=models.Subquery(newest), part=Evidence.Part.APPROVED)
        return list(bound.select_related("record", "document"))

    @cached_property
    def approval(self) -> "StepRecord | None":
        """The newest ledger row of the step that decides; None when nothing was approved yet."""
        return self.approved_evidence[0].record if self.approved_evidence else self._approvals.first()

    @property
    def _approvals(self) -> "models.QuerySet[StepRecord]":
        return self.records.filter(kind=Kind.STEP, key=states.DECIDES[self.flow]).order_by("-sequence")

    @property
    def approved_documents(self) -> list[Document]:
        """The documents that the newest decision approved."""
        return [evidence.document for evidence in self.approved_evidence]

    def words_to_approve(self) -> dict[str, Any]:
        """Return the words that the deciding step approves, as they stand now; each flow names its own."""
        raise NotImplementedError

    @classmethod
    def moves_by_key(cls) -> dict[str, Move]:
        """Return the flow's moves by their key, in the order in which the class writes them."""
        members = [value.move for klass in reversed(cls.__mro__) for value in vars(klass).values() if _is_move(value)]
        return {move.key: move for move in members}

    @classmethod
    def lawful_steps(cls) -> list[Move]:
        """Return the lawful steps of the flow in their order; a sheet's rows carry them by their number, from 1."""
        return [move for move in cls.moves_by_key().values() if move.kind == Kind.STEP]

    @classmethod
    def move_called(cls, key: str) -> Move:
        """Return the move of this key, the plain row among them. Raises KeyError for an unknown one."""
        return PLAIN_ROW if key == PLAIN_ROW.key else cls.moves_by_key()[key]

    @property
    def law_words(self) -> str:
        """How long the announcement of an urgent item took by the clock. Fetch the case ``for_register()``."""
        announced_at = getattr(self, "announced_at", None)
        if announced_at is None or not (self.is_urgent or self.published_first_at):
            return ""
        return law_words(self.opened_at, self.urgent_since, announced_at)

    @property
    def announces_first(self) -> bool:
        """Whether the act in hand makes the item public before its rows are taken."""
        act = getattr(self, "act", None)
        return act is not None and any(move.kind == Kind.FIRST_PUBLICATION for move in act.carried)

    @property
    def due_at_once(self) -> bool:
        """Whether the law forbids to let this lie: it is urgent, and not public yet."""
        return self.is_urgent and self.published_first_at is None

    @property
    def rows_follow(self) -> bool:
        """Whether the item was announced first, and rows up to the one that publishes are still to be taken."""
        return self.published_first_at is not None and self.state in states.RUNNING["publication"]

    def is_open(self, move: Move) -> bool:
        """Say whether the case awaits this move now."""
        if move.kind == Kind.FIRST_PUBLICATION and self.published_first_at is not None:
            return False
        if move.kind == Kind.STEP:
            return move == self.next_step
        if self.state not in move.sources:
            return False
        if move.kind in (Kind.DIVERSION, Kind.CONCLUSION):
            return self.decides
        return move.kind != Kind.RETURN or self.is_running and bool(self.rows_back(move))

    def rows_back(self, move: Move) -> list[int]:
        """Return the rows to which this return leads: one drawn on the sheet, or any earlier one."""
        if move.names_its_row:
            return self.earlier_rows
        target = move.target_from(self.state)
        return [number for number in self.drawn_back if self.state_awaited_at(number) == target]

    def move_open_at(self, kind: Kind) -> Move | None:
        """Return the first move of this kind that the case awaits now."""
        return next((move for move in self.moves_by_key().values() if move.kind == kind and self.is_open(move)), None)


def _is_move(value: object) -> bool:
    return hasattr(value, "move") and isinstance(value.move, Move)


_DECIDES = list(states.DECIDES.values())
# What says which words it approves: the steps that decide, and announcing first.
_JUDGES = [*_DECIDES, "publish_first"]
# What nobody decides on their own work, «terbuka» as the test's result included.
_NOT_ON_OWN_WORK = [*_JUDGES, "conclude_open"]
# In PostgreSQL the difference of two moments is immutable, as a generated column wants it; a moment and an hour is not.
_WITHOUT_DELAY = LessThanOrEqual(
    models.ExpressionWrapper(F("done_at") - F("due_at"), models.DurationField()), WITHOUT_DELAY
)
_DECIDING = states.STEP_NUMBERS[states.P.CLARIFYING]


def _sql(words: Collection[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


class StepRecord(models.Model):
    """A row of the ledger («riwayat»): who moved the case, acting as what, from where to where, and in what time.

    ``step`` is the number of the sheet's row at which the move was made, ``to_step`` of the row that is awaited then. A
    row that carries several lawful steps leaves one ledger row each, of which the first has the times; a plain row has
    the key "row". ``approved`` is a frozen copy of the words that the deciding step approved
    (``Case.words_to_approve``); the bytes that it approved are its evidence. The times used are those of the calendar
    of that day: minutes where the sheet counts in them, or sets no time and the step was taken the same day. What had
    to be done without delay (``is_urgent``) is late after an hour, and never "on time".
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="records")
    sequence = models.PositiveIntegerField("urutan")
    kind = models.CharField("jenis", max_length=12, choices=[(kind.value, kind.name.title()) for kind in Kind])
    key = models.CharField("kunci langkah", max_length=40)
    step = models.PositiveSmallIntegerField("langkah", null=True)
    to_step = models.PositiveSmallIntegerField("ke langkah", null=True)
    from_state = models.CharField("dari", max_length=12)
    to_state = models.CharField("ke", max_length=12)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="oleh")
    actor_name = models.CharField("nama", max_length=150)
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name="penugasan")
    acting_as = models.CharField("bertindak sebagai", max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="untuk perangkat daerah")
    received_at = models.DateTimeField("diterima")
    done_at = models.DateTimeField("selesai")
    due_at = models.DateTimeField("tenggat", null=True)
    is_urgent = models.BooleanField("menurut hukum, tanpa penundaan", default=False)
    on_time = models.GeneratedField(
        expression=models.Case(
            models.When(due_at__isnull=True, then=None),
            models.When(Q(is_urgent=True) & Q(_WITHOUT_DELAY), then=None),
            default=Q(done_at__lte=F("due_at")),
        ),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )
    note = models.TextField("catatan", blank=True)
    approved = models.JSONField("yang disetujui", null=True, editable=False)
    used_days = models.PositiveIntegerField("hari kerja terpakai", null=True)
    used_minutes = models.PositiveIntegerField("menit kerja terpakai", null=True)
    allowed_days = models.PositiveIntegerField("hari kerja tersedia", null=True)

    class Meta:
        verbose_name = "riwayat"
        ordering = ["case", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["case", "sequence"], name="ledger_row_once"),
            models.CheckConstraint(name="done_after_received", condition=Q(done_at__gte=F("received_at"))),
            models.CheckConstraint(
                name="only_steps_need_no_reason",
                condition=Q(kind="step") | ~Q(note=""),
            ),
            models.CheckConstraint(
                name="approval_says_what_it_approves",
                condition=~Q(key__in=_JUDGES) | Q(approved__isnull=False),
            ),
            models.CheckConstraint(
                name="announced_first_as_immediate",
                condition=~Q(kind="first") | Q(key="publish_first", approved__category="immediate"),
            ),
        ]
        triggers = [
            kept(),
            never_emptied(),
            pgtrigger.Trigger(
                name="ledger_follows_the_case",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                    IF NOT EXISTS (
                        SELECT 1 FROM flows_case
                        WHERE id = NEW.case_id AND state = NEW.from_state AND moves = NEW.sequence - 1
                          AND received_at = NEW.received_at AND due_at IS NOT DISTINCT FROM NEW.due_at
                    ) THEN
                        RAISE EXCEPTION 'a ledger row starts where its case stands';
                    END IF;
                    IF NEW.key IN ({_sql(_NOT_ON_OWN_WORK)})
                    AND {own_work("NEW.case_id", "NEW.actor_id")} THEN
                        RAISE EXCEPTION 'nobody approves their own work';
                    END IF;
                    IF NEW.key = 'adopt' AND {own_work("NEW.case_id", "NEW.actor_id", of_the_test=True)} THEN
                        RAISE EXCEPTION 'nobody adopts what they tested';
                    END IF;
                    IF NEW.kind = 'step' AND NEW.key <> 'row' AND NEW.from_state IN ({_sql(states.DECIDED)})
                    AND EXISTS (
                        WITH current_documents AS (
                            SELECT document.id FROM information_document document
                            JOIN flows_case c ON c.information_id = document.information_id AND c.id = NEW.case_id
                            LEFT JOIN information_document newer ON newer.replaces_id = document.id
                            WHERE document.purpose = 'content' AND document.removed_at IS NULL AND newer.id IS NULL
                        ), approved_documents AS (
                            SELECT document_id FROM flows_evidence WHERE part = 'approved' AND record_id = (
                                SELECT id FROM flows_steprecord
                                WHERE case_id = NEW.case_id AND key IN ({_sql(_DECIDES)})
                                ORDER BY sequence DESC LIMIT 1
                            )
                        )
                        (TABLE current_documents EXCEPT TABLE approved_documents)
                        UNION ALL (TABLE approved_documents EXCEPT TABLE current_documents)
                    ) THEN
                        RAISE EXCEPTION 'what goes on is what step 4 approved';
                    END IF;
                    IF NEW.kind = 'step' AND NOT EXISTS (
                        SELECT 1 FROM flows_steprecord
                        WHERE case_id = NEW.case_id AND sequence = NEW.sequence - 1 AND kind = 'step'
                          AND step = NEW.step AND to_step = NEW.step
                    ) AND EXISTS (
                        SELECT 1 FROM flows_case c
                        JOIN sop_activity here ON here.version_id = c.sop_version_id AND here.number = c.step
                        JOIN sop_performer first_column ON first_column.id = here.performer_id
                        JOIN sop_performer last_column ON last_column.id = here.last_performer_id
                        JOIN sop_performer each_column ON each_column.version_id = here.version_id
                         AND each_column.position BETWEEN first_column.position AND last_column.position
                        WHERE c.id = NEW.case_id AND last_column.position > first_column.position AND NOT EXISTS (
                            SELECT 1 FROM flows_confirmation confirmed
                            WHERE confirmed.case_id = c.id AND confirmed.moves = c.moves
                              AND confirmed.column = each_column.position AND confirmed.digest = (
                                SELECT digest FROM flows_confirmation WHERE case_id = c.id ORDER BY id DESC LIMIT 1
                              )
                        )
                    ) THEN
                        RAISE EXCEPTION 'a joint row is taken once a person of each column has confirmed it';
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 - keys and states of this house
            ),
            pgtrigger.Trigger(
                name="measured_stay_says_whose_it_was",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(new__kind__in=[str(kind) for kind in MEASURED], new__used_days__isnull=False),
                func="""
                    IF NOT EXISTS (SELECT 1 FROM flows_heldtime WHERE record_id = NEW.id AND took_it) THEN
                        RAISE EXCEPTION 'a stay that is measured was somebody''s';
                    END IF;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="ledger_row_moves_its_case",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func="""
                    IF NOT EXISTS (SELECT 1 FROM flows_case WHERE id = NEW.case_id AND moves >= NEW.sequence) THEN
                        RAISE EXCEPTION 'a ledger row without its move';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.case.number} #{self.sequence}"

    @property
    def title(self) -> str:
        """What was done, in the words of the flow; at a plain row, in those of the sheet."""
        if self.key == PLAIN_ROW.key and self.activity is not None:
            return self.activity.text
        return self.case.move_called(self.key).title

    @property
    def activity(self) -> Activity | None:
        """The step of the sheet at which the move was made; None for a move after the last step."""
        return None if self.step is None else self.case.activities[self.step]

    @property
    def standard(self) -> Duration | None:
        """The typed duration that the sheet allows for this step."""
        activity = self.activity
        if activity is None or activity.duration_value is None:
            return None
        return Duration(activity.duration_value, activity.duration_unit)

    def used(self, unit: str) -> int:
        """Return the time used in ``unit``: minutes or begun hours of work, else working days."""
        if unit in MINUTES:
            return -(-(self.used_minutes or 0) // MINUTES[unit])
        return self.used_days or 0


class Evidence(models.Model):
    """A document bound to a ledger row: the step's requirement, its output, or what it approved, byte for byte.

    ``means`` is what the sheet's words mean by it (``ppid.flows.sheet_words``); ``by_portal`` that nobody chose it: the
    portal recorded it itself.
    """

    class Part(models.TextChoices):
        REQUIREMENT = "requirement", "Kelengkapan"
        OUTPUT = "output", "Output"
        APPROVED = "approved", "Disetujui"

    record = models.ForeignKey(StepRecord, models.PROTECT, related_name="evidence")
    part = models.CharField("bagian", max_length=12, choices=Part)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    means = models.CharField("yang dimaksud", max_length=20, blank=True)
    by_portal = models.BooleanField("dicatat portal", default=False)

    class Meta:
        verbose_name = "bukti"
        ordering = ["record", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["record", "part", "document"], name="evidence_once"),
        ]
        triggers = [
            kept(),
            never_emptied(),
            pgtrigger.Trigger(
                name="evidence_belongs_to_the_item",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                    IF NOT EXISTS (
                        SELECT 1 FROM flows_steprecord record
                        JOIN flows_case c ON c.id = record.case_id
                        JOIN information_document document ON document.information_id = c.information_id
                        WHERE record.id = NEW.record_id AND document.id = NEW.document_id
                          AND document.sha256 = NEW.sha256 AND record.sequence = c.moves + 1
                          AND (document.exclusion_id IS NULL OR document.exclusion_id = c.exclusion_id)
                    ) THEN
                        RAISE EXCEPTION 'evidence is a document of the same item, and comes with its move';
                    END IF;
                    IF NEW.means = ANY ({_BORN}) AND (
                        (SELECT purpose = 'content' FROM information_document WHERE id = NEW.document_id)
                        OR EXISTS (
                            SELECT 1 FROM flows_evidence other
                            JOIN flows_steprecord theirs ON theirs.id = other.record_id
                            JOIN flows_steprecord ours ON ours.id = NEW.record_id AND ours.case_id = theirs.case_id
                            WHERE other.document_id = NEW.document_id AND other.means <> NEW.means
                              AND other.means = ANY ({_BORN})
                        )
                    ) THEN
                        RAISE EXCEPTION 'what is born at a step is no document of the item, and proves nothing else';
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 - keys of this house
            ),
        ]

    def __str__(self):
        return f"{self.get_part_display()}: {self.document}"


class Confirmation(models.Model):
    """A person's word for their column of a joint row, while the case stood at ``moves``.

    ``column`` is the performer's position on the sheet, ``label`` its printed words. ``digest`` is what the case held
    (``Case.digest``): once that is something else, it has to be confirmed anew.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="all_confirmations")
    moves = models.PositiveIntegerField("jumlah gerak")
    step = models.PositiveSmallIntegerField("langkah")
    column = models.PositiveSmallIntegerField("kolom")
    label = models.TextField("pelaksana")
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="oleh")
    actor_name = models.CharField("nama", max_length=150)
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name="penugasan")
    acting_as = models.CharField("bertindak sebagai", max_length=200)
    note = models.TextField("catatan", blank=True)
    digest = models.CharField(max_length=64)
    confirmed_at = models.DateTimeField("dikonfirmasi pada")

    class Meta:
        verbose_name = "konfirmasi langkah bersama"
        ordering = ["case", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "moves", "column", "digest"], name="column_confirmed_once")
        ]
        triggers = [
            kept(),
            never_emptied(),
            pgtrigger.Trigger(
                name="confirmed_where_the_case_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                    IF NOT EXISTS (
                        SELECT 1 FROM flows_case c
                        JOIN sop_activity here ON here.version_id = c.sop_version_id AND here.number = c.step
                        JOIN sop_performer first_column ON first_column.id = here.performer_id
                        JOIN sop_performer last_column ON last_column.id = here.last_performer_id
                        WHERE c.id = NEW.case_id AND c.moves = NEW.moves AND c.step = NEW.step
                          AND NEW.column BETWEEN first_column.position AND last_column.position
                    ) THEN
                        RAISE EXCEPTION 'a column of the joint row is confirmed where the case stands';
                    END IF;
                    IF EXISTS (
                        SELECT 1 FROM flows_case c
                        JOIN sop_activity here ON here.version_id = c.sop_version_id AND here.number = c.step
                        WHERE c.id = NEW.case_id AND {_DECIDING} = ANY (here.carries)
                    ) AND {own_work("NEW.case_id", "NEW.actor_id")} THEN
                        RAISE EXCEPTION 'nobody approves their own work';
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 - numbers of this house
            ),
        ]

    def __str__(self):
        return f"{self.case.number} langkah {self.step}: {self.label}"


class Tally(models.Model):
    """How often a value was measured at a step in the ended cases of a version; step 0 is the whole case.

    A trigger counts each case once, as it ends, so that an evaluation costs as little with 10,000 cases as with ten.
    """

    class Measure(models.TextChoices):
        DAYS = "days", "hari kerja terpakai"
        MINUTES = "minutes", "menit kerja terpakai"
        ALLOWED = "allowed", "hari kerja tersedia"
        ON_TIME = "on_time", "tepat waktu (1) atau tidak (0)"
        CASES = "cases", "proses"
        SENT_BACK = "sent_back", "dikembalikan"

    sop_version = models.ForeignKey(SopVersion, models.PROTECT, related_name="+")
    step = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=9, choices=Measure)
    value = models.PositiveIntegerField()
    n = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sop_version", "step", "measure", "value"], name="tallied_once")]
        triggers = [pgtrigger.Protect(name="tally_is_kept", operation=pgtrigger.Delete), never_emptied()]

    def __str__(self):
        return f"{self.sop_version_id}/{self.step} {self.measure} {self.value}: {self.n}"


class MovedDeadline(models.Model):
    """A line of the ledger: the due date of the step being awaited moved, and why.

    The working calendar changed, or the case turned out to be urgent. ``moves`` says at which of its moves it stood.
    Nobody is named where the portal found the calendar changed.
    """

    class Kind(models.TextChoices):
        CALENDAR = "calendar", "Tenggat bergeser"
        URGENT = "urgent", "Ditandai serta merta"

    case = models.ForeignKey(Case, models.PROTECT, related_name="moved_deadlines")
    kind = models.CharField("jenis", max_length=8, choices=Kind, default=Kind.CALENDAR)
    moves = models.PositiveIntegerField("jumlah gerak")
    due_before = models.DateTimeField("tenggat semula", null=True)
    due_after = models.DateTimeField("tenggat baru", null=True)
    because = models.CharField("sebab", max_length=300)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="oleh")
    actor_name = models.CharField("nama", max_length=150, blank=True)
    moved_at = models.DateTimeField("digeser pada")

    class Meta:
        verbose_name = "tenggat yang bergeser"
        ordering = ["case", "pk"]
        triggers = [
            kept(),
            never_emptied(),
            pgtrigger.Trigger(
                name="line_starts_where_its_case_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM flows_case
                        WHERE id = NEW.case_id AND moves = NEW.moves AND due_at IS NOT DISTINCT FROM NEW.due_before
                    ) THEN
                        RAISE EXCEPTION 'a line of the ledger starts where its case stands';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="line_moves_its_case",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM flows_case
                        WHERE id = NEW.case_id AND moves = NEW.moves AND due_at IS DISTINCT FROM NEW.due_after
                    ) AND NOT EXISTS (
                        SELECT 1 FROM flows_moveddeadline WHERE case_id = NEW.case_id AND id > NEW.id
                    ) THEN
                        RAISE EXCEPTION 'a line of the ledger without its move';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.case.number}: {self.because}"
