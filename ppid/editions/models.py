"""The DIP and the DIK as dated editions: prepared, approved by the head, set by a decree, and never changed since.

What the public reads of an edition is a copy on the shelf (``PublishedRegister``), which is covered where something was
closed later. What was set stays here, row by row, under its digest.
"""

import pgtrigger
from django.db import models
from django.db.models import Q

from ppid.chain.triggers import chained, chained_later
from ppid.organisation.models import User
from ppid.organisation.people_ledger import hands_of
from ppid.shelf.register_fields import NAMES
from ppid.triggers import kept, never_emptied, refuses

# What its decree gives an edition.
_DECREED = ("number", "decree_number", "decree_date")


class RegisterEdition(models.Model):
    """An edition of a register: its rows are read off the shelf when it is prepared, and stand from then on.

    ``number`` is given when it is set and counts a register's editions; ``origin`` says in words where a taken-over one
    comes from, "" for what was prepared here. ``size`` and ``digest`` are those of its rows.
    """

    class Register(models.TextChoices):
        DIP = "dip", "DIP"
        DIK = "dik", "DIK"

    class State(models.TextChoices):
        PREPARED = "prepared", "Disiapkan"
        SET = "set", "Ditetapkan"
        CANCELLED = "cancelled", "Dibatalkan"

    register = models.CharField("daftar", max_length=3, choices=Register)
    year = models.PositiveSmallIntegerField("tahun")
    as_of = models.DateField("keadaan per")
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.PREPARED)
    size = models.PositiveIntegerField("jumlah baris")
    digest = models.CharField("SHA-256 semua baris", max_length=64)
    origin = models.TextField("asal", blank=True)
    number = models.PositiveIntegerField("edisi ke-", null=True)
    decree_number = models.CharField("nomor SK penetapan", max_length=120, blank=True)
    decree_date = models.DateField("tanggal SK penetapan", null=True)

    class Meta:
        verbose_name = "edisi"
        ordering = ["register", "-as_of", "-pk"]
        constraints = [
            models.CheckConstraint(name="edition_is_of_a_register", condition=Q(register__in=["dip", "dik"])),
            models.CheckConstraint(
                name="edition_is_set_by_a_decree",
                condition=Q(state="set", number__isnull=False, decree_date__isnull=False) & ~Q(decree_number="")
                | Q(state__in=["prepared", "cancelled"], number=None, decree_date=None, decree_number=""),
            ),
            models.UniqueConstraint(fields=["register", "number"], name="edition_number_once"),
            models.UniqueConstraint(
                fields=["register"], condition=Q(state="prepared"), name="one_edition_is_prepared_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["register", "decree_number", "decree_date"],
                condition=Q(state="set"),
                name="a_decree_sets_one_edition",
            ),
        ]
        triggers = [
            never_emptied(),
            pgtrigger.Protect(name="edition_is_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="edition_stays_as_prepared", exclude=["state", *_DECREED]),
            chained(leaving=["state", *_DECREED]),
            chained_later("set", *_DECREED, mark="decree_date"),
            pgtrigger.Protect(
                name="what_is_set_stays",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="prepared"),
            ),
            refuses(
                "edition_moves_with_its_ledger",
                "an edition changes with its ledger row only",
                """
                    NEW.state = OLD.state OR NOT EXISTS (
                        SELECT 1 FROM editions_editionact WHERE edition_id = OLD.id AND kind = NEW.state
                    )
                """,
                on=pgtrigger.Update,
            ),
            refuses(
                "edition_stands_with_its_rows",
                "an edition stands with all its rows and its ledger",
                """
                    NEW.size <> (SELECT count(*) FROM editions_editionrow WHERE edition_id = NEW.id)
                    OR NOT EXISTS (
                        SELECT 1 FROM editions_editionact WHERE edition_id = NEW.id AND kind = 'prepared'
                    )
                    OR (NEW.state = 'set' AND NOT EXISTS (
                        SELECT 1 FROM editions_editionact WHERE edition_id = NEW.id AND kind = 'set'
                    ))
                """,
                at_commit=True,
            ),
        ]

    def __str__(self):
        return f"{self.get_register_display()} {self.year}" + (f" (edisi {self.number})" if self.number else "")

    @property
    def name(self) -> str:
        return NAMES[self.register]

    @property
    def is_prepared(self) -> bool:
        return self.state == self.State.PREPARED


class EditionRow(models.Model):
    """A row of an edition, frozen: ``key`` is the number by which every edition knows it."""

    edition = models.ForeignKey(RegisterEdition, models.PROTECT, related_name="rows")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=40)
    unit_code = models.CharField(max_length=50, blank=True)
    values = models.JSONField()

    class Meta:
        verbose_name = "baris edisi"
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="edition_row_has_its_place"),
            models.UniqueConstraint(fields=["edition", "key"], name="edition_row_once"),
        ]
        triggers = [
            kept(),
            chained(),
            never_emptied(),
            refuses(
                "rows_come_before_the_edition_stands",
                "the rows of an edition stand since it was prepared",
                "EXISTS (SELECT 1 FROM editions_editionact WHERE edition_id = NEW.edition_id)",
            ),
        ]

    def __str__(self):
        return f"{self.edition_id}/{self.position} {self.key}"


class EditionAct(models.Model):
    """What was done with an edition, once each: who, as what, when, and the paper that proves it.

    ``how`` an approval was given: by the head at the desk, by a scan of the head's word, or by the very decree of an
    edition that was taken over. ``sha256`` is the paper's, "" without one.
    """

    class Kind(models.TextChoices):
        PREPARED = "prepared", "Disiapkan"
        APPROVED = "approved", "Disetujui Atasan PPID"
        SET = "set", "Ditetapkan"
        CANCELLED = "cancelled", "Dibatalkan"

    class How(models.TextChoices):
        DESK = "desk", "di meja"
        SCAN = "scan", "di atas kertas"
        DECREE = "decree", "dengan SK yang diambil alih"

    edition = models.ForeignKey(RegisterEdition, models.PROTECT, related_name="acts")
    kind = models.CharField("jenis", max_length=10, choices=Kind)
    how = models.CharField("cara", max_length=10, choices=How, blank=True)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="oleh")
    actor_name = models.CharField("nama", max_length=150)
    acting_as = models.CharField("bertindak sebagai", max_length=200)
    at = models.DateTimeField("pada")
    note = models.TextField("catatan", max_length=4000, blank=True)
    approved_by = models.CharField("pimpinan yang menyetujui", max_length=360, blank=True)
    filename = models.CharField("nama berkas", max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text="bytes")

    class Meta:
        verbose_name = "riwayat edisi"
        ordering = ["edition", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind"], name="edition_act_once"),
            models.CheckConstraint(
                name="edition_act_is_known", condition=Q(kind__in=["prepared", "approved", "set", "cancelled"])
            ),
            models.CheckConstraint(
                name="an_approval_says_how_and_whose",
                condition=Q(kind="approved", how__in=["desk", "scan", "decree"]) & ~Q(approved_by="")
                | ~Q(kind="approved") & Q(how="", approved_by=""),
            ),
            models.CheckConstraint(name="an_approval_on_paper_has_its_scan", condition=~Q(how="scan") | ~Q(sha256="")),
            models.CheckConstraint(
                name="an_edition_is_cancelled_for_a_reason", condition=~Q(kind="cancelled") | ~Q(note="")
            ),
        ]
        triggers = [
            kept(),
            chained(),
            never_emptied(),
            refuses(
                "edition_act_in_its_order",
                "an edition is prepared, approved, then set or cancelled",
                """
                    EXISTS (
                        SELECT 1 FROM editions_editionact
                        WHERE edition_id = NEW.edition_id AND kind IN ('set', 'cancelled')
                    )
                    OR (NEW.kind <> 'prepared' AND NOT EXISTS (
                        SELECT 1 FROM editions_editionact WHERE edition_id = NEW.edition_id AND kind = 'prepared'
                    ))
                    OR (NEW.kind = 'set' AND NOT EXISTS (
                        SELECT 1 FROM editions_editionact WHERE edition_id = NEW.edition_id AND kind = 'approved'
                    ))
                    OR (NEW.how = 'decree' AND NOT EXISTS (
                        SELECT 1 FROM editions_registeredition WHERE id = NEW.edition_id AND origin <> ''
                    ))
                """,
            ),
            refuses(
                "nobody_sets_their_own_edition",
                "nobody decides on their own work",
                f"""
                    (NEW.kind = 'set' OR NEW.how = 'desk') AND EXISTS (
                        SELECT 1 FROM editions_editionact
                        WHERE edition_id = NEW.edition_id AND actor_id IN {hands_of("NEW.actor_id")}
                          AND (kind = 'prepared' OR how = 'desk')
                    )
                """,  # noqa: S608 - words of this house
            ),
            refuses(
                "edition_act_moves_its_edition",
                "a ledger row without its edition",
                """
                    NEW.kind IN ('set', 'cancelled') AND NOT EXISTS (
                        SELECT 1 FROM editions_registeredition WHERE id = NEW.edition_id AND state = NEW.kind
                    )
                """,
                at_commit=True,
            ),
        ]

    def __str__(self):
        return f"{self.edition}: {self.get_kind_display()}"
