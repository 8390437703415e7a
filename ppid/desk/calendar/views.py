"""The working calendar: the days that are not worked, year by year, with their legal source."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import CreateView, DeleteView, TemplateView, UpdateView, View

from ppid.desk.calendar.forms import HolidayForm
from ppid.desk.pages import AppointedPage
from ppid.web.refusals import ChangedMeanwhile, Refused
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
        asked = self.request.GET.get("tahun", "")
        return int(asked) if asked.isascii() and asked.isdigit() and int(asked) in holidays.YEARS else self.today.year

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


class KeepersPage(AppointedPage):
    """A page that changes the calendar. The rule is in ppid.worktime.actions; here it only keeps the form away."""

    section = "calendar"
    model = Holiday
    form_class = HolidayForm
    template_name = "desk/calendar/holiday_form.html"

    def dispatch(self, request, *args, **kwargs):
        if self.appointments and not holidays.keeps_calendar(request.user, on=self.today):
            raise PermissionDenied(NOT_YOURS)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        day = form.instance
        try:
            moved = self.write(form)
        except Refused as refusal:
            return self.refused(form, refusal)
        messages.success(self.request, and_moved(self.words.format(day=day), moved))
        return redirect(of_year(day.date.year))

    def refused(self, form, refusal):
        for sentence in refusal.sentences:
            form.add_error(None, sentence)
        if isinstance(refusal, ChangedMeanwhile):
            form.see(Holiday.objects.get(pk=form.instance.pk).mark)
        return self.form_invalid(form)


class AddHoliday(KeepersPage, CreateView):
    words = "«{day.name}» ditambahkan."
    extra_context = {"heading": "Tambah hari libur"}

    def write(self, form):
        return holidays.add(form.save(commit=False), actor=self.request.user)


class ChangeHoliday(KeepersPage, UpdateView):
    words = "«{day.name}» tersimpan."
    extra_context = {"heading": "Ubah hari libur"}

    def write(self, form):
        return holidays.change(form.save(commit=False), actor=self.request.user, seen=form.cleaned_data["seen"])


class RemoveHoliday(KeepersPage, DeleteView):
    words = "«{day.name}» dihapus."
    template_name = "desk/calendar/holiday_remove.html"
    context_object_name = "day"

    def get_form_class(self):
        return DeleteView.form_class

    def form_valid(self, form):
        form.instance = self.object
        return super().form_valid(form)

    def write(self, form):
        return holidays.remove(self.object, actor=self.request.user)


class PredictYear(AppointedPage, View):
    """Fill a year with predictions."""

    http_method_names = ["post"]

    def post(self, request):
        year = request.POST.get("tahun", "")
        year = int(year) if year.isascii() and year.isdigit() else 0
        try:
            filled = holidays.predict(year, actor=request.user)
        except Refused as refusal:
            messages.error(request, " ".join(refusal.sentences))
            return redirect("desk:calendar")
        words = f"{filled.added} perkiraan hari libur ditambahkan untuk {year}."
        words = words if filled.added else f"Semua perkiraan untuk {year} sudah ada."
        messages.success(request, and_moved(words, filled.moved))
        return redirect(of_year(year))
