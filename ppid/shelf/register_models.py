"""The dated editions of the DIP and the DIK as the public reads them: copies, covered where something was closed since.

They are written by ``ppid.shelf.actions`` and ``ppid.shelf.covering`` alone.
"""

from typing import Any, Self

import pgtrigger
from django.db import connections, models
from django.db.models import Q
from django.urls import reverse

from ppid.shelf.register_fields import FIELDS, NAMES, SUBJECT

ANNEX_ROWS = 500  # rows of a part of the annex: some ten seconds and 200 MB to print


class PublishedRegisterQuerySet(models.QuerySet["PublishedRegister"]):
    def newest_first(self) -> Self:
        """Put the edition of the latest day first."""
        return self.order_by("-as_of", "-number")

    def with_printed(self) -> Self:
        """Fetch along how many parts of the annex are printed, as ``printed``."""
        return self.annotate(printed=models.Count("annexes"))

    def before(self, edition: "PublishedRegister") -> "PublishedRegister | None":
        """Return the edition that came before, None for the first."""
        earlier = Q(as_of__lt=edition.as_of) | Q(as_of=edition.as_of, number__lt=edition.number)
        return self.filter(earlier, register=edition.register).newest_first().first()

    def after(self, edition: "PublishedRegister") -> "PublishedRegister | None":
        """Return the edition that came next, None for the last."""
        later = Q(as_of__gt=edition.as_of) | Q(as_of=edition.as_of, number__gt=edition.number)
        return self.filter(later, register=edition.register).order_by("as_of", "number").first()


class PublishedRegister(models.Model):
    """An edition of the DIP or the DIK, set by a decree («SK penetapan»), with the state of the day ``as_of``.

    ``size`` counts its rows. ``origin`` says where it comes from when it was taken over.
    """

    register = models.CharField(max_length=3)
    number = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    as_of = models.DateField()
    decree_number = models.CharField(max_length=120)
    decree_date = models.DateField()
    set_at = models.DateTimeField()
    size = models.PositiveIntegerField()
    origin = models.TextField(blank=True)
    signatory = models.JSONField(default=dict)

    objects = PublishedRegisterQuerySet.as_manager()

    class Meta:
        ordering = ["register", "-as_of", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="shown_register_edition_once"),
            models.CheckConstraint(name="shown_register_is_known", condition=Q(register__in=["dip", "dik"])),
        ]
        triggers = [
            pgtrigger.Protect(name="shown_register_stays", operation=pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"{self.register.upper()} edisi {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("portal:register_edition", args=[self.register, self.number])

    @property
    def parts(self) -> range:
        """The parts in which its annex is printed: a long table costs too much in one."""
        return range(1, -(-self.size // ANNEX_ROWS) + 1)

    @property
    def title(self) -> str:
        return f"Edisi {self.number} ({self.year})"

    @property
    def name(self) -> str:
        return NAMES[self.register]


class PublishedAnnex(models.Model):
    """A part of the annex of the decree as PDF, in the public store; it goes when one of its rows is covered."""

    edition = models.ForeignKey(PublishedRegister, models.CASCADE, related_name="annexes")
    part = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(help_text="bytes")

    class Meta:
        ordering = ["edition", "part"]
        constraints = [models.UniqueConstraint(fields=["edition", "part"], name="annex_part_once")]
        triggers = [pgtrigger.Protect(name="annex_stays_or_goes", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.edition_id}, bagian {self.part}"


class PublishedRegisterRowQuerySet(models.QuerySet["PublishedRegisterRow"]):
    def units(self, edition: PublishedRegister) -> list[tuple[str, str]]:
        """Return the units of an edition's rows: code, and the name that the first row of each says.

        It hops through the index from unit to unit: GROUP BY would read every row.
        """
        with connections[self.db].cursor() as cursor:
            cursor.execute(
                """
                WITH RECURSIVE unit AS (
                    (SELECT unit_code, values ->> 'unit' FROM shelf_publishedregisterrow
                     WHERE edition_id = %(edition)s AND unit_code > '' ORDER BY unit_code, position LIMIT 1)
                    UNION ALL
                    SELECT following.* FROM unit CROSS JOIN LATERAL (
                        SELECT unit_code, values ->> 'unit' FROM shelf_publishedregisterrow
                        WHERE edition_id = %(edition)s AND unit_code > unit.unit_code
                        ORDER BY unit_code, position LIMIT 1
                    ) following
                )
                SELECT * FROM unit
                """,
                {"edition": edition.pk},
            )
            return [(code, name or "") for code, name in cursor.fetchall()]


class PublishedRegisterRow(models.Model):
    """A row of an edition. It changes only when it is covered: ``covered`` says why, ``covered_on`` since when."""

    class Covered(models.TextChoices):
        EXCLUDED = "excluded", "Dikecualikan sesudah edisi ini ditetapkan"
        WRONGLY_PUBLISHED = "wrongly_published", "Salah terbit"
        CORRECTED = "corrected", "Diralat"

    edition = models.ForeignKey(PublishedRegister, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=40)
    unit_code = models.CharField(max_length=50, blank=True)
    values = models.JSONField()
    covered = models.CharField(max_length=20, choices=Covered, blank=True)
    covered_on = models.DateField(null=True)

    objects = PublishedRegisterRowQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="shown_register_row_has_its_place"),
            models.UniqueConstraint(fields=["edition", "key"], name="shown_register_row_once"),
            models.CheckConstraint(
                name="covered_row_says_why_and_since_when",
                condition=Q(covered="", covered_on__isnull=True)
                | Q(covered__in=["excluded", "wrongly_published", "corrected"], covered_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["key"], name="shown_register_row_by_key"),
            models.Index(fields=["edition", "unit_code", "position"], name="shown_register_row_by_unit"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="shown_row_stays_unless_covered",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__covered=""),
            ),
            pgtrigger.ReadOnly(name="shown_row_keeps_its_key", fields=["edition", "position", "key"]),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.position} {self.key}"

    @property
    def subject(self) -> str:
        """What the row is about."""
        values: dict[str, Any] = self.values
        return next((values[name] for name in SUBJECT.values() if name in values), "")


def part_of(position: int) -> int:
    """Return the part of the annex on which the row at this position is printed."""
    return (position - 1) // ANNEX_ROWS + 1


def rows_of_part(edition: PublishedRegister, part: int) -> models.QuerySet[PublishedRegisterRow]:
    """Return the rows that are printed on a part of the annex, in their order."""
    first = (part - 1) * ANNEX_ROWS
    rows = PublishedRegisterRow.objects.filter(edition=edition, position__gt=first, position__lte=first + ANNEX_ROWS)
    return rows.order_by("position")


def columns_of(register: str) -> tuple:
    """Return the columns of an edition's rows."""
    return tuple(field.column() for field in FIELDS[register])
