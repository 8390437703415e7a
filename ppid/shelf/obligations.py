"""What the city and its units must publish, and what answers it: the copies by which the public's matrix is computed.

A cell is never written: it is reckoned from these rows and from what stands on the shelf (``ppid.shelf.matrix``). The
rows are written by ``ppid.shelf.obligation_actions`` alone.
"""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import JSONObject
from django.urls import reverse

from ppid.shelf.periods import HALF_YEARLY, YEARLY, Calendar
from ppid.shelf.rubric import RUBRICS, Score
from ppid.triggers import kept, never_emptied, refuses

# The column of the city as a whole, among the codes of units; no unit has it (``organisation.Unit``).
CITY = "kota"
CITY_NAME = "Pemerintah Kota"
MOST_FILLS = 50  # items that fill one cell: what is more is told by one item that lists them


class Rhythm(models.TextChoices):
    """How often a duty comes due. Only the first two have periods; what the others say is told «now»."""

    YEARLY = YEARLY, "setiap tahun"
    HALF_YEARLY = HALF_YEARLY, "setiap semester"
    ON_CHANGE = "on_change", "setiap berubah"
    PER_EVENT = "per_event", "setiap kejadian"
    PER_PACKAGE = "per_package", "setiap paket pengadaan"
    AT_ONCE = "at_once", "tanpa penundaan"
    ALWAYS = "always", "selalu tersedia"


class Scope(models.TextChoices):
    CITY = "city", "kota saja"
    ALL = "all", "kota dan setiap unit"
    SOME = "some", "unit tertentu"


class Itself(models.TextChoices):
    """By which rule the shelf itself fills a duty, without anybody saying so."""

    DIP = "dip", "edisi DIP yang memuat unit itu"
    DIK = "dik", "edisi DIK yang memuat unit itu"
    PERIODIC = "periodic", "semua kewajiban berkala unit itu terpenuhi"
    SOP = "sop", "SOP yang berlaku untuk mengumumkan dan mengecualikan"


class Confidence(models.TextChoices):
    """How sure it is that the law lists the duty so."""

    NAMED = "2021-langsung", "pasalnya disebut dalam naskah tentang Perki 1/2021"
    DERIVED = "2021-turunan", "dari aturan atau kuesioner yang menyalin Perki 1/2021"
    FORMER = "2010-salinan", "dari salinan Perki 1/2010"
    SITES = "situs-ppid", "hanya terlihat pada situs PPID"
    COMMON = "umum", "pengetahuan umum, belum terlihat pada sumber"


class DutyWords(models.Model):
    """What a duty says, at the desk and on the shelf alike.

    ``unit_codes`` are the units that it concerns where its scope is some of them. ``looks_back`` and ``due_months`` say
    when a period's information is due (``ppid.shelf.periods``); ``max_months`` is the longest age of what has no
    period, six by article 9 of UU 14/2008 for «berkala».
    """

    code = models.SlugField("kode", max_length=50, unique=True)
    position = models.PositiveSmallIntegerField("urutan")
    category = models.CharField("jenis informasi", max_length=10)
    group = models.CharField("kelompok", max_length=60, blank=True)
    name = models.CharField("nama", max_length=300)
    scope = models.CharField("untuk siapa", max_length=4, choices=Scope)
    unit_codes = ArrayField(models.SlugField(), verbose_name="unit", default=list, blank=True)
    rhythm = models.CharField("irama", max_length=11, choices=Rhythm)
    looks_back = models.BooleanField("tentang tahun yang sudah lewat", default=False)
    due_months = models.PositiveSmallIntegerField("jatuh tempo (bulan)", default=3)
    max_months = models.PositiveSmallIntegerField("umur terlama (bulan)", null=True, blank=True)
    parts = ArrayField(models.CharField(max_length=200), verbose_name="bagian", default=list, blank=True)
    nil_possible = models.BooleanField("boleh nihil", default=False)
    law = models.CharField("dasar hukum", max_length=500, blank=True)
    seen_in = models.CharField("terlihat di", max_length=300, blank=True)
    confidence = models.CharField("tingkat keyakinan", max_length=14, choices=Confidence)
    note = models.CharField("keterangan", max_length=1000, blank=True)
    itself = models.CharField("terisi sendiri oleh", max_length=8, choices=Itself, blank=True)
    ended_on = models.DateField("tidak berlaku lagi sejak", null=True, blank=True)
    ended_because = models.CharField("alasan", max_length=500, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def calendar(self) -> Calendar:
        return Calendar(self.rhythm, self.looks_back, self.due_months)

    def stands(self, *, on: date) -> bool:
        """Whether the duty holds on this day."""
        return self.ended_on is None or on < self.ended_on

    def concerns(self, code: str, now: Any = None) -> bool:
        """Whether the duty concerns this unit; ``now`` leads the code of a closed unit to its successor's."""
        if self.scope == Scope.SOME:
            return code in {now(each) if now else each for each in self.unit_codes}
        return code == CITY or self.scope == Scope.ALL


class ShownDutyQuerySet(models.QuerySet["ShownDuty"]):
    def standing(self, *, on: date) -> Self:
        """Keep the duties that hold on this day, in the order of the list."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on)).order_by("position", "code")


class ShownDuty(DutyWords):
    """A duty as the public reads it. ``law`` is there once an officer has confirmed it against the law's own text.

    ``part_keys`` are by what the parts are known, place by place: each has its own for ever, whatever it says and
    wherever it stands. What fills a part names its key.
    """

    law_confirmed_on = models.DateField(null=True)
    part_keys = ArrayField(models.PositiveSmallIntegerField(), default=list)

    objects = ShownDutyQuerySet.as_manager()

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(
                name="an_article_is_shown_once_confirmed",
                condition=Q(law="", law_confirmed_on__isnull=True) | ~Q(law="") & Q(law_confirmed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="shown_duty_is_of_a_class", condition=Q(category__in=["periodic", "immediate", "on_demand"])
            ),
            models.CheckConstraint(name="each_part_has_a_key", condition=Q(part_keys__len=models.F("parts__len"))),
        ]
        triggers = [
            # What was published for it, stated of it and scored by it names it for ever: it is ended, never deleted.
            pgtrigger.Protect(name="duty_is_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="duty_keeps_its_code", fields=["code"]),
            refuses(
                "a_part_keeps_its_key",
                "the key of a part is given once, and stays",
                """
                    (SELECT count(DISTINCT key) FROM unnest(NEW.part_keys) key) <> cardinality(NEW.part_keys)
                    OR TG_OP = 'UPDATE' AND NOT OLD.part_keys <@ NEW.part_keys
                """,
                on=pgtrigger.Insert | pgtrigger.Update,
            ),
            never_emptied(),
        ]

    def get_absolute_url(self) -> str:
        return reverse("portal:duty", args=[self.code])

    @cached_property
    def url(self) -> str:
        """Its address, for the many cells that name it."""
        return self.get_absolute_url()


def keys_of_parts(parts: Sequence[str], before: Sequence[str], keys: Sequence[int]) -> list[int] | None:
    """Return a key for each part, where those of ``before`` have ``keys``; None where it can't be told which is which.

    Words that stay keep their key wherever they stand. Words that were mended keep that of their place, as long as no
    other part left its own; what comes to them is new. A part never goes.
    """
    known = dict(zip(before, keys, strict=True))
    mended = {place for place, words in enumerate(before) if words not in parts}
    moved = any(words in known and before.index(words) != place for place, words in enumerate(parts))
    if len(set(parts)) < len(parts) or mended and (moved or max(mended) >= len(parts)):
        return None
    fresh = max(keys, default=-1) + 1
    found = []
    for place, words in enumerate(parts):
        if words in known or place in mended:
            found.append(known[words] if words in known else keys[place])
        else:
            found.append(fresh)
            fresh += 1
    return found


class DutyFillQuerySet(models.QuerySet["DutyFill"]):
    def with_items(self, items: models.QuerySet[Any]) -> Self:
        """Read along, as ``item``, what ``items``, the shelf, holds of each now; None where it doesn't stand there."""
        words = JSONObject(title="title", published_at="published_at", confirmed_on="confirmed_on", renew_by="renew_by")
        found = items.filter(number=models.OuterRef("number")).order_by().values(item=words)
        return self.annotate(item=models.Subquery(found, output_field=models.JSONField()))


class DutyFill(models.Model):
    """That an item of information fills a duty of a unit for a period; ``parts`` are the keys of those it holds, none
    is the whole.

    It says nothing by itself: a cell counts it only while the item stands on the shelf.
    """

    duty_code = models.SlugField(max_length=50)
    unit_code = models.SlugField()
    period = models.CharField(max_length=6, blank=True)
    number = models.CharField(max_length=20)
    parts = ArrayField(models.PositiveSmallIntegerField(), default=list)

    objects = DutyFillQuerySet.as_manager()

    class Meta:
        ordering = ["duty_code", "unit_code", "-period", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["duty_code", "unit_code", "period", "number"], name="a_cell_has_an_item_once"
            ),
        ]
        indexes = [
            models.Index(fields=["unit_code", "duty_code"], name="fill_by_unit"),
            models.Index(fields=["number"], name="fill_by_item"),
        ]
        triggers = [
            refuses(
                "a_cell_has_no_more_items",
                "so many items fill this duty already",
                f"""
                    (SELECT count(*) FROM shelf_dutyfill WHERE duty_code = NEW.duty_code
                     AND unit_code = NEW.unit_code AND period = NEW.period) >= {MOST_FILLS}
                """,  # noqa: S608 - words of this module
            ),
            pgtrigger.Protect(name="a_fill_comes_and_goes", operation=pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"{self.duty_code} {self.unit_code} {self.period}: {self.number}"


class DutyWord(models.Model):
    """What is said of a cell besides its items: that there is nothing to publish, that it isn't due, that it is coming.

    ``since`` is the day of the approval, or on which the work began; ``until`` the last day of a statement, or the day
    by which the work is due. Of running work nothing else is known here: no number, no title.
    """

    class Kind(models.TextChoices):
        NIL = "nil", "Nihil"
        NOT_REQUIRED = "not_required", "Tidak wajib"
        WORKED_ON = "worked_on", "Dikerjakan"

    duty_code = models.SlugField(max_length=50)
    unit_code = models.SlugField()
    period = models.CharField(max_length=6, blank=True)
    kind = models.CharField(max_length=12, choices=Kind)
    since = models.DateField()
    until = models.DateField(null=True)
    reason = models.CharField(max_length=1000, blank=True)
    held_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["duty_code", "unit_code", "-period", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["duty_code", "unit_code", "period", "kind"], name="said_once_of_a_cell"),
            models.CheckConstraint(
                name="a_statement_has_its_reason_and_work_has_none",
                condition=Q(kind__in=["nil", "not_required"]) & ~Q(reason="")
                | Q(kind="worked_on", reason="", held_by=""),
            ),
        ]
        indexes = [models.Index(fields=["unit_code"], name="duty_word_by_unit")]

    def __str__(self) -> str:
        return f"{self.duty_code} {self.unit_code} {self.period}: {self.get_kind_display()}"


class DutyScore(models.Model):
    """The score of a quarter's first day, frozen: of one unit, or of all together (``unit_code`` "").

    ``cells`` are the states as they were: duty, period, state, and its day. ``rubric`` is the version by which
    ``points`` were counted ``out_of`` that many cells.
    """

    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    unit_code = models.SlugField(blank=True)
    unit_name = models.CharField(max_length=200)
    taken_on = models.DateField()
    rubric = models.PositiveSmallIntegerField()
    points = models.DecimalField(max_digits=7, decimal_places=2)
    out_of = models.PositiveIntegerField()
    counts = models.JSONField()
    cells = models.JSONField()

    class Meta:
        ordering = ["year", "quarter", "unit_name"]
        constraints = [
            models.UniqueConstraint(fields=["year", "quarter", "unit_code"], name="a_quarter_is_scored_once"),
            models.CheckConstraint(
                name="a_score_is_of_its_quarter",
                condition=Q(quarter__range=(1, 4), taken_on__year=models.F("year")),
            ),
            models.CheckConstraint(name="a_score_is_out_of_what_counts", condition=Q(points__lte=models.F("out_of"))),
        ]
        triggers = [kept(), never_emptied()]

    def __str__(self) -> str:
        return f"{self.quarter_name}, {self.unit_name}"

    @property
    def quarter_name(self) -> str:
        return f"triwulan {self.quarter} {self.year}"

    @property
    def score(self) -> Score:
        return Score(self.points, self.out_of, self.counts, self.rubric)

    @property
    def is_by_known_rubric(self) -> bool:
        return self.rubric in RUBRICS
