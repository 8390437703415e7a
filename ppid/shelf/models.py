"""The shelf («etalase publik»): only what is public now. The portal reads these tables and no others.

Rows are copies in plain words, without keys into the desk's tables, so that the shelf can live on another machine.
They are written by ``ppid.shelf.actions`` alone.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse


class Category(models.TextChoices):
    """The classes of public information (UU 14/2008 articles 9, 10, 11)."""

    PERIODIC = "periodic", "Berkala"
    IMMEDIATE = "immediate", "Serta merta"
    ON_DEMAND = "on_demand", "Setiap saat"


class PublishedItemQuerySet(models.QuerySet):
    def matching(self, words: str):
        """Keep the items that hold all the words, best first (Indonesian stemming)."""
        query = SearchQuery(words, search_type="websearch", config="indonesian")
        return self.filter(search=query).order_by(SearchRank(F("search"), query).desc(), "-published_at", "-pk")

    def newest_first(self):
        return self.order_by("-published_at", "-pk")

    def one_of_each_unit(self):
        """Return one item of each unit, with ``oldest``, the first moment anything was published.

        It hops through the index from unit to unit: DISTINCT would read every item.
        """
        return self.raw(
            """
            WITH RECURSIVE one AS (
                (SELECT id, unit_code, unit_name FROM shelf_publisheditem ORDER BY unit_code, published_at DESC LIMIT 1)
                UNION ALL
                SELECT following.* FROM one CROSS JOIN LATERAL (
                    SELECT id, unit_code, unit_name FROM shelf_publisheditem
                    WHERE unit_code > one.unit_code ORDER BY unit_code, published_at DESC LIMIT 1
                ) following
            )
            SELECT one.*, (SELECT min(published_at) FROM shelf_publisheditem) AS oldest FROM one
            """
        )


class PublishedItem(models.Model):
    """An item of public information as visitors see it, with its DIP fields and its process passport.

    ``passport`` is a list of steps, offices but no persons: ``{"number", "text", "office", "standard", "used",
    "days", "standard_days", "on_time", "done_on"}``; see ``ppid.flows.passport``.
    """

    number = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=250)
    summary = models.TextField()
    category = models.CharField(max_length=10, choices=Category)
    unit_code = models.SlugField()
    unit_name = models.CharField(max_length=200)
    responsible = models.CharField(max_length=200)
    made_place = models.CharField(max_length=120)
    made_on = models.DateField()
    has_softcopy = models.BooleanField()
    has_hardcopy = models.BooleanField()
    retention = models.CharField(max_length=120)
    published_at = models.DateTimeField()
    passport = models.JSONField()
    sop_slug = models.SlugField(max_length=80)
    sop_number = models.CharField(max_length=120)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="indonesian")
        + SearchVector("summary", weight="B", config="indonesian")
        + SearchVector("unit_name", "responsible", weight="D", config="indonesian"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PublishedItemQuerySet.as_manager()

    class Meta:
        indexes = [
            # Written seldom and read often: no list of pending entries to be searched beside the index.
            GinIndex(fields=["search"], name="item_search", fastupdate=False),
            models.Index(fields=["-published_at", "-id"], name="item_newest"),
            models.Index(fields=["category", "-published_at"], name="item_category_newest"),
            models.Index(fields=["unit_code", "-published_at"], name="item_unit_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                name="item_category_is_public",
                condition=Q(category__in=["periodic", "immediate", "on_demand"]),
            )
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    def get_absolute_url(self):
        return reverse("portal:item", args=[self.number])

    @property
    def form_text(self):
        """«Bentuk informasi yang tersedia», as the DIP prints it."""
        forms = [name for has, name in [(self.has_softcopy, "Softcopy"), (self.has_hardcopy, "Hardcopy")] if has]
        return " dan ".join(forms)


class PublishedFile(models.Model):
    """A file of a published item; its bytes lie in the public store under ``sha256``."""

    item = models.ForeignKey(PublishedItem, models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=250)
    filename = models.CharField(max_length=200)
    media_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["item", "position"], name="file_position_once")]

    def __str__(self):
        return self.filename

    def get_absolute_url(self):
        return reverse("portal:file", args=[self.item.number, self.position, self.filename])

    @property
    def kind(self):
        """The short name of the file's type: «PDF»."""
        return self.filename.rpartition(".")[2].upper()


class DikEntryQuerySet(models.QuerySet):
    def in_force(self, *, on):
        """Keep the entries whose term has not passed on the day ``on``; then the information is public by itself."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))


class DikEntry(models.Model):
    """A row of the list of excluded information (DIK). The list is public, what it excludes never is."""

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

    objects = DikEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-adopted_at", "-pk"]

    def __str__(self):
        return self.number


class PublishedSop(models.Model):
    """A version of an SOP in force, drawn as data for the page (``sop.drawing.draw``) and as the kept PDF.

    ``flow`` says which of the portal's flows follows it: "publication", "exclusion" or "".
    """

    slug = models.SlugField(max_length=80, unique=True)
    flow = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=250)
    unit_code = models.SlugField()
    unit_name = models.CharField(max_length=200)
    number = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField()
    effective = models.CharField(max_length=40)
    sheet = models.JSONField()
    pdf_sha256 = models.CharField(max_length=64)
    pdf_size = models.PositiveBigIntegerField(help_text="bytes")
    approved_at = models.DateTimeField()

    class Meta:
        ordering = ["title"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("portal:sop", args=[self.slug])


class Tombstone(models.Model):
    """What once was public under ``number`` and no longer is, with the reason («nisan»). It keeps no title."""

    class Kind(models.TextChoices):
        EXCLUDED = "excluded", "Dikecualikan"
        WITHDRAWN = "withdrawn", "Ditarik"

    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.TextField()
    taken_off_at = models.DateTimeField()

    class Meta:
        ordering = ["-taken_off_at"]

    def __str__(self):
        return self.number
