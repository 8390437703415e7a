"""What waits for me, most urgent first; and the same list cut otherwise."""

from functools import cached_property

from django.core.paginator import Paginator
from django.views.generic import ListView

from ppid.desk.pages import DeskPage
from ppid.desk.work.punctual import month_of
from ppid.flows.knowing import Held
from ppid.flows.lifting import last_day_to_declare, near_their_end
from ppid.flows.opening import with_exclusions
from ppid.flows.punctuality import punctuality
from ppid.flows.renewal import tasks, to_renew

# ?tampil= → the rail's entry, and the heading.
VIEWS = {
    "": ("waiting", "Menunggu Anda"),
    "terlambat": ("late", "Terlambat"),
    "dikembalikan": ("sent_back", "Dikembalikan"),
    "unit": ("unit", ""),
}


class Inbox(DeskPage, ListView):
    template_name = "desk/work/inbox.html"
    context_object_name = "cases"

    @cached_property
    def appointments(self):
        return list(with_exclusions(self.held, on=self.today))

    @property
    def section(self):
        return VIEWS.get(self.request.GET.get("tampil", ""), VIEWS[""])[0]

    def get_queryset(self):
        cases = {
            "waiting": lambda: self.awaiting_me,
            "late": lambda: self.awaiting_me.overdue(at=self.now),
            "sent_back": lambda: self.awaiting_me.sent_back(),
            "unit": lambda: self.visible.running(),
        }[self.section]()
        return cases.for_list().most_urgent_first()

    def get_context_data(self, **kwargs):
        kwargs["page_obj"] = page = Paginator(self.object_list, 20).get_page(self.request.GET.get("halaman"))
        waits_for_me = self.section != "unit"
        kwargs["urgent"] = [case for case in page.object_list if case.due_at_once] if waits_for_me else []
        kwargs["cases"] = [case for case in page.object_list if case not in kwargs["urgent"]]
        kwargs["heading"] = dict(VIEWS.values())[self.section] or self.unit_name
        waiting = self.section == "waiting"
        kwargs["ending"], kwargs["today"] = self.ending_soon() if waiting else [], self.today
        kwargs["amendments"] = self.proposals[:50] if waiting else []
        kwargs["awaiting_head"] = self.approvals() if waiting else []
        kwargs["sent_back_after_me"] = self.sent_back_after_me()
        kwargs["renewals"] = tasks(to_renew(self.offices, on=self.today), most=20) if waiting else []
        kwargs["waits_below"] = any(kwargs[name] for name in ("ending", "awaiting_head", "amendments", "renewals"))
        kwargs["mine"] = punctuality(
            self.request.user, since=month_of(self.now), at=self.now, offices=self.appointments
        )
        kwargs["opens_exclusions"] = any(each.opens_exclusions for each in self.appointments)
        return super().get_context_data(**kwargs)

    def approvals(self):
        """Return the exclusions that wait for this person's approval as head, the longest waiting first."""
        return list(self.for_the_head.select_related("information", "unit").order_by("received_at", "pk")[:50])

    def sent_back_after_me(self):
        """Return the cases that were sent back behind this person's work and now wait for others, the latest first."""
        if self.section != "waiting":
            return []
        cases = self.visible.sent_back_after(self.request.user).exclude(pk__in=self.awaiting_me.values("pk"))
        return list(cases.select_related("information", "unit").order_by("-received_at")[:10])

    def ending_soon(self):
        """Return the exclusions that end soon and are this person's to decide on, with the last day to declare them."""
        held = [Held.by(each) for each in self.appointments if each.opens_exclusions]
        if not held:
            return []
        near = near_their_end(held, on=self.today, working=self.working)[:50]
        return [(case, last_day_to_declare(case.exclusion.ends_on, self.working)) for case in near]
