"""What is done with a version, row by row: its moves, the saves of a draft, the looks and readings, the signed sheet.

Ledgers: ``sop.drafts`` and ``sop.versions`` write them, and no row is changed. A draft's go with the whole draft.
"""

import pgtrigger
from django.db import models

from ppid.chain.triggers import chained, chained_as_it_goes
from ppid.organisation.models import User
from ppid.organisation.people_ledger import hands_of
from ppid.triggers import acts_with_own_password, kept, never_emptied, refuses


class State(models.TextChoices):
    """Where a version stands between its first line and its end."""

    DRAFT = "draft", "Draf"
    IN_REVIEW = "in_review", "Ditinjau"
    APPROVED = "approved", "Berlaku"
    SUPERSEDED = "superseded", "Digantikan"
    RETIRED = "retired", "Dicabut"


def goes_with_its_draft(name: str) -> list[pgtrigger.Trigger]:
    """Return triggers by which a row goes together with its whole draft only."""
    return [
        refuses(
            f"{name}_goes_with_its_draft",
            "this goes with its whole draft only",
            "EXISTS (SELECT 1 FROM sop_sopversion WHERE id = OLD.version_id)",
            on=pgtrigger.Delete,
            at_commit=True,
        ),
        never_emptied(),
    ]


def _of_approved(name: str, *, also_past: bool = False) -> pgtrigger.Trigger:
    """Return a trigger that takes a row only for a version that is approved, or was before it was replaced."""
    states = "'approved', 'superseded', 'retired'" if also_past else "'approved'"
    return refuses(
        name,
        "only an approved SOP version is signed, reviewed and read",
        f"(SELECT state FROM sop_sopversion WHERE id = NEW.version_id) NOT IN ({states})",  # noqa: S608 - the only values are the two lists above
    )


class StateChange(models.Model):
    """A row of a version's own ledger: who moved it from which state to which, when and why."""

    version = models.ForeignKey("sop.SopVersion", models.CASCADE, related_name="changes")
    sequence = models.PositiveIntegerField("urutan")
    from_state = models.CharField(max_length=12, choices=State)
    to_state = models.CharField(max_length=12, choices=State)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    actor_name = models.CharField("nama", max_length=150)
    at = models.DateTimeField("pada")
    why = models.TextField("alasan", blank=True)

    class Meta:
        verbose_name = "riwayat versi"
        ordering = ["version", "sequence"]
        constraints = [models.UniqueConstraint(fields=["version", "sequence"], name="version_ledger_row_once")]
        triggers = [
            acts_with_own_password("actor_id"),
            kept(),
            chained(),
            never_emptied(),
            pgtrigger.Trigger(
                name="ledger_follows_the_version",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                    IF NOT EXISTS (
                        SELECT 1 FROM sop_sopversion
                        WHERE id = NEW.version_id AND state = NEW.from_state AND moves = NEW.sequence - 1
                    ) THEN
                        RAISE EXCEPTION 'a ledger row starts where its version stands';
                    END IF;
                    IF NEW.to_state = 'approved' AND (
                        EXISTS (
                            SELECT 1 FROM sop_draftedit
                            WHERE version_id = NEW.version_id AND actor_id IN {hands_of("NEW.actor_id")}
                        ) OR EXISTS (
                            SELECT 1 FROM sop_sopversion JOIN {hands_of("NEW.actor_id")} hand
                                ON hand.id IN (begun_by_id, confirmed_by_id)
                            WHERE sop_sopversion.id = NEW.version_id
                        ) OR EXISTS (
                            SELECT 1 FROM sop_importedfile
                            WHERE version_id = NEW.version_id AND kept_by_id IN {hands_of("NEW.actor_id")}
                        )
                    ) THEN
                        RAISE EXCEPTION 'nobody approves what they worked on';
                    END IF;
                    IF NEW.to_state = 'approved' AND (
                        SELECT actor_id FROM sop_statechange
                        WHERE version_id = NEW.version_id AND to_state = 'in_review' ORDER BY sequence DESC LIMIT 1
                    ) IN {hands_of("NEW.actor_id")} THEN
                        RAISE EXCEPTION 'nobody approves what they handed in';
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 - words of this house
            ),
            refuses(
                "ledger_row_moves_its_version",
                "a ledger row without its move",
                """
                    NOT EXISTS (
                        SELECT 1 FROM sop_sopversion WHERE id = NEW.version_id AND moves >= NEW.sequence
                    )
                """,
                at_commit=True,
            ),
        ]

    def __str__(self):
        return f"{self.version}: {self.get_to_state_display()}"


class DraftEdit(models.Model):
    """One save of a draft: who changed what. ``changes`` are described in ``sop.drafts.changes``."""

    version = models.ForeignKey("sop.SopVersion", models.CASCADE, related_name="edits")
    revision = models.PositiveIntegerField("suntingan ke-")
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField("pada")
    changes = models.JSONField("perubahan")

    class Meta:
        verbose_name = "suntingan draf"
        ordering = ["version", "revision"]
        constraints = [models.UniqueConstraint(fields=["version", "revision"], name="edit_counted_once")]
        triggers = [
            acts_with_own_password("actor_id"),
            pgtrigger.Protect(name="draft_edit_stays", operation=pgtrigger.Update),
            chained(),
            chained_as_it_goes(),
            refuses(
                "edit_follows_the_draft",
                "an edit starts where its draft stands",
                """
                    NOT EXISTS (
                        SELECT 1 FROM sop_sopversion
                        WHERE id = NEW.version_id AND state = 'draft' AND revision = NEW.revision - 1
                    )
                """,
            ),
            refuses(
                "edit_changes_its_draft",
                "an edit without its draft",
                "EXISTS (SELECT 1 FROM sop_sopversion WHERE id = NEW.version_id AND revision < NEW.revision)",
                at_commit=True,
            ),
            *goes_with_its_draft("edit"),
        ]

    def __str__(self):
        return f"{self.version}, suntingan ke-{self.revision}"


class SignedSheet(models.Model):
    """The sheet as it was signed outside, kept byte for byte beside the rendered one, never rendered again."""

    version = models.OneToOneField("sop.SopVersion", models.PROTECT, related_name="signed")
    filename = models.CharField("nama berkas", max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(help_text="bytes")
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("diunggah pada")

    class Meta:
        verbose_name = "lembar bertanda tangan"
        triggers = [
            acts_with_own_password("uploaded_by_id"),
            kept(),
            chained(),
            never_emptied(),
            _of_approved("signed_sheet_of_an_approved_version", also_past=True),
        ]

    def __str__(self):
        return self.filename


class SheetReview(models.Model):
    """Somebody looked whether a version in force is still right, and found it so; ``review_on`` is the next look."""

    version = models.ForeignKey("sop.SopVersion", models.PROTECT, related_name="reviews")
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    actor_name = models.CharField("nama", max_length=150)
    at = models.DateTimeField("ditinjau pada")
    review_on = models.DateField("ditinjau lagi paling lambat")
    note = models.TextField("catatan", blank=True)

    class Meta:
        verbose_name = "tinjauan berkala"
        ordering = ["version", "pk"]
        triggers = [
            acts_with_own_password("actor_id"),
            kept(),
            chained(),
            never_emptied(),
            _of_approved("review_of_an_approved_version"),
            refuses(
                "review_moves_the_next_look",
                "a review without its next look",
                """
                    NOT EXISTS (
                        SELECT 1 FROM sop_sopversion version
                        WHERE version.id = NEW.version_id AND version.review_on = (
                            SELECT review_on FROM sop_sheetreview WHERE version_id = version.id ORDER BY id DESC LIMIT 1
                        )
                    )
                """,
                at_commit=True,
            ),
        ]

    def __str__(self):
        return f"{self.version}: ditinjau"


class Acknowledgement(models.Model):
    """Somebody of the unit has read this version."""

    version = models.ForeignKey("sop.SopVersion", models.PROTECT, related_name="acknowledgements")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField("dibaca pada")

    class Meta:
        verbose_name = "tanda sudah membaca"
        ordering = ["version", "at"]
        constraints = [models.UniqueConstraint(fields=["version", "user"], name="acknowledged_once")]
        triggers = [kept(), chained(), never_emptied(), _of_approved("read_when_approved")]

    def __str__(self):
        return f"{self.user} · {self.version}"
