"""The marks of the ledgers: of each day the number and the hash of the last link, for anybody to keep.

Whoever keeps one, on paper or as a file, can show later that nothing before it was changed.
"""

from datetime import date

from django.db import models
from django.utils.formats import date_format

from ppid.triggers import kept, never_emptied, refuses


class LedgerMark(models.Model):
    """What the chain of the ledgers had come to when the day began: how many links, and the hash of the last one."""

    day = models.DateField(unique=True)
    position = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["-day"]
        constraints = [
            models.CheckConstraint(name="mark_is_a_hash", condition=models.Q(hash__regex="^[0-9a-f]{64}$")),
        ]
        triggers = [
            kept(),
            never_emptied(),
            refuses(
                "marks_go_on",
                "a mark comes after the one before, and the ledgers only grow",
                "EXISTS (SELECT 1 FROM shelf_ledgermark WHERE day >= NEW.day OR position > NEW.position)",
            ),
        ]

    def __str__(self) -> str:
        return self.in_words

    @property
    def in_words(self) -> str:
        """The mark as papers print it in their foot."""
        return f"Tanda buku besar {date_format(self.day)}, catatan {self.position}: {self.hash}"


def mark_in_words(day: date) -> str:
    """Return the newest mark published until the day, as papers print it; "" when there is none."""
    mark = LedgerMark.objects.filter(day__lte=day).first()
    return mark.in_words if mark else ""
