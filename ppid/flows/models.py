"""How it moves: the case. Its ledger stands in ``ppid.flows.ledger``, its way along its sheet in ``walking``.

A case waits at a row of its sheet (``Case.step``); ``Case.state`` is the lawful step that it awaits. Both are moved by
``ppid.flows.actions.take_step`` alone, which ``ppid.flows.case_triggers`` repeat in the database.
"""

from collections.abc import Collection
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse
from django.utils import timezone
from django_fsm import GET_STATE, FSMField, transition

from ppid.flows import afterwards, life, passed_on, reasons, remarks, states  # noqa: F401 - its models are of this app
from ppid.flows.case_triggers import TRIGGERS
from ppid.flows.claims import Claim
from ppid.flows.held_time import HeldTime as HeldTime
from ppid.flows.knowing import held_by, knows_all, performed
from ppid.flows.ledger import WITHOUT_DELAY, Confirmation, Evidence, StepRecord, last_standing
from ppid.flows.proving import Proving
from ppid.flows.steps import Act, Kind, Move
from ppid.flows.walking import Walking
from ppid.information.descriptions import DescriptionChange
from ppid.information.findings import DocumentReading
from ppid.information.models import Document, Exclusion, Information
from ppid.obligations.models import fulfilled
from ppid.organisation.models import Role, Unit, User
from ppid.shelf.urgency import law_words
from ppid.web.fixed_queries import FixedQuery
from ppid.worktime.durations import Duration
from sop.models import Activity, PerformerRole, Sop, SopVersion

_ENDED = Q(ended_at__isnull=False)

# How long the rows of a sheet may take to follow an announcement made first, all of them together.
FOLLOWS_WITHIN = Duration(1, "working_day")


def is_overdue(*, at: datetime) -> Q:
    """Return what holds for cases whose present row should have been taken before this moment."""
    by_the_sheet = Q(is_urgent=False) | Q(published_first_at__isnull=False)
    return Q(by_the_sheet, due_at__lt=at) | Q(due_at__lt=at - WITHOUT_DELAY)


# What an act prints of the unit of its case.
_OF_THE_UNIT = ["id", "code", "name", "short_name"]

_BACK = [Kind.RETURN, Kind.REOPENING]
# Where undoing leads, as the act in hand says.
_AS_BEFORE = GET_STATE(lambda case: case.act.inputs["state"], states=[str(each) for each in states.STEP_NUMBERS])


def _last_return():
    return last_standing().filter(kind__in=_BACK)


def was_sent_back():
    """Return what holds for cases whose last move was a return."""
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
    return columns_at(role, number=models.OuterRef("step")).filter(~models.Exists(confirmed))


def columns_at(role: int, **row: Any) -> models.QuerySet:
    """Return the role's columns, in the sheet of the outer case, at the row of these fields: its own or a joint one."""
    rows, here = "performer__version__activities", F("performer__position")
    return PerformerRole.objects.filter(
        Q(**{f"{rows}__performer": F("performer")}) | Q(**{f"{rows}__last_performer__position__gte": here}),
        role=role,
        performer__version=models.OuterRef("sop_version"),
        **{f"{rows}__performer__position__lte": here},
        **{f"{rows}__{name}": value for name, value in row.items()},
    )


def waits_for(scope: str, unit: int, role: int) -> Q:
    """Return what holds for the cases that wait for whoever holds the role at the unit."""
    at_row = Q(models.Exists(_still_missing(role)))
    return at_row if scope == Role.Scope.CITY else at_row & Q(unit=unit)


def _locked(pk: int, *, of: "type[Case]") -> models.QuerySet["Case"]:
    locked = of.objects.select_for_update(of=("self", "information"))
    # Not joined: a row whose unit changed while the lock was waited for would fit the former one no more.
    unit = Unit.objects.filter(pk=models.OuterRef("unit")).values(read=JSONObject(**{n: n for n in _OF_THE_UNIT}))
    return locked.select_related("information").annotate(of_the_unit=models.Subquery(unit)).filter(pk=pk)


_LOCKED = FixedQuery(_locked)


class CaseQuerySet(models.QuerySet):
    def running(self):
        return self.filter(ended_at__isnull=True)

    def visible_to(self, user, *, on):
        """Keep the cases that ``user`` may see on the day ``on``."""
        return self.visible_with(held_by(user, on=on), on=on)

    def visible_with(self, held, *, on):
        """Keep the cases that whoever holds these offices may see: of the whole city, or of the own units.

        An exclusion, and every case of an item while it is excluded or may come to be, only those who need to know of
        it (``ppid.flows.knowing``). What hangs on a case, down to its documents, is seen through it alone.
        """
        if knows_all(held):
            return self
        cases = self
        if not any(each.is_city_wide for each in held):
            cases = self.filter(unit__in={each.unit for each in held if each.is_of_a_unit})
        mine, secret = performed(held), Case.objects.secret(on=on).filter(information=models.OuterRef("information"))
        return cases.filter(
            ~Q(flow=Sop.Flow.EXCLUSION) | mine, ~models.Exists(secret) | models.Exists(secret.filter(mine))
        )

    def open_to_all(self, *, on):
        """Keep what anybody may know of: publications whose item is neither excluded nor being tested on the day."""
        secret = Case.objects.secret(on=on).filter(information=models.OuterRef("information"))
        return self.filter(~models.Exists(secret), flow=Sop.Flow.PUBLICATION)

    def secret(self, *, on):
        """Keep the exclusions that run or are in force on the day ``on``: as long, their item is closed."""
        in_force = Exclusion.objects.in_force(on=on)
        return self.filter(Q(ended_at__isnull=True) | Q(exclusion__in=in_force), flow=Sop.Flow.EXCLUSION)

    def awaiting(self, user, *, on):
        """Keep the running cases whose present row is this person's to take or to confirm on the day ``on``."""
        return self.awaiting_with(held_by(user, on=on))

    def awaiting_with(self, held):
        """Keep those that wait for whoever holds these offices, by the case's own sheet."""
        mine = Q(pk__in=[])
        for each in dict.fromkeys(held):
            mine |= waits_for(each.scope, each.unit, each.role)
        return self.running().filter(mine)

    def deciding(self):
        """Keep those whose awaited row carries a lawful step that decides."""
        mine = Q(pk__in=[])
        for flow in states.DECISIONS:
            numbers = [states.STEP_NUMBERS[each] for each in states.AWAITING_DECISION if each in states.RUNNING[flow]]
            here = {"version": models.OuterRef("sop_version"), "number": models.OuterRef("step")}
            carrying = Activity.objects.filter(**here, carries__overlap=numbers)
            mine |= Q(models.Exists(carrying), flow=flow)
        return self.filter(mine, state__in=states.RUNNING["publication"] + states.RUNNING["exclusion"])

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
        return self.running().filter(was_sent_back())

    def sent_back_after(self, user):
        """Keep the running cases that were sent back behind a step of this person and have not got there again.

        ``returned_because`` is the reason, ``returned_by`` who gave it.
        """
        returned = StepRecord.objects.standing().filter(kind__in=_BACK).order_by("-sequence")
        returns = returned.filter(case=models.OuterRef("pk"))
        back = returned.filter(case=models.OuterRef("case"))
        theirs = StepRecord.objects.standing().filter(
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

    def by_step(self, *, at: datetime) -> dict[int, tuple[int, int]]:
        """Return how many of these run, and how many of those are overdue, by the step that they wait at."""
        late = models.Count("pk", filter=is_overdue(at=at))
        steps = self.running().order_by().values_list("step").annotate(running=models.Count("pk"), late=late)
        return {step: (running, late) for step, running, late in steps}

    def most_urgent_first(self):
        """Put what must not be delayed («serta merta») first, then by due date."""
        return self.order_by("-is_urgent", F("due_at").asc(nulls_last=True), "received_at", "pk")

    def for_list(self):
        """Fetch along what a list prints.

        ``sent_back_because`` is the reason when the last move was a return, ``standing_claims`` who is at its row.
        """
        last = StepRecord.objects.filter(case=models.OuterRef("pk"), sequence=models.OuterRef("moves"))
        names = last.values(names=JSONObject(name="unit_name", short_name="unit_short_name"))
        claims = models.Prefetch("claims", Claim.objects.standing(at=timezone.now()), "standing_claims")
        listed = self.select_related("information", "unit", "sop_version__sop__unit").prefetch_related(claims)
        return listed.annotate(
            called_last=models.Subquery(names),
            sent_back_because=models.Subquery(_last_return().values("note")),
            followed_by=models.Subquery(_followed_by()),
        )

    def for_register(self, *, at):
        """Fetch along what a register of cases prints at this moment.

        ``late_steps`` counts the stays at a step that took too long, however they ended; ``is_overdue`` says whether
        the present one does; ``announced_at`` is when the item became public.
        """
        overdue = Q(pk__in=Case.objects.overdue(at=at).order_by().values("pk"))
        late = StepRecord.objects.standing().filter(case=models.OuterRef("pk"), on_time=False)
        counted = late.order_by().values("case").annotate(n=models.Count("pk"))
        late_steps = models.Subquery(counted.values("n"))
        published = StepRecord.objects.filter(case=models.OuterRef("pk"), key="publish").order_by("-sequence")
        register = self.for_list().select_related("exclusion")
        register = register.annotate(
            late_steps=Coalesce(late_steps, 0),
            is_overdue=models.ExpressionWrapper(overdue, models.BooleanField()),
            announced_at=Coalesce("published_first_at", models.Subquery(published.values("done_at")[:1])),
        )
        return register.order_by("-opened_at", "-pk")

    def for_step(self):
        """Fetch along what taking a step reads of a case before it is locked."""
        return self.select_related("information__unit", "unit")

    def for_exclusion(self):
        """Fetch along what the lembar uji and the decree of an exclusion print."""
        return self.select_related("information__unit", "unit", "sop_version__sop__unit", "exclusion")

    def for_page(self):
        """Fetch along what a case's page prints."""
        return (
            self.select_related(
                "information__unit",
                "unit",
                "sop_version__sop__unit",
                "opened_by",
                "exclusion__test",
                "exclusion__decree",
                "diverted_from",
                "diverted_to",
            )
            .annotate(fulfils=fulfilled("information"))
            .prefetch_related("records__evidence__document", "moved_deadlines")
        )


class Case(Walking, Proving, models.Model):
    """An item on its way through a flow («proses»), by its unit's sheet.

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
    # When the unit that has it came to have it, where another one had it before.
    passed_on_at = models.DateTimeField("diteruskan pada", null=True)
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
                | Q(flow="publication", urgent_since__isnull=False, urgent_since__lte=F("published_first_at")),
            ),
            models.CheckConstraint(
                name="exclusion_case_has_an_exclusion",
                condition=Q(flow="exclusion", exclusion__isnull=False) | Q(flow="publication", exclusion__isnull=True),
            ),
        ]
        triggers = TRIGGERS

    def __init_subclass__(cls, *, flow: str, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        Case.flows[flow] = cls

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("desk:case", args=[self.number])

    @property
    def worked_on_at(self) -> str:
        """Where its present row is worked on: a screen of its own, which leads others to its page, or that page."""
        screen = "desk:decide" if self.has_decision else "desk:work" if self.has_work else "desk:case"
        return reverse(screen if self.is_running else "desk:case", args=[self.number])

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **how: Any) -> "Case":
        """Give back the case as the flow it is, so that its steps are at hand."""
        if cls is Case and "flow" in field_names:
            flow = dict(zip(field_names, values, strict=False))["flow"]
            return Case.flows[flow].from_db(db, field_names, values, **how)
        return super().from_db(db, field_names, values, **how)

    @transition(field=state, source=[str(each) for each in states.STEP_NUMBERS], target=_AS_BEFORE)
    def stand_again(self) -> None:
        """Stand where the decision that is undone was made: ``ppid.flows.undo`` alone calls it."""

    def locked(self) -> "Case":
        """Read the case again, locked with its item until the transaction ends."""
        case = _LOCKED.first(self.pk, of=type(self))
        if case is None:
            raise type(self).DoesNotExist
        told = case.of_the_unit
        case.unit = case.information.unit = Unit.from_db(None, _OF_THE_UNIT, [told[name] for name in _OF_THE_UNIT])
        return case

    @property
    def is_running(self) -> bool:
        return self.ended_at is None

    @cached_property
    def unit_of_its_day(self) -> dict[str, str]:
        """How its unit is called, while it runs; how it was called then, once it has ended: "name", "short_name"."""
        now = {"name": self.unit.name, "short_name": self.unit.short_name}
        if self.is_running:
            return now
        if hasattr(self, "called_last"):
            return self.called_last or now
        last = max(self.records.all(), key=lambda record: record.sequence, default=None)
        return {"name": last.unit_name, "short_name": last.unit_short_name} if last else now

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
        """Where the case stands in words: the row of its own sheet while it runs, else what became of it."""
        label = states.STATES[self.flow](self.state).label
        if self.step is not None:
            here = f"{self.step} · {self.called(self.awaited)}"
            return here if self.state in states.STEP_NUMBERS else f"{label}, {here}"
        if self.is_continued:
            return states.CONTINUED
        if self.is_lifted:
            return states.LIFTED
        if self.term_is_over:
            return states.TERM_IS_OVER
        if self.left_the_shelf and self.followed_by:
            return states.LEFT_THE_SHELF[self.followed_by]
        return label

    @cached_property
    def documents(self) -> list[Document]:
        """The current documents of the item, as far as they belong in this case."""
        return list(Document.objects.in_case(self).current())

    @property
    def content(self) -> list[Document]:
        """The item's current documents that will be published."""
        return [document for document in self.documents if document.purpose == Document.Purpose.CONTENT]

    @cached_property
    def readings(self) -> dict[int, DocumentReading]:
        """What was found in the documents that will be published, by the document's key; none for what is unread."""
        if not self.content:
            return {}
        readings = list(DocumentReading.objects.filter(document__in=self.content).select_related("document__cleaning"))
        models.prefetch_related_objects([each for each in readings if each.kinds], "findings__answers")
        return {each.document_id: each for each in readings}

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
        made = self.records.standing().filter(kind=Kind.STEP, key=states.DECIDES[self.flow])
        return made.order_by("-sequence")

    @property
    def approved_documents(self) -> list[Document]:
        """The documents that the newest decision approved."""
        return [evidence.document for evidence in self.approved_evidence]

    def what_stands(self, move: Move) -> dict[str, Any] | None:
        """Return what a ledger row keeps of how things stood before the move: what undoing or comparing needs."""
        if move.kind == Kind.RETURN and self.state in states.UNDONE_INTO:
            return {"words": self.words_to_approve()}
        return None

    def words_to_approve(self) -> dict[str, Any]:
        """Return the words that the deciding step approves, as they stand now; each flow names its own."""
        raise NotImplementedError

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
    def is_taken_over(self) -> bool:
        """Whether the act in hand takes the item over from a list that was signed elsewhere."""
        act = vars(self).get("act")
        return act is not None and any(move.kind == Kind.TAKEOVER for move in act.carried)

    @property
    def taken_over_because(self) -> str:
        """What its ledger says where it was taken over from a list that was signed elsewhere; "" for any other."""
        first = next(iter(self.records.all()), None)
        return first.note if first is not None and first.kind == Kind.TAKEOVER else ""

    @property
    def due_at_once(self) -> bool:
        """Whether the law forbids to let this lie: it is urgent, and not public yet."""
        return self.is_urgent and self.published_first_at is None

    @property
    def rows_follow(self) -> bool:
        """Whether the item was announced first, and rows up to the one that publishes are still to be taken."""
        return self.published_first_at is not None and self.state in states.RUNNING["publication"]
