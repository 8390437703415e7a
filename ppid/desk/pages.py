"""What every page of the desk has: the signed-in person's appointments, what waits for them, and the messages."""

from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.generic.base import ContextMixin

from ppid.desk.setup.backups import restore_was_tried
from ppid.desk.setup.judging import Office, contact_is_given
from ppid.desk.typed.keeping import give_back
from ppid.desk.typed.models import TypedDraft
from ppid.desk.waiting.kind import Reader
from ppid.desk.waiting.registry import Tally, tally, total
from ppid.flows.knowing import Held, knows_all
from ppid.flows.models import Case
from ppid.flows.opening import with_exclusions
from ppid.notices.models import Dispatch, Notice
from ppid.organisation.actions import ADMIN, CHIEF
from ppid.organisation.models import Appointment, Role
from ppid.web.fixed_queries import FixedQuery
from ppid.worktime.calendar import calendar


def _held(user: int, *, on: date) -> QuerySet[Appointment]:
    held = Appointment.objects.of(user, on=on).select_related("role", "unit").definitive_first()
    return with_exclusions(held, on=on)


_HELD = FixedQuery(_held)


class DeskPage(ContextMixin):
    """A page of the desk. ``section`` is the rail's entry to mark; see ``templates/desk/side.html``."""

    section = ""

    @cached_property
    def now(self):
        return timezone.now()

    @property
    def today(self):
        return timezone.localdate(self.now)

    @cached_property
    def working(self):
        """The working calendar, read when the page first reckons with it."""
        return SimpleLazyObject(calendar)

    @cached_property
    def appointments(self) -> list[Appointment]:
        """The appointments of this person, each with what it lets them open."""
        return _HELD.rows(self.request.user.pk, on=self.today)

    @cached_property
    def offices(self) -> list[Held]:
        return [Held.by(each) for each in self.appointments]

    @cached_property
    def awaiting_me(self):
        return Case.objects.awaiting_with(self.offices)

    @cached_property
    def visible(self):
        """The cases that this person may see; any other is not found."""
        return Case.objects.visible_with(self.offices, on=self.today)

    @cached_property
    def reader(self) -> Reader:
        """For whom things wait: this person."""
        return Reader(self.request.user, self.appointments, self.now, self.working)

    @cached_property
    def waiting(self) -> dict[str, Tally]:
        """How many things of each kind wait for this person, and what ``also_counted`` names."""
        return tally(self.reader, **self.also_counted())

    def also_counted(self) -> dict[str, QuerySet[Any]]:
        """Return what else this page counts in the same query."""
        one_case = Case.objects.filter(flow="publication").order_by().values("pk")[:1]
        counted = {"running": self.visible.running(), "begun": Case.objects.filter(pk__in=one_case)}
        counted["drafts"] = TypedDraft.objects.filter(person=self.request.user.pk)
        counted["news"] = Notice.objects.news_of(self.request.user).unread()
        if self.reader.holds(CHIEF, ADMIN):
            counted["unsent"] = Dispatch.objects.unsent()
        return counted

    def number_of(self, counted: str) -> int:
        return self.waiting.get(counted, Tally()).waiting

    @property
    def is_being_set_up(self) -> bool:
        """Whether something of the first day is still open that this person sees to: nothing of it costs a query."""
        keeps_office = self.reader.holds(CHIEF, ADMIN)
        return not self.number_of("begun") or keeps_office and not (contact_is_given() and restore_was_tried())

    @cached_property
    def unready(self) -> Office | None:
        """The office while it can't open its first case yet; None once it can, and ever after that case."""
        if self.number_of("begun"):
            return None
        office = Office(self.request.user, self.today)
        return None if office.is_ready else office

    @property
    def unit_name(self) -> str:
        """What the person's figures are of, by their widest role: those of the whole city say so."""
        city = any(appointment.role.scope == Role.Scope.CITY for appointment in self.appointments)
        return "Seluruh kota" if city else "Unit saya"

    def given_back(self, path: str = "") -> QueryDict | None:
        """Return what lies by for the form at ``path`` (this page's own without), typed before it could be sent."""
        if self.request.method != "GET" or not self.number_of("drafts"):
            return None
        return give_back(self.request, path or self.request.path)

    def get_context_data(self, **kwargs):
        mine = total(self.waiting)
        context = {
            "rail": {
                "section": self.section,
                "waiting": mine.waiting,
                "late": mine.late,
                "sent_back": mine.sent_back,
                "unit": self.number_of("running"),
                "news": self.number_of("news"),
                "keeps_office": self.reader.holds(CHIEF, ADMIN),
                "unsent": self.number_of("unsent"),
                "knows_all": knows_all(self.offices),
                "scans": bool(settings.CLAMAV_URL),
                "unit_name": self.unit_name,
                "setup": self.section == "setup" or self.is_being_set_up,
            },
            "appointments": self.appointments,
            "messages": get_messages(self.request),
            "now": self.now,
            "working": self.working,
        }
        return super().get_context_data(**(context | kwargs))


class AppointedPage(DeskPage):
    """A page for everybody who is appointed to anything; others are told why they see nothing."""

    def dispatch(self, request, *args, **kwargs):
        if not self.appointments:
            raise PermissionDenied(
                "Anda tidak punya penugasan yang berlaku. Mintalah PPID Utama mencatat penugasan Anda."
            )
        return super().dispatch(request, *args, **kwargs)
