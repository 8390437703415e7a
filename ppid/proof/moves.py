"""What left or came as a whole office: who began an export at the terminal, what came of it, what was brought in.

A ledger. An export holds what is excluded and whom everybody is, so it leaves its first row before its first byte.
"""

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from ppid.chain.triggers import chained
from ppid.notices.telling import News, tell
from ppid.organisation.actions import CHIEF
from ppid.organisation.models import Appointment
from ppid.triggers import kept, never_emptied, refuses


class OfficeMoveQuerySet(models.QuerySet):
    def as_told(self):
        """Return the newest first, each once. ``came_along``: the office was brought in here since."""
        since = OfficeMove.objects.filter(what="brought_in", pk__gt=OuterRef("pk"))
        return self.exclude(made__isnull=False).annotate(came_along=Exists(since)).order_by("-pk")


class OfficeMove(models.Model):
    """A row of the ledger: an export of the whole office was begun or made, or an office was brought in here.

    ``account`` is that of the machine, for nobody signs in at the terminal. ``sums`` is the SHA-256 of the export's
    ``SHA256SUMS``, by which whoever holds it proves that it is the one; "" while it was only begun.
    """

    class What(models.TextChoices):
        BEGUN = "begun", "Ekspor dimulai"
        MADE = "made", "Ekspor selesai"
        BROUGHT_IN = "brought_in", "Kantor dibawa masuk"

    what = models.CharField("apa", max_length=10, choices=What)
    at = models.DateTimeField("pada")
    account = models.CharField("akun mesin", max_length=150)
    because = models.CharField("alasan", max_length=500)
    place = models.CharField("tempat", max_length=500)
    is_sealed = models.BooleanField("disegel")
    begun = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="made", verbose_name="ekspor yang dimulai"
    )
    rows = models.PositiveBigIntegerField("jumlah baris", default=0)
    files = models.PositiveBigIntegerField("jumlah berkas", default=0)
    sums = models.CharField("sidik SHA256SUMS", max_length=64, blank=True)

    objects = OfficeMoveQuerySet.as_manager()

    class Meta:
        verbose_name = "ekspor dan impor kantor"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="office_move_says_what",
                condition=Q(what="begun", begun=None, sums="")
                | Q(what="made", begun__isnull=False, sums__regex="^[0-9a-f]{64}$")
                | Q(what="brought_in", begun=None, sums__regex="^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(name="office_move_says_who_and_why", condition=~Q(account="") & ~Q(because="")),
        ]
        triggers = [
            kept(),
            chained(),
            never_emptied(),
            refuses(
                "what_is_made_was_begun",
                "an export is made that was begun, with the same words",
                """
                    NEW.what = 'made' AND NOT EXISTS (
                        SELECT 1 FROM proof_officemove begun
                        WHERE begun.id = NEW.begun_id AND begun.what = 'begun' AND begun.because = NEW.because
                          AND begun.account = NEW.account AND begun.is_sealed = NEW.is_sealed
                    )
                """,
            ),
        ]

    def __str__(self):
        return f"{self.get_what_display()}: {self.because}"


@transaction.atomic
def begin(*, account: str, because: str, place: str, is_sealed: bool) -> OfficeMove:
    """Write down that an export begins, and tell PPID Utama; before anything leaves."""
    row = OfficeMove.objects.create(
        what="begun", at=timezone.now(), account=account, because=because, place=place[:500], is_sealed=is_sealed
    )
    _tell(row, "Seluruh data kantor sedang diekspor")
    return row


@transaction.atomic
def end(begun: OfficeMove, *, rows: int, files: int, sums: str) -> OfficeMove:
    """Write down what came of it, and tell PPID Utama."""
    said = {name: getattr(begun, name) for name in ("account", "because", "place", "is_sealed")}
    row = OfficeMove.objects.create(
        what="made", at=timezone.now(), begun=begun, rows=rows, files=files, sums=sums, **said
    )
    _tell(row, "Seluruh data kantor telah diekspor")
    return row


def bring_in(*, account: str, because: str, place: str, is_sealed: bool, rows: int, files: int, sums: str) -> None:
    """Write down that the office was brought in here, and tell PPID Utama; in the transaction that does so."""
    row = OfficeMove.objects.create(
        what="brought_in",
        at=timezone.now(),
        account=account,
        because=because,
        place=place[:500],
        is_sealed=is_sealed,
        rows=rows,
        files=files,
        sums=sums,
    )
    _tell(row, "Kantor ini dibawa masuk dari pemasangan lain")


def _tell(row: OfficeMove, title: str) -> None:
    chiefs = Appointment.objects.in_force(on=timezone.localdate(row.at)).filter(role__code=CHIEF)
    lines = [("Oleh", f"akun mesin {row.account}"), ("Alasan", row.because), ("Tempat", row.place)]
    lines.append(("Segel", "disegel dengan kunci" if row.is_sealed else "TIDAK disegel: terbaca siapa pun"))
    if row.sums:
        lines += [("Isi", f"{row.rows} baris, {row.files} berkas"), ("Sidik", row.sums)]
    news = News(
        kind="office_moved",
        key=f"office-move:{row.pk}",
        url=reverse("desk:ledger"),
        title=title,
        lines=tuple(lines),
        at=row.at,
        is_urgent=True,
    )
    tell(news, to=list(chiefs.values_list("user", flat=True)))
