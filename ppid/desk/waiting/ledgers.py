"""What waits for those who know of everything, when the ledgers were read and something in them is not as it was."""

from django.db.models import Q
from django.urls import reverse

from ppid.desk.status import Status
from ppid.desk.waiting.kind import Kind, Task
from ppid.flows.knowing import knows_all
from ppid.proof.models import Examination
from ppid.web.moments import in_words


class LedgerFault(Kind):
    """What the last reading of the ledgers found. One row at most, until a reading finds nothing."""

    key, group, icon = "ledger", "register", "exclamation-triangle"

    def rows(self, reader):
        if not knows_all(reader.offices):
            return Examination.objects.none()
        last = Examination.objects.ended().order_by("-ended_at", "-pk").values("pk")[:1]
        return Examination.objects.filter(pk__in=last, faults__gt=0)

    def late(self, reader):
        return Q(pk__isnull=False)

    def tasks(self, rows, reader):
        for reading in rows:
            yield Task(
                is_secret=False,  # how many there are, and not a word of them
                of="Buku besar",
                title=f"{reading.faults} temuan pada pemeriksaan buku besar",
                url=reverse("desk:ledger"),
                wants="Jangan ubah apa pun. Baca temuannya, lalu minta petugas TI menyimpan cadangan hari ini.",
                status=Status("late", "exclamation-triangle", "Riwayat tidak lagi utuh"),
                came_from=f"Diperiksa {in_words(reading.ended_at)}",
                due=reading.ended_at,
                is_urgent=True,
            )
