"""People and appointments: everybody appointed sees them, PPID Utama changes them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models.functions import Lower
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.decorators.debug import sensitive_variables
from django.views.generic import FormView, ListView, TemplateView

from ppid.desk.pages import AppointedPage
from ppid.desk.people.forms import AppointmentForm, LastDayForm, PeopleFilter, PersonForm
from ppid.organisation import actions
from ppid.organisation.actions import PeopleRefused
from ppid.organisation.models import Appointment, Unit, User
from ppid.web.refusals import pour

NOT_YOURS = "Orang dan penugasan hanya dapat diubah oleh PPID Utama yang penugasannya berlaku."


def sort_out(person: User, on) -> None:
    """Part the person's appointments into those in force, to come, and past."""
    held = list(person.appointments.all())
    person.in_force = [each for each in held if each.holds(on=on)]
    person.to_come = [each for each in held if each.starts_on > on]
    person.past = [each for each in held if each.ends_on and each.ends_on < on]


class PeoplePage(AppointedPage):
    section = "people"

    @cached_property
    def manages(self) -> bool:
        return actions.manages_people(self.request.user, on=self.today)

    @cached_property
    def person(self) -> User:
        person = get_object_or_404(User.objects.with_appointments(), pk=self.kwargs["pk"])
        sort_out(person, self.today)
        return person

    def get_context_data(self, **kwargs):
        return super().get_context_data(manages=self.manages, why_not=NOT_YOURS, today=self.today, **kwargs)


class People(PeoplePage, ListView):
    template_name = "desk/people/people.html"
    context_object_name = "people"
    paginate_by = 30

    @cached_property
    def filter(self):
        units = Unit.objects.order_by("name").values_list("code", "short_name")
        return PeopleFilter(self.request.GET, units=units, today=self.today)

    def get_queryset(self):
        return self.filter.apply(User.objects.with_appointments().order_by(Lower("name"), "pk"), on=self.today)

    def paginate_queryset(self, queryset, page_size):
        page = self.get_paginator(queryset, page_size).get_page(self.request.GET.get("halaman"))
        for person in page.object_list:
            sort_out(person, self.today)
        return page.paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs):
        return super().get_context_data(filter=self.filter, **kwargs)


class Person(PeoplePage, TemplateView):
    template_name = "desk/people/person.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(person=self.person, **kwargs)


class ChiefsPage(PeoplePage):
    """A page that changes people. The rule is in ppid.organisation.actions; here it only keeps the form away."""

    def dispatch(self, request, *args, **kwargs):
        if self.appointments and not self.manages:
            raise PermissionDenied(NOT_YOURS)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            return self.act(form)
        except PeopleRefused as refusal:
            pour(refusal, form)
        except ValidationError as error:
            form.add_error(None, error.messages)
        return self.form_invalid(form)


class AddPerson(ChiefsPage, FormView):
    form_class = PersonForm
    template_name = "desk/people/person_form.html"

    @sensitive_variables("passphrase")
    def act(self, form):
        fields = {name: form.cleaned_data[name] for name in ("name", "email", "nip")}
        person, passphrase = actions.add_person(**fields, actor=self.request.user)
        # Shown on the answer itself: kept in no session and no message, it is gone when the page is left.
        self.template_name = "desk/people/person_added.html"
        context = self.get_context_data(person=person, passphrase=passphrase, form=None)
        return self.render_to_response(context, headers={"Cache-Control": "no-store"})


class Appoint(ChiefsPage, FormView):
    form_class = AppointmentForm
    template_name = "desk/people/appoint.html"

    def get_form_kwargs(self):
        appointment = Appointment(user=self.person)
        return super().get_form_kwargs() | {"instance": appointment, "initial": {"starts_on": self.today}}

    def get_context_data(self, **kwargs):
        return super().get_context_data(person=self.person, **kwargs)

    def act(self, form):
        appointment = actions.appoint(form.save(commit=False), actor=self.request.user)
        messages.success(self.request, f"{self.person.name} ditugaskan sebagai {appointment}.")
        return redirect("desk:person", self.person.pk)


class EndAppointment(ChiefsPage, FormView):
    form_class = LastDayForm
    template_name = "desk/people/appointment_end.html"

    @cached_property
    def appointment(self) -> Appointment:
        return get_object_or_404(Appointment.objects.select_related("user", "role", "unit"), pk=self.kwargs["pk"])

    def get_initial(self):
        return {"ends_on": max(self.today, self.appointment.starts_on)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(appointment=self.appointment, **kwargs)

    def act(self, form):
        last_day = form.cleaned_data["ends_on"]
        ended = actions.end_appointment(self.appointment, last_day=last_day, actor=self.request.user)
        words = f"{ended.user.name} bertugas sebagai {self.appointment} sampai dan termasuk {last_day:%d/%m/%Y}."
        messages.success(self.request, words)
        return redirect("desk:person", ended.user_id)


class ChangeAccount(ChiefsPage, TemplateView):
    """A confirmation on GET, the act on POST; a refusal comes back as sentences on the same page."""

    template_name = "desk/people/account.html"
    change = None
    done = ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(person=self.person, **kwargs)

    def post(self, request, pk):
        try:
            type(self).change(self.person, actor=request.user)
        except PeopleRefused as refusal:
            return self.render_to_response(self.get_context_data(sentences=refusal.sentences))
        messages.success(request, self.done.format(person=self.person))
        return redirect("desk:person", pk)


class Deactivate(ChangeAccount):
    change = staticmethod(actions.deactivate)
    done = "Akun {person.name} dinonaktifkan. Penugasannya tidak berlaku selama akunnya tidak aktif."


class Reactivate(ChangeAccount):
    change = staticmethod(actions.reactivate)
    done = "Akun {person.name} aktif kembali."
