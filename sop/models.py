"""The SOP library: definitions, and versions with every field of the sheet, stored word for word.

An approved version never changes: the database refuses it (see the triggers). Performer → roles and
activity → performer are data; read from a file they are our reading («penafsiran») until a person confirms it.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import get_args

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import slugify
from django_fsm import FSMField, transition

from ppid.chain.triggers import chained, chained_as_it_goes, chained_later
from ppid.organisation.models import Role, Unit, User
from ppid.organisation.unit_history import belongs_to_an_open_unit, keeps_the_name_of_its_day, passes_with_its_ledger
from ppid.triggers import never_emptied, refuses
from ppid.worktime.durations import MAX_DURATION, DurationUnit
from sop import import_records, ledgers, passed_on  # noqa: F401 - their models are of this app
from sop.ledgers import State
from sop.sheet import LENGTHS, LISTS, Origin, Sheet, SheetRow


def _frozen(name: str, version_id: str) -> pgtrigger.Trigger:
    """Return a trigger that refuses to write a part of a version which is no longer a draft, also while in review.

    ``version_id`` is SQL for the version's key, with {row} where OLD or NEW goes.
    """
    old, new = version_id.format(row="OLD"), version_id.format(row="NEW")
    return refuses(
        name,
        "an approved SOP version never changes",
        f"""
            TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM sop_sopversion WHERE id = {old} AND state <> 'draft')
            OR TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM sop_sopversion WHERE id = {new} AND state <> 'draft')
        """,  # noqa: S608 - the only values are the two SQL texts of this module
        on=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    )


# More than the law knows of any flow.
MOST_LAWFUL_STEPS = 20

DURATION_UNITS = [(unit.value, unit.label) for unit in DurationUnit]

# What approving writes; it comes with the step from review to approved, and never changes afterwards.
APPROVAL = ["approved_by", "approved_at", "pdf_sha256", "pdf_size", "in_force_from", "runs", "unit_name"]


class SopManager(models.Manager):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def free_slug(self, title: str) -> str:
        """Return an address made of the title that no SOP has yet."""
        longest = self.model._meta.get_field("slug").max_length - len("-9999")
        base = slugify(title)[:longest].strip("-") or "sop"
        taken = set(self.filter(slug__startswith=base).values_list("slug", flat=True))
        if base not in taken:
            return base
        return next(slug for n in range(2, len(taken) + 3) if (slug := f"{base}-{n}") not in taken)


class Sop(models.Model):
    """An SOP through all its versions. ``flow`` names the running flow that it is bound to, if any.

    Cases of its unit follow it; those of units without a sheet of their own follow the flow's ``is_master`` («lembar
    induk»). Both change only together with a row of ``Binding``.
    """

    class Flow(models.TextChoices):
        PUBLICATION = "publication", "Pengumuman informasi publik"
        EXCLUSION = "exclusion", "Pengecualian informasi"

    slug = models.SlugField("alamat", max_length=80, unique=True)
    title = models.CharField("nama SOP", max_length=LENGTHS["title"])
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sops", verbose_name="perangkat daerah")
    flow = models.CharField("alur yang dijalankan", max_length=20, choices=Flow, blank=True)
    is_master = models.BooleanField("lembar induk", default=False)
    theme = models.CharField("tema", max_length=80, blank=True)

    objects = SopManager()

    class Meta:
        verbose_name = "SOP"
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["flow", "unit"], condition=~Q(flow=""), name="flow_follows_one_sop_a_unit"),
            models.UniqueConstraint(fields=["flow"], condition=Q(is_master=True), name="flow_has_one_master"),
            models.CheckConstraint(name="master_runs_a_flow", condition=Q(is_master=False) | ~Q(flow="")),
        ]
        triggers = [
            refuses(
                "sop_is_bound_with_its_ledger",
                "an SOP is bound with its row of the ledger only",
                """
                    NOT EXISTS (
                        SELECT 1 FROM (SELECT * FROM sop_binding WHERE sop_id = OLD.id ORDER BY id DESC LIMIT 1) newest
                        WHERE newest.flow = NEW.flow AND newest.is_master = NEW.is_master
                    )
                """,
                on=pgtrigger.Update,
                condition=pgtrigger.AnyChange("flow", "is_master"),
            ),
            passes_with_its_ledger("sop_soppassedon", "sop_id"),
            belongs_to_an_open_unit("sop_sop"),
            never_emptied(),
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.slug,)


class Binding(models.Model):
    """A row of an SOP's ledger of bindings: from here on it runs ``flow`` (none: no flow), as the city's or its unit's.

    ``actor`` None is the operator at the terminal.
    """

    sop = models.ForeignKey(Sop, models.CASCADE, related_name="bindings")
    flow = models.CharField("alur yang dijalankan", max_length=20, choices=Sop.Flow, blank=True)
    is_master = models.BooleanField("lembar induk", default=False)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField("nama", max_length=150, blank=True)
    at = models.DateTimeField("pada")
    why = models.TextField("alasan", blank=True)

    class Meta:
        verbose_name = "riwayat pengikatan"
        ordering = ["sop", "pk"]
        constraints = [
            models.CheckConstraint(name="bound_master_runs_a_flow", condition=Q(is_master=False) | ~Q(flow="")),
        ]
        triggers = [
            pgtrigger.Protect(name="binding_stays", operation=pgtrigger.Update),
            chained(),
            chained_as_it_goes(),
            refuses(
                "binding_goes_with_its_sop",
                "a binding goes with its whole SOP only",
                "EXISTS (SELECT 1 FROM sop_sop WHERE id = OLD.sop_id)",
                on=pgtrigger.Delete,
                at_commit=True,
            ),
            refuses(
                "binding_binds_its_sop",
                "a binding without its SOP",
                """
                    EXISTS (
                        SELECT 1 FROM sop_sop sop
                        JOIN LATERAL (
                            SELECT * FROM sop_binding WHERE sop_id = sop.id ORDER BY id DESC LIMIT 1
                        ) newest ON TRUE
                        WHERE sop.id = NEW.sop_id AND (newest.flow, newest.is_master) <> (sop.flow, sop.is_master)
                    )
                """,
                at_commit=True,
            ),
            never_emptied(),
        ]

    def __str__(self):
        return f"{self.sop}: {self.get_flow_display() or 'tidak dijalankan'}"


class SopVersionQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug, version):
        return self.get(sop__slug=slug, version=version)

    def in_force(self, *, on):
        """Keep the versions in force on the day ``on``: of each SOP the newest approved one whose day has come."""
        approved = self.filter(state=SopVersion.State.APPROVED, in_force_from__lte=on)
        newer = SopVersion.objects.filter(
            sop=models.OuterRef("sop"),
            state=SopVersion.State.APPROVED,
            in_force_from__lte=on,
            version__gt=models.OuterRef("version"),
        )
        return approved.filter(~models.Exists(newer))

    def for_flow(self, flow, unit):
        """Keep the versions that a case of ``unit`` may follow through ``flow``: its own first, then the city's.

        A version that was not approved to run it, rows and all, is passed over. Chain it after ``in_force``.
        """
        whose = models.Case(models.When(sop__unit=unit, then=0), default=1)
        bound = self.filter(Q(sop__unit=unit) | Q(sop__is_master=True), sop__flow=flow, runs=flow)
        return bound.order_by(whose, "pk")

    def due_for_review(self, *, on):
        """Keep the versions in force whose review is due on the day ``on``."""
        return self.in_force(on=on).filter(review_on__lte=on)

    def with_sheet(self):
        """Fetch along all that the sheet prints."""
        return self.select_related("sop__unit").prefetch_related("performers__roles", "activities__performer")


class SopVersion(models.Model):
    """A version of a sheet. Dates stay as they are printed: «-» and a bare year are dates here."""

    class Origin(models.TextChoices):
        """Where it comes from who performs which step; only what was read from a file is an interpretation."""

        WRITTEN = "written", "Disusun di portal ini"
        DRAWING = "drawing", "Dibaca dari gambar alir naskah"
        TEXT = "text", "Dibaca dari teks naskah, tanpa gambar alir"

    State = State
    sop = models.ForeignKey(Sop, models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField("versi")
    state = FSMField("keadaan", max_length=12, choices=State, default=State.DRAFT, protected=True)

    title = models.CharField("nama SOP", max_length=LENGTHS["title"])
    heading = models.CharField("nomor urut judul", max_length=LENGTHS["heading"], blank=True)
    letterhead = models.TextField("kop")
    number = models.CharField("nomor SOP", max_length=LENGTHS["number"], blank=True)
    created = models.CharField("tanggal pembuatan", max_length=LENGTHS["created"], blank=True)
    revised = models.CharField("tanggal revisi", max_length=LENGTHS["revised"], blank=True)
    effective = models.CharField("tanggal efektif", max_length=LENGTHS["effective"], blank=True)
    signatory = models.TextField("disahkan oleh", blank=True)
    legal_bases = ArrayField(models.TextField(), verbose_name="dasar hukum", default=list, blank=True)
    qualifications = ArrayField(models.TextField(), verbose_name="kualifikasi pelaksana", default=list, blank=True)
    related = ArrayField(models.TextField(), verbose_name="keterkaitan", default=list, blank=True)
    equipment = ArrayField(models.TextField(), verbose_name="peralatan/perlengkapan", default=list, blank=True)
    warnings = ArrayField(models.TextField(), verbose_name="peringatan", default=list, blank=True)
    records = ArrayField(models.TextField(), verbose_name="pencatatan dan pendataan", default=list, blank=True)
    captions = models.JSONField("judul kotak yang tercetak lain", default=dict, blank=True)

    origin = models.CharField("asal pembagian langkah", max_length=8, choices=Origin, default=Origin.WRITTEN)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField("penafsiran dikonfirmasi pada", null=True, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField("disetujui pada", null=True, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pdf_size = models.PositiveBigIntegerField(null=True, blank=True, help_text="bytes")
    in_force_from = models.DateField("berlaku sejak", null=True, blank=True)
    review_on = models.DateField("ditinjau lagi paling lambat", null=True, blank=True)
    # The flow that its SOP was bound to when it was approved: its rows carry that flow, which the database looks at.
    runs = models.CharField("disetujui untuk menjalankan", max_length=20, choices=Sop.Flow, blank=True)

    # What its unit was called on that day.
    unit_name = models.CharField("nama perangkat daerah", max_length=200, blank=True, editable=False)

    # ``moves`` counts the rows of the ledger of states, ``revision`` those of the ledger of edits: each save of a draft
    # counts up, so that nobody overwrites what they have not seen. ``begun_by`` began or imported it; None when that
    # was at the terminal or in a fixture, and for a copy of the version before, which is nobody's work yet.
    moves = models.PositiveIntegerField("jumlah gerak", default=0)
    revision = models.PositiveIntegerField("suntingan ke-", default=0)
    begun_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, editable=False, related_name="+")
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField("terakhir disunting pada", null=True, blank=True)

    objects = SopVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "versi SOP"
        ordering = ["sop", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["sop", "version"], name="sop_version_once"),
            models.UniqueConstraint(
                fields=["sop"], condition=Q(state__in=["draft", "in_review"]), name="one_draft_at_a_time"
            ),
            models.CheckConstraint(
                name="only_what_was_read_is_confirmed",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(origin="written"),
            ),
            models.CheckConstraint(
                name="origin_is_known",
                condition=Q(origin__in=get_args(Origin)),
            ),
            models.CheckConstraint(
                name="approved_version_is_complete",
                condition=Q(state__in=["draft", "in_review"])
                | Q(
                    approved_by__isnull=False,
                    approved_at__isnull=False,
                    in_force_from__isnull=False,
                    review_on__isnull=False,
                    pdf_size__isnull=False,
                    pdf_size__gt=0,
                )
                & ~Q(pdf_sha256=""),
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="version_states",
                field="state",
                transitions=[
                    ("draft", "in_review"),
                    ("in_review", "draft"),
                    ("in_review", "approved"),
                    ("approved", "superseded"),
                    ("approved", "retired"),
                ],
            ),
            pgtrigger.ReadOnly(name="who_began_it_stays", fields=["begun_by"]),
            keeps_the_name_of_its_day(
                "(SELECT unit_id FROM sop_sop WHERE id = NEW.sop_id)",
                {"unit_name": "name"},
                on=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state = 'in_review' AND NEW.state = 'approved'"),
            ),
            pgtrigger.Protect(
                name="version_starts_as_draft",
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__state="draft", new__moves=0, new__revision=0),
            ),
            refuses(
                "version_walks_with_its_ledger",
                "an SOP version moves with its ledger row only",
                """
                    NEW.moves <> OLD.moves + 1 OR NOT EXISTS (
                        SELECT 1 FROM sop_statechange
                        WHERE version_id = OLD.id AND sequence = NEW.moves
                          AND from_state = OLD.state AND to_state = NEW.state
                          AND (NEW.state <> 'approved' OR actor_id = NEW.approved_by_id)
                    )
                """,
                on=pgtrigger.Update,
                condition=pgtrigger.AnyChange("state", "moves"),
            ),
            refuses(
                "draft_changes_with_its_ledger",
                "a draft changes with its ledger row only",
                """
                    NEW.revision <> OLD.revision + 1 OR NOT EXISTS (
                        SELECT 1 FROM sop_draftedit
                        WHERE version_id = OLD.id AND revision = NEW.revision AND actor_id = NEW.changed_by_id
                    )
                """,
                on=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["state", "moves", "review_on", *APPROVAL]),
            ),
            refuses(
                "next_look_comes_with_a_review",
                "the next look at an SOP version moves with a review only",
                """
                    NOT (OLD.state = 'in_review' AND NEW.state = 'approved') AND NEW.review_on IS DISTINCT FROM (
                        SELECT review_on FROM sop_sheetreview WHERE version_id = OLD.id ORDER BY id DESC LIMIT 1
                    )
                """,
                on=pgtrigger.Update,
                condition=pgtrigger.AnyChange("review_on"),
            ),
            refuses(
                "approved_version_stays",
                "an approved SOP version never changes",
                "OLD.state <> 'draft'",
                on=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["state", "moves", "review_on", *APPROVAL]),
            ),
            refuses(
                "approval_stays",
                "the approval of an SOP version never changes",
                "OLD.state <> 'in_review' OR NEW.state <> 'approved'",
                on=pgtrigger.Update,
                condition=pgtrigger.AnyChange(*APPROVAL),
            ),
            chained_later("approved", mark="approved_at", leaving=["state", "moves", "review_on"]),
            pgtrigger.Protect(
                name="approved_version_is_kept",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state="draft"),
            ),
            never_emptied(),
        ]

    def __str__(self):
        return f"{self.title}, versi {self.version}"

    def get_absolute_url(self):
        return reverse("desk:sop-version", args=[self.sop.slug, self.version])

    def natural_key(self):
        return (*self.sop.natural_key(), self.version)

    natural_key.dependencies = ["sop.sop"]

    @property
    def is_interpretation(self) -> bool:
        """Whether it was read from a file who performs which step, and nobody has confirmed it yet."""
        return self.origin != self.Origin.WRITTEN and self.confirmed_at is None

    @transition(field=state, source=State.DRAFT, target=State.IN_REVIEW)
    def submit(self):
        """Hand the draft in for review; it stays as it is from here on."""

    @transition(field=state, source=State.IN_REVIEW, target=State.DRAFT)
    def send_back(self):
        """Open the draft again for changes."""

    @transition(field=state, source=State.IN_REVIEW, target=State.APPROVED)
    def approve(self, *, actor, at, pdf, in_force_from, review_on):
        """Approve this version. Called by ``sop.versions.actions.approve`` alone, with the kept PDF."""
        self.approved_by, self.approved_at = actor, at
        self.pdf_sha256, self.pdf_size = pdf.sha256, pdf.size
        self.in_force_from, self.review_on = in_force_from, review_on
        self.runs = self.sop.flow

    @transition(field=state, source=State.APPROVED, target=State.SUPERSEDED)
    def supersede(self):
        """Give way to a newer version."""

    @transition(field=state, source=State.APPROVED, target=State.RETIRED)
    def retire(self):
        """End the SOP without a successor."""

    def sheet(self) -> Sheet:
        """Return the sheet as plain data."""
        columns = {performer.pk: n for n, performer in enumerate(self.performers.all())}
        return Sheet(
            title=self.title,
            heading=self.heading,
            letterhead=tuple(self.letterhead.splitlines()),
            number=self.number,
            created=self.created,
            revised=self.revised,
            effective=self.effective,
            signatory=tuple(self.signatory.splitlines()),
            performers=tuple(performer.label for performer in self.performers.all()),
            rows=tuple(activity.row(columns) for activity in self.activities.all()),
            lists={name: tuple(getattr(self, name)) for name in LISTS},
            captions={**LISTS, **self.captions},
            origin=self.origin,
            is_interpretation=self.is_interpretation,
            version=self.version,
        )


# A version that is neither in force nor past; an SOP has one at a time.
UNDECIDED = [SopVersion.State.DRAFT, SopVersion.State.IN_REVIEW]


class PerformerManager(models.Manager):
    def get_by_natural_key(self, slug, version, position):
        return self.get(version__sop__slug=slug, version__version=version, position=position)


class Performer(models.Model):
    """A column of the sheet («pelaksana») under its printed label, mapped to one or more roles."""

    version = models.ForeignKey(SopVersion, models.CASCADE, related_name="performers")
    position = models.PositiveSmallIntegerField("urutan kolom")
    label = models.CharField("pelaksana", max_length=LENGTHS["performer"])
    roles = models.ManyToManyField(Role, through="PerformerRole", related_name="performers", verbose_name="peran")

    objects = PerformerManager()

    class Meta:
        verbose_name = "pelaksana"
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="performer_position_once")]
        triggers = [_frozen("performer_of_approved_version_stays", "{row}.version_id"), never_emptied()]

    def __str__(self):
        return self.label

    def natural_key(self):
        return (*self.version.natural_key(), self.position)

    natural_key.dependencies = ["sop.sopversion"]


class PerformerRoleManager(models.Manager):
    def get_by_natural_key(self, slug, version, position, role):
        return self.get(
            performer__version__sop__slug=slug,
            performer__version__version=version,
            performer__position=position,
            role__code=role,
        )


class PerformerRole(models.Model):
    """A role whose holders may act in this column."""

    performer = models.ForeignKey(Performer, models.CASCADE, related_name="role_links")
    role = models.ForeignKey(Role, models.PROTECT, related_name="+")

    objects = PerformerRoleManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["performer", "role"], name="performer_role_once")]
        triggers = [
            _frozen(
                "role_of_approved_version_stays",
                "(SELECT version_id FROM sop_performer WHERE id = {row}.performer_id)",
            ),
            never_emptied(),
        ]

    def __str__(self):
        return f"{self.performer} → {self.role}"

    def natural_key(self):
        return (*self.performer.natural_key(), *self.role.natural_key())

    natural_key.dependencies = ["sop.performer", "organisation.role"]


class ActivityManager(models.Manager):
    def get_by_natural_key(self, slug, version, number):
        return self.get(version__sop__slug=slug, version__version=version, number=number)


class Activity(models.Model):
    """A row of the procedure («aktivitas») with its quality standard («mutu baku»)."""

    class Kind(models.TextChoices):
        START = "start", "Mulai"
        PROCESS = "process", "Proses"
        DECISION = "decision", "Keputusan"
        END = "end", "Selesai"

    version = models.ForeignKey(SopVersion, models.CASCADE, related_name="activities")
    number = models.PositiveSmallIntegerField("nomor")
    text = models.TextField("aktivitas")
    performer = models.ForeignKey(
        Performer, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name="pelaksana"
    )
    last_performer = models.ForeignKey(
        Performer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bersama sampai pelaksana"
    )
    kind = models.CharField("bentuk", max_length=10, choices=Kind, default=Kind.PROCESS)
    requirement = models.TextField("kelengkapan", blank=True)
    duration_text = models.CharField("waktu, seperti tercetak", max_length=LENGTHS["duration"], blank=True)
    duration_value = models.PositiveIntegerField("waktu", null=True, blank=True)
    duration_unit = models.CharField("satuan waktu", max_length=12, choices=DURATION_UNITS, blank=True)
    output = models.TextField("output", blank=True)
    note = models.TextField("keterangan", blank=True)
    if_yes = models.PositiveSmallIntegerField("bila ya, ke nomor", null=True, blank=True)
    if_no = models.PositiveSmallIntegerField("bila tidak, ke nomor", null=True, blank=True)
    return_is_addition = models.BooleanField("jalan kembali adalah tambahan portal", default=False)
    # The numbers of the lawful steps that the row carries, in their order; none for a plain row. Never printed.
    carries = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name="langkah hukum yang dibawa", default=list, blank=True
    )

    objects = ActivityManager()

    class Meta:
        verbose_name = "aktivitas"
        verbose_name_plural = "aktivitas"
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="activity_number_once"),
            models.CheckConstraint(
                name="only_decisions_have_exits",
                condition=Q(kind="decision") | Q(if_yes__isnull=True, if_no__isnull=True),
            ),
            models.CheckConstraint(
                name="exit_leads_elsewhere",
                condition=(Q(if_yes__isnull=True) | ~Q(if_yes=F("number")))
                & (Q(if_no__isnull=True) | ~Q(if_no=F("number"))),
            ),
            models.CheckConstraint(
                name="carries_lawful_steps",
                condition=Q(carries__contained_by=list(range(1, MOST_LAWFUL_STEPS + 1))),
            ),
            models.CheckConstraint(
                name="duration_is_whole",
                condition=Q(duration_value__isnull=True, duration_unit="")
                | Q(
                    duration_value__isnull=False,
                    duration_value__gt=0,
                    duration_value__lte=MAX_DURATION,
                    duration_unit__in=[unit.value for unit in DurationUnit],
                ),
            ),
        ]
        triggers = [
            _frozen("activity_of_approved_version_stays", "{row}.version_id"),
            refuses(
                "carried_once_and_in_order",
                "a row carries each lawful step once, in their order",
                "NEW.carries <> ARRAY(SELECT DISTINCT n FROM unnest(NEW.carries) n ORDER BY n)",
                on=pgtrigger.Insert | pgtrigger.Update,
            ),
            never_emptied(),
        ]

    def __str__(self):
        return f"{self.number} {self.text}"

    def natural_key(self):
        return (*self.version.natural_key(), self.number)

    natural_key.dependencies = ["sop.sopversion", "sop.performer"]

    @property
    def columns(self) -> list[Performer]:
        """The columns of those who perform this row, from the left; several for a joint row."""
        if self.performer is None:
            return []
        if self.last_performer is None:
            return [self.performer]
        performers = self.version.performers.all()
        return [each for each in performers if self.performer.position <= each.position <= self.last_performer.position]

    @property
    def role_ids(self) -> set[int]:
        """The keys of the roles that may act at this row. Fetch along ``version__performers__roles``."""
        return {role.pk for column in self.columns for role in column.roles.all()}

    def row(self, columns: dict[int, int]) -> SheetRow:
        """Return the row as plain data; ``columns`` gives each performer's column by its key."""
        first = columns.get(self.performer_id)
        return SheetRow(
            number=self.number,
            text=self.text,
            first=first,
            last=columns.get(self.last_performer_id, first),
            kind=self.kind,
            requirement=self.requirement,
            duration=self.duration_text,
            output=self.output,
            note=self.note,
            if_yes=self.if_yes,
            if_no=self.if_no,
            return_is_addition=self.return_is_addition,
        )


class LegalBasisManager(models.Manager):
    def get_by_natural_key(self, kind, number, year):
        return self.get(kind=kind, number=number, year=year)


class LegalBasis(models.Model):
    """A regulation that sheets rest on, shared by all of them: is it still in force, and what replaced it?"""

    class Kind(models.TextChoices):
        UU = "uu", "Undang-Undang"
        PP = "pp", "Peraturan Pemerintah"
        PERPRES = "perpres", "Peraturan Presiden"
        PERMEN = "permen", "Peraturan Menteri"
        PERKI = "perki", "Peraturan Komisi Informasi"
        PERDA = "perda", "Peraturan Daerah"
        PERWAL = "perwal", "Peraturan Wali Kota"
        OTHER = "other", "Lainnya"

    class Status(models.TextChoices):
        IN_FORCE = "in_force", "Berlaku"
        AMENDED = "amended", "Berlaku dengan perubahan"
        REVOKED = "revoked", "Dicabut"

    kind = models.CharField("jenis", max_length=10, choices=Kind)
    number = models.CharField("nomor", max_length=40)
    year = models.PositiveSmallIntegerField("tahun")
    title = models.CharField("tentang", max_length=400)
    status = models.CharField("keadaan", max_length=10, choices=Status, default=Status.IN_FORCE)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name="digantikan oleh"
    )

    objects = LegalBasisManager()

    class Meta:
        verbose_name = "dasar hukum"
        ordering = ["kind", "-year", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "number", "year", "title"],
                name="legal_basis_once",
                violation_error_message="Dasar hukum ini sudah tercatat.",
                violation_error_code="number",
            ),
            models.CheckConstraint(name="not_replaced_by_itself", condition=~Q(replaced_by=F("pk"))),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} Nomor {self.number} Tahun {self.year} tentang {self.title}"

    def natural_key(self):
        return (self.kind, self.number, self.year)


class NumberingPattern(models.Model):
    """How a unit numbers its SOPs: «{nomor}/SOP.DINSOS/{tahun}»."""

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="sop_numbering")
    pattern = models.CharField("pola nomor", max_length=100)

    class Meta:
        verbose_name = "pola nomor SOP"
        constraints = [
            models.CheckConstraint(
                name="pattern_has_a_running_number",
                condition=Q(pattern__contains="{nomor}"),
                violation_error_message="Pola nomor harus memuat {nomor}.",
                violation_error_code="pattern",
            )
        ]

    def __str__(self):
        return self.pattern


@lru_cache(maxsize=256)
def fixed_activities(version_id: int) -> Mapping[int, Activity]:
    """Return the activities of a version by their number, each with its performer; read once in a process.

    Only for versions that are no draft any more: the database never lets those change.
    """
    version = SopVersion.objects.with_sheet().get(pk=version_id)
    performers = {performer.pk: performer for performer in version.performers.all()}
    activities = list(version.activities.all())
    for activity in activities:
        activity.version = version
        activity.performer = performers.get(activity.performer_id)
        activity.last_performer = performers.get(activity.last_performer_id)
    return MappingProxyType({activity.number: activity for activity in activities})
