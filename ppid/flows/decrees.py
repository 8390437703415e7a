"""The decree decides on one test as it was filled in: what its dates must keep to, and how it is voided.

A decree that decided on another test than the one that stands counts no more; who recorded it, when, and what it said
stays in ``VoidedDecree``.
"""

from datetime import date, datetime

from django.utils.formats import date_format

from ppid.information.classification import ClassificationDecree, ConsequenceTest, VoidedDecree
from ppid.information.models import Exclusion
from ppid.organisation.models import User


def void(exclusion: Exclusion, *, actor: User, at: datetime, because: str) -> VoidedDecree | None:
    """Void the exclusion's decree, if there is one; return what stays of it."""
    decree = ClassificationDecree.objects.filter(exclusion=exclusion).select_related("recorded_by").first()
    if decree is None:
        return None
    voided = VoidedDecree.objects.create(
        exclusion=exclusion,
        words=decree.words,
        test_digest=decree.test_digest,
        recorded_by=decree.recorded_by,
        recorded_name=decree.recorded_by.name,
        recorded_at=decree.recorded_at,
        voided_by=actor,
        voided_name=actor.name,
        voided_at=at,
        because=because,
    )
    decree.delete()
    return voided


def wrong_dates(decree: ClassificationDecree, test: ConsequenceTest, *, on: date) -> list[tuple[str, str]]:
    """Return what its dates break, each as the field and the sentence, were it recorded on the day ``on``."""
    if test.tested_on is None or decree.approved_on is None:  # taken over from a DIK that says neither
        return []
    tested = f"Pengujian konsekuensi dilakukan {date_format(test.tested_on)}"
    rules = [
        (decree.date < test.tested_on, "date", f"{tested}: surat penetapan tidak boleh bertanggal sebelum itu."),
        (decree.date > on, "date", "Tanggal surat penetapan tidak boleh sesudah hari ini."),
        (decree.approved_on < test.tested_on, "approved_on", f"{tested}: pimpinan menyetujui hasil uji sesudahnya."),
        (
            decree.approved_on > decree.date,
            "date",
            "Tanggal penetapan tidak boleh sebelum persetujuan pimpinan.",
        ),
    ]
    return [(field, sentence) for broken, field, sentence in rules if broken]
