"""People and appointments: everybody appointed sees them, PPID Utama changes them."""

from django.db.models.functions import Lower
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.debug import sensitive_variables
from django.views.generic import TemplateView

from ppid.desk.acts import ActPage
from ppid.desk.pages import AppointedPage
from ppid.desk.people.forms import AppointmentForm, LastDayForm, PeopleFilter, PersonForm
from ppid.organisation import actions, appointing
from ppid.organisation.models import Appointment, Unit, User
from ppid.web.paged import PagedList

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


class People(PeoplePage, PagedList):
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
        pages = super().paginate_queryset(queryset, page_size)
        for person in pages[1].object_list:
            sort_out(person, self.today)
        return pages

    def get_context_data(self, **kwargs):
        return super().get_context_data(filter=self.filter, **kwargs)


class Person(PeoplePage, TemplateView):
    template_name = "desk/people/person.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(person=self.person, **kwargs)


class ChiefsPage(PeoplePage, ActPage):
    """A page that changes people. The rule is in ppid.organisation.actions; here it only keeps the form away."""

    not_yours = NOT_YOURS

    def may(self):
        return self.manages

    @property
    def back(self):
        return reverse("desk:person", args=[self.person.pk])


class AddPerson(ChiefsPage):
    form_class = PersonForm
    template_name = "desk/people/person_form.html"

    @property
    def back(self):
        return reverse("desk:people")

    def act(self, form):
        fields = {name: form.cleaned_data[name] for name in ("name", "email", "nip")}
        return actions.add_person(**fields, actor=self.request.user)

    @sensitive_variables("passphrase")
    def finished(self, result):
        person, passphrase = result
        # Shown on the answer itself: kept in no session and no message, it is gone when the page is left.
        self.template_name = "desk/people/person_added.html"
        return self.render_to_response(self.get_context_data(person=person, passphrase=passphrase, form=None))


class OnPerson(ChiefsPage):
    def get_context_data(self, **kwargs):
        return super().get_context_data(person=self.person, **kwargs)


class Appoint(OnPerson):
    form_class = AppointmentForm
    template_name = "desk/people/appoint.html"
    done = "{result.user.name} ditugaskan sebagai {result}."

    def get_form_kwargs(self):
        appointment = Appointment(user=self.person)
        return super().get_form_kwargs() | {"instance": appointment, "initial": {"starts_on": self.today}}

    def act(self, form):
        return appointing.appoint(form.save(commit=False), actor=self.request.user)


class EndAppointment(ChiefsPage):
    form_class = LastDayForm
    template_name = "desk/people/appointment_end.html"
    done = "{result.user.name} bertugas sebagai {result} sampai dan termasuk {result.ends_on:%d/%m/%Y}."

    @cached_property
    def appointment(self) -> Appointment:
        return get_object_or_404(Appointment.objects.select_related("user", "role", "unit"), pk=self.kwargs["pk"])

    @property
    def back(self):
        return reverse("desk:person", args=[self.appointment.user_id])

    def get_initial(self):
        return {"ends_on": max(self.today, self.appointment.starts_on)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(appointment=self.appointment, **kwargs)

    def act(self, form):
        last_day = form.cleaned_data["ends_on"]
        return appointing.end_appointment(self.appointment, last_day=last_day, actor=self.request.user)


class ChangeAccount(OnPerson):
    template_name = "desk/people/account.html"
    change = None

    def act(self, form):
        type(self).change(self.person, actor=self.request.user)
        return self.person


class Deactivate(ChangeAccount):
    change = staticmethod(actions.deactivate)
    done = "Akun {result.name} dinonaktifkan. Penugasannya tidak berlaku selama akunnya tidak aktif."


class Reactivate(ChangeAccount):
    change = staticmethod(actions.reactivate)
    done = "Akun {result.name} aktif kembali."
