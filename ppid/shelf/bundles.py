"""What is made in the background to be taken away in parts: the registers as PDF, and everything public as data.

They are written by ``ppid.shelf.bundling`` alone, and go with what they name (``ppid.shelf.covering``).
"""

from typing import Self

import pgtrigger
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject

# The last is everything public as data; the others are registers as PDF.
DUMP = "dump"
KINDS = ("dip", "dik", "reopened", "sop", DUMP)


class BundleQuerySet(models.QuerySet["Bundle"]):
    def finished(self) -> Self:
        return self.filter(finished_at__isnull=False)

    def unfinished(self) -> Self:
        return self.filter(finished_at__isnull=True)

    def with_parts(self) -> Self:
        """Fetch along what there is of each to take away, as ``there``: its place, name, size and SHA-256."""
        parts = BundlePart.objects.filter(bundle=OuterRef("pk")).order_by("part")
        said = JSONObject(part="part", filename="filename", size="size", sha256="sha256", rows="rows")
        return self.annotate(there=ArraySubquery(parts.values(said=said)))

    def naming(self, key: str) -> Self:
        """Keep those of which a part names what is known by ``key``."""
        return self.filter(pk__in=BundlePart.objects.filter(keys__contains=[key]).values("bundle"))


class Bundle(models.Model):
    """Something to take away in ``total`` parts; unfinished while ``finished_at`` is None.

    ``drawn`` tells what it shows: while that is the same, nothing is made anew. ``as_of`` is the day that it shows.
    Of a kind there is one finished at most, and one in the making.
    """

    kind = models.CharField(max_length=10)
    drawn = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    total = models.PositiveIntegerField()
    as_of = models.DateField()
    finished_at = models.DateTimeField(null=True)

    objects = BundleQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                name="bundle_is_of_a_known_kind", condition=Q(kind__in=["dip", "dik", "reopened", "sop", "dump"])
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(finished_at__isnull=False), name="one_finished_bundle_of_a_kind"
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(finished_at__isnull=True), name="one_bundle_of_a_kind_in_the_making"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.as_of}"


class BundlePart(models.Model):
    """A part of a bundle, its bytes in the public store. ``keys`` are the numbers of what stands in it."""

    bundle = models.ForeignKey(Bundle, models.CASCADE, related_name="parts")
    part = models.PositiveIntegerField()
    filename = models.CharField(max_length=80)
    media_type = models.CharField(max_length=80)
    rows = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64, db_index=True)
    keys = ArrayField(models.CharField(max_length=100))

    class Meta:
        ordering = ["bundle", "part"]
        constraints = [models.UniqueConstraint(fields=["bundle", "part"], name="bundle_part_once")]
        triggers = [pgtrigger.Protect(name="bundle_part_stays_or_goes", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.bundle_id}, bagian {self.part}"
