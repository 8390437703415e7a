"""A problem that somebody reported on the portal, who could be asked about it, and what was done.

A report is never public. How its sender is reached is personal data: kept apart, seen by the handlers, and deleted.
"""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from ppid.chain.triggers import chained
from ppid.organisation.models import User
from ppid.triggers import kept, never_emptied, refuses

MOST_LETTERS = 1000
MOST_CONTACT = 200
KEPT_DAYS = 90  # of how the sender is reached


class ProblemQuerySet(models.QuerySet["Problem"]):
    def open(self):
        """Keep what nobody has handled yet."""
        return self.filter(~Exists(Handling.objects.filter(problem=OuterRef("pk"))))


class Problem(models.Model):
    """A problem as it was reported, frozen. ``letter`` names the letter that brought it: the same one comes in once.

    ``number`` is the item's, and names it whatever becomes of it.
    """

    class Kind(models.TextChoices):
        BROKEN = "broken", "Tautan atau berkas rusak"
        WRONG = "wrong", "Isinya keliru atau usang"
        PERSONAL = "personal", "Memuat data pribadi"
        HARD = "hard", "Sulit diakses"
        OTHER = "other", "Lainnya"

    letter = models.CharField(max_length=64, unique=True)
    number = models.CharField("informasi", max_length=20)
    kind = models.CharField("masalah", max_length=10, choices=Kind)
    text = models.TextField("cerita", max_length=MOST_LETTERS, blank=True)
    reported_at = models.DateTimeField("dilaporkan pada")
    taken_in_at = models.DateTimeField("diterima pada")

    objects = ProblemQuerySet.as_manager()

    class Meta:
        verbose_name = "laporan masalah"
        ordering = ["reported_at", "pk"]
        indexes = [models.Index(fields=["number"], name="problem_of_item")]
        constraints = [
            models.CheckConstraint(
                name="problem_is_of_a_kind", condition=Q(kind__in=["broken", "wrong", "personal", "hard", "other"])
            ),
            models.CheckConstraint(name="problem_of_another_kind_is_told", condition=~Q(kind="other") | ~Q(text="")),
        ]
        triggers = [kept(), never_emptied(), chained()]

    def __str__(self):
        return f"{self.receipt} ({self.number})"

    def get_absolute_url(self) -> str:
        return reverse("desk:problem", args=[self.pk])

    @property
    def receipt(self) -> str:
        """The number by which its sender and the office speak of it."""
        return receipt_of(self.letter)

    @property
    def is_personal(self) -> bool:
        return self.kind == self.Kind.PERSONAL


def receipt_of(letter: str) -> str:
    """Return the number that the sender was given for the letter."""
    return f"L-{letter[:8].upper()}"


class SenderContact(models.Model):
    """How the sender of a report wishes to be reached; deleted after 90 days, whatever became of the report."""

    problem = models.OneToOneField(Problem, models.PROTECT, related_name="contact")
    said = models.CharField("kontak", max_length=MOST_CONTACT)

    class Meta:
        verbose_name = "kontak pelapor"

    def __str__(self):
        return f"kontak {self.problem_id}"


class Handling(models.Model):
    """What was done about a report, once, by whom: frozen."""

    problem = models.OneToOneField(Problem, models.PROTECT, related_name="handling")
    note = models.TextField("yang dilakukan", max_length=2000)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="oleh")
    actor_name = models.CharField("nama", max_length=150)
    acting_as = models.CharField("bertindak sebagai", max_length=200)
    at = models.DateTimeField("pada")

    class Meta:
        verbose_name = "penanganan laporan"
        constraints = [models.CheckConstraint(name="handling_says_what_was_done", condition=~Q(note=""))]
        triggers = [
            kept(),
            never_emptied(),
            chained(),
            refuses(
                "handled_after_it_was_reported",
                "a report is handled after it was taken in",
                "NEW.at < (SELECT taken_in_at FROM reports_problem WHERE id = NEW.problem_id)",
            ),
        ]

    def __str__(self):
        return f"{self.problem_id}: {self.actor_name}"
