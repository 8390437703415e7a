"""The index of the search: what can be found, by which words, the text of documents, and words that mean the same.

All of it is said by other tables of the shelf. Whatever leaves those, or changes there, loses its entry in the database
itself (``ppid.shelf.search.triggers``); ``ppid.shelf.search.index`` writes it anew in the same transaction.
"""

from typing import Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db import models
from django.db.models import F, Q

from ppid.shelf.search.question import Question
from ppid.shelf.search.triggers import COUNTS_ITS_WORDS, FORGETS_ITS_WORDS, NEVER_LEFT_ALONE, NO_WORDS_LEFT
from ppid.triggers import refuses


class Kind(models.TextChoices):
    """What can be found."""

    ITEM = "item", "Informasi"
    PAGE = "page", "Isi dokumen"
    DIK = "dik", "Daftar Informasi Dikecualikan"
    SOP = "sop", "SOP"
    TOMBSTONE = "tombstone", "Tidak lagi tersedia"


class AsWritten(SearchQuery):
    """A tsquery as it stands, which no configuration of the database reads again."""

    template = "(%(expressions)s)::tsquery"

    def __init__(self, written: str):
        super().__init__(written, search_type="raw")


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def found_by(self, question: Question) -> Self:
        """Keep what the question finds; nothing is asked, nothing is found."""
        return self.holding(question.query) if question else self.none()

    def holding(self, query: str) -> Self:
        """Keep what this tsquery finds."""
        return self.filter(words=AsWritten(query))

    def ranked_by(self, question: Question) -> Self:
        """Add ``rank``: how well each answers the question."""
        return self.annotate(rank=SearchRank(F("words"), AsWritten(question.query)))


class SearchEntry(models.Model):
    """A thing that can be found, and by which words.

    ``key`` is its own within its kind. ``number`` is the item's, also of a page of its documents and of a tombstone;
    ``file_key``, ``filename``, ``sha256`` and ``page`` say where a page stands. ``title`` and ``text`` are what is read
    of it; the text of a page is that of its ``DocumentPage``. ``day`` is since when it says this, ``open_since`` the
    first day on which what was excluded is open. ``digest`` is of all else that it was
    written from than what triggers change.
    """

    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=120)
    number = models.CharField(max_length=20, blank=True)
    file_key = models.SlugField(max_length=12, blank=True, db_index=False)
    filename = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    page = models.PositiveIntegerField(null=True)
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)
    unit_code = models.SlugField(db_index=False)
    unit_name = models.CharField(max_length=200)
    category = models.CharField(max_length=10, blank=True)
    formats = ArrayField(models.CharField(max_length=20), default=list)
    day = models.DateField()
    open_since = models.DateField(null=True)
    is_current = models.BooleanField(default=True)
    words = SearchVectorField()
    digest = models.CharField(max_length=32)

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="found_once"),
            models.CheckConstraint(
                name="a_page_of_a_document_says_where_it_stands",
                condition=Q(kind="page", page__isnull=False) & ~Q(sha256="") & ~Q(file_key="")
                | ~Q(kind="page") & Q(page__isnull=True, sha256="", file_key=""),
            ),
        ]
        indexes = [
            # Written seldom and read often: no list of pending entries to be searched beside the index.
            GinIndex(fields=["words"], name="entry_words", fastupdate=False),
            models.Index(fields=["-day", "-id"], name="entry_newest"),
            models.Index(fields=["number", "file_key"], name="entry_of_item"),
        ]
        triggers = [
            COUNTS_ITS_WORDS,
            FORGETS_ITS_WORDS,
            NO_WORDS_LEFT,
            pgtrigger.Protect(
                name="entry_is_written_anew",
                operation=pgtrigger.UpdateOf("kind", "key", "number", "page", "title", "text", "digest"),
            ),
            refuses(
                "its_words_change_with_its_unit",
                "an entry is written anew, not changed",
                "NEW.words IS DISTINCT FROM OLD.words AND NEW.unit_code = OLD.unit_code",
                on=pgtrigger.Update,
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.key}"


class SearchWord(models.Model):
    """A word of what stands on the shelf now, and in how many entries: what spelling and suggestions know.

    Triggers of the entries count it, so a word that leaves the shelf is known no more. Pages of documents give none.
    """

    word = models.CharField(max_length=60, unique=True)
    entries = models.PositiveIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(name="known_words_stand_somewhere", condition=Q(entries__gte=1))]

    def __str__(self):
        return self.word


class DocumentText(models.Model):
    """What came of reading a public file, by its bytes; none yet, where there is no row.

    ``why`` is the sentence why it can't be read, or not all of it. What its page shows is ``ReadFile``'s: that is there
    for editions that nobody searches any more, too, and is made while scans are still being read.
    """

    class State(models.TextChoices):
        READ = "read", "Isinya dapat dicari"
        SCANNED = "scanned", "Hasil pindai, teksnya belum terbaca"
        UNREADABLE = "unreadable", "Isinya tidak dapat dibaca"

    sha256 = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=State)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="what_cannot_be_read_says_why", condition=Q(state="read") | ~Q(state="read") & ~Q(why="")
            )
        ]

    def __str__(self):
        return self.sha256


class DocumentPage(models.Model):
    """The text of a page of a public file; ``place`` is what it is called («Halaman 3», «Lembar «Data»»)."""

    sha256 = models.CharField(max_length=64)
    page = models.PositiveIntegerField()
    place = models.CharField(max_length=200)
    text = models.TextField()
    words = SearchVectorField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sha256", "page"], name="text_of_a_page_once")]

    def __str__(self):
        return f"{self.sha256} {self.page}"


class WordFamily(models.Model):
    """Words that mean the same to who searches («padanan kata»): whoever asks for one finds the others, too."""

    class Meta:
        triggers = [NEVER_LEFT_ALONE["family"]]

    def __str__(self):
        return str(self.pk)


class FamilyWord(models.Model):
    """A word of a family, or several that belong together; ``key`` are their roots.

    A word is in one family only, and there once: so no family leads to itself or into another.
    """

    family = models.ForeignKey(WordFamily, models.CASCADE, related_name="members")
    position = models.PositiveSmallIntegerField()
    word = models.CharField(max_length=80)
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["family", "position"], name="place_in_a_family_once"),
            models.CheckConstraint(name="a_family_has_words", condition=~Q(word="") & ~Q(key="")),
        ]
        triggers = [NEVER_LEFT_ALONE["word"]]

    def __str__(self):
        return self.word
