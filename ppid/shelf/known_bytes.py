"""What was ever public, byte by byte: so that a file or a paper in somebody's hand can be told, also after its end.

Of what may no longer be named there is no word here: number, edition and hash alone. ``ppid.shelf.actions`` writes
these rows in the transaction in which something becomes public or ceases to be.
"""

import base64
import hashlib
from collections.abc import Iterable
from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from ppid.shelf.reading_models import HASH
from ppid.triggers import kept, never_emptied, refuses

CODE_LETTERS = 10
_KINDS = ["item", "announcement", "sop", "annex"]


class Provable(models.Model):
    """Something public that can be asked for: what it is of, and since when.

    ``number`` is the item's, the SOP's slug, or the register's name; ``edition`` the edition or version.
    """

    class Kind(models.TextChoices):
        ITEM = "item", "Informasi"
        ANNOUNCEMENT = "announcement", "Lembar pengumuman"
        SOP = "sop", "Lembar SOP"
        ANNEX = "annex", "Lampiran daftar"

    kind = models.CharField(max_length=12, choices=Kind)
    number = models.CharField(max_length=80)
    edition = models.PositiveIntegerField()
    published_at = models.DateTimeField()

    class Meta:
        abstract = True


class KnownBytes(Provable):
    """Bytes that are or were public under this number. ``key`` tells a thing's files apart: never by their names.

    ``ended_at`` is when they ceased to be current, ``why`` how; ``unit_name`` goes with what may not be named.
    """

    class Why(models.TextChoices):
        REPLACED = "replaced", "Digantikan"
        WITHDRAWN = "withdrawn", "Dicabut"
        WRONGLY_PUBLISHED = "wrongly_published", "Salah terbit"
        EXCLUDED = "excluded", "Dikecualikan"
        COVERED = "covered", "Dicetak ulang karena sebuah barisnya ditutup atau diralat"

    sha256 = models.CharField(max_length=64)
    key = models.CharField(max_length=40)
    unit_name = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=20, choices=Why, blank=True)

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(fields=["sha256"], name="known_bytes_by_hash"),
            models.Index(fields=["kind", "number", "edition"], name="known_bytes_by_thing"),
        ]
        constraints = [
            models.CheckConstraint(name="known_bytes_are_named_by_their_hash", condition=Q(sha256__regex=HASH)),
            models.CheckConstraint(name="known_bytes_are_of_a_kind", condition=Q(kind__in=_KINDS)),
            models.CheckConstraint(
                name="known_bytes_end_for_a_reason",
                condition=Q(ended_at__isnull=True, why="") | Q(ended_at__isnull=False) & ~Q(why=""),
            ),
            models.CheckConstraint(
                name="no_unit_of_what_may_not_be_named",
                condition=~Q(why__in=["excluded", "wrongly_published"]) | Q(unit_name=""),
            ),
            models.UniqueConstraint(
                fields=["kind", "number", "edition", "key", "sha256"],
                condition=Q(ended_at__isnull=True),
                name="known_bytes_once_while_they_are_current",
            ),
        ]
        triggers = [
            never_emptied(),
            pgtrigger.Protect(name="known_for_ever", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="known_as_it_was", exclude=["ended_at", "why", "unit_name"]),
            refuses(
                "known_bytes_only_end",
                "what is known of public bytes changes by their end alone",
                """
                    NEW.ended_at IS NULL
                    OR NEW.ended_at IS DISTINCT FROM COALESCE(OLD.ended_at, NEW.ended_at)
                    OR NEW.unit_name NOT IN (OLD.unit_name, '')
                    OR (OLD.why IN ('excluded', 'wrongly_published') AND NEW.why NOT IN ('excluded', OLD.why))
                """,
                on=pgtrigger.Update,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:8]} {self.kind} {self.number}/{self.edition}"


class ShortAddress(Provable):
    """A short address for one edition or version of something, to be typed from a paper. It answers for ever."""

    code = models.CharField(max_length=CODE_LETTERS, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number", "edition"], name="short_address_once"),
            models.CheckConstraint(name="short_address_can_be_typed", condition=Q(code__regex="^[a-z2-7]{10}$")),
        ]
        triggers = [kept(), never_emptied()]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("portal:short", args=[self.code])


def codes(kind: str, number: str, edition: int) -> Iterable[str]:
    """Yield the codes that this thing may have, the first that nobody else has is its own."""
    digest = hashlib.sha256(f"{kind}:{number}:{edition}".encode()).digest()
    letters = base64.b32encode(digest).decode().lower()
    for start in range(0, 5 * CODE_LETTERS, CODE_LETTERS):
        yield letters[start : start + CODE_LETTERS]


def short_address(kind: str, number: str, edition: int, *, at: datetime) -> ShortAddress:
    """Return the short address of this edition or version, given now if it has none. Hold the shelf."""
    thing = {"kind": kind, "number": number, "edition": edition}
    found = ShortAddress.objects.filter(**thing).first()
    if found is not None:
        return found
    possible = list(codes(kind, number, edition))
    taken = set(ShortAddress.objects.filter(code__in=possible).values_list("code", flat=True))
    code = next(each for each in possible if each not in taken)
    return ShortAddress.objects.create(code=code, published_at=at, **thing)


def note(
    kind: str, number: str, edition: int, found: Iterable[tuple[str, str]], *, at: datetime, unit_name: str = ""
) -> None:
    """Note that these bytes, pairs of key and SHA-256, are public from now on. Hold the shelf."""
    short_address(kind, number, edition, at=at)
    KnownBytes.objects.bulk_create(
        (
            KnownBytes(
                kind=kind,
                number=number,
                edition=edition,
                key=key,
                sha256=sha256,
                published_at=at,
                unit_name=unit_name,
            )
            for key, sha256 in found
        ),
        ignore_conflicts=True,
    )


def end_item(number: str, *, at: datetime, why: str) -> None:
    """Note that what was public of the item is current no longer, and why."""
    of_item = KnownBytes.objects.filter(kind__in=["item", "announcement"], number=number)
    if why in (KnownBytes.Why.EXCLUDED, KnownBytes.Why.WRONGLY_PUBLISHED):
        of_item.update(ended_at=Coalesce("ended_at", Value(at)), why=why, unit_name="")
    else:
        of_item.filter(ended_at=None).update(ended_at=at, why=why)


def end_sop_files(slug: str, version: int, *, at: datetime, left: Iterable[str]) -> None:
    """Note that papers of this version are offered no longer, unless their hash is ``left``."""
    of_version = KnownBytes.objects.filter(kind="sop", number=slug, edition=version, ended_at=None)
    of_version.exclude(sha256__in=list(left)).update(ended_at=at, why=KnownBytes.Why.REPLACED)


def end_annexes(hashes: Iterable[str], *, at: datetime) -> None:
    """Note that these annexes are printed anew, because a row of theirs was covered."""
    annexes = KnownBytes.objects.filter(kind="annex", sha256__in=list(hashes), ended_at=None)
    annexes.update(ended_at=at, why=KnownBytes.Why.COVERED)
