"""What is kept of a file that a draft was read from: which file it was, and what its reading doubted."""

import pgtrigger
from django.db import models
from django.db.models import Q

from ppid.organisation.models import User
from ppid.triggers import refuses
from sop.ledgers import goes_with_its_draft


class ImportedFile(models.Model):
    """The file that a draft was read from; of the file itself nothing is kept. ``place`` counts its SOPs from 1."""

    version = models.OneToOneField("sop.SopVersion", models.CASCADE, related_name="imported_from")
    filename = models.CharField("nama berkas", max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    place = models.PositiveSmallIntegerField("SOP ke-")
    kept_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    kept_at = models.DateTimeField("disimpan pada")

    class Meta:
        verbose_name = "berkas yang diimpor"
        triggers = [
            pgtrigger.Protect(name="imported_file_stays", operation=pgtrigger.Update),
            *goes_with_its_draft("imported_file"),
        ]

    def __str__(self):
        return self.filename


class ImportDoubtQuerySet(models.QuerySet):
    def open(self):
        """Keep those that nobody has settled yet."""
        return self.filter(settled_at=None)


class ImportDoubt(models.Model):
    """What the import doubted, or a text that found no place; it stays with the draft until a person settles it.

    ``key`` is that of a field of the draft (``sop.drafts.changes``), «activity.7» for a row as a whole, «rows»,
    «performers» or «source» for what is wider. ``text`` is the text without a place.
    """

    version = models.ForeignKey("sop.SopVersion", models.CASCADE, related_name="doubts")
    key = models.CharField("isian", max_length=60)
    sentence = models.TextField("keraguan")
    text = models.TextField("teks tanpa tempat", blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField("diselesaikan pada", null=True, blank=True)

    objects = ImportDoubtQuerySet.as_manager()

    class Meta:
        verbose_name = "keraguan impor"
        ordering = ["version", "pk"]
        constraints = [
            models.CheckConstraint(
                name="doubt_is_settled_by_somebody",
                condition=Q(settled_by__isnull=True, settled_at__isnull=True)
                | Q(settled_by__isnull=False, settled_at__isnull=False),
            ),
        ]
        triggers = [
            refuses(
                "doubt_begins_open",
                "a doubt begins open, in a draft",
                """
                    NEW.settled_at IS NOT NULL
                    OR (SELECT state FROM sop_sopversion WHERE id = NEW.version_id) <> 'draft'
                """,
            ),
            refuses(
                "doubt_is_settled_once",
                "a doubt is settled once, in its draft, and says what it said",
                """
                    OLD.settled_at IS NOT NULL OR NEW.settled_at IS NULL
                    OR (NEW.id, NEW.version_id, NEW.key, NEW.sentence, NEW.text)
                        IS DISTINCT FROM (OLD.id, OLD.version_id, OLD.key, OLD.sentence, OLD.text)
                    OR NOT EXISTS (
                        SELECT 1 FROM sop_sopversion WHERE id = NEW.version_id AND state = 'draft'
                    )
                """,
                on=pgtrigger.Update,
            ),
            refuses(
                "doubt_is_settled_in_the_ledger",
                "a doubt is settled by an edit of its draft only",
                """
                    NOT EXISTS (
                        SELECT 1 FROM sop_draftedit
                        WHERE version_id = NEW.version_id AND actor_id = NEW.settled_by_id AND at = NEW.settled_at
                    )
                """,
                on=pgtrigger.Update,
                at_commit=True,
            ),
            *goes_with_its_draft("doubt"),
        ]

    def __str__(self):
        return self.text or self.sentence
