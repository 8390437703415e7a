"""How it moves: the case, and its ledger with the evidence.

``Case.state`` is moved by ``ppid.flows.actions.take_step`` alone. The triggers repeat that in the database: legal pairs
only, each move with its ledger row, ledger rows never changed. What they guard of the item and its papers stands in
``ppid.flows.guards``.
"""

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django_fsm import FSMField

from ppid.flows import afterwards, states  # noqa: F401 - its models are of this app
from ppid.flows.knowing import held_by, knows_all, performed
from ppid.flows.steps import Act, Kind, Move, StepOutOfOrder
from ppid.information.models import Document, Exclusion, Information
from ppid.organisation.models import Appointment, Role, Unit, User
from ppid.triggers import kept, never_emptied
from ppid.worktime.calendar import MINUTES
from ppid.worktime.durations import Duration
from sop.models import Activity, Sop, SopVersion, fixed_activities

_ENDED = Q(ended_at__isnull=False)


def _last_return():
    last = StepRecord.objects.filter(case=models.OuterRef("pk"), sequence=models.OuterRef("moves"))
    return last.filter(kind__in=[Kind.RETURN, Kind.REOPENING])


def _was_sent_back():
    return models.Exists(_last_return())


def _followed_by() -> models.QuerySet:
    """Return the states of the later cases of the same item that changed what stands on the shelf, the first one first.

    An item has one running case at a time, so a later one was opened after this one had ended.
    """
    later = Case.objects.filter(information=models.OuterRef("information"), pk__gt=models.OuterRef("pk"))
    return later.filter(state__in=states.CHANGES_THE_SHELF).order_by("pk").values("state")[:1]


def column_of(activity: Activity) -> str:
    """Return the words over the performer's column."""
    return activity.performer.label.strip() if activity.performer else ""


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
        """Keep the running cases whose present step is this person's to take, by the case's own SOP version."""
        steps = (
            Appointment.objects.in_force(on=on)
            .filter(user=user, role__performers__version__sop__flow__gt="")
            .values_list(
                "role__scope",
                "unit",
                "role__performers__activities__version",
                "role__performers__activities__number",
            )
            .distinct()
        )
        mine = Q(pk__in=[])
        for scope, unit, version, number in steps:
            at_step = Q(sop_version=version, step=number)
            mine |= at_step if scope == Role.Scope.CITY else at_step & Q(unit=unit)
        return self.running().filter(mine)

    def overdue(self, *, at):
        return self.running().filter(due_at__lt=at)

    def on_the_shelf(self):
        """Keep the publications whose item still stands on the shelf as they put it there."""
        return self.filter(~models.Exists(_followed_by()), state=states.P.PUBLISHED)

    def off_the_shelf(self):
        """Keep the publications whose item was replaced or excluded by a later case."""
        return self.filter(models.Exists(_followed_by()), state=states.P.PUBLISHED)

    def sent_back(self):
        """Keep the running cases whose last move was a return."""
        return self.running().filter(_was_sent_back())

    def tally(self, *, at):
        """Return how many cases these are, how many of them are overdue, and how many were sent back, in one query."""
        return self.running().aggregate(
            waiting=models.Count("pk"),
            late=models.Count("pk", filter=Q(due_at__lt=at)),
            sent_back=models.Count("pk", filter=_was_sent_back()),
        )

    def by_step(self, *, at) -> dict[int, tuple[int, int]]:
        """Return how many of these run, and how many of those are overdue, by the step that they wait at."""
        late = models.Count("pk", filter=Q(due_at__lt=at))
        steps = self.running().order_by().values_list("step").annotate(running=models.Count("pk"), late=late)
        return {step: (running, late) for step, running, late in steps}

    def most_urgent_first(self):
        return self.order_by(F("due_at").asc(nulls_last=True), "received_at", "pk")

    def for_list(self):
        """Fetch along what a list prints; ``sent_back_because`` is the reason when the last move was a return."""
        return self.select_related("information", "unit", "sop_version").annotate(
            sent_back_because=models.Subquery(_last_return().values("note")),
            followed_by=models.Subquery(_followed_by()),
        )

    def for_register(self, *, at):
        """Fetch along what a register of cases prints at this moment.

        ``late_steps`` counts the stays at a step that took too long, however they ended; ``is_overdue`` says whether
        the present one does.
        """
        overdue = Q(pk__in=Case.objects.overdue(at=at).order_by().values("pk"))
        late = StepRecord.objects.filter(case=models.OuterRef("pk"), on_time=False).order_by().values("case")
        late_steps = models.Subquery(late.annotate(n=models.Count("pk")).values("n"))
        register = self.for_list().select_related("exclusion")
        register = register.annotate(
            late_steps=Coalesce(late_steps, 0), is_overdue=models.ExpressionWrapper(overdue, models.BooleanField())
        )
        return register.order_by("-opened_at", "-pk")

    def for_exclusion(self):
        """Fetch along what the lembar uji and the decree of an exclusion print."""
        return self.select_related("information__unit", "unit", "sop_version", "exclusion")

    def for_page(self):
        """Fetch along what a case's page prints."""
        return self.select_related(
            "information__unit",
            "unit",
            "sop_version__sop",
            "opened_by",
            "exclusion__test",
            "exclusion__decree",
            "diverted_from",
            "diverted_to",
        ).prefetch_related("records__unit", "records__evidence__document", "moved_deadlines")


class Case(models.Model):
    """An item on its way through a flow («perkara»). ``moves`` counts its ledger rows; ``due_at`` is this step's."""

    flow = models.CharField("alur", max_length=12, choices=Sop.Flow)
    number = models.CharField("nomor proses", max_length=20, unique=True)
    information = models.ForeignKey(Information, models.PROTECT, related_name="cases")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cases", verbose_name="perangkat daerah")
    sop_version = models.ForeignKey(SopVersion, models.PROTECT, related_name="cases", verbose_name="versi SOP")
    exclusion = models.OneToOneField(Exclusion, models.PROTECT, null=True, related_name="case")
    diverted_from = models.OneToOneField("self", models.PROTECT, null=True, related_name="diverted_to")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="dibuka oleh")
    opened_at = models.DateTimeField("dibuka pada")
    state = FSMField("keadaan", max_length=12, protected=True)
    step = models.GeneratedField(
        expression=models.Case(
            *[models.When(state=str(state), then=number) for state, number in states.STEP_NUMBERS.items()]
        ),
        output_field=models.PositiveSmallIntegerField(null=True),
        db_persist=True,
    )
    moves = models.PositiveIntegerField("jumlah gerak", default=0)
    received_at = models.DateTimeField("diterima pada")
    due_at = models.DateTimeField("tenggat", null=True)
    ended_at = models.DateTimeField("berakhir pada", null=True)
    worked_days = models.PositiveIntegerField("hari kerja sampai akhir", null=True)

    # The attempt at a move that is being made, while it is made.
    act: Act

    # The classes of the flows by their key; each is noted as it is written.
    flows: ClassVar[dict[str, type["Case"]]] = {}

    # The step that prepares what the next decision approves; a change after the approval leads back to it.
    PREPARING_STEP = 3
    APPROVING_STEP = 4

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "proses"
        ordering = ["-opened_at", "-pk"]
        indexes = [
            models.Index(
                fields=["due_at", "received_at", "id"], name="case_urgent", condition=Q(ended_at__isnull=True)
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
                condition=Q(ended_at__isnull=True, state__in=[str(state) for state in states.STEP_NUMBERS])
                | Q(ended_at__isnull=False) & ~Q(state__in=[str(state) for state in states.STEP_NUMBERS]),
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
                    "opened_at",
                ],
            ),
            pgtrigger.Protect(name="case_is_kept", operation=pgtrigger.Delete),
            never_emptied(),
            pgtrigger.Trigger(
                name="case_starts_at_step_one",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.moves <> 0 OR NEW.state NOT IN ('updating', 'collecting')
                       OR NEW.received_at <> NEW.opened_at THEN
                        RAISE EXCEPTION 'a case starts at step 1, as it is opened';
                    END IF;
                    IF (SELECT state FROM sop_sopversion WHERE id = NEW.sop_version_id) <> 'approved' THEN
                        RAISE EXCEPTION 'a case follows a version in force';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="case_moves_with_its_ledger",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("state", "moves", "received_at", "ended_at"),
                func="""
                    IF NEW.moves <> OLD.moves + 1 OR NEW.ended_at <> NEW.received_at OR NOT EXISTS (
                        SELECT 1 FROM flows_steprecord
                        WHERE case_id = OLD.id AND sequence = NEW.moves
                          AND from_state = OLD.state AND to_state = NEW.state AND done_at = NEW.received_at
                    ) THEN
                        RAISE EXCEPTION 'a case moves with its ledger row only';
                    END IF;
                    IF NEW.state = 'adopted' AND NOT EXISTS (
                        SELECT 1 FROM information_exclusion exclusion
                        JOIN information_consequencetest test ON test.exclusion_id = exclusion.id
                        JOIN information_classificationdecree decree ON decree.exclusion_id = exclusion.id
                        WHERE exclusion.id = NEW.exclusion_id AND exclusion.adopted_at IS NOT NULL
                          AND test.conclusion <> 'open'
                    ) THEN
                        RAISE EXCEPTION 'an exclusion is adopted with its test and its decree';
                    END IF;
                    RETURN NEW;
                """,
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
        return self.exclusion.ends_on is not None and self.exclusion.ends_on < timezone.localdate()

    @property
    def state_label(self) -> str:
        """The state in words, true to what became of it since."""
        if self.term_is_over:
            return states.TERM_IS_OVER
        if self.left_the_shelf and self.followed_by:
            return states.LEFT_THE_SHELF[self.followed_by]
        return states.STATES[self.flow](self.state).label

    @property
    def step_number(self) -> int | None:
        """The number of the step being awaited; None when the case has ended."""
        return states.STEP_NUMBERS.get(self.state)

    @property
    def awaited(self) -> Activity:
        """The step being awaited, as the case's SOP version prints it; StepOutOfOrder when the case has ended."""
        if self.step_number is None:
            raise StepOutOfOrder(f"Proses ini sudah berakhir: {self.state_label}.")
        return self.activities[self.step_number]

    @property
    def activities(self) -> Mapping[int, Activity]:
        """The steps of the case's SOP version by their number."""
        return fixed_activities(self.sop_version_id)

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
        """What binds the documents to the newest step 4, which approved them."""
        newest = self._approvals.values("pk")[:1]
        bound = Evidence.objects.filter(record=models.Subquery(newest), part=Evidence.Part.APPROVED)
        return list(bound.select_related("record", "document"))

    @cached_property
    def approval(self) -> "StepRecord | None":
        """The newest ledger row of step 4; None when nothing was approved yet."""
        return self.approved_evidence[0].record if self.approved_evidence else self._approvals.first()

    @property
    def _approvals(self) -> "models.QuerySet[StepRecord]":
        return self.records.filter(kind=Kind.STEP, step=Case.APPROVING_STEP).order_by("-sequence")

    @property
    def approved_documents(self) -> list[Document]:
        """The documents that the newest step 4 approved."""
        return [evidence.document for evidence in self.approved_evidence]

    def words_to_approve(self) -> dict[str, Any]:
        """Return the words that step 4 approves, as they stand now; each flow names its own."""
        raise NotImplementedError

    @classmethod
    def moves_by_key(cls) -> dict[str, Move]:
        """Return the flow's moves by their key, in the order in which the class writes them."""
        members = [value.move for klass in reversed(cls.__mro__) for value in vars(klass).values() if _is_move(value)]
        return {move.key: move for move in members}

    def move_open_at(self, kind: Kind) -> Move | None:
        """Return the move of this kind that the present state allows."""
        found = (move for move in self.moves_by_key().values() if move.kind == kind and self.state in move.sources)
        return next(found, None)


def _is_move(value: object) -> bool:
    return hasattr(value, "move") and isinstance(value.move, Move)


class StepRecordQuerySet(models.QuerySet):
    def punctuality(self, user, *, since):
        """Return how many steps with a due date the person took since then, and how many of them on time."""
        taken = self.filter(actor=user, kind=Kind.STEP, done_at__gte=since, on_time__isnull=False)
        return taken.aggregate(measured=models.Count("pk"), on_time=models.Count("pk", filter=Q(on_time=True)))


class StepRecord(models.Model):
    """A row of the ledger («riwayat»): who moved the case, acting as what, from where to where, and in what time.

    ``step`` is the number of the step at which the move was made. ``approved`` is a frozen copy of the words that step
    4 approved (``Case.words_to_approve``); the bytes that it approved are its evidence. The times used are those of the
    calendar of that day: minutes where the sheet counts in them, or sets no time and the step was taken the same day.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="records")
    sequence = models.PositiveIntegerField("urutan")
    kind = models.CharField("jenis", max_length=12, choices=[(kind.value, kind.name.title()) for kind in Kind])
    key = models.CharField("kunci langkah", max_length=40)
    step = models.PositiveSmallIntegerField("langkah", null=True)
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
    on_time = models.GeneratedField(
        expression=models.Case(models.When(due_at__isnull=True, then=None), default=Q(done_at__lte=F("due_at"))),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )
    note = models.TextField("catatan", blank=True)
    approved = models.JSONField("yang disetujui", null=True, editable=False)
    used_days = models.PositiveIntegerField("hari kerja terpakai", null=True)
    used_minutes = models.PositiveIntegerField("menit kerja terpakai", null=True)
    allowed_days = models.PositiveIntegerField("hari kerja tersedia", null=True)

    objects = StepRecordQuerySet.as_manager()

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
                condition=~Q(kind="step", step=Case.APPROVING_STEP) | Q(approved__isnull=False),
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
                    IF NEW.kind = 'step' AND NEW.step = {Case.APPROVING_STEP} AND EXISTS (
                        SELECT 1 FROM flows_steprecord
                        WHERE case_id = NEW.case_id AND kind = 'step' AND step = {Case.PREPARING_STEP}
                          AND actor_id = NEW.actor_id
                    ) THEN
                        RAISE EXCEPTION 'nobody approves their own work';
                    END IF;
                    IF NEW.kind = 'step' AND NEW.step > {Case.APPROVING_STEP} AND EXISTS (
                        WITH current_documents AS (
                            SELECT document.id FROM information_document document
                            JOIN flows_case c ON c.information_id = document.information_id AND c.id = NEW.case_id
                            LEFT JOIN information_document newer ON newer.replaces_id = document.id
                            WHERE document.purpose = 'content' AND document.removed_at IS NULL AND newer.id IS NULL
                        ), approved_documents AS (
                            SELECT document_id FROM flows_evidence WHERE part = 'approved' AND record_id = (
                                SELECT id FROM flows_steprecord
                                WHERE case_id = NEW.case_id AND kind = 'step' AND step = {Case.APPROVING_STEP}
                                ORDER BY sequence DESC LIMIT 1
                            )
                        )
                        (TABLE current_documents EXCEPT TABLE approved_documents)
                        UNION ALL (TABLE approved_documents EXCEPT TABLE current_documents)
                    ) THEN
                        RAISE EXCEPTION 'what goes on is what step {Case.APPROVING_STEP} approved';
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 - two numbers of this module
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
        """What was done, in the words of the flow."""
        return self.case.moves_by_key()[self.key].title

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
    """A document bound to a ledger row: the step's requirement, its output, or what it approved, byte for byte."""

    class Part(models.TextChoices):
        REQUIREMENT = "requirement", "Kelengkapan"
        OUTPUT = "output", "Output"
        APPROVED = "approved", "Disetujui"

    record = models.ForeignKey(StepRecord, models.PROTECT, related_name="evidence")
    part = models.CharField("bagian", max_length=12, choices=Part)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)

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
                func="""
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
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.get_part_display()}: {self.document}"


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
    """A line of the ledger: the working calendar changed, and with it the due date of the step being awaited.

    ``moves`` says at which of its moves the case stood. Nobody is named where the portal found the calendar changed.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="moved_deadlines")
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
