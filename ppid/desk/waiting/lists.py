"""What waits of lists taken over: those to approve, and those that were sent back."""

from django.db.models import Prefetch, Q

from ppid.desk.status import Status
from ppid.desk.waiting.kind import Kind, Task
from ppid.takeover.models import Register, State, Takeover, TakeoverMove
from ppid.takeover.permissions import UTAMA, uploads_of, worked_on_by


class ListToApprove(Kind):
    """A list that was proposed to PPID Utama; never to one who worked on it."""

    key, group, icon = "takeover", "register", "inbox-arrow-down"

    def rows(self, reader):
        if not reader.holds(UTAMA):
            return Takeover.objects.none()
        own = worked_on_by(reader.user).values("pk")
        return Takeover.objects.filter(state=State.PROPOSED).exclude(pk__in=own).order_by("proposed_at", "pk")

    def tasks(self, rows, reader):
        for each in rows.select_related("table"):
            yield Task(
                is_secret=each.kind == Register.DIK,
                of=f"Pindahan {each.register}, SK nomor {each.sk_number}",
                title=each.table.filename,
                url=each.get_absolute_url(),
                wants="Periksa barisnya dan SK-nya, lalu setujui sebagai satu kesatuan atau kembalikan.",
                came_from=f"Diajukan dari {each.uploaded_name}",
                status=Status("soon", "clock", "Menunggu persetujuan"),
                since=each.proposed_at,
            )


class ListSentBack(Kind):
    """A list that PPID Utama sent back to whoever had uploaded it."""

    key, group, icon = "takeover-back", "register", "arrow-uturn-left"

    def rows(self, reader):
        mine = uploads_of(reader.user, reader.offices, on=reader.today)
        return mine.filter(state=State.DRAFT, moves__gt=0).order_by("pk")

    def sent_back(self, reader):
        return Q(pk__isnull=False)

    def tasks(self, rows, reader):
        ledger = Prefetch("ledger", TakeoverMove.objects.order_by("takeover_id", "-sequence").distinct("takeover_id"))
        for each in rows.select_related("table").prefetch_related(ledger):
            last = next(iter(each.ledger.all()), None)
            yield Task(
                is_secret=each.kind == Register.DIK,
                of=f"Pindahan {each.register} yang dikembalikan",
                title=each.table.filename,
                url=each.get_absolute_url(),
                wants=last.note if last else "",
                came_from=f"Dikembalikan {last.actor_name}" if last else "",
                status=Status("late", "arrow-uturn-left", "Dikembalikan"),
                since=last.at if last else each.uploaded_at,
            )
