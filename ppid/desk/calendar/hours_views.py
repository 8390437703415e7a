"""Special hours («jam kerja Ramadan»): a stretch of days with other hours for each weekday."""

from functools import cached_property

from django.shortcuts import get_object_or_404
from django.urls import reverse

from ppid.desk.calendar.hours_form import HoursForm
from ppid.desk.calendar.views import KeepersPage, Removes, of_year
from ppid.worktime import actions
from ppid.worktime.models import SpecialHours


class HoursPage(KeepersPage):
    form_class = HoursForm
    template_name = "desk/calendar/hours_form.html"
    day = None

    @cached_property
    def hours(self) -> SpecialHours | None:
        found = SpecialHours.objects.prefetch_related("days")
        return get_object_or_404(found, pk=self.kwargs["pk"]) if "pk" in self.kwargs else None

    @property
    def back(self):
        return of_year(self.hours.first.year) if self.hours else reverse("desk:calendar")

    def get_context_data(self, **kwargs):
        return super().get_context_data(hours=self.hours, **kwargs)


class SetHours(HoursPage):
    """Add special hours, or change those there are."""

    @property
    def heading(self):
        return "Ubah jam kerja khusus" if self.hours else "Tambah jam kerja khusus"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"hours": self.hours}

    def change(self, form):
        self.written, days = form.written()
        return actions.setting_hours(self.written, days, seen=form.cleaned_data["seen"])

    def overtaken(self, form):
        if self.hours:
            form.see(SpecialHours.objects.get(pk=self.hours.pk).mark)
        return super().overtaken(form)

    def told(self, result):
        return self.and_moved(f"«{self.written.name}» tersimpan.")

    def onward(self, result):
        return of_year(self.written.first.year)


class EndHours(Removes, HoursPage):
    template_name = "desk/calendar/hours_remove.html"
    heading = "Hapus jam kerja khusus ini?"

    def change(self, form):
        return actions.ending_hours(self.hours)

    def told(self, result):
        return self.and_moved(f"«{self.hours.name}» dihapus; jam kerja biasa berlaku lagi.")
