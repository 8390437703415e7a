"""The list of duties as it was changed, what units state instead of a document, and which item fills which duty.

Each row is handed in by one person and decided by another, and stays: it is the history of what the matrix shows.
"""

from typing import Any, Self

import pgtrigger
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import JSONObject

from ppid.information.models import Information
from ppid.organisation.proposed import Endable, Proposed, decided_once, ended_by_somebody, stands
from ppid.shelf.obligations import CITY, DutyWord, DutyWords, ShownDuty
from ppid.shelf.periods import in_words
from ppid.triggers import local_day, refuses

_CELL = ("duty_code", "unit_code", "period")
_LIVE = Q(decision__in=["", "approved"], ended_at=None)  # waits or stands
_SAME_CELL = " AND ".join(f"each.{name} = NEW.{name}" for name in _CELL)


class HandedInQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        return self.filter(decision="")

    def standing(self) -> Self:
        """Keep what was approved and was not ended since."""
        return self.filter(decision="approved", ended_at=None)

    def live(self) -> Self:
        """Keep what waits and what stands."""
        return self.filter(_LIVE)

    def live_first(self) -> Self:
        """Put what waits or stands before what is over, each the newest first."""
        return self.order_by(models.Case(models.When(_LIVE, then=0), default=1), "-pk")

    def of(self, duty: str, unit: str, period: str) -> Self:
        """Keep what is said of one cell of the matrix."""
        return self.filter(duty_code=duty, unit_code=unit, period=period)


class DutyTextQuerySet(models.QuerySet["DutyText"]):
    def waiting(self) -> Self:
        return self.filter(decision="")

    def editions(self) -> Self:
        """Keep what was approved, of each duty the newest first."""
        return self.filter(decision="approved").order_by("code", "-number")


class DutyText(Proposed, DutyWords):
    """A duty as somebody handed it in: a new one, or other words of one that is there. ``number`` is its edition.

    ``law_checked`` says that the writer compared the article with the law's own text; who approves says so, too. Only
    then does the public read it.
    """

    code = models.SlugField("kode", max_length=50)
    law_checked = models.BooleanField("pasal dicocokkan dengan naskah resminya", default=False)

    objects = DutyTextQuerySet.as_manager()

    class Meta:
        verbose_name = "naskah kewajiban"
        ordering = ["code", "-pk"]
        constraints = [
            *decided_once("duty_text"),
            models.UniqueConstraint(fields=["code"], condition=Q(decision=""), name="one_text_of_a_duty_waits"),
            models.UniqueConstraint(fields=["code", "number"], name="duty_edition_number_once"),
            models.CheckConstraint(name="duty_has_code_and_name", condition=~Q(code="") & ~Q(name="")),
            models.CheckConstraint(
                name="duty_is_of_a_class", condition=Q(category__in=["periodic", "immediate", "on_demand"])
            ),
            models.CheckConstraint(
                name="an_article_that_was_checked_is_named", condition=Q(law_checked=False) | ~Q(law="")
            ),
            models.CheckConstraint(
                name="a_duty_that_ends_says_why",
                condition=Q(ended_on=None, ended_because="") | Q(ended_on__isnull=False) & ~Q(ended_because=""),
            ),
            models.CheckConstraint(
                name="duty_is_due_within_two_years",
                condition=Q(due_months__range=(1, 24)) & (Q(max_months=None) | Q(max_months__range=(1, 60))),
            ),
        ]
        triggers = stands("obligations_dutytext", series="each.code = NEW.code")

    @property
    def words(self) -> dict[str, Any]:
        """What the duty says, as the shelf keeps it."""
        return {field.name: getattr(self, field.name) for field in DutyWords._meta.fields if field.name != "code"}


class OfCell(Endable):
    """Part of what is said of one cell of the matrix: a duty, at a unit (or ``CITY``), for a period ("" for none)."""

    duty_code = models.SlugField("kewajiban", max_length=50)
    unit_code = models.SlugField("unit")
    period = models.CharField("periode", max_length=6, blank=True)

    class Meta:
        abstract = True

    @property
    def stands(self) -> bool:
        """Whether it was approved and not ended since."""
        return self.decision == self.Decision.APPROVED and self.ended_at is None

    @property
    def in_period(self) -> str:
        return f", {in_words(self.period)}" if self.period else ""


class Statement(OfCell):
    """That a unit has nothing to publish («nihil»), or that a duty isn't the unit's («tidak wajib»), and why.

    ``because`` is public, as are its day and ``held_by``, who has the information instead. ``until`` is the last day of
    a «nihil» that is said of no period. ``number`` counts those of a cell.
    """

    class Kind(models.TextChoices):
        NIL = DutyWord.Kind.NIL.value, DutyWord.Kind.NIL.label
        NOT_REQUIRED = DutyWord.Kind.NOT_REQUIRED.value, DutyWord.Kind.NOT_REQUIRED.label

    kind = models.CharField("jawaban", max_length=12, choices=Kind)
    because = models.CharField("alasan", max_length=1000)
    held_by = models.CharField("dipegang oleh", max_length=200, blank=True)
    until = models.DateField("berlaku sampai", null=True)

    objects = HandedInQuerySet.as_manager()

    class Meta:
        verbose_name = "pernyataan"
        ordering = ["-pk"]
        constraints = [
            *decided_once("statement"),
            *ended_by_somebody("statement"),
            models.CheckConstraint(
                name="statement_says_why", condition=~Q(because="") & Q(kind__in=["nil", "not_required"])
            ),
            models.CheckConstraint(
                name="only_nil_has_a_last_day_and_says_nothing_of_others",
                condition=Q(kind="nil", held_by="") | Q(kind="not_required", until=None),
            ),
            models.UniqueConstraint(fields=_CELL, condition=Q(decision=""), name="one_statement_of_a_cell_waits"),
            models.UniqueConstraint(
                fields=_CELL, condition=Q(decision="approved", ended_at=None), name="one_statement_of_a_cell_stands"
            ),
        ]
        triggers = [
            *stands("obligations_statement", series=_SAME_CELL, ends=True),
            refuses(
                "statement_is_of_a_duty",
                "what is stated is stated of a duty, and «nihil» of one that allows it",
                """
                    NOT EXISTS (
                        SELECT 1 FROM shelf_shownduty duty
                        WHERE duty.code = NEW.duty_code AND (NEW.kind <> 'nil' OR duty.nil_possible)
                    )
                """,
                on=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.ended_at IS NULL AND NEW.decision IN ('', 'approved')"),
            ),
            refuses(
                "statement_ends_after_it_was_made",
                "a statement doesn't end before its day",
                f"NEW.until < {local_day('NEW.written_at')}",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.duty_code}, {self.unit_code}{self.in_period}"


class Fulfilment(OfCell):
    """That an item of information is what a duty asks of a unit for a period; ``parts`` are the keys of
    those it holds, none: all.

    Handed in before the item's approval, it is approved together with it (``ppid.flows.fulfilling``). It fills nothing
    before the item is public. ``wanted_by`` is the day by which the item shall be public. ``number`` counts those of a
    cell.
    """

    information = models.ForeignKey(Information, models.PROTECT, related_name="fulfilments", verbose_name="informasi")
    parts = ArrayField(models.PositiveSmallIntegerField(), verbose_name="bagian", default=list, blank=True)
    wanted_by = models.DateField("diminta selesai", null=True)

    objects = HandedInQuerySet.as_manager()

    class Meta:
        verbose_name = "pemenuhan kewajiban"
        ordering = ["-pk"]
        indexes = [models.Index(fields=_CELL, condition=_LIVE, name="fulfilment_cell")]
        constraints = [
            *decided_once("fulfilment"),
            *ended_by_somebody("fulfilment"),
            models.UniqueConstraint(
                fields=["information", *_CELL],
                condition=_LIVE,
                name="an_item_fills_a_cell_once",
            ),
        ]
        triggers = [
            *stands("obligations_fulfilment", series=_SAME_CELL, ends=True),
            refuses(
                "fulfilment_is_of_a_duty_and_its_own_unit",
                "an item fills duties of its own unit, or of the city",
                f"""
                    NOT EXISTS (SELECT 1 FROM shelf_shownduty duty WHERE duty.code = NEW.duty_code)
                    OR NEW.unit_code <> '{CITY}' AND NOT EXISTS (
                        SELECT 1 FROM information_information item
                        JOIN organisation_unit unit ON unit.id = item.unit_id
                        WHERE item.id = NEW.information_id AND unit.code = NEW.unit_code
                    )
                """,  # noqa: S608 - words of this house
            ),
            refuses(
                "fulfilment_holds_parts_of_its_duty",
                "an item holds parts that the duty has",
                """
                    NOT NEW.parts <@ COALESCE(
                        (SELECT part_keys FROM shelf_shownduty duty WHERE duty.code = NEW.duty_code), '{}'
                    )
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.information.number}: {self.duty_code}, {self.unit_code}{self.in_period}"


def fulfilled(item: str) -> ArraySubquery:
    """Return what the item of ``item``, a column of the outer query, fills or is to fill, each as plain data.

    ``key``, ``duty``, ``name``, ``unit``, ``period``, ``waits`` (bool), ``by`` (a person's key), ``wanted_by`` (ISO day
    or None).
    """
    named = ShownDuty.objects.filter(code=models.OuterRef("duty_code")).values("name")
    told = JSONObject(
        key="pk",
        duty="duty_code",
        name=models.Subquery(named),
        unit="unit_code",
        period="period",
        waits=Q(decision=""),
        by="written_by",
        wanted_by="wanted_by",
    )
    rows = Fulfilment.objects.live().filter(information=models.OuterRef(item)).order_by("duty_code", "unit_code")
    return ArraySubquery(rows.values(told=told))


class Gap(models.Model):
    """How many duties of a unit are open («belum ada», «usang»), as of a day and an edition of the shelf.

    Counted again by the worker (``ppid.obligations.gaps``), because the matrix is reckoned and can't be asked in SQL.
    """

    unit_code = models.SlugField("unit", unique=True)
    missing = models.PositiveSmallIntegerField("belum ada")
    old = models.PositiveSmallIntegerField("usang")
    late = models.PositiveSmallIntegerField("disiapkan melewati harinya", default=0)
    counted_on = models.DateField("dihitung pada")
    edition = models.BigIntegerField("edisi portal")

    class Meta:
        verbose_name = "kekurangan"
        constraints = [
            models.CheckConstraint(name="a_gap_is_open", condition=Q(missing__gt=0) | Q(old__gt=0) | Q(late__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.unit_code}: {self.missing} belum ada, {self.old} usang"

    @property
    def total(self) -> int:
        return self.missing + self.old
