"""The working calendar: the days that are not worked, year by year, with their legal source."""

from collections import Counter

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from ppid.desk.acts import ActPage
from ppid.desk.calendar.forms import HolidayForm, PredictForm
from ppid.desk.calendar.moving import LooksAhead
from ppid.desk.forms import DeskForm
from ppid.desk.pages import AppointedPage
from ppid.web.parameters import whole
from ppid.worktime import actions
from ppid.worktime.models import Holiday, SpecialHours

NOT_YOURS = "Kalender kerja hanya dapat diubah oleh PPID Utama, Bidang, atau Operator."


def of_year(year: int) -> str:
    return f"{reverse('desk:calendar')}?tahun={year}"


class Calendar(AppointedPage, TemplateView):
    section = "calendar"
    template_name = "desk/calendar/calendar.html"

    @cached_property
    def year(self) -> int:
        asked = whole(self.request.GET, "tahun")
        return asked if asked in actions.YEARS else self.today.year

    def get_context_data(self, **kwargs):
        days = list(Holiday.objects.of_year(self.year))
        sources = Counter(day.source for day in days if day.source)
        years = sorted({*Holiday.objects.years(), self.today.year, self.today.year + 1, self.year})
        return super().get_context_data(
            days=days,
            year=self.year,
            years=years,
            main_source=sources.most_common(1)[0][0] if sources else "",
            confirmed=sum(day.is_confirmed for day in days),
            on_weekdays=sum(day.date.weekday() < 5 for day in days),
            keeps=actions.keeps_calendar(self.request.user, on=self.today),
            why_not=NOT_YOURS,
            hours=SpecialHours.objects.filter(first__year__lte=self.year, last__year__gte=self.year).prefetch_related(
                "days"
            ),
            **kwargs,
        )


class KeepersPage(LooksAhead, AppointedPage, ActPage):
    """A page that changes the calendar. The rule is in ppid.worktime.actions; here it only keeps the form away."""

    section = "calendar"
    form_class = HolidayForm
    template_name = "desk/calendar/holiday_form.html"
    not_yours = NOT_YOURS
    heading = ""

    def may(self):
        return actions.keeps_calendar(self.request.user, on=self.today)

    @cached_property
    def day(self) -> Holiday | None:
        return get_object_or_404(Holiday, pk=self.kwargs["pk"]) if "pk" in self.kwargs else None

    @property
    def back(self):
        return of_year(self.day.date.year) if self.day else reverse("desk:calendar")

    def get_context_data(self, **kwargs):
        return super().get_context_data(day=self.day, heading=self.heading, **kwargs)


class WritesDay(KeepersPage):
    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.day}

    def overtaken(self, form):
        if self.day:
            form.see(Holiday.objects.get(pk=self.day.pk).mark)
        return super().overtaken(form)

    def told(self, result):
        return self.and_moved(self.done.format(day=self.written))

    def onward(self, result):
        return of_year(self.written.date.year)


class AddHoliday(WritesDay):
    done = "«{day.name}» ditambahkan."
    heading = "Tambah hari libur"

    def change(self, form):
        self.written = form.instance
        return actions.adding(self.written)


class ChangeHoliday(WritesDay):
    done = "«{day.name}» tersimpan."
    heading = "Ubah hari libur"

    def change(self, form):
        self.written = form.instance
        return actions.changing(self.written, seen=form.cleaned_data["seen"])


class Removes(KeepersPage):
    """A page that takes something out of the calendar: what moves stands on it from the first."""

    form_class = DeskForm

    def get_context_data(self, **kwargs):
        if "ahead" not in kwargs and self.request.method == "GET":
            form = self.form_class({})
            form.full_clean()
            kwargs["ahead"] = self.look(form)
        return super().get_context_data(**kwargs)


class RemoveHoliday(Removes):
    done = "«{day.name}» dihapus."
    template_name = "desk/calendar/holiday_remove.html"

    def change(self, form):
        return actions.removing(self.day)

    def told(self, result):
        return self.and_moved(self.done.format(day=self.day))

    def onward(self, result):
        return of_year(self.day.date.year)


class PredictYear(KeepersPage):
    """Fill a year with predictions; its button stands on the calendar's own page."""

    form_class = PredictForm
    template_name = "desk/calendar/predict.html"
    heading = "Isi perkiraan"

    def get(self, request, *args, **kwargs):
        return redirect(self.back)

    def change(self, form):
        self.year = form.cleaned_data["tahun"]
        return actions.predicting(self.year)

    def told(self, result):
        words = f"{result.added} perkiraan hari libur ditambahkan untuk {self.year}."
        return self.and_moved(words if result.added else f"Semua perkiraan untuk {self.year} sudah ada.")

    def onward(self, result):
        return of_year(self.year)

    def form_invalid(self, form, status=422, **context):
        messages.error(self.request, " ".join(each for errors in form.errors.values() for each in errors))
        return redirect("desk:calendar")
