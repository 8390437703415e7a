"""What is known of a file by its bytes: not scanned yet, clean, too large for the scanner, found to hold something."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from ppid.chain.triggers import chained
from ppid.shelf.models import PublishedFile
from ppid.triggers import kept, never_emptied, refuses

MAX_REASON = 2000


class FileScan(models.Model):
    """What the scanner said of these bytes last, and with which definitions.

    ``WAITING`` came while the scanner was away and goes nowhere before it was scanned; ``UNSCANNED`` lay here before
    there was a scanner. ``CLEARED`` was found, and somebody decided that the scanner errs.
    """

    class State(models.TextChoices):
        UNSCANNED = "unscanned", "Belum pernah diperiksa pemindai virus"
        WAITING = "waiting", "Menunggu pemindai virus"
        CLEAN = "clean", "Pemindai virus tidak menemukan apa pun"
        TOO_LARGE = "too_large", "Terlalu besar untuk pemindai virus, jadi tidak diperiksa"
        FOUND = "found", "Ditahan: pemindai virus menemukan sesuatu"
        CLEARED = "cleared", "Temuan pemindai virus dinyatakan keliru"

    sha256 = models.CharField(max_length=64, unique=True)
    state = models.CharField("keadaan", max_length=10, choices=State)
    signature = models.CharField("yang ditemukan", max_length=200, blank=True)
    definitions = models.CharField("definisi", max_length=200, blank=True)
    since = models.DateTimeField("sejak")
    scanned_at = models.DateTimeField("diperiksa pada", null=True)

    class Meta:
        verbose_name = "pemeriksaan virus"
        indexes = [models.Index(fields=["state", "scanned_at"], name="scans_by_state")]
        constraints = [
            models.CheckConstraint(name="scan_sha256_is_hex", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(
                name="scan_state_is_known",
                condition=Q(state__in=["unscanned", "waiting", "clean", "too_large", "found", "cleared"]),
            ),
            models.CheckConstraint(
                name="what_was_found_has_a_name",
                condition=Q(state__in=["found", "cleared"]) & ~Q(signature="")
                | ~Q(state__in=["found", "cleared"]) & Q(signature=""),
            ),
            models.CheckConstraint(
                name="scanned_files_were_scanned_at_a_time",
                condition=Q(state__in=["unscanned", "waiting"], scanned_at__isnull=True)
                | ~Q(state__in=["unscanned", "waiting"]) & Q(scanned_at__isnull=False),
            ),
        ]
        triggers = [
            never_emptied(),
            refuses(
                "only_a_decision_clears",
                "what the scanner found is cleared by a decision with its reason, and by nothing else",
                "NEW.state = 'cleared' AND NOT EXISTS (SELECT 1 FROM scanning_falsealarm"
                " WHERE sha256 = NEW.sha256 AND signature = NEW.signature)",
                on=pgtrigger.Insert | pgtrigger.Update,
            ),
        ]

    def __str__(self):
        return f"{self.sha256[:12]}: {self.words}"

    @property
    def words(self) -> str:
        """What is known, as it is shown beside the file; "" where there is nothing to say."""
        if self.state in (self.State.CLEAN, self.State.UNSCANNED):
            return ""
        return f"{self.get_state_display()} («{self.signature}»)" if self.signature else self.get_state_display()

    @property
    def is_held(self) -> bool:
        return self.state == self.State.FOUND


class FalseAlarm(models.Model):
    """That somebody decided that what the scanner found in these bytes is nothing, and why."""

    sha256 = models.CharField(max_length=64)
    signature = models.CharField("yang ditemukan", max_length=200)
    reason = models.TextField("alasan", max_length=MAX_REASON)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="oleh")
    actor_name = models.CharField(max_length=200)
    acting_as = models.CharField(max_length=200)
    at = models.DateTimeField("pada")

    class Meta:
        verbose_name = "temuan yang dinyatakan keliru"
        constraints = [
            models.UniqueConstraint(fields=["sha256", "signature"], name="false_alarm_once"),
            models.CheckConstraint(name="false_alarm_has_its_reason", condition=~Q(reason="")),
        ]
        triggers = [kept(), never_emptied(), chained()]

    def __str__(self):
        return f"{self.sha256[:12]}: {self.signature}"


# Nested, so that nothing is asked where this table is not: the portal alone has the shelf and no more.
pgtrigger.register(
    pgtrigger.Trigger(
        name="what_is_held_or_waits_stays_off_the_shelf",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func="""
            IF to_regclass('scanning_filescan') IS NOT NULL THEN
                IF EXISTS (
                    SELECT 1 FROM scanning_filescan WHERE sha256 = NEW.sha256 AND state IN ('waiting', 'found')
                ) THEN
                    RAISE EXCEPTION 'what the scanner found something in, or has not seen yet, is not published';
                END IF;
            END IF;
            RETURN NEW;
        """,
    )
)(PublishedFile)
