"""Units: everybody appointed reads them, who keeps the office changes them."""

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce, Lower
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from ppid.desk.account.weighty import Weighty
from ppid.desk.acts import ActPage
from ppid.desk.pages import AppointedPage
from ppid.desk.units.forms import AddUnitForm, CallForm, CloseForm, ContactForm, RenameForm, UnitFilter
from ppid.desk.units.terms import Window, lines
from ppid.flows.closing import close_unit, refuse_unless_closable, what_keeps, what_passes
from ppid.flows.models import Case
from ppid.information.models import Information
from ppid.organisation import unit_contact, units
from ppid.organisation.actions import ADMIN, CHIEF
from ppid.organisation.models import Appointment, Unit
from ppid.organisation.unit_history import PlannedChange
from ppid.shelf.models import PublishedItem
from ppid.web.paged import PagedList
from ppid.web.refusals import Refused
from sop.models import Sop

_SHOWN_TERMS = 100
KEEPERS = (CHIEF, ADMIN)


def _count(rows):
    """Return SQL that counts the unit's rows; one subquery, whatever else is counted beside."""
    rows = rows.filter(unit=OuterRef("pk")).order_by().values("unit")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


def _on_portal():
    return Information.objects.filter(Exists(PublishedItem.objects.filter(number=OuterRef("number"))))


class UnitsPage(AppointedPage):
    section = "units"

    @cached_property
    def manages(self) -> bool:
        # From the appointments that the page has read; the act itself asks the domain again.
        return any(held.role.code in KEEPERS for held in self.appointments)

    @property
    def cases(self):
        """The cases that are counted: all for who closes units, else those that the reader may see."""
        return Case.objects.all() if self.manages else self.visible

    @cached_property
    def unit(self) -> Unit:
        found = Unit.objects.select_related("successor__successor")
        return get_object_or_404(found, code=self.kwargs["code"])

    def keeps_contact(self, unit: Unit) -> bool:
        """Whether the reader may say where this unit is reached: who keeps units, and its own PPID Pelaksana."""
        own = unit_contact.OWN
        return self.manages or any(held.role.code == own and held.unit_id == unit.pk for held in self.appointments)

    def get_context_data(self, **kwargs):
        return super().get_context_data(manages=self.manages, why_not=units.NOT_YOURS, today=self.today, **kwargs)


class Units(UnitsPage, PagedList):
    template_name = "desk/units/units.html"
    context_object_name = "units"
    paginate_by = 30

    @cached_property
    def filter(self):
        return UnitFilter(self.request.GET, today=self.today)

    def get_queryset(self):
        found = self.filter.apply(Unit.objects.select_related("successor")).order_by(Lower("name"), "pk")
        in_force = Appointment.objects.in_force(on=self.today).filter(unit=OuterRef("pk")).order_by().values("unit")
        return found.annotate(
            items=_count(_on_portal()),
            running=_count(self.cases.running()),
            sheets=_count(Sop.objects.all()),
            people=Coalesce(Subquery(in_force.annotate(n=Count("user", distinct=True)).values("n")), 0),
        ).prefetch_related("names", "plans__successor")

    def paginate_queryset(self, queryset, page_size):
        pages = super().paginate_queryset(queryset, page_size)
        for unit in pages[1].object_list:
            unit.to_come = [plan for plan in unit.plans.all() if not (plan.done_at or plan.cancelled_at)]
            unit.former = [name.name for name in unit.names.all() if name.name != unit.name]
        return pages

    def get_context_data(self, **kwargs):
        return super().get_context_data(filter=self.filter, **kwargs)


class UnitPage(UnitsPage, TemplateView):
    template_name = "desk/units/unit.html"

    def get_context_data(self, **kwargs):
        found = (
            Unit.objects.select_related("successor__successor")
            .prefetch_related("names")
            .annotate(
                items=_count(_on_portal()),
                running=_count(self.cases.running()),
                ended=_count(self.cases.filter(ended_at__isnull=False)),
                sheets=_count(Sop.objects.all()),
            )
        )
        unit, window = get_object_or_404(found, code=self.kwargs["code"]), Window.around(self.today)
        held = Appointment.objects.filter(unit=unit).select_related("user", "role").order_by("-starts_on", "-pk")
        held = list(held[:_SHOWN_TERMS])
        for each in held:
            each.unit = unit  # with its names
            each.unit_then = each.unit_named(on=self.today)
        names = list(unit.names.all())
        for name, following in zip(names, [*names[1:], None], strict=True):
            name.until = following.starts_on if following else None
        changes = list(unit.changes.select_related(None).order_by("-pk"))
        plans = list(unit.plans.open().select_related("unit__successor", "successor"))
        for plan in plans:
            plan.kept_by = what_keeps(plan)
        return super().get_context_data(
            unit=unit,
            keeps_contact=self.keeps_contact(unit),
            names=names[::-1],
            changes=changes,
            plans=plans,
            lines=lines(held, window, closed_on=unit.closed_on),
            window=window,
            predecessors=list(unit.predecessors.order_by("closed_on")),
            **kwargs,
        )


class KeepersPage(Weighty, UnitsPage, ActPage):
    """A page that changes units. The rule is in the domain; here it only keeps the form away."""

    not_yours = units.NOT_YOURS

    def may(self):
        return self.manages

    @property
    def back(self):
        return reverse("desk:unit", args=[self.unit.code])

    def guard(self):
        if not self.unit.is_active:
            raise units.UnitChanged(units.closed_sentence(self.unit))

    def get_context_data(self, **kwargs):
        return super().get_context_data(unit=self.unit, **kwargs)


class AddUnit(Weighty, UnitsPage, ActPage):
    form_class = AddUnitForm
    template_name = "desk/units/add.html"
    not_yours = units.NOT_YOURS
    done = "{result.name} ditambahkan. Beri penugasan kepada petugasnya."

    def may(self):
        return self.manages

    @property
    def back(self):
        return reverse("desk:units")

    def onward(self, result):
        return reverse("desk:unit", args=[result.code])

    def act(self, form):
        return units.add_unit(**form.cleaned_data, actor=self.request.user)


class Rename(KeepersPage):
    form_class = RenameForm
    template_name = "desk/units/rename.html"

    def get_initial(self):
        return {"name": self.unit.name, "short_name": self.unit.short_name, "starts_on": self.today}

    def act(self, form):
        return units.rename(self.unit, **form.cleaned_data, actor=self.request.user)

    def told(self, result):
        if isinstance(result, PlannedChange):
            return f"Tercatat: mulai {date_format(result.day)} unit ini bernama {result.name}."
        return f"Sejak {date_format(result.starts_on)} unit ini bernama {result.name}."


class Call(KeepersPage):
    form_class = CallForm
    template_name = "desk/units/call.html"
    done = "Nama pendek dan nama sehari-hari disimpan."

    def get_initial(self):
        return {"short_name": self.unit.short_name, "everyday_names": self.unit.everyday_names}

    def act(self, form):
        return units.call(self.unit, **form.cleaned_data, actor=self.request.user)


class Reach(KeepersPage):
    form_class = ContactForm
    template_name = "desk/units/contact.html"
    not_yours = unit_contact.NOT_YOURS
    done = "Kontak disimpan. Portal menampilkannya di halaman unit."

    def may(self):
        return self.keeps_contact(self.unit)

    def get_initial(self):
        return self.unit.contact

    def act(self, form):
        return unit_contact.reach(self.unit, **form.cleaned_data, actor=self.request.user)


class Close(KeepersPage):
    form_class = CloseForm
    template_name = "desk/units/close.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"unit": self.unit}

    def get_initial(self):
        return {"last_day": self.today}

    def form_valid(self, form):
        """Show first what passes; what was confirmed is that, and no more than that."""
        typed = form.cleaned_data
        try:
            units.require_reason(typed["because"])
            refuse_unless_closable(self.unit, typed["successor"], typed["last_day"], today=self.today)
        except Refused as refusal:
            return self.refused(form, refusal)
        passing = what_passes(self.unit, typed["successor"], last_day=typed["last_day"], at=self.now)
        mark = "-".join(map(str, [typed["successor"].pk, typed["last_day"], *passing.counts.values()]))
        if typed["confirmed"] == mark:
            return super().form_valid(form)
        was_shown = bool(typed["confirmed"])
        form.data = form.data.copy()
        form.data[form.add_prefix("confirmed")] = mark
        return self.render_to_response(
            self.get_context_data(
                form=form, passing=passing, successor=typed["successor"], last_day=typed["last_day"], again=was_shown
            )
        )

    def act(self, form):
        typed = {name: form.cleaned_data[name] for name in ("successor", "last_day", "because")}
        return close_unit(self.unit, **typed, actor=self.request.user)

    def told(self, result):
        if isinstance(result, PlannedChange):
            return f"Tercatat: sesudah {date_format(result.day)} unit ini ditutup dan diteruskan {result.successor}."
        return "Unit ditutup. Yang dimilikinya sekarang ada pada penerusnya, masing-masing dengan catatannya."


class CancelPlan(KeepersPage):
    template_name = "desk/units/cancel.html"
    done = "Rencana dibatalkan."

    @cached_property
    def plan(self) -> PlannedChange:
        plans = PlannedChange.objects.select_related("unit", "successor")
        return get_object_or_404(plans, pk=self.kwargs["pk"])

    @property
    def unit(self):
        return self.plan.unit

    def guard(self):
        if self.plan.done_at or self.plan.cancelled_at:
            raise units.UnitChanged("Rencana ini sudah terlaksana atau sudah dibatalkan orang lain.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(plan=self.plan, **kwargs)

    def act(self, form):
        return units.cancel_plan(self.plan, actor=self.request.user)
