"""The papers that classify what is excluded: the lembar uji with its participants, and the decree that rests on it.

When they may be written, and when a decree is voided, ``ppid.flows.guards`` and ``ppid.flows.consequence`` know.
"""

import hashlib
import json
from datetime import date

import pgtrigger
from dateutil.relativedelta import relativedelta
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ppid.chain.triggers import chained, chained_as_it_goes
from ppid.information.descriptions import written
from ppid.organisation.models import User
from ppid.organisation.unit_history import keeps_the_name_of_its_day
from ppid.triggers import acts_with_own_password, kept, local_day, never_emptied, refuses

# UU 14/2008 article 20: an exclusion under letter a of article 17 ends at the latest then, counted from its test.
YEARS_OF_GROUND_A = 30


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


# SQL for the unit whose information an exclusion closes.
_UNIT = """(
    SELECT unit_id FROM information_information item
    JOIN information_exclusion exclusion ON exclusion.information_id = item.id WHERE exclusion.id = NEW.exclusion_id
)"""


# What stands in the row of a test and is no word of it.
_NO_WORDS = frozenset({"id", "exclusion", "digest", "words_digest"})


def _sha256(words: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class ConsequenceTest(models.Model):
    """The «lembar pengujian konsekuensi» (Perki 1/2021 article 49). Never public; the DIK shows four of its fields."""

    class Conclusion(models.TextChoices):
        WHOLE = "whole", "Dikecualikan seluruhnya"
        PART = "part", "Dikecualikan sebagian"
        OPEN = "open", "Terbuka"

    exclusion = models.OneToOneField("information.Exclusion", models.PROTECT, related_name="test")
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
    # None of a test that was not held here, because its row of a signed DIK was taken over: no day is made up for it.
    tested_on = models.DateField("tanggal pengujian", null=True)
    taken_over = models.TextField("pindahan", blank=True, editable=False)
    filled_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="diisi oleh")
    filled_at = models.DateTimeField("diisi pada")
    unit_name = models.CharField("unit yang menguasai", max_length=200, editable=False)
    digest = models.CharField("SHA-256 isinya", max_length=64, editable=False)
    # Of what it says to its participants, whoever filled it in and when: what each of them confirms.
    words_digest = models.CharField("SHA-256 kata-katanya", max_length=64, editable=False)

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
                name="test_was_held_unless_taken_over",
                condition=Q(taken_over="", tested_on__isnull=False) | ~Q(taken_over="") & Q(tested_on__isnull=True),
                violation_error_message="Isi tanggal pengujian.",
                violation_error_code="tested_on",
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
            keeps_the_name_of_its_day(_UNIT, {"unit_name": "name"}, on=pgtrigger.Insert | pgtrigger.Update),
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
        names = [field.name for field in self._meta.concrete_fields if field.name not in _NO_WORDS]
        participants = [str(each) for each in self.participants.all()] if self.pk else []
        return {**written(self, names), "participants": participants}

    def reckon_digest(self) -> str:
        """Return the SHA-256 of what it says now; ``digest`` is the one that it was saved with."""
        return _sha256(self.words)

    def reckon_words_digest(self) -> str:
        """Return the SHA-256 of what its participants confirm; the same for the same words, whoever typed them when."""
        return _sha256({name: said for name, said in self.words.items() if name not in ("filled_by", "filled_at")})

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

    exclusion = models.ForeignKey(
        "information.Exclusion", models.PROTECT, related_name="fillings", verbose_name="pengecualian"
    )
    filled_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="diisi oleh")
    filled_by_name = models.CharField("nama", max_length=150)
    filled_at = models.DateTimeField("diisi pada")

    class Meta:
        verbose_name = "pengisian lembar uji"
        ordering = ["exclusion", "pk"]
        triggers = [acts_with_own_password("filled_by_id"), kept(), chained(), never_emptied()]

    def __str__(self):
        return f"{self.exclusion}: {self.filled_by_name}"


class Participant(models.Model):
    """A participant of the test, who signs the sheet on paper, or confirms it as the ``person`` of the portal.

    Name and position are those of the day on which the test was filled in.
    """

    test = models.ForeignKey(ConsequenceTest, models.CASCADE, related_name="participants")
    person = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="petugas")
    name = models.CharField("nama", max_length=150)
    position = models.CharField("jabatan", max_length=150)

    class Meta:
        verbose_name = "peserta pengujian"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["test", "person"], name="takes_part_once")]
        triggers = [never_emptied()]

    def __str__(self):
        return f"{self.name}, {self.position}"


class ClassificationDecree(models.Model):
    """The «surat penetapan klasifikasi» with the approval of the head (PP 61/2010 article 3).

    It decides on the test of that ``test_digest``; once that is filled in anew, or reopened, it is voided.
    """

    exclusion = models.OneToOneField("information.Exclusion", models.PROTECT, related_name="decree")
    number = models.CharField("nomor surat penetapan", max_length=120)
    place = models.CharField("tempat penetapan", max_length=120)
    date = models.DateField("tanggal penetapan")
    decided_by = models.CharField("PPID yang menetapkan", max_length=200)
    approved_by = models.CharField("pimpinan yang menyetujui", max_length=200)
    # None of one that a DIK taken over names: the list does not say when the head approved.
    approved_on = models.DateField("tanggal persetujuan pimpinan", null=True)
    reason = models.TextField("alasan pengecualian", max_length=4000)
    test_digest = models.CharField("SHA-256 lembar uji", max_length=64, editable=False)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    unit_name = models.CharField("unit kerja", max_length=200, editable=False)

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
        triggers = [
            never_emptied(),
            chained(),
            chained_as_it_goes(),
            keeps_the_name_of_its_day(_UNIT, {"unit_name": "name"}),
        ]

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

    exclusion = models.ForeignKey("information.Exclusion", models.PROTECT, related_name="voided_decrees")
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
            chained(),
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
