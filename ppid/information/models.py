"""What: public information with its documents, and what is excluded from it with the reasons.

Its triggers keep what never changes; what changes only while a case stands at a step, ``ppid.flows.guards`` does.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any

import pgtrigger
from dateutil.relativedelta import relativedelta
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ppid.information.descriptions import changes_with_its_ledger
from ppid.information.made_when import days_meant
from ppid.organisation.models import Unit, User
from ppid.shelf.models import Available, Category
from ppid.triggers import kept, local_day, never_emptied, refuses

# UU 14/2008 article 20: an exclusion under letter a of article 17 ends at the latest then, counted from its test.
YEARS_OF_GROUND_A = 30


def written(instance: models.Model, names: Iterable[str]) -> dict[str, str]:
    """Return what the fields say, as texts."""
    return {name: instance._meta.get_field(name).value_to_string(instance) for name in names}


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


class InformationQuerySet(models.QuerySet):
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
            pgtrigger.ReadOnly(
                name="information_keeps_its_number", fields=["number", "unit", "created_by", "created_at"]
            ),
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
    def current(self):
        """Keep the documents that nothing replaced and nobody removed."""
        return self.filter(replaced_by__isnull=True, removed_at__isnull=True)

    def content(self):
        return self.filter(purpose=Document.Purpose.CONTENT)

    def in_case(self, case):
        """Keep the documents that belong in ``case``: its item's own, and of an exclusion's papers those of this one.

        Fetch the case with ``CaseQuerySet.visible_to``: whoever may see it may see these, and no others.
        """
        mine = Q(exclusion__isnull=True) | Q(exclusion=case.exclusion_id)
        return self.filter(mine, information=case.information_id)


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
            pgtrigger.Protect(name="document_is_kept", operation=pgtrigger.Delete),
            never_emptied(),
            pgtrigger.ReadOnly(name="document_stays", exclude=["removed_by", "removed_at"]),
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


class ExclusionGround(models.TextChoices):
    """The letters of UU 14/2008 article 17."""

    A = "a", "a · menghambat proses penegakan hukum"
    B = "b", "b · hak atas kekayaan intelektual dan persaingan usaha tidak sehat"
    C = "c", "c · pertahanan dan keamanan negara"
    D = "d", "d · kekayaan alam Indonesia"
    E = "e", "e · ketahanan ekonomi nasional"
    F = "f", "f · kepentingan hubungan luar negeri"
    G = "g", "g · akta otentik yang bersifat pribadi dan wasiat"
    H = "h", "h · rahasia pribadi"
    I = "i", "i · memorandum atau surat antar- atau intra-Badan Publik"  # noqa: E741
    J = "j", "j · tidak boleh diungkapkan berdasarkan undang-undang"


class ConsequenceTest(models.Model):
    """The «lembar pengujian konsekuensi» (Perki 1/2021 article 49). Never public; the DIK shows four of its fields."""

    class Conclusion(models.TextChoices):
        WHOLE = "whole", "Dikecualikan seluruhnya"
        PART = "part", "Dikecualikan sebagian"
        OPEN = "open", "Terbuka"

    exclusion = models.OneToOneField(Exclusion, models.PROTECT, related_name="test")
    subject = models.TextField("informasi atau dokumen yang diuji", max_length=4000)
    public_description = models.TextField(
        "uraian untuk daftar (DIK)",
        max_length=1000,
        help_text="Kalimat ini dibaca publik. Sebutkan jenis informasinya tanpa membuka isinya.",
    )
    grounds = ArrayField(models.CharField(max_length=1, choices=ExclusionGround), verbose_name="pasal 17 huruf")
    other_statute = models.CharField("undang-undang lain yang mendasari", max_length=500, blank=True)
    consequence_if_open = models.TextField("konsekuensi bila dibuka", max_length=4000)
    consequence_if_closed = models.TextField("konsekuensi atau manfaat bila ditutup", max_length=4000)
    public_interest = models.TextField("pertimbangan kepentingan publik", max_length=4000)
    conclusion = models.CharField("kesimpulan", max_length=5, choices=Conclusion)
    redacted_parts = models.TextField("bagian yang dihitamkan", max_length=4000, blank=True)
    term = models.CharField("jangka waktu pengecualian", max_length=200)
    ends_on = models.DateField("pengecualian berakhir pada", null=True, blank=True)
    place = models.CharField("tempat pengujian", max_length=120)
    tested_on = models.DateField("tanggal pengujian")
    filled_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    filled_at = models.DateTimeField()
    digest = models.CharField("SHA-256 isinya", max_length=64, editable=False)

    class Meta:
        verbose_name = "lembar uji konsekuensi"
        constraints = [
            models.CheckConstraint(
                name="test_names_a_ground_unless_open",
                condition=Q(conclusion="open") | Q(grounds__len__gt=0),
                violation_error_message="Pilih sekurang-kurangnya satu huruf pasal 17.",
                violation_error_code="grounds",
            ),
            models.CheckConstraint(
                name="partial_exclusion_names_the_parts",
                condition=~Q(conclusion="part") | ~Q(redacted_parts=""),
                violation_error_message="Sebutkan bagian yang dihitamkan.",
                violation_error_code="redacted_parts",
            ),
            models.CheckConstraint(
                name="ground_j_names_the_statute",
                condition=~Q(grounds__contains=["j"]) | ~Q(other_statute=""),
                violation_error_message="Huruf j memerlukan nama undang-undang yang mendasari.",
                violation_error_code="other_statute",
            ),
            models.CheckConstraint(
                name="grounds_a_to_f_have_an_end",
                condition=Q(conclusion="open")
                | ~Q(grounds__overlap=["a", "b", "c", "d", "e", "f"])
                | Q(ends_on__isnull=False),
                violation_error_message="Pengecualian huruf a–f tidak permanen (pasal 20): isi tanggal berakhirnya.",
                violation_error_code="ends_on",
            ),
            models.CheckConstraint(
                name="exclusion_ends_after_the_test",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("tested_on")),
                violation_error_message="Tanggal berakhir harus sesudah tanggal pengujian.",
                violation_error_code="ends_on",
            ),
        ]
        triggers = [
            never_emptied(),
            pgtrigger.Trigger(
                name="test_keeps_to_the_calendar",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                    IF NEW.tested_on > {local_day("NEW.filled_at")} THEN
                        RAISE EXCEPTION 'a test that was not held yet is not written down';
                    END IF;
                    IF NEW.conclusion <> 'open' AND 'a' = ANY (NEW.grounds)
                       AND NEW.ends_on > NEW.tested_on + interval '{YEARS_OF_GROUND_A} years' THEN
                        RAISE EXCEPTION 'an exclusion under letter a lasts {YEARS_OF_GROUND_A} years at most';
                    END IF;
                    RETURN NEW;
                """,
            ),
            refuses(
                "test_is_filled_in_with_its_line",
                "a test is filled in with its line in the ledger only",
                """
                    NOT EXISTS (
                        SELECT 1 FROM information_fillingoftest
                        WHERE exclusion_id = NEW.exclusion_id AND filled_by_id = NEW.filled_by_id
                          AND filled_at = NEW.filled_at
                    )
                """,
                on=pgtrigger.Insert | pgtrigger.Update,
                at_commit=True,
            ),
        ]

    def __str__(self):
        return f"Lembar uji {self.exclusion}"

    @property
    def words(self) -> dict[str, object]:
        """What the lembar uji says, field by field, with its participants."""
        names = [field.name for field in self._meta.concrete_fields if field.name not in ("id", "exclusion", "digest")]
        return {**written(self, names), "participants": [str(each) for each in self.participants.all()]}

    def reckon_digest(self) -> str:
        """Return the SHA-256 of what it says now; ``digest`` is the one that it was saved with."""
        words = json.dumps(self.words, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(words.encode()).hexdigest()

    @property
    def legal_basis(self) -> str:
        """The legal basis as the DIK prints it."""
        letters = ", ".join(self.grounds)
        basis = f"Pasal 17 huruf {letters} UU Nomor 14 Tahun 2008"
        return f"{basis}; {self.other_statute}" if self.other_statute else basis

    def wrong_dates(self, *, on: date) -> list[tuple[str, str]]:
        """Return what its dates break, each as the field and the sentence, were it filled in on the day ``on``."""
        found = []
        if self.tested_on and self.tested_on > on:
            found.append(
                ("tested_on", "Tanggal pengujian tidak boleh sesudah hari ini: catat uji yang sudah dilakukan.")
            )
        excludes_under_a = self.conclusion != self.Conclusion.OPEN and "a" in (self.grounds or [])
        if not (excludes_under_a and self.ends_on and self.tested_on):
            return found
        if self.ends_on > self.tested_on + relativedelta(years=YEARS_OF_GROUND_A):
            found.append(("ends_on", "Pengecualian menurut huruf a paling lama 30 tahun (pasal 20)."))
        return found

    def clean(self):
        if broken := self.wrong_dates(on=timezone.localdate()):
            raise ValidationError(dict(broken))


class FillingOfTest(models.Model):
    """A line of a lembar uji: who filled it in, each time. The sheet itself says what stands there now."""

    exclusion = models.ForeignKey(Exclusion, models.PROTECT, related_name="fillings", verbose_name="pengecualian")
    filled_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="diisi oleh")
    filled_by_name = models.CharField("nama", max_length=150)
    filled_at = models.DateTimeField("diisi pada")

    class Meta:
        verbose_name = "pengisian lembar uji"
        ordering = ["exclusion", "pk"]
        triggers = [kept(), never_emptied()]

    def __str__(self):
        return f"{self.exclusion}: {self.filled_by_name}"


class Participant(models.Model):
    """A participant of the test, who signs the sheet."""

    test = models.ForeignKey(ConsequenceTest, models.CASCADE, related_name="participants")
    name = models.CharField("nama", max_length=150)
    position = models.CharField("jabatan", max_length=150)

    class Meta:
        verbose_name = "peserta pengujian"
        ordering = ["pk"]
        triggers = [never_emptied()]

    def __str__(self):
        return f"{self.name}, {self.position}"


class ClassificationDecree(models.Model):
    """The «surat penetapan klasifikasi» with the approval of the head (PP 61/2010 article 3).

    It decides on the test of that ``test_digest``; once that is filled in anew, or reopened, it is voided.
    """

    exclusion = models.OneToOneField(Exclusion, models.PROTECT, related_name="decree")
    number = models.CharField("nomor surat penetapan", max_length=120)
    place = models.CharField("tempat penetapan", max_length=120)
    date = models.DateField("tanggal penetapan")
    decided_by = models.CharField("PPID yang menetapkan", max_length=200)
    approved_by = models.CharField("pimpinan yang menyetujui", max_length=200)
    approved_on = models.DateField("tanggal persetujuan pimpinan")
    reason = models.TextField("alasan pengecualian", max_length=4000)
    test_digest = models.CharField("SHA-256 lembar uji", max_length=64, editable=False)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "surat penetapan klasifikasi"
        constraints = [
            models.CheckConstraint(
                name="decree_follows_approval",
                condition=Q(date__gte=F("approved_on")),
                violation_error_message="Tanggal penetapan tidak boleh sebelum persetujuan pimpinan.",
                violation_error_code="date",
            )
        ]
        triggers = [never_emptied()]

    def __str__(self):
        return self.number

    # What the decree says, as people recorded it.
    WORDS = ("number", "place", "date", "decided_by", "approved_by", "approved_on", "reason")

    @property
    def words(self) -> dict[str, str]:
        """What it says, as texts by field."""
        return written(self, self.WORDS)


class VoidedDecree(models.Model):
    """A row of the ledger: a decree that counts no more, because what it decided on was reopened, or it was replaced.

    ``words`` is what it said (``ClassificationDecree.words``).
    """

    exclusion = models.ForeignKey(Exclusion, models.PROTECT, related_name="voided_decrees")
    words = models.JSONField("isinya")
    test_digest = models.CharField("SHA-256 lembar uji", max_length=64)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    recorded_name = models.CharField("nama pencatat", max_length=150)
    recorded_at = models.DateTimeField("dicatat pada")
    voided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="dibatalkan oleh")
    voided_name = models.CharField("nama pembatal", max_length=150)
    voided_at = models.DateTimeField("dibatalkan pada")
    because = models.TextField("sebab")

    class Meta:
        verbose_name = "surat penetapan yang batal"
        ordering = ["exclusion", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["exclusion", "recorded_at"], name="decree_voided_once"),
            models.CheckConstraint(name="voided_after_recorded", condition=Q(voided_at__gte=F("recorded_at"))),
            models.CheckConstraint(name="voided_for_a_reason", condition=~Q(because="")),
        ]
        triggers = [
            kept(),
            never_emptied(),
            refuses(
                "what_is_voided_stood",
                "what is voided is the decree that stood",
                """
                    NOT EXISTS (
                        SELECT 1 FROM information_classificationdecree
                        WHERE exclusion_id = NEW.exclusion_id AND recorded_at = NEW.recorded_at
                          AND recorded_by_id = NEW.recorded_by_id AND test_digest = NEW.test_digest
                          AND number = NEW.words->>'number' AND date::text = NEW.words->>'date'
                    )
                """,
            ),
            refuses(
                "what_is_voided_is_gone",
                "a voided decree counts no more",
                """
                    EXISTS (
                        SELECT 1 FROM information_classificationdecree
                        WHERE exclusion_id = NEW.exclusion_id AND recorded_at = NEW.recorded_at
                    )
                """,
                at_commit=True,
            ),
        ]

    def __str__(self):
        return self.words["number"]
