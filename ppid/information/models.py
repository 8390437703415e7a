"""What: public information with its documents, and what is excluded from it with the reasons.

Its triggers keep what never changes; what changes only while a case stands at a step, ``ppid.flows.guards`` does.
"""

import hashlib
import secrets
from typing import Any

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import F, Q

from ppid.chain.triggers import chained, chained_later
from ppid.information import classification, cleaned, findings, passed_on  # noqa: F401 - their models are of this app
from ppid.information.descriptions import changes_with_its_ledger, written
from ppid.information.made_when import days_meant
from ppid.organisation.models import Unit, User
from ppid.organisation.unit_history import belongs_to_an_open_unit, passes_with_its_ledger
from ppid.shelf.models import Available, Category
from ppid.triggers import acts_with_own_password, never_emptied, refuses

# What of an item never changes, and what happens to a document once.
_ORIGIN = ("number", "created_by", "created_at")
_REMOVAL = ("removed_by", "removed_at")


class NumberSeries(models.Model):
    """The last number given out in a series; see ``ppid.information.numbering``."""

    series = models.CharField(max_length=20, primary_key=True)
    last = models.PositiveIntegerField()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="series_is_kept", operation=pgtrigger.Delete),
            never_emptied(),
            pgtrigger.Protect(
                name="no_number_is_given_twice",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.series <> OLD.series OR NEW.last <> OLD.last + 1"),
            ),
        ]

    def __str__(self):
        return f"{self.series}{self.last:04}"


# What the desk's search reads, stemmed; indexes of the same expressions carry it.
_ITEM_WORDS = SearchVector("title", "summary", "responsible", config="indonesian")
_DOCUMENT_WORDS = SearchVector("title", config="indonesian")


class InformationQuerySet(models.QuerySet):
    def holding(self, question: SearchQuery):
        """Keep the items that hold what is asked in their title, summary or whose they are (Indonesian stemming)."""
        return self.alias(searched=_ITEM_WORDS).filter(searched=question)

    def matching(self, words):
        """Keep the items whose number or title has each of the words in it."""
        for word in words.split()[:8]:
            self = self.filter(Q(title__icontains=word) | Q(number__icontains=word))
        return self


class Information(Available, models.Model):
    """An item of information with the columns of the DIP (Perki 1/2021). Its number is its public address.

    ``made_when`` is kept as it was written; ``made_from`` and ``made_to`` are the days that it names, where it does.
    """

    number = models.CharField("nomor", max_length=20, unique=True, editable=False)
    title = models.CharField("judul", max_length=500)
    summary = models.TextField("ringkasan isi", max_length=4000, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="information", verbose_name="unit yang menguasai")
    responsible = models.CharField("penanggung jawab pembuatan atau penerbitan", max_length=200, blank=True)
    made_place = models.CharField("tempat pembuatan", max_length=120, blank=True)
    made_when = models.CharField("waktu pembuatan", max_length=120, blank=True)
    made_from = models.DateField("dibuat mulai", null=True, editable=False)
    made_to = models.DateField("dibuat sampai", null=True, editable=False)
    has_softcopy = models.BooleanField("softcopy", default=True)
    has_hardcopy = models.BooleanField("hardcopy", default=False)
    on_request = models.BooleanField("atas permintaan", default=False)
    retention = models.CharField("jangka waktu penyimpanan atau retensi arsip", max_length=120, blank=True)
    rhythm = models.PositiveSmallIntegerField(
        "diperbarui setiap", choices=[(n, f"{n} bulan") for n in range(6, 0, -1)], default=6
    )
    category = models.CharField("jenis informasi", max_length=10, choices=Category, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="dibuat oleh")
    created_at = models.DateTimeField("dibuat pada")

    objects = InformationQuerySet.as_manager()

    class Meta:
        verbose_name = "informasi"
        ordering = ["-created_at", "-pk"]
        indexes = [GinIndex(_ITEM_WORDS, name="information_words", fastupdate=False)]
        constraints = [
            models.CheckConstraint(
                name="information_category_is_known",
                condition=Q(category__in=["", "periodic", "immediate", "on_demand"]),
            ),
            models.CheckConstraint(
                name="information_is_renewed_within_six_months",
                condition=Q(rhythm__range=(1, 6)),
                violation_error_message="Informasi berkala diperbarui paling lambat setiap 6 bulan.",
                violation_error_code="rhythm",
            ),
            models.CheckConstraint(
                name="made_from_comes_before_made_to",
                condition=Q(made_from__isnull=True, made_to__isnull=True)
                | ~Q(made_when="") & Q(made_from__isnull=False, made_to__isnull=False, made_from__lte=F("made_to")),
            ),
        ]
        triggers = [
            acts_with_own_password("created_by_id"),
            pgtrigger.ReadOnly(name="information_keeps_its_number", fields=list(_ORIGIN)),
            chained(only=_ORIGIN),
            passes_with_its_ledger("information_itempassedon", "information_id"),
            belongs_to_an_open_unit("information_information"),
            pgtrigger.Protect(name="information_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="made_dates_come_with_their_words",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.made_when = NEW.made_when AND (OLD.made_from IS DISTINCT FROM NEW.made_from"
                    " OR OLD.made_to IS DISTINCT FROM NEW.made_to)"
                ),
            ),
            never_emptied(),
        ]

    def __str__(self):
        return self.title

    @property
    def unit_name(self) -> str:
        return self.unit.name

    # The fields that the DIP asks for; they may stay empty while the item is prepared, not when it is approved.
    DIP_FIELDS = ("summary", "responsible", "made_place", "made_when", "retention")

    # What people read about the item, its class aside: the class is the decision of step 4.
    DESCRIPTION_FIELDS = ("title", *DIP_FIELDS, "has_softcopy", "has_hardcopy", "on_request", "rhythm")

    def tell(self, **fields: Any) -> list[str]:
        """Set the fields, with the days that «waktu pembuatan» names; return which fields are to be saved."""
        if (written := fields.get("made_when")) is not None:
            days = days_meant(written)
            fields |= {"made_from": days and days.first, "made_to": days and days.last}
        for name, value in fields.items():
            setattr(self, name, value)
        return list(fields)

    @property
    def description(self) -> dict[str, str]:
        """What the description says now, as texts by field."""
        return written(self, self.DESCRIPTION_FIELDS)

    @property
    def description_mark(self) -> str:
        """A short mark of what the description says now, to notice that someone else changed it."""
        return hashlib.sha256(repr(self.description).encode()).hexdigest()[:16]

    @property
    def missing_dip_fields(self) -> list[str]:
        """Return the printed names of the DIP columns that are still empty."""
        missing = [str(self._meta.get_field(name).verbose_name) for name in self.DIP_FIELDS if not getattr(self, name)]
        if not self.form_text:
            missing.append("bentuk informasi yang tersedia")
        return missing


pgtrigger.register(changes_with_its_ledger(Information.DESCRIPTION_FIELDS))(Information)


def new_address_key() -> str:
    """Return a key for a document's public address: random, so that it counts nothing and comes only once."""
    return secrets.token_hex(6)


class DocumentQuerySet(models.QuerySet):
    def holding(self, question: SearchQuery):
        """Keep the documents that hold what is asked in their title (Indonesian stemming)."""
        return self.alias(searched=_DOCUMENT_WORDS).filter(searched=question)

    def current(self):
        """Keep the documents that nothing replaced and nobody removed."""
        return self.filter(replaced_by__isnull=True, removed_at__isnull=True)

    def content(self):
        return self.filter(purpose=Document.Purpose.CONTENT)

    def in_case(self, case):
        """Keep the documents that belong in ``case``: its item's own, and of an exclusion's papers those of this one.

        Fetch the case with ``CaseQuerySet.visible_to``: whoever may see it may see these, and no others.
        """
        return self.of_item(case.information_id, case.exclusion_id)

    def of_item(self, item: int, exclusion: int | None):
        """Keep the item's own documents, and the papers of this exclusion of it."""
        return self.filter(Q(exclusion__isnull=True) | Q(exclusion=exclusion), information=item)


class Document(models.Model):
    """A file of an item. What is published are its current documents of purpose *content*; *evidence* stays inside,
    and so does a *paper*, which the portal wrote itself.

    A row never changes but for being replaced or removed; the old bytes stay in the private store. ``address_key`` is
    its part of the public address: a successor inherits it, nothing else ever gets it. ``exclusion`` is the exclusion
    whose paper it is: the item's publications never show it.
    """

    class Purpose(models.TextChoices):
        CONTENT = "content", "Dokumen informasi"
        EVIDENCE = "evidence", "Bukti langkah"
        PAPER = "paper", "Surat yang ditulis portal"

    information = models.ForeignKey(Information, models.PROTECT, related_name="documents")
    purpose = models.CharField("kegunaan", max_length=10, choices=Purpose)
    exclusion = models.ForeignKey(
        "Exclusion", models.PROTECT, null=True, editable=False, related_name="papers", verbose_name="pengecualian"
    )
    title = models.CharField("judul", max_length=500)
    filename = models.CharField("nama berkas", max_length=200)
    media_type = models.CharField("jenis berkas", max_length=120)
    size = models.PositiveBigIntegerField("ukuran", help_text="bytes")
    sha256 = models.CharField(max_length=64, db_index=True)
    address_key = models.CharField(max_length=12, db_index=True, default=new_address_key, editable=False)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="menggantikan"
    )
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="diunggah oleh")
    uploaded_at = models.DateTimeField("diunggah pada")
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="dikeluarkan oleh")
    removed_at = models.DateTimeField("dikeluarkan pada", null=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "dokumen"
        ordering = ["pk"]
        indexes = [GinIndex(_DOCUMENT_WORDS, name="document_words", fastupdate=False)]
        constraints = [
            models.CheckConstraint(name="document_sha256_is_hex", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(name="document_is_not_empty", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="document_purpose_is_known", condition=Q(purpose__in=["content", "evidence", "paper"])
            ),
            models.CheckConstraint(
                name="papers_of_an_exclusion_are_evidence",
                condition=Q(exclusion__isnull=True) | ~Q(purpose="content"),
            ),
            models.CheckConstraint(
                name="document_is_removed_by_somebody",
                condition=Q(removed_by__isnull=True, removed_at__isnull=True)
                | Q(removed_by__isnull=False, removed_at__isnull=False),
            ),
        ]
        triggers = [
            acts_with_own_password("uploaded_by_id"),
            pgtrigger.Protect(name="document_is_kept", operation=pgtrigger.Delete),
            never_emptied(),
            chained(leaving=_REMOVAL),
            chained_later("removed", *_REMOVAL, mark="removed_at"),
            pgtrigger.ReadOnly(name="document_stays", exclude=list(_REMOVAL)),
            refuses(
                "address_means_one_document",
                "an address means one document and its successors",
                """
                    NEW.replaces_id IS NULL AND EXISTS (
                        SELECT 1 FROM information_document WHERE address_key = NEW.address_key
                    ) OR NEW.replaces_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM information_document
                        WHERE id = NEW.replaces_id AND address_key = NEW.address_key
                    )
                """,
            ),
            refuses(
                "document_is_removed_once",
                "a document that was removed or replaced stays so",
                """
                    OLD.removed_at IS NOT NULL
                       OR EXISTS (SELECT 1 FROM information_document WHERE replaces_id = OLD.id)
                """,
                on=pgtrigger.Update,
                condition=pgtrigger.AnyChange("removed_by", "removed_at"),
            ),
            refuses(
                "document_replaces_a_current_one",
                "a document replaces a current one of its item",
                """
                    NEW.removed_at IS NOT NULL OR NEW.replaces_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM information_document
                        WHERE id = NEW.replaces_id AND information_id = NEW.information_id
                          AND purpose = NEW.purpose AND removed_at IS NULL
                    )
                """,
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def kind(self):
        """The short name of the file's type: «PDF»."""
        return self.filename.rpartition(".")[2].upper()

    @property
    def is_current(self):
        return self.removed_at is None and not hasattr(self, "replaced_by")


class ExclusionQuerySet(models.QuerySet):
    def in_force(self, *, on):
        """Keep the exclusions adopted, not past their term, not opened and not continued by another on the day ``on``.

        What a term's end opened counts from its day on, also before the daily job has written it down.
        """
        return self.standing().filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=on), Q(opened_on__isnull=True) | Q(opened_on__gt=on)
        )

    def standing(self):
        """Keep the exclusions adopted and not continued by another."""
        return self.filter(adopted_at__isnull=False, continued_by__isnull=True)

    def lapsed(self, *, on):
        """Keep those whose term was over before the day ``on`` and whose opening is not written down yet."""
        return self.standing().filter(ends_on__lt=on, opened_on__isnull=True)


class Exclusion(models.Model):
    """An item excluded under article 17, or on its way there; in force from ``adopted_at``.

    ``opened_on`` is the first day on which it is open again, because its term was over or it was lifted: its row of
    ``ppid.flows.afterwards.ExclusionOpening`` says why. ``continued_by`` is the one that extended it by a new test.
    """

    information = models.ForeignKey(Information, models.PROTECT, related_name="exclusions")
    ends_on = models.DateField("berakhir pada", null=True, blank=True)
    adopted_at = models.DateTimeField("ditetapkan pada", null=True)
    opened_on = models.DateField("terbuka sejak", null=True)
    continued_by = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="continues", verbose_name="diperpanjang oleh"
    )

    objects = ExclusionQuerySet.as_manager()

    class Meta:
        verbose_name = "pengecualian"
        indexes = [
            models.Index(
                fields=["ends_on", "id"],
                name="exclusion_ends",
                condition=Q(adopted_at__isnull=False, opened_on__isnull=True, continued_by__isnull=True),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["information"],
                condition=Q(adopted_at__isnull=False, opened_on__isnull=True, continued_by__isnull=True),
                name="one_exclusion_of_an_item_in_force",
            ),
            models.CheckConstraint(
                name="exclusion_is_opened_or_continued_once_adopted",
                condition=Q(opened_on__isnull=True, continued_by__isnull=True)
                | Q(adopted_at__isnull=False) & (Q(opened_on__isnull=True) | Q(continued_by__isnull=True)),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="exclusion_is_kept", operation=pgtrigger.Delete),
            never_emptied(),
            pgtrigger.ReadOnly(name="exclusion_keeps_its_item", fields=["information"]),
            chained(only=["information"]),
            chained_later("adopted", "ends_on", "adopted_at", mark="adopted_at"),
            chained_later("opened", "opened_on", mark="opened_on"),
            chained_later("continued", "continued_by", mark="continued_by_id"),
            pgtrigger.Protect(
                name="exclusion_begins_unadopted",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition(
                    "COALESCE(NEW.adopted_at::text, NEW.ends_on::text, NEW.opened_on::text, NEW.continued_by_id::text) "
                    "IS NOT NULL"
                ),
            ),
        ]

    def __str__(self):
        return f"Pengecualian {self.information.number}"
