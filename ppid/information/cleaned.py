"""Cleaning what an upload says of its author and place, before anything is bound to its bytes."""

import io
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.postgres.fields import ArrayField
from django.db import models

from ppid.chain.triggers import chained
from ppid.information.media_types import MediaType, UploadRefused, recognise
from ppid.triggers import kept, never_emptied, refuses
from ppid.web.reading import Unreadable, clean_file

_TAKEN = {"author": "nama penulis", "location": "tempat pengambilan gambar"}


class DocumentCleaning(models.Model):
    """What was taken out of a document's properties as it came, with its uploader's consent, or why nothing was.

    ``original_sha256`` is that of the bytes as they were sent, which are not kept.
    """

    document = models.OneToOneField("information.Document", models.PROTECT, related_name="cleaning")
    original_sha256 = models.CharField(max_length=64)
    taken = ArrayField(models.CharField(max_length=12), verbose_name="dikeluarkan")
    kept_because = models.CharField("tetap apa adanya karena", max_length=300, blank=True)

    class Meta:
        verbose_name = "pembersihan dokumen"
        constraints = [
            models.CheckConstraint(
                name="cleaning_took_something_or_says_why_not",
                condition=models.Q(taken__len__gt=0, kept_because="") | models.Q(taken__len=0),
            )
        ]
        triggers = [
            kept(),
            never_emptied(),
            chained(),
            refuses(
                "what_was_not_cleaned_has_its_bytes",
                "a document from which nothing was taken has the bytes that were sent",
                """
                    NOT EXISTS (
                        SELECT 1 FROM information_document WHERE id = NEW.document_id
                          AND (sha256 = NEW.original_sha256) = (cardinality(NEW.taken) = 0)
                    )
                """,
            ),
        ]

    def __str__(self):
        return self.words

    @property
    def words(self) -> str:
        """What became of it, as a sentence; "" where there was nothing to clean."""
        if self.taken:
            return f"Dibersihkan saat diunggah: {' dan '.join(_TAKEN[each] for each in self.taken)}."
        return self.kept_because


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What cleaning a file gave: its new bytes, b"" when it stays as it is; what was taken; why it stays."""

    content: bytes = b""
    taken: list[str] = field(default_factory=list)
    kept_because: str = ""


def cleaned(path: Path, kind: MediaType, filename: str) -> Cleaned:
    """Clean the file. One that can't be cleaned stays as it is and says why; nothing is ever refused for that."""
    try:
        content, taken = clean_file(path, kind.name)
        if content and recognise(io.BytesIO(content), filename) is not kind:
            return Cleaned(kept_because="Berkas ini tidak dapat dibersihkan dengan utuh, jadi disimpan apa adanya.")
    except Unreadable as refusal:
        return Cleaned(kept_because=refusal.sentences[0])
    except UploadRefused:
        return Cleaned(kept_because="Berkas ini tidak dapat dibersihkan dengan utuh, jadi disimpan apa adanya.")
    return Cleaned(content, taken) if content else Cleaned()
