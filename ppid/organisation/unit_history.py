"""The units through time: the names that they bore, each act on them, and the changes that are to come on a day.

A unit's present name, its last day and its successor are columns of ``Unit``; they change with a row of its ledger
only. What was done keeps the name of its day as text, so nothing here has to be asked to print it.
"""

from datetime import date

import pgtrigger
from django.db import models
from django.db.models import F, Q

from ppid.chain.triggers import chained, chained_later
from ppid.triggers import kept, never_emptied, refuses

# What happens to a plan that is given up.
_CANCELLED = ("cancelled_at", "cancelled_by", "cancelled_by_name")

# What a row of the ledger tells of the unit before and after it, as JSON.
CONTACT = ("address", "phone", "email", "hours")
TOLD = ("name", "short_name", "everyday_names", "is_active", "closed_on", "successor", *CONTACT)


def state_sql(row: str) -> str:
    """Return SQL for what a ledger row tells of a unit. ``row`` is SQL for the unit's row."""
    return f"""jsonb_build_object(
        'name', {row}.name, 'short_name', {row}.short_name, 'everyday_names', to_jsonb({row}.everyday_names),
        'is_active', {row}.is_active, 'closed_on', {row}.closed_on, 'successor', {row}.successor_id,
        'address', {row}.address, 'phone', {row}.phone, 'email', {row}.email, 'hours', {row}.hours
    )"""


# Every unit has its first name from the moment on which it stands in the register, however it came there.
first_name = pgtrigger.Trigger(
    name="unit_has_its_first_name",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func="""
        INSERT INTO organisation_unitname
            (unit_id, name, short_name, starts_on, legal_basis, recorded_by_name, recorded_at)
        VALUES (NEW.id, NEW.name, NEW.short_name, NEW.opened_on, '', '', now());
        RETURN NULL;
    """,
)

# What the public calls it and where it is reached, kept in the same statement: whatever writes a unit, no page says
# otherwise.
called_on_the_shelf = pgtrigger.Trigger(
    name="unit_is_called_so_on_the_shelf",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func="""
        INSERT INTO shelf_shelfunit AS shown (
            code, name, short_name, everyday_names, successor_code, former_names, address, phone, email, hours
        )
        VALUES (
            NEW.code, NEW.name, NEW.short_name, NEW.everyday_names, '', '{}',
            NEW.address, NEW.phone, NEW.email, NEW.hours
        )
        ON CONFLICT (code) DO UPDATE
        SET (name, short_name, everyday_names) = (EXCLUDED.name, EXCLUDED.short_name, EXCLUDED.everyday_names),
            (address, phone, email, hours) = (EXCLUDED.address, EXCLUDED.phone, EXCLUDED.email, EXCLUDED.hours),
            former_names = CASE
                WHEN shown.name = EXCLUDED.name THEN shown.former_names
                ELSE array_append(array_remove(shown.former_names, EXCLUDED.name), shown.name)
            END;
        RETURN NULL;
    """,
)

changes_with_its_ledger = refuses(
    "unit_changes_with_its_ledger",
    "the name, the contact, the last day and the successor of a unit change with its ledger row only",
    f"""
        (SELECT after FROM organisation_unitchange WHERE unit_id = OLD.id ORDER BY id DESC LIMIT 1)
        IS DISTINCT FROM {state_sql("NEW")}
    """,  # noqa: S608 - SQL of this module
    on=pgtrigger.Update,
    condition=pgtrigger.AnyChange(*TOLD),
)


class UnitNameQuerySet(models.QuerySet["UnitName"]):
    def on(self, day: date):
        """Keep the names that units bore on the day; before its first day a unit has none."""
        begun = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
        later = UnitName.objects.filter(unit=models.OuterRef("unit"), pk__gt=models.OuterRef("pk"), starts_on__lte=day)
        return self.filter(begun, ~models.Exists(later))


class UnitName(models.Model):
    """A name that a unit bears from a day on. The first one has no day where nobody knows since when it is borne."""

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="names", verbose_name="perangkat daerah")
    name = models.CharField("nama", max_length=200)
    short_name = models.CharField("nama pendek", max_length=60)
    starts_on = models.DateField("mulai berlaku", null=True)
    legal_basis = models.CharField("dasar hukum", max_length=300, blank=True)
    recorded_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    recorded_by_name = models.CharField("nama pencatat", max_length=150, blank=True)
    recorded_at = models.DateTimeField("dicatat pada")

    objects = UnitNameQuerySet.as_manager()

    class Meta:
        verbose_name = "nama perangkat daerah"
        ordering = ["unit", "pk"]  # the order of their days, too
        constraints = [models.CheckConstraint(name="a_name_says_something", condition=~Q(name="") & ~Q(short_name=""))]
        triggers = [
            kept(),
            chained(),
            never_emptied(),
            refuses(
                "names_follow_each_other",
                "a name does not begin before the one that is borne",
                """
                    EXISTS (
                        SELECT 1 FROM organisation_unitname
                        WHERE unit_id = NEW.unit_id AND (NEW.starts_on IS NULL OR starts_on > NEW.starts_on)
                    )
                """,
            ),
        ]

    def __str__(self):
        return self.name


class UnitChange(models.Model):
    """A row of a unit's ledger: what somebody did with it, with what it was ``before`` and ``after`` (``TOLD``).

    ``effective_on`` is the first day of a name, the last day of a unit that closes. ``actor`` None is a fixture or the
    terminal.
    """

    class Kind(models.TextChoices):
        ADDED = "added", "Ditambahkan"
        RENAMED = "renamed", "Berganti nama"
        CALLED = "called", "Nama pendek atau sehari-hari diubah"
        REACHED = "reached", "Kontak diubah"
        CLOSED = "closed", "Ditutup dan diteruskan"

    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, related_name="changes", verbose_name="perangkat daerah"
    )
    kind = models.CharField("jenis", max_length=10, choices=Kind)
    before = models.JSONField("semula")
    after = models.JSONField("menjadi")
    effective_on = models.DateField("berlaku", null=True)
    because = models.CharField("dasar hukum", max_length=300, blank=True)
    passed = models.JSONField("yang berpindah", default=dict)
    actor = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+", verbose_name="oleh")
    actor_name = models.CharField("nama", max_length=150, blank=True)
    at = models.DateTimeField("pada")

    class Meta:
        verbose_name = "riwayat perangkat daerah"
        ordering = ["unit", "pk"]
        constraints = [
            models.CheckConstraint(
                name="unit_change_is_known",
                condition=Q(kind__in=["added", "renamed", "called", "reached", "closed"]),
            ),
            models.CheckConstraint(
                name="a_changed_unit_has_its_reason",
                condition=Q(kind__in=["added", "called", "reached"]) | ~Q(because=""),
            ),
        ]
        triggers = [
            kept(),
            chained(),
            never_emptied(),
            refuses(
                "unit_change_starts_where_it_stands",
                "a ledger row starts where its unit stands",
                f"""
                    NEW.kind <> 'added' AND NEW.before IS DISTINCT FROM (
                        SELECT {state_sql("unit")} FROM organisation_unit unit WHERE id = NEW.unit_id
                    )
                """,  # noqa: S608 - SQL of this module
            ),
            refuses(
                "unit_is_called_by_a_name_of_its_own",
                "a unit bears its newest name",
                """
                    NOT EXISTS (
                        SELECT 1 FROM (
                            SELECT * FROM organisation_unitname WHERE unit_id = NEW.unit_id ORDER BY id DESC LIMIT 1
                        ) newest
                        WHERE newest.name = NEW.after->>'name' AND newest.short_name = NEW.after->>'short_name'
                    )
                """,
            ),
            refuses(
                "unit_passes_to_an_open_one",
                "a unit passes to another one that is open, once",
                """
                    NEW.kind = 'closed' AND (
                        NOT (NEW.before->>'is_active')::boolean
                        OR NOT EXISTS (
                            SELECT 1 FROM organisation_unit
                            WHERE id = (NEW.after->>'successor')::bigint AND id <> NEW.unit_id AND is_active
                        )
                    ) OR NEW.kind <> 'closed' AND NEW.kind <> 'added' AND (
                        NEW.before->>'is_active', NEW.before->>'closed_on', NEW.before->>'successor'
                    ) IS DISTINCT FROM (
                        NEW.after->>'is_active', NEW.after->>'closed_on', NEW.after->>'successor'
                    )
                """,
            ),
            refuses(
                "unit_change_changes_its_unit",
                "a ledger row without its change",
                f"""
                    (SELECT after FROM organisation_unitchange WHERE unit_id = NEW.unit_id ORDER BY id DESC LIMIT 1)
                    IS DISTINCT FROM (SELECT {state_sql("unit")} FROM organisation_unit unit WHERE id = NEW.unit_id)
                """,  # noqa: S608 - SQL of this module
                at_commit=True,
            ),
        ]

    def __str__(self):
        return f"{self.unit}: {self.get_kind_display()}"


class PlannedQuerySet(models.QuerySet["PlannedChange"]):
    def open(self):
        """Keep what is still to come: neither brought about nor given up."""
        return self.filter(done_at__isnull=True, cancelled_at__isnull=True)

    def due(self, *, on: date):
        """Keep what is to be brought about by the day: a name on its first day, a closing after the last one."""
        Kind = PlannedChange.Kind
        return self.open().filter(Q(kind=Kind.RENAME, day__lte=on) | Q(kind=Kind.CLOSING, day__lt=on))


class PlannedChange(models.Model):
    """A change of a unit that was written down before its day: a new name from ``day`` on, or ``day`` as the last one.

    The day brings it about, or somebody gives it up before; both once.
    """

    class Kind(models.TextChoices):
        RENAME = "rename", "Ganti nama"
        CLOSING = "closing", "Tutup dan teruskan"

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="plans")
    kind = models.CharField("jenis", max_length=10, choices=Kind)
    day = models.DateField("harinya")
    name = models.CharField("nama", max_length=200, blank=True)
    short_name = models.CharField("nama pendek", max_length=60, blank=True)
    successor = models.ForeignKey("organisation.Unit", models.PROTECT, null=True, related_name="plans_to_succeed")
    because = models.CharField("dasar hukum", max_length=300)
    recorded_by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+")
    recorded_by_name = models.CharField("nama pencatat", max_length=150)
    recorded_at = models.DateTimeField("dicatat pada")
    done_at = models.DateTimeField("terlaksana pada", null=True)
    cancelled_at = models.DateTimeField("dibatalkan pada", null=True)
    cancelled_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+")
    cancelled_by_name = models.CharField("dibatalkan oleh", max_length=150, blank=True)

    objects = PlannedQuerySet.as_manager()

    class Meta:
        verbose_name = "rencana perubahan perangkat daerah"
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_plan_names_what_comes",
                condition=Q(kind="rename", successor__isnull=True) & ~Q(name="") & ~Q(short_name="") & ~Q(because="")
                | Q(kind="closing", successor__isnull=False, name="", short_name="") & ~Q(because=""),
            ),
            models.CheckConstraint(name="no_plan_passes_to_itself", condition=~Q(successor=F("unit"))),
            models.CheckConstraint(
                name="a_plan_ends_once", condition=Q(done_at__isnull=True) | Q(cancelled_at__isnull=True)
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(kind="closing", done_at__isnull=True, cancelled_at__isnull=True),
                name="one_closing_is_planned",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="plan_stays_as_recorded",
                exclude=["done_at", *_CANCELLED],
            ),
            chained(leaving=["done_at", *_CANCELLED]),
            chained_later("done", "done_at", mark="done_at"),
            chained_later("cancelled", *_CANCELLED, mark="cancelled_at"),
            refuses(
                "ended_plan_stays",
                "what was brought about or given up stays so",
                "OLD.done_at IS NOT NULL OR OLD.cancelled_at IS NOT NULL",
                on=pgtrigger.Update,
            ),
            pgtrigger.Protect(name="plan_is_kept", operation=pgtrigger.Delete),
            never_emptied(),
        ]

    def __str__(self):
        return f"{self.unit}: {self.get_kind_display()} {self.day}"


def keeps_the_name_of_its_day(
    unit_id: str, fields: dict[str, str], *, on: pgtrigger.Operation = pgtrigger.Insert, condition=None
) -> pgtrigger.Trigger:
    """Return the trigger that writes the unit's names of this moment into a row, whoever writes it.

    ``unit_id`` is SQL for the unit's key over NEW, ``fields`` maps columns of the row to those of the unit.
    """
    into = ", ".join(f"NEW.{column}" for column in fields)
    return pgtrigger.Trigger(
        name="a_row_keeps_the_name_of_its_day",
        when=pgtrigger.Before,
        operation=on,
        condition=condition,
        func=f"""
            SELECT {", ".join(fields.values())} INTO {into} FROM organisation_unit WHERE id = {unit_id};
            RETURN NEW;
        """,  # noqa: S608 - names of this house
    )


class PassingOn(models.Model):
    """A line in the ledger of what passed from a unit that closed to its successor, with the names of that day."""

    from_unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", verbose_name="dari")
    from_name = models.CharField("nama asal", max_length=200)
    to_unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", verbose_name="kepada")
    to_name = models.CharField("nama penerus", max_length=200)
    actor = models.ForeignKey("organisation.User", models.PROTECT, related_name="+", verbose_name="oleh")
    actor_name = models.CharField("nama", max_length=150)
    at = models.DateTimeField("pada")
    because = models.CharField("dasar hukum", max_length=300)

    class Meta:
        abstract = True


def passes_with_its_ledger(ledger: str, key: str) -> pgtrigger.Trigger:
    """Return the trigger for what belongs to a unit: it passes on with its line in ``ledger`` only.

    ``key`` is the ledger's column that names it. Both are SQL.
    """
    return refuses(
        "passes_with_its_ledger",
        "what belongs to a unit passes on with its ledger row only",
        f"""
            NOT EXISTS (
                SELECT 1 FROM (SELECT * FROM {ledger} WHERE {key} = OLD.id ORDER BY id DESC LIMIT 1) newest
                WHERE newest.from_unit_id = OLD.unit_id AND newest.to_unit_id = NEW.unit_id
            )
        """,  # noqa: S608 - names of this house
        on=pgtrigger.Update,
        condition=pgtrigger.AnyChange("unit"),
    )


def passing_triggers(ledger: str, key: str, what: str) -> list[pgtrigger.Trigger]:
    """Return the triggers of a ledger of what passed on: it is kept, and each line moves what it names.

    ``what`` is the table of what passes. All are SQL.
    """
    return [
        kept(),
        chained(),
        never_emptied(),
        refuses(
            "passes_from_a_closed_unit",
            "what belongs to a unit passes to its successor as it closes",
            f"""
                NOT EXISTS (
                    SELECT 1 FROM organisation_unit
                    WHERE id = NEW.from_unit_id AND NOT is_active AND successor_id = NEW.to_unit_id
                ) OR NOT EXISTS (SELECT 1 FROM {what} WHERE id = NEW.{key} AND unit_id = NEW.from_unit_id)
            """,  # noqa: S608 - names of this house
        ),
        refuses(
            "line_passes_what_it_names",
            "a line of the ledger without what passes",
            f"""
                (SELECT unit_id FROM {what} WHERE id = NEW.{key}) IS DISTINCT FROM (
                    SELECT to_unit_id FROM {ledger} WHERE {key} = NEW.{key} ORDER BY id DESC LIMIT 1
                )
            """,  # noqa: S608 - names of this house
            at_commit=True,
        ),
    ]


def belongs_to_an_open_unit(table: str, *, counts: str = "TRUE") -> pgtrigger.Trigger:
    """Return the trigger that lets nothing begin at a unit that has closed.

    ``table`` is SQL for where it stands, ``counts`` for whether its row there (``here``) belongs to the ``unit`` still.
    """
    return refuses(
        "belongs_to_an_open_unit",
        "nothing begins at a unit that has closed",
        f"""
            EXISTS (
                SELECT 1 FROM {table} here JOIN organisation_unit unit ON unit.id = here.unit_id
                WHERE here.id = NEW.id AND NOT unit.is_active AND {counts}
            )
        """,  # noqa: S608 - names of this house
        at_commit=True,
    )
