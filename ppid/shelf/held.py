"""Files on the shelf whose bytes are held back: the scanner found something in them, and somebody has to decide."""

from collections.abc import Collection

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone


class HeldFile(models.Model):
    """That these bytes are not sent; of what was found in them the public reads nothing."""

    sha256 = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="held_sha256_is_hex", condition=Q(sha256__regex=r"^[0-9a-f]{64}$"))]

    def __str__(self) -> str:
        return self.sha256


@transaction.atomic
def hold(hashes: Collection[str]) -> None:
    """Keep these bytes from being sent by the portal, from now on."""
    now = timezone.now()
    HeldFile.objects.bulk_create([HeldFile(sha256=each, since=now) for each in hashes], ignore_conflicts=True)


@transaction.atomic
def release(hashes: Collection[str]) -> None:
    """Let the portal send these bytes again."""
    HeldFile.objects.filter(sha256__in=hashes).delete()
