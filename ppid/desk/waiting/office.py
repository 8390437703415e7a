"""What waits for those who keep the office: appointments that end and nobody follows, seats that stand empty."""

from datetime import date, timedelta

from django.db.models import Exists, Q
from django.urls import reverse
from django.utils.formats import date_format

from ppid.desk.status import Status, day_status
from ppid.desk.waiting.kind import Kind, Task
from ppid.organisation.actions import ADMIN, CHIEF
from ppid.organisation.models import Appointment, Role
from ppid.organisation.seats import emptied, ending_unfollowed
from ppid.worktime.confirming import confirmed, year_to_confirm


class EndingAppointment(Kind):
    """An appointment that ends soon and that nobody follows."""

    key, group, icon = "appointment", "penugasan", "identification"

    def rows(self, reader):
        return ending_unfollowed(reader.today) if reader.holds(CHIEF, ADMIN) else Appointment.objects.none()

    def tasks(self, rows, reader):
        for held in rows:
            yield Task(
                is_secret=False,
                of=f"Penugasan yang akan berakhir, {held.unit.short_name}",
                title=f"{held.user.name}, {held.acting_as}",
                url=reverse("desk:person", args=[held.user_id]),
                wants="Perpanjang atau tunjuk pengganti. "
                f"Tanpa itu, tidak ada yang memegang peran ini mulai {date_format(held.ends_on + timedelta(days=1))}.",
                status=day_status(held.ends_on, now=reader.now, working=reader.working),
                due=held.ends_on,
            )


class EmptySeat(Kind):
    """A seat that somebody held and nobody holds any more."""

    key, group, icon = "seat", "penugasan", "user-minus"

    def rows(self, reader):
        return emptied(reader.today) if reader.holds(CHIEF, ADMIN) else Appointment.objects.none()

    def late(self, reader):
        return Q(pk__isnull=False)

    def tasks(self, rows, reader):
        for last in rows:
            since = last.last_day + timedelta(days=1)
            seat = last.role.name if last.role.scope == Role.Scope.CITY else f"{last.role.name} {last.unit.short_name}"
            yield Task(
                is_secret=False,
                of="Peran tanpa pemegang",
                title=f"{seat} kosong sejak {date_format(since)}",
                url=reverse("desk:appointments"),
                wants="Tunjuk pemegang baru; pekerjaan peran ini berhenti sampai ada.",
                came_from=f"Terakhir {last.user.name}",
                status=Status("late", "exclamation-circle", "Kosong"),
                due=since,
            )


class UnconfirmedYear(Kind):
    """A year whose holidays no decree confirms yet: from December on the next one too. One row at most."""

    key, group, icon = "calendar", "tenggat", "calendar-days"

    def rows(self, reader):
        if not reader.holds(CHIEF, ADMIN):
            return Role.objects.none()
        known = confirmed(year_to_confirm(reader.today))
        return Role.objects.filter(~Exists(known), code=CHIEF).order_by("pk")

    def late(self, reader):
        return Q(pk__isnull=False) if year_to_confirm(reader.today) == reader.today.year else Q(pk__in=[])

    def tasks(self, rows, reader):
        year = year_to_confirm(reader.today)
        first = date(year, 1, 1)
        does = "Impor atau tandai harinya" if reader.holds(CHIEF) else "Minta Bidang atau Operator memasukkannya"
        for _ in rows:
            yield Task(
                is_secret=False,
                of="Kalender kerja",
                title=f"Hari libur {year} belum ditetapkan",
                url=f"{reverse('desk:calendar')}?tahun={year}",
                wants=f"{does} begitu keputusan bersama (SKB) terbit; sampai saat itu tenggatnya masih sementara.",
                status=day_status(first, now=reader.now, working=reader.working),
                due=first,
            )
