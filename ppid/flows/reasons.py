"""The library of sentences for sending back and refusing («alasan yang sering dipakai»), kept by PPID Utama.

A sentence stays as it was written: editing puts a new one in its place, retiring it ends it, and both keep the old. So
the rows are the history. A picked sentence is text like any other: what was decided with it stays when it changes.
"""

from datetime import datetime

import pgtrigger
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from ppid.chain.triggers import chained, chained_later
from ppid.organisation.models import Appointment, User
from ppid.triggers import acts_with_own_password, never_emptied, refuses
from ppid.web.refusals import ChangedMeanwhile, Forbidden, Refused

KEEPER = "ppid_utama"
_RETIREMENT = ("retired_by", "retired_name", "retired_at")
MAX_TEXT = 300


class ReasonQuerySet(models.QuerySet["Reason"]):
    def current(self) -> "ReasonQuerySet":
        """Keep the sentences that are offered: none took their place, and they were not retired."""
        return self.filter(replaced_by=None, retired_at=None)


class Reason(models.Model):
    """A sentence of the library. ``written_by`` is None for those that came with the portal."""

    class Of(models.TextChoices):
        CLARIFY = "clarify", "Mengembalikan pengumuman"
        SCREEN = "screen", "Tidak layak diuji"
        ACCEPT = "accept", "Mengembalikan hasil uji"
        HEAD = "head", "Mengembalikan sebagai pimpinan"
        AMENDMENT = "amendment", "Menolak usul perubahan"
        SHEET = "sheet", "Mengembalikan lembar SOP"

    of = models.CharField("untuk", max_length=12, choices=Of)
    text = models.CharField("kalimat", max_length=MAX_TEXT)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="ditulis oleh")
    written_name = models.CharField("nama penulis", max_length=150, blank=True)
    written_at = models.DateTimeField("ditulis pada")
    retired_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="dihentikan oleh")
    retired_name = models.CharField("nama yang menghentikan", max_length=150, blank=True)
    retired_at = models.DateTimeField("dihentikan pada", null=True)

    objects = ReasonQuerySet.as_manager()

    class Meta:
        verbose_name = "kalimat alasan"
        ordering = ["of", "pk"]
        constraints = [
            models.CheckConstraint(name="a_reason_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="a_reason_is_retired_by_somebody",
                condition=Q(retired_at__isnull=True, retired_by__isnull=True, retired_name="")
                | Q(retired_at__isnull=False, retired_by__isnull=False) & ~Q(retired_name=""),
            ),
        ]
        triggers = [
            acts_with_own_password("written_by_id"),
            pgtrigger.Protect(name="reason_is_kept", operation=pgtrigger.Delete),
            never_emptied(),
            chained(leaving=_RETIREMENT),
            chained_later("retired", *_RETIREMENT, mark="retired_at"),
            pgtrigger.ReadOnly(name="reason_stays_as_written", exclude=list(_RETIREMENT)),
            pgtrigger.Protect(
                name="reason_is_retired_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.retired_at IS NOT NULL"),
            ),
            refuses(
                "what_is_replaced_was_offered",
                "a sentence takes the place of one of its kind that is still offered",
                """
                    NEW.replaces_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM flows_reason
                        WHERE id = NEW.replaces_id AND retired_at IS NULL AND "of" = NEW."of"
                    )
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.text


# What the library begins with; an office makes it its own.
FIRST: dict[str, tuple[str, ...]] = {
    Reason.Of.CLARIFY: (
        "Memuat data pribadi yang belum disamarkan.",
        "Ringkasan belum menyebut isi pokoknya.",
        "Angka di bawah lima per kelurahan perlu disamarkan lebih dahulu.",
        "Dokumennya bukan versi akhir yang sudah ditandatangani.",
    ),
    Reason.Of.SCREEN: (
        "Informasi ini terbuka menurut undang-undang: tidak perlu diuji.",
        "Belum jelas dokumen mana yang diusulkan dikecualikan.",
    ),
    Reason.Of.ACCEPT: (
        "Dasar hukumnya belum menyebut undang-undang selain UU 14/2008.",
        "Pertimbangan kepentingan publik belum diuraikan.",
        "Bagian yang dihitamkan belum disebut satu per satu.",
    ),
    Reason.Of.HEAD: ("Konsekuensi bila dibuka belum meyakinkan.", "Jangka waktunya belum beralasan."),
    Reason.Of.AMENDMENT: (
        "Surat yang menjadi dasarnya belum dilampirkan.",
        "Yang diusulkan mengubah makna, jadi bukan ralat.",
    ),
    Reason.Of.SHEET: (
        "Temuan pemeriksaan lembar belum dijawab.",
        "Pelaksana atau waktu bakunya belum sesuai dengan pembagian tugas.",
    ),
}


def begin_library(*, at: datetime | None = None) -> int:
    """Write the sentences with which the library begins, once; return how many were written."""
    if Reason.objects.exists():
        return 0
    at = at or timezone.now()
    first = [Reason(of=of, text=text, written_at=at) for of, texts in FIRST.items() for text in texts]
    return len(Reason.objects.bulk_create(first))


def keeps(user: User, *, at: datetime) -> bool:
    """Whether the person keeps the library."""
    return Appointment.objects.of(user, on=timezone.localdate(at)).filter(role__code=KEEPER).exists()


@transaction.atomic
def write_reason(
    of: str, text: str, *, actor: User, replaces: Reason | None = None, at: datetime | None = None
) -> Reason:
    """Add a sentence, or put it in the place of another.

    Raises Forbidden, Refused with the sentence at its field, or ChangedMeanwhile when the other is offered no more.
    """
    at = at or timezone.now()
    _refuse_unless_kept(actor, at)
    text = " ".join(text.split())
    if not text or len(text) > MAX_TEXT:
        raise Refused(f"Tulis satu kalimat, paling banyak {MAX_TEXT} huruf.", fields=("text",))
    if of not in Reason.Of.values:
        raise Refused("Pilih untuk putusan yang mana kalimat ini dipakai.", fields=("of",))
    if replaces is not None:
        _hold(replaces)
    if Reason.objects.current().filter(of=of, text=text).exists():
        raise Refused("Kalimat itu sudah ada untuk putusan ini.", fields=("text",))
    written = {"written_by": actor, "written_name": actor.name, "written_at": at}
    return Reason.objects.create(of=of, text=text, replaces=replaces, **written)


@transaction.atomic
def retire_reason(reason: Reason, *, actor: User, at: datetime | None = None) -> Reason:
    """Offer the sentence no more. Raises Forbidden, or ChangedMeanwhile when it is offered no more already."""
    at = at or timezone.now()
    _refuse_unless_kept(actor, at)
    held = _hold(reason)
    held.retired_by, held.retired_name, held.retired_at = actor, actor.name, at
    held.save(update_fields=["retired_by", "retired_name", "retired_at"])
    return held


def _refuse_unless_kept(actor: User, at: datetime) -> None:
    if not keeps(actor, at=at):
        raise Forbidden("Kalimat alasan disimpan oleh PPID Utama.")


def _hold(reason: Reason) -> Reason:
    """Lock the sentence and look then whether it is still offered."""
    held = Reason.objects.select_for_update(of=("self",)).get(pk=reason.pk)
    if held.retired_at is not None or Reason.objects.filter(replaces=held).exists():
        raise ChangedMeanwhile("Kalimat ini baru saja diganti atau dihentikan. Muat ulang halamannya.")
    return held
