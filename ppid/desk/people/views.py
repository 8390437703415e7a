"""People and appointments: everybody appointed sees them, those who keep people change them."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.debug import sensitive_variables
from django.views.generic import TemplateView, View

from ppid.desk.account.weighty import Weighty
from ppid.desk.acts import ActPage
from ppid.desk.kept_files import SendsKeptFile
from ppid.desk.pages import AppointedPage
from ppid.desk.people.forms import (
    AppointmentForm,
    AppointmentsFilter,
    BecauseForm,
    DeactivateForm,
    EditPersonForm,
    LastDayForm,
    NoteForm,
    PeopleFilter,
    PersonForm,
    ReplaceForm,
    ScanForm,
)
from ppid.desk.unit_choices import asked_of
from ppid.flows.models import Case
from ppid.organisation import actions, appointing
from ppid.organisation.deciding import listed
from ppid.organisation.first_password import ends_at
from ppid.organisation.handing_over import close_and_hand_over
from ppid.organisation.leaving import has_lapsed
from ppid.organisation.models import Appointment, OrderScan, PersonChange, Role, Unit, User
from ppid.organisation.people_ledger import mark_of
from ppid.organisation.puppets import to_be_confirmed
from ppid.organisation.recovering import as_keepers_see_it
from ppid.organisation.scan_keeping import add_scan, order_store, record_with_scan
from ppid.organisation.vacancies import ending_soon, left_empty, vacant_seats
from ppid.web.paged import PagedList

NOT_YOURS = actions.NOT_A_KEEPER


def sort_out(person: User, on) -> None:
    """Part the person's appointments into those in force, to come, and past, each with its unit's name of its day."""
    held = list(person.appointments.all())
    for each in held:
        each.unit_then = each.unit_named(on=on)
    person.in_force = [each for each in held if each.holds(on=on)]
    person.to_come = [each for each in held if each.starts_on > on and not each.is_void]
    person.past = [each for each in held if each not in person.in_force and each not in person.to_come]


class PeoplePage(AppointedPage):
    section = "people"

    @cached_property
    def manages(self) -> bool:
        return any(held.role.code in actions.KEEPERS for held in self.appointments)

    @property
    def people_found(self):
        return User.objects.with_appointments()

    @cached_property
    def person(self) -> User:
        person = get_object_or_404(self.people_found, pk=self.kwargs["pk"])
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
        asked, told = asked_of(self.request.GET, Unit.objects.open().order_by("name").with_spoken())
        return PeopleFilter(asked, today=self.today, **told)

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

    @property
    def people_found(self):
        return as_keepers_see_it(super().people_found, at=self.now)

    def get_context_data(self, **kwargs):
        changes = self.changes() if self.manages else []
        until = ends_at(self.person) if self.manages else None
        return super().get_context_data(
            person=self.person,
            first_password_until=until,
            first_password_ended=until is not None and until <= self.now,
            has_city_account=self.manages and self.person.has_city_account,
            may_be_appointed=self.person.is_active or self.manages and has_lapsed(self.person),
            changes=sorted(changes, key=lambda row: row.pk, reverse=True),
            to_confirm=[row for row in changes if row.is_to_be_confirmed],
            **kwargs,
        )

    def changes(self) -> list[PersonChange]:
        """Return the newest rows of the account's ledger, before them those that a second keeper should look at."""
        waiting = to_be_confirmed(on=self.today).filter(pk=OuterRef("pk"))
        rows = self.person.changes.annotate(is_to_be_confirmed=Exists(waiting))
        return list(rows.order_by("-is_to_be_confirmed", "-pk")[:50])


class ChiefsPage(Weighty, PeoplePage, ActPage):
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
        return self.render_to_response(
            self.get_context_data(
                person=person, passphrase=passphrase, good_until=ends_at(person), is_new=True, form=None
            )
        )


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
        actor, new = self.request.user, form.save(commit=False)
        return record_with_scan(lambda: appointing.appoint(new, actor=actor), form.cleaned_data["file"], actor=actor)


class OnAppointment(ChiefsPage):
    template_name = "desk/people/appointment_act.html"
    words = ""  # what the page and its button call the act
    means = ""  # what it does, before it is done

    @cached_property
    def appointment(self) -> Appointment:
        found = Appointment.objects.select_related("user", "role").with_unit_names()
        appointment = get_object_or_404(found, pk=self.kwargs["pk"])
        appointment.unit_then = appointment.unit_named(on=self.today)
        return appointment

    @property
    def back(self):
        return reverse("desk:person", args=[self.appointment.user_id])

    def get_context_data(self, **kwargs):
        return super().get_context_data(appointment=self.appointment, words=self.words, means=self.means, **kwargs)


class EndAppointment(OnAppointment):
    form_class = LastDayForm
    words = "Akhiri penugasan"
    means = (
        "Langkah yang sudah ia kerjakan tetap tercatat dengan penugasan ini. Agar berakhir seketika, pilih «Hentikan "
        "sekarang»; agar ada penggantinya dalam satu tindakan, pilih «Gantikan»."
    )
    done = "{result.user.name} bertugas sebagai {result} sampai dan termasuk {result.ends_on:%d/%m/%Y}."

    def get_initial(self):
        return {"ends_on": max(self.today, self.appointment.starts_on)}

    def act(self, form):
        last_day, because = form.cleaned_data["ends_on"], form.cleaned_data["because"]
        return appointing.end_appointment(self.appointment, last_day=last_day, because=because, actor=self.request.user)


class EndsNow(OnAppointment):
    """An act that takes from the appointment what it still would have held; ``change`` does it."""

    form_class = BecauseForm
    change = None

    def act(self, form):
        return type(self).change(self.appointment, because=form.cleaned_data["because"], actor=self.request.user)


class Stop(EndsNow):
    change = staticmethod(appointing.stop)
    words = "Hentikan sekarang"
    means = "Penugasan ini berhenti saat ini juga. Penggantinya boleh mulai hari ini. Yang sudah ia kerjakan tetap."
    done = "Penugasan {result.user.name} sebagai {result} dihentikan."


class Cancel(EndsNow):
    change = staticmethod(appointing.cancel)
    words = "Batalkan penugasan"
    means = "Penugasan ini belum mulai. Sesudah dibatalkan, ia tidak pernah berlaku; catatannya tetap terbaca."
    done = "Penugasan {result.user.name} sebagai {result} dibatalkan."


class Annul(EndsNow):
    change = staticmethod(appointing.annul)
    words = "Nyatakan keliru"
    means = (
        "Penugasan yang dicatat karena kekeliruan tidak memberi wewenang apa pun lagi mulai saat ini. Yang sudah "
        "diputuskan dengannya tidak hilang dan tetap tercatat dengan nama dan suratnya."
    )
    done = "Penugasan {result.user.name} sebagai {result} dinyatakan keliru."


class Replace(OnAppointment):
    form_class = ReplaceForm
    words = "Gantikan"
    means = "Penugasan yang lama berakhir sehari sebelum penggantinya mulai, keduanya dalam satu tindakan."
    done = "{result.user.name} menggantikan sebagai {result} mulai {result.starts_on:%d/%m/%Y}."

    def get_initial(self):
        return {"starts_on": self.today}

    def act(self, form):
        typed, actor, before = dict(form.cleaned_data), self.request.user, self.appointment
        file = typed.pop("file")
        new = Appointment(user=typed.pop("who"), role=before.role, unit=before.unit, **typed)
        return record_with_scan(lambda: appointing.replace(before, new, actor=actor), file, actor=actor)

    def onward(self, result):
        return reverse("desk:person", args=[result.user_id])


class AddScan(OnAppointment):
    form_class = ScanForm
    words = "Unggah pindaian"
    means = (
        "Pindaian surat penugasan disimpan apa adanya dan tidak dapat diganti; yang lebih baik diunggah di sampingnya. "
        "Hanya pengelola orang yang membacanya."
    )
    done = "Pindaian {result.filename} disimpan."

    def is_weighty(self):
        return False  # it changes nobody, and a scan would have to be chosen again

    def act(self, form):
        return add_scan(self.appointment, form.cleaned_data["file"], actor=self.request.user)


class Scan(PeoplePage, SendsKeptFile, View):
    """The scan of an order. It may hold what is nobody else's business, so only those who keep people read it."""

    def get(self, request, pk, scan, **kwargs):
        if not self.manages:
            raise PermissionDenied("Pindaian surat penugasan dibaca oleh PPID Utama dan Admin PPID.")
        found = get_object_or_404(OrderScan, appointment=pk, pk=scan)
        return self.send(order_store(), found.sha256, media_type="application/pdf", filename=found.filename)


class EditPerson(OnPerson):
    form_class = EditPersonForm
    template_name = "desk/people/person_edit.html"
    done = "Data {result.name} diubah. Yang sudah ia kerjakan tetap memakai nama pada harinya."

    def get_form_kwargs(self):
        shown = {"seen": mark_of(self.person)}
        return super().get_form_kwargs() | {"instance": User.objects.get(pk=self.person.pk), "initial": shown}

    def act(self, form):
        return actions.edit_person(self.person, **form.cleaned_data, actor=self.request.user)

    def overtaken(self, form):
        form.see(mark_of(User.objects.get(pk=self.person.pk)))
        return {}


class NewPassword(OnPerson):
    template_name = "desk/people/new_password.html"

    def get_context_data(self, **kwargs):
        vouches = any(held.role.scope != Role.Scope.OFFICE for held in self.appointments)
        return super().get_context_data(vouches=vouches, **kwargs)

    def act(self, form):
        return actions.give_password(self.person, actor=self.request.user)

    @sensitive_variables("passphrase")
    def finished(self, result):
        person, passphrase = result
        self.template_name = "desk/people/person_added.html"
        shown = {"passphrase": passphrase, "good_until": ends_at(person), "is_new": False}
        return self.render_to_response(self.get_context_data(**shown, form=None))


class Confirm(OnPerson):
    form_class = NoteForm
    template_name = "desk/people/confirm.html"
    done = "Akun {result.name} dikonfirmasi."

    def act(self, form):
        actions.confirm_person(self.person, note=form.cleaned_data["note"], actor=self.request.user)
        return self.person


class Deactivate(OnPerson):
    form_class = DeactivateForm
    template_name = "desk/people/deactivate.html"

    def guard(self):
        actions.require_may_deactivate(self.person, self.request.user)

    def get_form_kwargs(self):
        held = self.person.in_force if self.person.is_active else []
        return super().get_form_kwargs() | {"held": held, "initial": {"starts_on": self.today}}

    def get_context_data(self, **kwargs):
        waiting = Case.objects.awaiting(self.person, on=self.today).count()
        return super().get_context_data(
            left_empty=left_empty(self.person, on=self.today), waiting_for_them=waiting, **kwargs
        )

    def act(self, form):
        note, actor = form.cleaned_data["note"], self.request.user
        return close_and_hand_over(self.person, form.handovers(), note=note, actor=actor)

    def told(self, result):
        closed = f"Akun {self.person.name} dinonaktifkan."
        if not result:
            return f"{closed} Penugasannya tidak berlaku selama akunnya tidak aktif."
        return f"{closed} Penggantinya: {listed(f'{each.user.name} sebagai {each}' for each in result)}."


class Reactivate(OnPerson):
    form_class = NoteForm
    template_name = "desk/people/reactivate.html"
    done = "Akun {result.name} aktif kembali."

    def act(self, form):
        actions.reactivate(self.person, actor=self.request.user, note=form.cleaned_data["note"])
        return self.person


class SignOutEverywhere(OnPerson):
    form_class = NoteForm
    template_name = "desk/people/sign_out.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(open_sessions=self.person.sessions.open(at=self.now).count(), **kwargs)

    def act(self, form):
        return actions.sign_out_everywhere(self.person, actor=self.request.user, note=form.cleaned_data["note"])

    def told(self, result):
        return f"{result} sesi {self.person.name} diakhiri." if result else f"{self.person.name} sedang tidak masuk."


class UnlinkCityAccount(OnPerson):
    form_class = NoteForm
    template_name = "desk/people/unlink.html"
    done = "Akun kota {result.name} dilepas."

    def act(self, form):
        actions.unlink_city_account(self.person, actor=self.request.user, note=form.cleaned_data["note"])
        return self.person


class Appointments(PeoplePage, PagedList):
    """Who holds what, what ends soon, and which seats stand empty."""

    section = "appointments"
    template_name = "desk/people/appointments.html"
    context_object_name = "held_by_all"
    paginate_by = 30

    @cached_property
    def filter(self):
        asked, told = asked_of(self.request.GET, [unit for unit in self.units if unit.is_active])
        roles = [(role.code, role.name) for role in self.roles]
        return AppointmentsFilter(asked, roles=roles, today=self.today, **told)

    @cached_property
    def units(self) -> list[Unit]:
        return list(Unit.objects.order_by("name").with_spoken())

    @cached_property
    def roles(self) -> list[Role]:
        return list(Role.objects.order_by("name"))

    def get_queryset(self):
        held = Appointment.objects.in_force(on=self.today).select_related("user", "role", "unit")
        return self.filter.apply(held).order_by("role__name", "unit__name", "kind", Lower("user__name"), "pk")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            filter=self.filter,
            ending=ending_soon(self.today),
            vacant=vacant_seats(self.today, roles=self.roles, units=self.units),
            to_confirm=to_be_confirmed(on=self.today) if self.manages else [],
            **kwargs,
        )
