"""The working calendar: the days that are not worked, year by year, with their legal source."""

from collections import Counter

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from ppid.desk.acts import ActPage
from ppid.desk.calendar.forms import HolidayForm, PredictForm
from ppid.desk.forms import DeskForm
from ppid.desk.pages import AppointedPage
from ppid.web.parameters import whole
from ppid.worktime import actions as holidays
from ppid.worktime.models import Holiday

NOT_YOURS = "Kalender kerja hanya dapat diubah oleh PPID Utama, Bidang, atau Operator."


def of_year(year: int) -> str:
    return f"{reverse('desk:calendar')}?tahun={year}"


def and_moved(words: str, moved: int) -> str:
    """Return the sentence with what the change did to the running deadlines."""
    if not moved:
        return f"{words} Tidak ada tenggat berjalan yang bergeser."
    return f"{words} {moved} tenggat berjalan bergeser; riwayat langkah yang sudah selesai tetap."


class Calendar(AppointedPage, TemplateView):
    section = "calendar"
    template_name = "desk/calendar/calendar.html"

    @cached_property
    def year(self) -> int:
        asked = whole(self.request.GET, "tahun")
        return asked if asked in holidays.YEARS else self.today.year

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
            keeps=holidays.keeps_calendar(self.request.user, on=self.today),
            why_not=NOT_YOURS,
            **kwargs,
        )


class KeepersPage(AppointedPage, ActPage):
    """A page that changes the calendar. The rule is in ppid.worktime.actions; here it only keeps the form away."""

    section = "calendar"
    form_class = HolidayForm
    template_name = "desk/calendar/holiday_form.html"
    not_yours = NOT_YOURS
    heading = ""

    def may(self):
        return holidays.keeps_calendar(self.request.user, on=self.today)

    @cached_property
    def day(self) -> Holiday | None:
        return get_object_or_404(Holiday, pk=self.kwargs["pk"]) if "pk" in self.kwargs else None

    @property
    def back(self):
        return of_year(self.day.date.year) if self.day else reverse("desk:calendar")

    def get_context_data(self, **kwargs):
        return super().get_context_data(day=self.day, heading=self.heading, **kwargs)

    def act(self, form):
        """Change the calendar, and return the day with how many deadlines moved."""
        raise NotImplementedError

    def told(self, result):
        day, moved = result
        return and_moved(self.done.format(day=day), moved)

    def onward(self, result):
        return of_year(result[0].date.year)


class WritesDay(KeepersPage):
    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.day}

    def overtaken(self, form):
        form.see(Holiday.objects.get(pk=self.day.pk).mark)
        return {}


class AddHoliday(WritesDay):
    done = "«{day.name}» ditambahkan."
    heading = "Tambah hari libur"

    def act(self, form):
        day = form.save(commit=False)
        return day, holidays.add(day, actor=self.request.user)


class ChangeHoliday(WritesDay):
    done = "«{day.name}» tersimpan."
    heading = "Ubah hari libur"

    def act(self, form):
        day = form.save(commit=False)
        return day, holidays.change(day, actor=self.request.user, seen=form.cleaned_data["seen"])


class RemoveHoliday(KeepersPage):
    form_class = DeskForm
    done = "«{day.name}» dihapus."
    template_name = "desk/calendar/holiday_remove.html"

    def act(self, form):
        return self.day, holidays.remove(self.day, actor=self.request.user)


class PredictYear(KeepersPage):
    """Fill a year with predictions; its button stands on the calendar's own page."""

    form_class = PredictForm

    def get(self, request, *args, **kwargs):
        return redirect(self.back)

    def act(self, form):
        year = form.cleaned_data["tahun"]
        return year, holidays.predict(year, actor=self.request.user)

    def told(self, result):
        year, filled = result
        words = f"{filled.added} perkiraan hari libur ditambahkan untuk {year}."
        return and_moved(words if filled.added else f"Semua perkiraan untuk {year} sudah ada.", filled.moved)

    def onward(self, result):
        return of_year(result[0])

    def form_invalid(self, form, status=422, **context):
        messages.error(self.request, " ".join(each for errors in form.errors.values() for each in errors))
        return redirect("desk:calendar")
