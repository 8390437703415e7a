"""The SOP library: definitions, and versions with every field of the sheet, stored word for word.

An approved version never changes: the database refuses it (see the triggers). Performer → roles and
activity → performer are data; where the source lost the drawing they are our reading («penafsiran») until confirmed.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django_fsm import FSMField, transition

from ppid.organisation.models import Role, Unit, User
from sop.sheet import LISTS, Sheet, SheetRow


def _frozen(name: str, version_id: str) -> pgtrigger.Trigger:
    """Return a trigger that refuses to write a part of a version which is no longer a draft.

    ``version_id`` is SQL for the version's key, with {row} where OLD or NEW goes.
    """
    old, new = version_id.format(row="OLD"), version_id.format(row="NEW")
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM sop_sopversion WHERE id = {old} AND state <> 'draft')
            OR TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM sop_sopversion WHERE id = {new} AND state <> 'draft')
            THEN
                RAISE EXCEPTION 'an approved SOP version never changes';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,  # noqa: S608 - the only values are the two SQL texts of this module
    )


class SopManager(models.Manager):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Sop(models.Model):
    """An SOP through all its versions. ``flow`` names the running flow that follows it, if any."""

    class Flow(models.TextChoices):
        PUBLICATION = "publication", "Pengumuman informasi publik"
        EXCLUSION = "exclusion", "Pengecualian informasi"

    slug = models.SlugField("alamat", max_length=80, unique=True)
    title = models.CharField("nama SOP", max_length=250)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sops", verbose_name="perangkat daerah")
    flow = models.CharField("alur yang dijalankan", max_length=20, choices=Flow, blank=True)

    objects = SopManager()

    class Meta:
        verbose_name = "SOP"
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["flow"], condition=~Q(flow=""), name="flow_follows_one_sop"),
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.slug,)


class SopVersionQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug, version):
        return self.get(sop__slug=slug, version=version)

    def in_force(self):
        """Keep the approved versions: at most one for each SOP."""
        return self.filter(state=SopVersion.State.APPROVED)

    def with_sheet(self):
        """Fetch along all that the sheet prints."""
        return self.select_related("sop__unit").prefetch_related("performers__roles", "activities__performer")


class SopVersion(models.Model):
    """A version of a sheet. Dates stay as they are printed: «-» and a bare year are dates here."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draf"
        APPROVED = "approved", "Berlaku"
        SUPERSEDED = "superseded", "Digantikan"

    sop = models.ForeignKey(Sop, models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField("versi")
    state = FSMField("keadaan", max_length=12, choices=State, default=State.DRAFT, protected=True)

    title = models.CharField("nama SOP", max_length=250)
    heading = models.CharField("nomor urut judul", max_length=20, blank=True)
    letterhead = models.TextField("kop")
    number = models.CharField("nomor SOP", max_length=120, blank=True)
    created = models.CharField("tanggal pembuatan", max_length=40, blank=True)
    revised = models.CharField("tanggal revisi", max_length=40, blank=True)
    effective = models.CharField("tanggal efektif", max_length=40, blank=True)
    signatory = models.TextField("disahkan oleh", blank=True)
    legal_bases = ArrayField(models.TextField(), verbose_name="dasar hukum", default=list, blank=True)
    qualifications = ArrayField(models.TextField(), verbose_name="kualifikasi pelaksana", default=list, blank=True)
    related = ArrayField(models.TextField(), verbose_name="keterkaitan", default=list, blank=True)
    equipment = ArrayField(models.TextField(), verbose_name="peralatan/perlengkapan", default=list, blank=True)
    warnings = ArrayField(models.TextField(), verbose_name="peringatan", default=list, blank=True)
    records = ArrayField(models.TextField(), verbose_name="pencatatan dan pendataan", default=list, blank=True)
    captions = models.JSONField("judul kotak yang tercetak lain", default=dict, blank=True)

    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField("penafsiran dikonfirmasi pada", null=True, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField("disetujui pada", null=True, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pdf_size = models.PositiveBigIntegerField(null=True, blank=True, help_text="bytes")

    objects = SopVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "versi SOP"
        ordering = ["sop", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["sop", "version"], name="sop_version_once"),
            models.UniqueConstraint(fields=["sop"], condition=Q(state="approved"), name="one_version_in_force"),
            models.UniqueConstraint(fields=["sop"], condition=Q(state="draft"), name="one_draft_at_a_time"),
            models.CheckConstraint(
                name="approved_version_is_complete",
                condition=Q(state="draft")
                | Q(approved_by__isnull=False, approved_at__isnull=False, pdf_size__gt=0) & ~Q(pdf_sha256=""),
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="version_states",
                field="state",
                transitions=[("draft", "approved"), ("approved", "superseded")],
            ),
            pgtrigger.Protect(
                name="version_starts_as_draft",
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__state="draft"),
            ),
            pgtrigger.Trigger(
                name="approved_version_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["state"]),
                func="""
                    IF OLD.state <> 'draft' THEN RAISE EXCEPTION 'an approved SOP version never changes'; END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(
                name="approved_version_is_kept",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state="draft"),
            ),
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
        """Whether nobody has confirmed yet who performs which step."""
        return self.confirmed_at is None

    @transition(field=state, source=State.DRAFT, target=State.APPROVED)
    def approve(self, *, actor, at, pdf):
        """Put this version in force. Called by ``sop.actions.approve`` alone, with the kept PDF."""
        self.approved_by, self.approved_at = actor, at
        self.pdf_sha256, self.pdf_size = pdf.sha256, pdf.size

    @transition(field=state, source=State.APPROVED, target=State.SUPERSEDED)
    def supersede(self):
        """Give way to a newer version."""

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
            is_interpretation=self.is_interpretation,
            version=self.version,
        )


class PerformerManager(models.Manager):
    def get_by_natural_key(self, slug, version, position):
        return self.get(version__sop__slug=slug, version__version=version, position=position)


class Performer(models.Model):
    """A column of the sheet («pelaksana») under its printed label, mapped to one or more roles."""

    version = models.ForeignKey(SopVersion, models.CASCADE, related_name="performers")
    position = models.PositiveSmallIntegerField("urutan kolom")
    label = models.CharField("pelaksana", max_length=200)
    roles = models.ManyToManyField(Role, through="PerformerRole", related_name="performers", verbose_name="peran")

    objects = PerformerManager()

    class Meta:
        verbose_name = "pelaksana"
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="performer_position_once")]
        triggers = [_frozen("performer_of_approved_version_stays", "{row}.version_id")]

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
            )
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

    class DurationUnit(models.TextChoices):
        MINUTE = "minute", "menit"
        DAY = "day", "hari"
        WORKING_DAY = "working_day", "hari kerja"

    version = models.ForeignKey(SopVersion, models.CASCADE, related_name="activities")
    number = models.PositiveSmallIntegerField("nomor")
    text = models.TextField("aktivitas")
    performer = models.ForeignKey(Performer, models.PROTECT, related_name="activities", verbose_name="pelaksana")
    kind = models.CharField("bentuk", max_length=10, choices=Kind, default=Kind.PROCESS)
    requirement = models.TextField("kelengkapan", blank=True)
    duration_text = models.CharField("waktu, seperti tercetak", max_length=60, blank=True)
    duration_value = models.PositiveSmallIntegerField("waktu", null=True, blank=True)
    duration_unit = models.CharField("satuan waktu", max_length=12, choices=DurationUnit, blank=True)
    output = models.TextField("output", blank=True)
    note = models.TextField("keterangan", blank=True)
    if_yes = models.PositiveSmallIntegerField("bila ya, ke nomor", null=True, blank=True)
    if_no = models.PositiveSmallIntegerField("bila tidak, ke nomor", null=True, blank=True)
    return_is_addition = models.BooleanField("jalan kembali adalah tambahan portal", default=False)

    objects = ActivityManager()

    class Meta:
        verbose_name = "aktivitas"
        verbose_name_plural = "aktivitas"
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="activity_number_once"),
            models.CheckConstraint(
                name="decision_has_two_exits",
                condition=Q(kind="decision", if_yes__isnull=False, if_no__isnull=False)
                | ~Q(kind="decision") & Q(if_yes__isnull=True, if_no__isnull=True),
            ),
            models.CheckConstraint(
                name="exit_leads_elsewhere",
                condition=Q(if_yes__isnull=True) | (~Q(if_yes=F("number")) & ~Q(if_no=F("number"))),
            ),
            models.CheckConstraint(
                name="duration_is_whole",
                condition=Q(duration_value__isnull=True, duration_unit="")
                | Q(duration_value__gt=0, duration_unit__in=["minute", "day", "working_day"]),
            ),
        ]
        triggers = [_frozen("activity_of_approved_version_stays", "{row}.version_id")]

    def __str__(self):
        return f"{self.number} {self.text}"

    def natural_key(self):
        return (*self.version.natural_key(), self.number)

    natural_key.dependencies = ["sop.sopversion", "sop.performer"]

    @property
    def role_ids(self) -> set[int]:
        """The keys of the roles that may take this step. Fetch along ``performer__roles``."""
        return {role.pk for role in self.performer.roles.all()}

    def row(self, columns: dict[int, int]) -> SheetRow:
        """Return the row as plain data; ``columns`` gives each performer's column by its key."""
        column = columns[self.performer_id]
        return SheetRow(
            number=self.number,
            text=self.text,
            first=column,
            last=column,
            kind=self.kind,
            requirement=self.requirement,
            duration=self.duration_text,
            output=self.output,
            note=self.note,
            if_yes=self.if_yes,
            if_no=self.if_no,
            return_is_addition=self.return_is_addition,
        )


@lru_cache(maxsize=256)
def fixed_activities(version_id: int) -> Mapping[int, Activity]:
    """Return the activities of a version by their number, each with its performer; read once in a process.

    Only for versions that are no draft any more: the database never lets those change.
    """
    activities = Activity.objects.filter(version=version_id).select_related("performer")
    activities = activities.prefetch_related("performer__roles")
    return MappingProxyType({activity.number: activity for activity in activities})
