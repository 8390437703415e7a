"""What waits for me, of all kinds, first what must be done first."""

from datetime import date, timedelta
from functools import cached_property
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.views.generic import TemplateView

from ppid.desk.figures import stuck
from ppid.desk.pages import DeskPage
from ppid.desk.waiting.kind import Task
from ppid.desk.waiting.registry import GROUPS, first, total
from ppid.desk.work.punctual import month_of
from ppid.flows.figures.standing import stuck as what_is_stuck
from ppid.flows.knowing import knows_all
from ppid.flows.punctuality import punctuality
from ppid.web.parameters import text

# ?tampil= → the rail's entry, and the heading.
VIEWS = {
    "": ("waiting", "Menunggu Anda"),
    "terlambat": ("late", "Terlambat"),
    "dikembalikan": ("sent_back", "Dikembalikan"),
}
A_PAGE = 20
STUCK = 5  # rows of what is stuck with others


class Inbox(DeskPage, TemplateView):
    template_name = "desk/work/inbox.html"

    @property
    def section(self):
        return VIEWS.get(self.request.GET.get("tampil", ""), VIEWS[""])[0]

    @cached_property
    def group(self) -> str:
        """The kinds that are shown alone; "" for all."""
        asked = text(self.request.GET, "hal")
        return asked if asked in GROUPS and self.section == "waiting" else ""

    def get(self, request, *args, **kwargs):
        if request.GET.get("tampil") == "unit":  # the running cases have a page of their own by now
            return redirect("desk:cases", permanent=True)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        kwargs |= self.tasks()
        kwargs["heading"] = dict(VIEWS.values())[self.section]
        kwargs["sent_back_after_me"] = self.sent_back_after_me()
        kwargs["mine"] = punctuality(
            self.request.user, since=month_of(self.now), at=self.now, offices=self.appointments
        )
        kwargs |= self.stuck_with_others()
        kwargs["office"] = self.unready if self.appointments else None
        kwargs["opens_exclusions"] = any(each.opens_exclusions for each in self.appointments)
        return super().get_context_data(**kwargs)

    def tasks(self):
        """Return what waits, as a page of tasks under headings by when, with the filters by kind."""
        counts, section = self.waiting, self.section
        page = self.page_of(getattr(total(counts, self.group), section))
        rows = first(self.reader, counts, section=section, group=self.group, most=page.end_index())
        rows = rows[max(page.start_index() - 1, 0) :]
        calm = [row for row in rows if not row[1].is_urgent]
        return {
            "page_obj": page,
            "urgent": [row for row in rows if row[1].is_urgent],
            "stretches": [(name, list(each)) for name, each in groupby(calm, key=lambda row: self.when(row[1]))],
            "group": self.group,
            "groups": [
                (key, name, icon, n) for key, (name, icon) in GROUPS.items() if (n := total(counts, key).waiting)
            ],
        }

    def page_of(self, number: int) -> Page:
        return Paginator(range(number), A_PAGE).get_page(self.request.GET.get("halaman"))

    def when(self, task: Task) -> str:
        """Return the heading under which the task stands, by when it is to be done."""
        ends = self.stretches_end
        return next((name for last, name in ends if task.day and task.day <= last), "") or (
            "Kemudian" if task.day else "Tanpa batas waktu"
        )

    @cached_property
    def stretches_end(self) -> list[tuple[date, str]]:
        week, month = self.today + timedelta(days=7), self.today + timedelta(days=30)
        return [
            (self.today, "Hari ini"),
            (week, f"Sampai {date_format(week, 'l, j F')}"),
            (month, f"Sampai {date_format(month, 'j F Y')}"),
        ]

    def stuck_with_others(self):
        """Return what is stuck with others and with nobody: what those who see to the whole office look at."""
        if self.section != "waiting" or self.group or not knows_all(self.offices):
            return {}
        others = self.visible.exclude(pk__in=self.awaiting_me.values("pk"))
        found = what_is_stuck(others, at=self.now, most=STUCK)
        return {"stuck": found, "stuck_rows": stuck.rows(found, reader=self.reader)}

    def sent_back_after_me(self):
        """Return the cases that were sent back behind this person's work and now wait for others, the latest first."""
        if self.section != "waiting" or self.group:
            return []
        cases = self.visible.sent_back_after(self.request.user).exclude(pk__in=self.awaiting_me.values("pk"))
        return list(cases.select_related("information", "unit").order_by("-received_at")[:10])
