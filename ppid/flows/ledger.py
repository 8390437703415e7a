"""The ledger of the cases («riwayat»): their moves with the evidence, confirmations, tallies and due dates that moved.

What happened is never changed, deleted or emptied, and nothing is written here that its case does not do.
"""

from collections.abc import Collection
from datetime import timedelta

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThanOrEqual

from ppid.chain.triggers import chained
from ppid.flows import states
from ppid.flows.own_work import own_work
from ppid.flows.sheet_words import NAMES
from ppid.flows.steps import MEASURED, PLAIN_ROW, Kind
from ppid.flows.undone import undoing, undone_by_who_decided, was_undone
from ppid.information.models import Document
from ppid.organisation.models import Appointment, Unit, User
from ppid.organisation.unit_history import keeps_the_name_of_its_day
from ppid.triggers import acts_with_own_password, kept, never_emptied, refuses
from ppid.worktime.calendar import MINUTES
from ppid.worktime.durations import Duration
from sop.models import Activity, SopVersion

# What is born in a flow, as an array of SQL.
_BORN = f"ARRAY[{', '.join(repr(key) for key in sorted(NAMES))}]::varchar[]"

# The law sets «serta merta» no time but "without delay": what is awaited longer than this is late, by the clock.
WITHOUT_DELAY = timedelta(hours=1)

_DECIDES = list(states.DECIDES.values())
# What says which words it approves, and what nobody decides on their own work: the steps that decide, «terbuka» as the
# test's result, announcing first, and taking over as signed elsewhere.
_JUDGES = [*_DECIDES, "conclude_open", "publish_first", "take_over"]
# In PostgreSQL the difference of two moments is immutable, as a generated column wants it; a moment and an hour is not.
_WITHOUT_DELAY = LessThanOrEqual(
    models.ExpressionWrapper(F("done_at") - F("due_at"), models.DurationField()), WITHOUT_DELAY
)
_DECIDING = states.STEP_NUMBERS[states.P.CLARIFYING]
_ADOPTING = states.STEP_NUMBERS[states.X.ADOPTING]


def _sql(words: Collection[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


class StepRecordQuerySet(models.QuerySet["StepRecord"]):
    def standing(self) -> "StepRecordQuerySet":
        """Leave out what was undone, and the undoing itself: what is left is what happened."""
        return self.filter(~Q(kind=Kind.UNDO), ~models.Exists(undoing()))


def last_standing(case: str = "pk", moves: str = "moves") -> models.QuerySet["StepRecord"]:
    """Return the ledger row on which the case of the outer query stands: its last that was not undone."""
    last = StepRecord.objects.filter(
        case=models.OuterRef(models.OuterRef(case)), sequence=models.OuterRef(models.OuterRef(moves))
    )
    stands_on = Coalesce(models.Subquery(last.values("back_to")), models.OuterRef(moves))
    return StepRecord.objects.filter(case=models.OuterRef(case), sequence=stands_on)


class StepRecord(models.Model):
    """A row of the ledger («riwayat»): who moved the case, acting as what, from where to where, and in what time.

    ``step`` is the number of the sheet's row at which the move was made, ``to_step`` of the row that is awaited then. A
    row that carries several lawful steps leaves one ledger row each, of which the first has the times; a plain row has
    the key "row". ``approved`` is a frozen copy of the words that the deciding step approved
    (``Case.words_to_approve``); the bytes that it approved are its evidence. The times used are those of the calendar
    of that day: minutes where the sheet counts in them, or sets no time and the step was taken the same day. What had
    to be done without delay (``is_urgent``) is late after an hour, and never "on time".

    ``stood`` is a frozen copy of what a decision found: the class and urgency that step 4 overwrote, or the words that
    a return had before it. An undo has ``back_to``: the row on which the case stands again, 0 for none.
    """

    case = models.ForeignKey("flows.Case", models.PROTECT, related_name="records")
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
    # What the unit was called then: the history prints these, whatever becomes of the unit.
    unit_name = models.CharField("nama perangkat daerah", max_length=200, editable=False)
    unit_short_name = models.CharField("nama pendek perangkat daerah", max_length=60, editable=False)
    received_at = models.DateTimeField("diterima")
    done_at = models.DateTimeField("selesai")
    due_at = models.DateTimeField("tenggat", null=True)
    is_urgent = models.BooleanField("menurut hukum, tanpa penundaan", default=False)
    on_time = models.GeneratedField(
        expression=models.Case(
            models.When(Q(due_at__isnull=True) | Q(kind="undo"), then=None),
            models.When(Q(is_urgent=True) & Q(_WITHOUT_DELAY), then=None),
            default=Q(done_at__lte=F("due_at")),
        ),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )
    note = models.TextField("catatan", blank=True)
    approved = models.JSONField("yang disetujui", null=True, editable=False)
    stood = models.JSONField("yang didapati", null=True, editable=False)
    back_to = models.PositiveIntegerField("kembali ke catatan", null=True, editable=False)
    used_days = models.PositiveIntegerField("hari kerja terpakai", null=True)
    used_minutes = models.PositiveIntegerField("menit kerja terpakai", null=True)
    allowed_days = models.PositiveIntegerField("hari kerja tersedia", null=True)

    objects = StepRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "riwayat"
        ordering = ["case", "sequence"]
        indexes = [
            models.Index(fields=["done_at"], name="ledger_by_day"),
            models.Index(fields=["case", "-sequence"], name="ledger_approvals", condition=Q(approved__isnull=False)),
            # Few, and every count of the ledger asks for them.
            models.Index(fields=["case", "back_to", "sequence"], name="ledger_undos", condition=Q(kind="undo")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "sequence"], name="ledger_row_once"),
            models.CheckConstraint(name="done_after_received", condition=Q(done_at__gte=F("received_at"))),
            models.CheckConstraint(
                name="only_steps_need_no_reason",
                condition=Q(kind__in=["step", "undo"]) | ~Q(note=""),
            ),
            models.CheckConstraint(
                name="undo_says_where_it_leads",
                condition=Q(kind="undo", key="undo", back_to__isnull=False, back_to__lt=F("sequence"))
                | ~Q(kind="undo") & ~Q(key="undo") & Q(back_to__isnull=True),
            ),
            models.CheckConstraint(
                name="a_class_says_what_it_overwrote",
                condition=~Q(key="clarify") | Q(stood__isnull=False, stood__has_key="category"),
            ),
            models.CheckConstraint(
                name="approval_says_what_it_approves",
                condition=~Q(key__in=_JUDGES) | Q(approved__isnull=False),
            ),
            models.CheckConstraint(
                name="taken_over_as_one_move",
                condition=Q(kind="takeover", key="take_over", sequence=1)
                & (Q(from_state="updating", to_state="published") | Q(from_state="collecting", to_state="adopted"))
                | ~Q(kind="takeover")
                & ~Q(key="take_over")
                & ~Q(from_state="updating", to_state="published")
                & ~Q(from_state="collecting", to_state="adopted"),
            ),
            models.CheckConstraint(
                name="announced_first_as_immediate",
                condition=~Q(kind="first")
                | Q(key="publish_first", approved__has_key="category", approved__category="immediate"),
            ),
        ]
        triggers = [
            acts_with_own_password("actor_id"),
            kept(),
            chained(),
            never_emptied(),
            keeps_the_name_of_its_day("NEW.unit_id", {"unit_name": "name", "unit_short_name": "short_name"}),
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
                    IF NEW.key IN ({_sql(_JUDGES)})
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
            refuses(
                "what_stood_is_kept_with_a_decision",
                "a decision keeps what it found",
                """
                    NEW.key = 'clarify' AND NOT EXISTS (
                        SELECT 1 FROM flows_case c JOIN information_information item ON item.id = c.information_id
                        WHERE c.id = NEW.case_id AND NEW.stood->>'category' = item.category
                          AND (NEW.stood->>'is_urgent')::boolean = c.is_urgent
                          AND NEW.stood->>'urgent_because' = c.urgent_because
                          AND (NEW.stood->>'urgent_since')::timestamptz IS NOT DISTINCT FROM c.urgent_since
                    )
                """,
            ),
            undone_by_who_decided(),
            refuses(
                "measured_stay_says_whose_it_was",
                "a stay that is measured was somebody's",
                "NOT EXISTS (SELECT 1 FROM flows_heldtime WHERE record_id = NEW.id AND took_it)",
                condition=pgtrigger.Q(new__kind__in=[str(kind) for kind in MEASURED], new__used_days__isnull=False),
                at_commit=True,
            ),
            refuses(
                "ledger_row_moves_its_case",
                "a ledger row without its move",
                "NOT EXISTS (SELECT 1 FROM flows_case WHERE id = NEW.case_id AND moves >= NEW.sequence)",
                at_commit=True,
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

    def goes_on(self, before: "StepRecord | None") -> bool:
        """Whether this lawful step was taken within the row that ``before`` began: one row, one time."""
        if before is None or before.to_step != before.step:
            return False
        return (self.kind, self.step) == (Kind.STEP, before.step) and before.kind == Kind.STEP

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
            chained(),
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
                              AND other.means = ANY ({_BORN}) AND NOT {was_undone("theirs")}
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

    case = models.ForeignKey("flows.Case", models.PROTECT, related_name="all_confirmations")
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
            acts_with_own_password("actor_id"),
            kept(),
            chained(),
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
                    IF EXISTS (
                        SELECT 1 FROM flows_case c
                        JOIN sop_activity here ON here.version_id = c.sop_version_id AND here.number = c.step
                        WHERE c.id = NEW.case_id AND c.flow = 'exclusion' AND {_ADOPTING} = ANY (here.carries)
                    ) AND {own_work("NEW.case_id", "NEW.actor_id", of_the_test=True)} THEN
                        RAISE EXCEPTION 'nobody adopts what they tested';
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

    case = models.ForeignKey("flows.Case", models.PROTECT, related_name="moved_deadlines")
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
            chained(),
            never_emptied(),
            refuses(
                "line_starts_where_its_case_stands",
                "a line of the ledger starts where its case stands",
                """
                    NOT EXISTS (
                        SELECT 1 FROM flows_case
                        WHERE id = NEW.case_id AND moves = NEW.moves AND due_at IS NOT DISTINCT FROM NEW.due_before
                    )
                """,
            ),
            refuses(
                "line_moves_its_case",
                "a line of the ledger without its move",
                """
                    EXISTS (
                        SELECT 1 FROM flows_case
                        WHERE id = NEW.case_id AND moves = NEW.moves AND due_at IS DISTINCT FROM NEW.due_after
                    ) AND NOT EXISTS (
                        SELECT 1 FROM flows_moveddeadline WHERE case_id = NEW.case_id AND id > NEW.id
                    )
                """,
                at_commit=True,
            ),
        ]

    def __str__(self):
        return f"{self.case.number}: {self.because}"
