"""The shelf («etalase publik»): only what is public now. The portal reads these tables and no others.

Rows are copies in plain words, without keys into the desk's tables, so that the shelf can live on another machine.
They are written by ``ppid.shelf.actions`` alone.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import connections, models
from django.db.models import Case, ExpressionWrapper, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse
from django.utils import timezone

from ppid.shelf import units  # noqa: F401 - its model is of this app
from ppid.shelf.bundles import Bundle as Bundle
from ppid.shelf.bundles import BundlePart as BundlePart
from ppid.shelf.downloads import MonthlyDownloads as MonthlyDownloads
from ppid.shelf.edition import ShelfEdition as ShelfEdition
from ppid.shelf.held import HeldFile as HeldFile
from ppid.shelf.held import is_held
from ppid.shelf.item_counts import ItemCount as ItemCount
from ppid.shelf.item_counts import counts_its_items
from ppid.shelf.known_bytes import KnownBytes as KnownBytes
from ppid.shelf.known_bytes import ShortAddress as ShortAddress
from ppid.shelf.ledger_marks import LedgerMark as LedgerMark
from ppid.shelf.obligations import DutyFill as DutyFill
from ppid.shelf.obligations import DutyScore as DutyScore
from ppid.shelf.obligations import DutyWord as DutyWord
from ppid.shelf.obligations import ShownDuty as ShownDuty
from ppid.shelf.publication_counts import LeadTimeCount as LeadTimeCount
from ppid.shelf.publication_counts import MonthCount as MonthCount
from ppid.shelf.publication_counts import counts_its_publications
from ppid.shelf.reading_models import BoardSheet as BoardSheet
from ppid.shelf.reading_models import PagePicture as PagePicture
from ppid.shelf.reading_models import ReadFile as ReadFile
from ppid.shelf.register_models import PublishedAnnex as PublishedAnnex
from ppid.shelf.register_models import PublishedRegister as PublishedRegister
from ppid.shelf.register_models import PublishedRegisterRow as PublishedRegisterRow
from ppid.shelf.search.models import DocumentPage as DocumentPage
from ppid.shelf.search.models import DocumentText as DocumentText
from ppid.shelf.search.models import FamilyWord as FamilyWord
from ppid.shelf.search.models import Kind, SearchEntry
from ppid.shelf.search.models import SearchWord as SearchWord
from ppid.shelf.search.models import WordFamily as WordFamily
from ppid.shelf.search.question import Question
from ppid.shelf.search.triggers import OF_DIK, OF_FILES, OF_ITEMS, OF_SOPS, OF_TOMBSTONES
from ppid.shelf.sheet_names import sheet_name
from ppid.shelf.sitemap import KEEPS_THE_MAP
from ppid.shelf.sitemap import SitemapPart as SitemapPart
from ppid.shelf.urgency import FOLLOWS_AFTER_ITS_ANNOUNCEMENT, SAYS_WHEN_ITS_ROWS_FOLLOW, AnnouncedAtOnce
from ppid.shelf.written_pages import PublishedAnnouncement as PublishedAnnouncement
from ppid.shelf.written_pages import PublishedPage as PublishedPage
from ppid.triggers import refuses


class Category(models.TextChoices):
    """The classes of public information (UU 14/2008 articles 9, 10, 11)."""

    PERIODIC = "periodic", "Berkala"
    IMMEDIATE = "immediate", "Serta merta"
    ON_DEMAND = "on_demand", "Setiap saat"


class Available:
    """Mixin of an item: in which forms it can be had."""

    has_softcopy: Any
    has_hardcopy: Any
    on_request: Any

    @property
    def form_text(self) -> str:
        """«Bentuk informasi yang tersedia», as the DIP prints it."""
        forms = [(self.has_softcopy, "Softcopy"), (self.has_hardcopy, "Hardcopy"), (self.on_request, "atas permintaan")]
        *others, last = [name for has, name in forms if has] or [""]
        text = f"{', '.join(others)} dan {last}" if others else last
        return text[:1].upper() + text[1:]


class PublishedItemQuerySet(models.QuerySet["PublishedItem"]):
    def matching(self, question: Question) -> Self:
        """Keep the items that the question finds, best first."""
        found = SearchEntry.objects.found_by(question).filter(kind=Kind.ITEM)
        rank: Any = found.ranked_by(question).filter(key=OuterRef("number"))
        kept = self.filter(number__in=found.values("key"))
        return kept.order_by(Subquery(rank.values("rank")[:1]).desc(), "-published_at", "-pk")

    def newest_first(self):
        return self.order_by("-published_at", "-pk")


class ShownItem(Available, AnnouncedAtOnce):
    """What visitors read of an item: its words, its DIP fields and its process passport.

    ``passport`` is a list of steps, offices but no persons: ``{"number", "text", "office", "standard", "used",
    "days", "standard_days", "on_time", "done_on"}``; see ``ppid.flows.passport``. ``edition`` counts how often the item
    was published. ``corrections`` says what was corrected since: ``{"on", "note", "changes"}``, the last a list of
    ``[name, former words, words]``, empty where the former words must not be read.
    """

    number = models.CharField(max_length=20)
    edition = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=500)
    summary = models.TextField()
    category = models.CharField(max_length=10, choices=Category)
    unit_code = models.SlugField(db_index=False)  # an item's own indexes begin with it
    unit_name = models.CharField(max_length=200)
    responsible = models.CharField(max_length=200)
    made_place = models.CharField(max_length=120)
    made_when = models.CharField(max_length=120)
    made_from = models.DateField(null=True)
    made_to = models.DateField(null=True)
    has_softcopy = models.BooleanField()
    has_hardcopy = models.BooleanField()
    on_request = models.BooleanField(default=False)
    retention = models.CharField(max_length=120)
    passport = models.JSONField()
    sop_slug = models.SlugField(max_length=80)
    sop_number = models.CharField(max_length=120)
    sop_version = models.PositiveSmallIntegerField(null=True)
    sop_title = models.CharField(max_length=250, blank=True)
    sop_unit = models.CharField(max_length=200, blank=True)
    corrections = models.JSONField(default=list)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.number} {self.title}"

    @classmethod
    def words(cls) -> list[str]:
        """Return the names of what an item and its edition have in common."""
        return [field.name for field in ShownItem._meta.fields]

    @property
    def edition_url(self) -> str:
        """The lasting address of this edition."""
        return reverse("portal:edition", args=[self.number, self.edition])

    @property
    def corrected(self) -> list[tuple[date, str, list[list[str]]]]:
        """The corrections, oldest first: the day, the note, and what each name said before and says since."""
        return [(date.fromisoformat(each["on"]), each["note"], each["changes"]) for each in self.corrections]


class ShownFile(models.Model):
    """A file of an item; its bytes lie in the public store under ``sha256``.

    ``key`` is its part of the address: the same for a document and its successors, and never another document's.
    """

    key = models.SlugField(max_length=12)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=500)
    filename = models.CharField(max_length=200)
    media_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self):
        return self.filename

    @classmethod
    def words(cls) -> list[str]:
        """Return the names of what a file and its copy in an edition have in common."""
        return [field.name for field in ShownFile._meta.fields]

    @property
    def kind(self) -> str:
        """The short name of the file's type: «PDF»."""
        return self.filename.rpartition(".")[2].upper()


class PublishedItem(ShownItem):
    """An item of public information that stands on the shelf now.

    Its row changes while it stands only by a confirmation or a correction, and ``written_at`` with it. ``rhythm`` is
    after how many months a «berkala» item is to be renewed, ``renew_by`` the last day for it, ``confirmed_on`` the day
    on which it was confirmed to be still right. ``lead_days`` are the working days from its opening to its publication,
    None where no sheet was followed.
    """

    number = models.CharField(max_length=20, unique=True)
    written_at = models.DateTimeField()
    rhythm = models.PositiveSmallIntegerField(null=True)
    renew_by = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)
    lead_days = models.PositiveSmallIntegerField(null=True)

    objects = PublishedItemQuerySet.as_manager()

    class Meta:
        triggers = [
            *OF_ITEMS,
            SAYS_WHEN_ITS_ROWS_FOLLOW,
            *counts_its_items(),
            *counts_its_publications(),
            KEEPS_THE_MAP,
            refuses(
                "edition_means_one_thing",
                "the number of an edition never comes twice",
                """
                    EXISTS (
                        SELECT 1 FROM shelf_publishededition WHERE number = NEW.number AND edition >= NEW.edition
                    )
                """,
                on=pgtrigger.Insert | pgtrigger.Update,
            ),
        ]
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="item_newest"),
            models.Index(fields=["category", "-published_at"], name="item_category_newest"),
            models.Index(fields=["unit_code", "-published_at"], name="item_unit_newest"),
            models.Index(fields=["unit_code", "category", "-published_at"], name="item_unit_category_newest"),
            models.Index(fields=["renew_by", "number"], name="item_renewal", condition=Q(renew_by__isnull=False)),
            models.Index(fields=["follow_by"], name="item_follows", condition=Q(follow_by__isnull=False)),
            models.Index(fields=["unit_name", "number"], name="item_by_unit_name"),
            models.Index(fields=["title", "number"], name="item_by_title"),
            models.Index(fields=["written_at", "number"], name="item_changed"),
        ]
        constraints = [
            models.CheckConstraint(
                name="item_category_is_public",
                condition=Q(category__in=["periodic", "immediate", "on_demand"]),
            ),
            models.CheckConstraint(
                name="what_is_periodic_has_a_rhythm_and_nothing_else_is_ever_late",
                condition=Q(category="periodic", rhythm__isnull=False, rhythm__range=(1, 6), renew_by__isnull=False)
                | ~Q(category="periodic") & Q(rhythm__isnull=True, renew_by__isnull=True, confirmed_on__isnull=True),
            ),
            FOLLOWS_AFTER_ITS_ANNOUNCEMENT,
        ]

    def get_absolute_url(self):
        return reverse("portal:item", args=[self.number])

    @property
    def needs_renewal(self) -> bool:
        """Whether the day by which it should have been renewed or confirmed has passed."""
        return self.renew_by is not None and self.renew_by < timezone.localdate()


class PublishedFile(ShownFile):
    """A file of a published item."""

    item = models.ForeignKey(PublishedItem, models.CASCADE, related_name="files")

    class Meta(ShownFile.Meta):
        constraints = [
            models.UniqueConstraint(fields=["item", "position"], name="file_position_once"),
            models.UniqueConstraint(fields=["item", "key"], name="file_address_once"),
        ]
        indexes = [models.Index(fields=["sha256"], name="file_bytes")]
        triggers = OF_FILES

    def get_absolute_url(self):
        return reverse("portal:file", args=[self.item.number, self.key, self.filename])

    def page_url(self, page: int) -> str:
        """Return the address of the picture of a page."""
        return reverse("portal:page_picture", args=[self.item.number, self.key, page])


class PublishedEdition(ShownItem):
    """An earlier edition of an item («edisi terdahulu»), which stays readable; it was current until ``ended_at``.

    None is left of an item that was excluded or wrongly published.
    """

    ended_at = models.DateTimeField()

    class Meta:
        ordering = ["number", "-edition"]
        constraints = [models.UniqueConstraint(fields=["number", "edition"], name="edition_once")]
        triggers = [pgtrigger.Protect(name="edition_stays_as_it_was", operation=pgtrigger.Update)]

    def get_absolute_url(self):
        return self.edition_url


class EditionFile(ShownFile):
    """A file of an earlier edition."""

    item = models.ForeignKey(PublishedEdition, models.CASCADE, related_name="files")

    class Meta(ShownFile.Meta):
        constraints = [
            models.UniqueConstraint(fields=["item", "position"], name="edition_file_position_once"),
            models.UniqueConstraint(fields=["item", "key"], name="edition_file_address_once"),
        ]
        triggers = [pgtrigger.Protect(name="file_of_an_edition_stays", operation=pgtrigger.Update)]
        indexes = [models.Index(fields=["sha256"], name="edition_file_bytes")]

    def get_absolute_url(self):
        return reverse("portal:edition_file", args=[self.item.number, self.item.edition, self.key, self.filename])

    def page_url(self, page: int) -> str:
        """Return the address of the picture of a page."""
        return reverse("portal:edition_page_picture", args=[self.item.number, self.item.edition, self.key, page])


class FormerFile(models.Model):
    """The address of a file that is no longer among those of its item: it leads to the file in an earlier edition.

    Where none is readable it answers that, and leads nowhere else.
    """

    number = models.CharField(max_length=20)
    key = models.SlugField(max_length=12)
    taken_out_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number", "key"], name="former_address_once")]

    def __str__(self):
        return f"{self.number} {self.key}"


class DikEntryQuerySet(models.QuerySet):
    def found_by(self, question: Question) -> Self:
        """Keep the entries that the question finds, in the order in which they stand."""
        return self.filter(number__in=SearchEntry.objects.found_by(question).filter(kind=Kind.DIK).values("key"))

    def in_force(self, *, on):
        """Keep the entries that exclude on the day ``on``: not opened, and their term is not over.

        After a term's last day the information is public by itself, whether that is written down here yet or not.
        """
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=on), Q(reopened_on__isnull=True) | Q(reopened_on__gt=on)
        )

    def reopened(self, *, on):
        """Keep the entries that are open again on the day ``on``, with ``open_since``, the newest first."""
        after_term = ExpressionWrapper(F("ends_on") + 1, output_field=models.DateField())
        since = self.annotate(open_since=Coalesce("reopened_on", after_term))
        return since.filter(open_since__lte=on).order_by("-open_since", "-pk")

    def leading_on(self):
        """Add ``open_part_title``: what the item is called that holds the open part, None unless it can be read now.

        Officers may name an item before it is public, so until then its number isn't told either.
        """
        item = PublishedItem.objects.filter(number=OuterRef("open_part"))
        return self.annotate(open_part_title=Subquery(item.values("title")[:1]))


class DikEntry(models.Model):
    """A row of the list of excluded information (DIK). The list is public, what it excludes never is.

    ``corrections`` says when its wording was corrected, and what it said before: ``{"on", "before"}``, the former
    words as a list, empty where they must not be read. ``continues`` is the number of the entry that it extended;
    ``open_part`` that of the item that holds what is not excluded. Once it is open again, ``reopened_on`` and
    ``reopened_because`` say so, and ``item_number`` where the information is found when it is published.
    """

    number = models.CharField(max_length=20, unique=True)
    information = models.TextField()
    unit_code = models.SlugField()
    unit_name = models.CharField(max_length=200)
    legal_basis = models.TextField()
    consequence_if_open = models.TextField()
    consequence_if_closed = models.TextField()
    scope = models.CharField(max_length=40)
    term = models.CharField(max_length=200)
    ends_on = models.DateField(null=True)
    decree_number = models.CharField(max_length=120)
    decree_date = models.DateField()
    adopted_at = models.DateTimeField()
    corrections = models.JSONField(default=list)
    continues = models.CharField(max_length=20, blank=True)
    open_part = models.CharField(max_length=20, blank=True, db_index=True)
    reopened_on = models.DateField(null=True)
    reopened_because = models.TextField(blank=True)
    item_number = models.CharField(max_length=20, blank=True)

    objects = DikEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-adopted_at", "-pk"]
        triggers = OF_DIK
        indexes = [
            models.Index(fields=["-adopted_at", "-id"], name="dik_newest"),
            models.Index(fields=["unit_name", "number"], name="dik_by_unit_name"),
            models.Index(fields=["ends_on", "number"], name="dik_by_end"),
            models.Index(fields=["decree_date", "number"], name="dik_by_decree"),
        ]
        constraints = [
            models.CheckConstraint(
                name="reopened_for_a_reason",
                condition=Q(reopened_on__isnull=True, reopened_because="", item_number="")
                | Q(reopened_on__isnull=False) & ~Q(reopened_because="") & ~Q(item_number=""),
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def open_part_to_read(self) -> str:
        """The number of the item that holds what is not excluded, "" unless it can be read (``leading_on``)."""
        return self.open_part if getattr(self, "open_part_title", None) is not None else ""

    @property
    def corrected(self) -> list[tuple[date, list[str]]]:
        """The days on which its wording was corrected, each with the former words."""
        return [(date.fromisoformat(each["on"]), each["before"]) for each in self.corrections]


@dataclass(frozen=True, slots=True)
class Shelves:
    """What the library can be narrowed to: units (code, name, what people say), themes, the first year of a sheet."""

    units: list[tuple[str, str, list[str]]]
    themes: list[str]
    oldest: int | None


class PublishedSopQuerySet(models.QuerySet["PublishedSop"]):
    def in_force(self):
        return self.filter(status=PublishedSop.Status.IN_FORCE)

    def matching(self, question: Question) -> Self:
        """Keep the sheets whose title, number or steps the question finds, best first."""
        found = SearchEntry.objects.found_by(question).filter(kind=Kind.SOP)
        version = Cast("version", models.TextField())
        keyed = self.annotate(found_as=Concat("slug", Value(":"), version, output_field=models.TextField()))
        rank: Any = found.ranked_by(question).filter(key=OuterRef("found_as"))
        return keyed.filter(found_as__in=found.values("key")).order_by(
            Subquery(rank.values("rank")[:1]).desc(), "name", "pk"
        )

    def by_title(self):
        """Put them in the order of their titles, whatever the case."""
        return self.order_by("name", "pk")

    def current_first(self):
        """Put the version in force first, and where none is, the newest that was."""
        return self.order_by(Case(When(status="in_force", then=0), default=1), "-version")

    def for_list(self):
        """Leave out what no list prints and what is long."""
        return self.defer("sheet", "steps", "related")

    def for_data(self):
        """As a list, and with whether the kept PDF is held."""
        return self.for_list().annotate(pdf_is_held=is_held("pdf_sha256"))

    def shelves(self) -> Shelves:
        """Return the units and themes that have sheets, and the first year, in one query.

        It hops through the indexes from unit to unit and from theme to theme: DISTINCT would read every sheet.
        """
        with connections[self.db].cursor() as cursor:
            cursor.execute(
                """
                WITH RECURSIVE unit AS (
                    (SELECT unit_code, unit_name FROM shelf_publishedsop ORDER BY unit_code LIMIT 1)
                    UNION ALL
                    SELECT following.* FROM unit CROSS JOIN LATERAL (
                        SELECT unit_code, unit_name FROM shelf_publishedsop
                        WHERE unit_code > unit.unit_code ORDER BY unit_code LIMIT 1
                    ) following
                ), theme AS (
                    (SELECT theme FROM shelf_publishedsop ORDER BY theme LIMIT 1)
                    UNION ALL
                    SELECT following.* FROM theme CROSS JOIN LATERAL (
                        SELECT theme FROM shelf_publishedsop WHERE theme > theme.theme ORDER BY theme LIMIT 1
                    ) following
                )
                SELECT 'unit', unit_code, COALESCE(called.name, unit_name), ARRAY(
                    SELECT word FROM shelf_shelfunit named, unnest(named.everyday_names || named.short_name) word
                    WHERE unit_code IN (named.code, named.successor_code)
                )
                FROM unit LEFT JOIN shelf_shelfunit called ON called.code = unit_code
                UNION ALL SELECT 'theme', theme, theme, NULL FROM theme WHERE theme <> ''
                UNION ALL
                SELECT 'oldest', to_char(min(in_force_from), 'YYYY'), '', NULL FROM shelf_publishedsop
                """
            )
            rows = cursor.fetchall()
        return Shelves(
            units=[(code, name, said) for kind, code, name, said in rows if kind == "unit"],
            themes=sorted((theme for kind, theme, *_ in rows if kind == "theme"), key=str.casefold),
            oldest=next((int(year) for kind, year, *_ in rows if kind == "oldest" and year), None),
        )

    def meant_by(self, related: Iterable[str], *, unit_code: str) -> dict[str, "PublishedSop"]:
        """Return, for each text of a sheet's «Keterkaitan» that names a sheet in force here, that sheet.

        A name that several units use means the one of ``unit_code``; without one there, it means none: no guessing.
        """
        names = {text: sheet_name(text) for text in related}
        found = defaultdict(list)
        for sop in (
            self.in_force().filter(name__in=set(names.values()) - {""}).only("slug", "title", "name", "unit_code")
        ):
            found[sop.name].append(sop)
        meant = {}
        for text, name in names.items():
            own = [sop for sop in found[name] if sop.unit_code == unit_code]
            candidates = own or found[name]
            if len(candidates) == 1:
                meant[text] = candidates[0]
        return meant


class PublishedSop(models.Model):
    """An approved version of an SOP, drawn as data for the page (``sop.drawing.drawn.draw``) and as the kept PDF.

    Every version stays, so that what is printed on a sheet always leads to exactly that version; one of them is in
    force, or none. ``flow`` says which of the portal's flows follows it: "publication", "exclusion" or "", and
    ``is_master`` that units without a sheet of their own follow it too. ``steps`` are the texts of the steps, one a
    line, for the search; ``name`` is what other sheets call it (``sheet_name``).
    """

    class Status(models.TextChoices):
        IN_FORCE = "in_force", "Berlaku"
        SUPERSEDED = "superseded", "Digantikan"
        RETIRED = "retired", "Dicabut"

    slug = models.SlugField(max_length=80)
    version = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.IN_FORCE)
    flow = models.CharField(max_length=20, blank=True)
    is_master = models.BooleanField(default=False)
    title = models.CharField(max_length=250)
    name = models.CharField(max_length=250)
    theme = models.CharField(max_length=80, blank=True)
    unit_code = models.SlugField()
    unit_name = models.CharField(max_length=200)
    number = models.CharField(max_length=120)
    effective = models.CharField(max_length=40)
    in_force_from = models.DateField()
    ended_on = models.DateField(null=True)
    ended_because = models.TextField(blank=True)
    related = ArrayField(models.TextField(), default=list)
    steps = models.TextField(blank=True)
    sheet = models.JSONField()
    pdf_sha256 = models.CharField(max_length=64)
    pdf_size = models.PositiveBigIntegerField(help_text="bytes")
    approved_at = models.DateTimeField()

    objects = PublishedSopQuerySet.as_manager()

    class Meta:
        ordering = ["title", "-version"]
        triggers = OF_SOPS
        indexes = [
            models.Index(fields=["status", "name", "id"], name="sop_by_name"),
            models.Index(fields=["unit_code", "status", "name", "id"], name="sop_by_unit"),
            models.Index(fields=["theme", "status", "name", "id"], name="sop_by_theme"),
            models.Index(fields=["in_force_from"], name="sop_in_force_from"),
            models.Index(fields=["unit_name", "name", "id"], name="sop_by_unit_name"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="shown_version_once"),
            models.UniqueConstraint(fields=["slug"], condition=Q(status="in_force"), name="one_shown_version_in_force"),
            models.CheckConstraint(
                name="shown_version_ends_with_its_status",
                condition=Q(status="in_force", ended_on__isnull=True)
                | Q(status__in=["superseded", "retired"], ended_on__isnull=False),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Return the address of the SOP, which shows the version in force."""
        return reverse("portal:sop", args=[self.slug])

    @property
    def version_url(self) -> str:
        """The address of exactly this version."""
        return reverse("portal:sop_version", args=[self.slug, self.version])

    @property
    def is_in_force(self) -> bool:
        return self.status == self.Status.IN_FORCE


class PublishedSopFile(models.Model):
    """A version in another form than its kept PDF, or as it was signed; its bytes lie in the public store."""

    class Kind(models.TextChoices):
        SIGNED = "signed", "Lembar bertanda tangan"
        F4 = "f4", "PDF ukuran F4"
        ARCHIVE = "archive", "PDF arsip (PDF/A-3) dengan data lembar"
        DOCX = "docx", "Dokumen Word"
        XLSX = "xlsx", "Lembar kerja Excel"
        JSON = "json", "Data lembar (JSON)"

    sop = models.ForeignKey(PublishedSop, models.CASCADE, related_name="files")
    kind = models.CharField(max_length=10, choices=Kind)
    filename = models.CharField(max_length=40)
    media_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["sop", "kind"], name="sop_file_kind_once"),
            models.UniqueConstraint(fields=["sop", "filename"], name="sop_file_name_once"),
        ]

    def __str__(self):
        return self.filename

    def get_absolute_url(self):
        return reverse("portal:sop_file", args=[self.sop.slug, self.sop.version, self.filename])

    @property
    def extension(self) -> str:
        """The short name of the file's type: «DOCX»."""
        return self.filename.rpartition(".")[2].upper()


class ReopenedEntry(DikEntry):
    """An entry of the DIK that is open again («dibuka kembali»), as its public list shows it: read by ``reopened``."""

    class Meta:
        proxy = True
        ordering = ["-reopened_on", "-pk"]

    @property
    def since(self) -> date:
        """The first day on which it is open again."""
        return self.reopened_on or (self.ends_on or date.max - timedelta(days=1)) + timedelta(days=1)

    @property
    def because(self) -> str:
        """Why it is open again, also while the end of its term is not written down yet."""
        return self.reopened_because or "ketentuan PP 61/2010, karena jangka waktunya berakhir"


class Tombstone(models.Model):
    """What once was public under ``number`` and no longer is, with the reason («nisan»).

    ``title`` is the item's own where it was withdrawn; where it was excluded, only what the DIK calls it. ``ends_on``
    is the last day of the exclusion's term, None for one without end. ``why`` says why it was withdrawn, ``successor``
    the number of the item that replaced it. ``edition`` is the last one, so that no edition's address comes twice.
    ``dik`` is the number of the entry of the DIK that excludes it; ``reopened_on`` the first day on which it is open
    again, with ``reopened_because``.
    """

    class Kind(models.TextChoices):
        EXCLUDED = "excluded", "Dikecualikan"
        WITHDRAWN = "withdrawn", "Dicabut"

    class Why(models.TextChoices):
        WRONGLY_PUBLISHED = "wrongly_published", "Salah terbit"
        REPLACED = "replaced", "Digantikan informasi lain"
        WITHDRAWN = "withdrawn", "Ditarik"

    number = models.CharField(max_length=20, unique=True)
    title = models.TextField()
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.TextField()
    taken_off_at = models.DateTimeField()
    ends_on = models.DateField(null=True)
    why = models.CharField(max_length=20, choices=Why, blank=True)
    successor = models.CharField(max_length=20, blank=True, db_index=True)
    dik = models.CharField(max_length=20, blank=True)
    edition = models.PositiveSmallIntegerField(default=1)
    reopened_on = models.DateField(null=True)
    reopened_because = models.TextField(blank=True)

    class Meta:
        ordering = ["-taken_off_at"]
        triggers = OF_TOMBSTONES
        indexes = [models.Index(fields=["taken_off_at", "number"], name="tombstone_since")]
        constraints = [
            models.CheckConstraint(
                name="tombstone_of_what_was_withdrawn_says_why",
                condition=Q(kind="excluded", why="")
                | Q(kind="withdrawn", why__in=["wrongly_published", "replaced", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="tombstone_names_what_replaced_it",
                condition=Q(why="replaced") & ~Q(successor="") & ~Q(successor=F("number"))
                | ~Q(why="replaced") & Q(successor=""),
            ),
            models.CheckConstraint(
                name="only_the_tombstone_of_what_is_excluded_names_a_dik_entry",
                condition=Q(kind="excluded") | Q(dik=""),
            ),
        ]

    def __str__(self):
        return self.number

    def is_excluded(self, *, on: date) -> bool:
        """Say whether the item is excluded on the day ``on``: once opened, or after its term, nothing is."""
        since = self.open_since
        return self.kind == self.Kind.EXCLUDED and (since is None or since > on)

    @property
    def open_since(self) -> date | None:
        """The first day on which what was excluded is open again; None while no such day is known."""
        return self.reopened_on or (self.ends_on and self.ends_on + timedelta(days=1))
