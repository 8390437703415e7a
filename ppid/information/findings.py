"""What a document was read to hold that may be somebody's personal data, and the reason with which it went on.

A finding says where and a mask of what stands there, never the value. All rows are kept as they are: a document that
takes another's place is read anew, and what is found in it needs answers of its own.
"""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from ppid.chain.triggers import chained
from ppid.organisation.models import User
from ppid.triggers import acts_with_own_password, kept, never_emptied, refuses

MAX_REASON = 2000  # letters


class DocumentReading(models.Model):
    """That a document was read, its bytes and the names it is shown under; once, because neither ever changes."""

    document = models.OneToOneField("information.Document", models.PROTECT, related_name="reading")
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField("halaman", null=True)
    is_signed = models.BooleanField("bertanda tangan elektronik", default=False)
    kinds = models.PositiveSmallIntegerField("jenis temuan", default=0)
    read_at = models.DateTimeField("dibaca pada")

    class Meta:
        verbose_name = "pembacaan dokumen"
        triggers = [
            kept(),
            never_emptied(),
            chained(),
            refuses(
                "reading_is_of_these_bytes",
                "a reading is bound to the bytes of its document",
                "NOT EXISTS (SELECT 1 FROM information_document WHERE id = NEW.document_id AND sha256 = NEW.sha256)",
            ),
        ]

    def __str__(self):
        return f"{self.document_id}: {self.sha256[:12]}"

    @property
    def found(self) -> "list[Finding]":
        """What was found, without asking for it where nothing was."""
        return list(self.findings.all()) if self.kinds else []


class FindingQuerySet(models.QuerySet):
    def of(self, documents: Iterable[models.Model]):
        """Keep what was found in these documents."""
        return self.filter(reading__document__in=documents)


class Finding(models.Model):
    """One kind of what was found in a document: how often, and the first places, each with a mask."""

    class Kind(models.TextChoices):
        NIK = "nik", "NIK"
        KK = "kk", "Nomor kartu keluarga"
        NPWP = "npwp", "NPWP"
        ACCOUNT = "account", "Nomor rekening"
        PHONE = "phone", "Nomor telepon"
        EMAIL = "email", "Alamat surel"
        SMALL_COUNT = "small_count", "Jumlah di bawah lima yang dapat menunjuk orang"
        HIDDEN_SHEET = "hidden_sheet", "Lembar atau salindia tersembunyi"
        HIDDEN_ROWS = "hidden_rows", "Baris atau kolom tersembunyi"
        HIDDEN_TEXT = "hidden_text", "Teks tersembunyi"
        TRACKED = "tracked", "Perubahan yang terlacak"
        COMMENT = "comment", "Komentar atau catatan"
        ATTACHED = "attached", "Berkas lain di dalamnya"
        LOCATION = "location", "Tempat pengambilan gambar"
        AUTHOR = "author", "Nama penulis pada sifat berkas"
        UNSEEN = "unseen", "Bagian yang tidak terbaca portal"

    reading = models.ForeignKey(DocumentReading, models.PROTECT, related_name="findings")
    kind = models.CharField("jenis", max_length=12, choices=Kind)
    count = models.PositiveIntegerField("jumlah")
    places = models.JSONField("tempat", help_text="pairs of a place and a mask")

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "temuan"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "kind"], name="one_finding_of_a_kind"),
            models.CheckConstraint(
                name="finding_kind_is_known",
                condition=Q(
                    kind__in=[
                        "nik",
                        "kk",
                        "npwp",
                        "account",
                        "phone",
                        "email",
                        "small_count",
                        "hidden_sheet",
                        "hidden_rows",
                        "hidden_text",
                        "tracked",
                        "comment",
                        "attached",
                        "location",
                        "author",
                        "unseen",
                    ]
                ),
            ),
            models.CheckConstraint(name="finding_is_somewhere", condition=Q(count__gt=0)),
        ]
        triggers = [kept(), never_emptied(), chained()]

    def __str__(self):
        return f"{self.get_kind_display()} ({self.count})"

    @property
    def answer(self) -> "FindingAnswer | None":
        """The newest reason; None while nobody gave one. Fetch the answers along."""
        return max(self.answers.all(), key=lambda each: each.pk, default=None)


class FindingAnswer(models.Model):
    """A row of the ledger: who says, and why, that the document may go on with what was found in it."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="answers")
    sha256 = models.CharField(max_length=64)
    reason = models.TextField("alasan", max_length=MAX_REASON)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="dijawab oleh")
    actor_name = models.CharField("nama", max_length=150)
    acting_as = models.CharField("sebagai", max_length=200)
    answered_at = models.DateTimeField("dijawab pada")

    class Meta:
        verbose_name = "jawaban temuan"
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="answer_has_its_reason", condition=~Q(reason__regex=r"^\s*$"))]
        triggers = [
            acts_with_own_password("actor_id"),
            kept(),
            never_emptied(),
            chained(),
            refuses(
                "answer_is_about_these_bytes",
                "an answer is bound to the bytes of a document that still stands",
                """
                    NOT EXISTS (
                        SELECT 1 FROM information_finding finding
                        JOIN information_documentreading reading ON reading.id = finding.reading_id
                        JOIN information_document document ON document.id = reading.document_id
                        WHERE finding.id = NEW.finding_id AND document.sha256 = NEW.sha256
                          AND document.removed_at IS NULL
                          AND NOT EXISTS (SELECT 1 FROM information_document WHERE replaces_id = document.id)
                    )
                """,
            ),
        ]

    def __str__(self):
        return f"{self.finding_id}: {self.actor_name}"


def unread_or_unanswered(information: str) -> str:
    """Return SQL for: a current document of the item (SQL for its key) was not read, or a finding has no answer."""
    return f"""EXISTS (
        SELECT 1 FROM information_document document
        LEFT JOIN information_documentreading reading ON reading.document_id = document.id
        WHERE document.information_id = {information} AND document.purpose = 'content'
          AND document.removed_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM information_document newer WHERE newer.replaces_id = document.id)
          AND (reading.id IS NULL OR EXISTS (
              SELECT 1 FROM information_finding finding WHERE finding.reading_id = reading.id
                AND NOT EXISTS (SELECT 1 FROM information_findinganswer answer WHERE answer.finding_id = finding.id)
          ))
    )"""  # noqa: S608 - SQL of this house
