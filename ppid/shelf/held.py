"""Files on the shelf whose bytes are held back: the scanner found something in them, and somebody has to decide."""

from collections.abc import Collection

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

# The same question as ``unheld``, for queries that read files as plain words.
NOT_HELD = "NOT EXISTS (SELECT FROM shelf_heldfile held WHERE held.sha256 = file.sha256)"


class HeldFile(models.Model):
    """That these bytes are not sent; of what was found in them the public reads nothing."""

    sha256 = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="held_sha256_is_hex", condition=Q(sha256__regex=r"^[0-9a-f]{64}$"))]

    def __str__(self) -> str:
        return self.sha256


def is_held(field: str = "sha256") -> Exists:
    """Return the question whether the bytes that a row names in ``field`` are held."""
    return Exists(HeldFile.objects.filter(sha256=OuterRef(field)))


def unheld(files: QuerySet) -> QuerySet:
    """Leave out the files that are held: nothing that machines read names an address that is refused."""
    return files.filter(~is_held())


@transaction.atomic
def hold(hashes: Collection[str]) -> None:
    """Keep these bytes from being sent by the portal, from now on."""
    now, known = timezone.now(), HeldFile.objects.filter(sha256__in=hashes).values_list("sha256", flat=True)
    if new := set(hashes) - set(known):
        HeldFile.objects.bulk_create([HeldFile(sha256=each, since=now) for each in new], ignore_conflicts=True)
        _forget_the_copy()


@transaction.atomic
def release(hashes: Collection[str]) -> None:
    """Let the portal send these bytes again."""
    if HeldFile.objects.filter(sha256__in=hashes).delete()[0]:
        _forget_the_copy()


def _forget_the_copy() -> None:
    """Take away the copy of everything, which names files: the clock makes it anew in some minutes."""
    from ppid.shelf import bundles, bundling  # which need the tables of the shelf, and this is one of them

    bundling.drop(bundles.Bundle.objects.filter(kind=bundles.DUMP))
