"""What waits for people among what the public reported."""

from django.db.models import Case, When
from django.utils.formats import date_format
from django.utils.timezone import localtime

from ppid.desk.status import Status
from ppid.desk.waiting.cases import NO_TERM
from ppid.desk.waiting.kind import Kind, Task
from ppid.information.models import Information
from ppid.reports.models import Problem
from ppid.reports.permissions import handled_by


class ReportedProblem(Kind):
    """A problem that the public reported and nobody has handled yet."""

    key, group, icon = "problem", "laporan", "flag"

    def rows(self, reader):
        first = Case(When(kind=Problem.Kind.PERSONAL, then=0), default=1)
        return handled_by(reader.offices, on=reader.today).open().order_by(first, "reported_at", "pk")

    def tasks(self, rows, reader):
        rows = list(rows)
        titles = dict(
            Information.objects.filter(number__in={each.number for each in rows}).values_list("number", "title")
        )
        for problem in rows:
            urgent = problem.is_personal
            yield Task(
                of=f"Laporan publik {problem.receipt}: {problem.get_kind_display().lower()}",
                title=titles.get(problem.number, f"Informasi {problem.number}"),
                url=problem.get_absolute_url(),
                wants="Lihat halamannya segera: bila benar memuat data pribadi, cabut sekarang."
                if urgent
                else problem.text[:200] or "Periksa halamannya, perbaiki bila perlu, lalu catat yang dilakukan.",
                status=Status("late", "exclamation-triangle", "Segera") if urgent else NO_TERM,
                came_from=f"Dilaporkan {date_format(localtime(problem.reported_at), 'l, j F Y, H.i')}",
                since=problem.reported_at,
                is_urgent=urgent,
                number=problem.number,
            )
