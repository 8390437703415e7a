"""The form of special hours: its days, and when each weekday is worked."""

from datetime import time

from crispy_forms.layout import HTML, Div
from django import forms

from ppid.desk.forms import DayInput, DeskForm, crispy
from ppid.worktime.actions import YEARS
from ppid.worktime.models import MOST_DAYS, WEEKDAYS, SpecialDay, SpecialHours

# What most offices work in Ramadan: 32 h 30 min a week. A proposal, to be changed by what the circular says.
_USUAL = (time(8), time(12), time(12, 30), time(15))
_FRIDAY = (time(8), time(11, 30), time(12, 30), time(15, 30))
_FIELDS = {"starts": "mulai", "break_starts": "istirahat dari", "break_ends": "istirahat sampai", "ends": "selesai"}


class ClockInput(forms.TimeInput):
    """A time of day, picked from the browser's own clock."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, format="%H:%M")


class HoursForm(DeskForm):
    """Special hours. The break of a day may be left empty, both of its times together.

    ``seen`` marks what they said when the form was drawn.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    name = forms.CharField(
        label="Nama",
        max_length=150,
        error_messages={"required": "Tulis namanya, misalnya Jam kerja Ramadan 1448 H."},
    )
    first = forms.DateField(
        label="Mulai",
        widget=DayInput,
        error_messages={"required": "Pilih hari pertamanya.", "invalid": "Tulis tanggal yang benar."},
    )
    last = forms.DateField(
        label="Sampai",
        widget=DayInput,
        error_messages={"required": "Pilih hari terakhirnya.", "invalid": "Tulis tanggal yang benar."},
    )
    source = forms.CharField(
        label="Dasar hukum",
        max_length=250,
        widget=forms.Textarea({"rows": 2}),
        help_text="Nomor dan judulnya, misalnya surat edaran wali kota tentang jam kerja bulan Ramadan.",
        error_messages={"required": "Sebut dasar hukumnya, misalnya surat edaran wali kota."},
    )

    def __init__(self, *args, hours: SpecialHours | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.hours = hours
        days = {day.weekday: [getattr(day, name) for name in _FIELDS] for day in hours.days.all()} if hours else {}
        if hours:
            self.initial |= {name: getattr(hours, name) for name in ("name", "first", "last", "source")}
            self.initial.setdefault("seen", hours.mark)
        rows = []
        for weekday, called in enumerate(WEEKDAYS):
            usual = days.get(weekday) or (_FRIDAY if weekday == 4 else _USUAL)
            for (name, words), value in zip(_FIELDS.items(), usual, strict=True):
                self.fields[f"{name}_{weekday}"] = forms.TimeField(
                    label=f"{called}, {words}",
                    required=name in ("starts", "ends"),
                    initial=value,
                    widget=ClockInput,
                    error_messages={
                        "required": f"Isi kapan {called} {words}.",
                        "invalid": "Tulis jam yang benar, misalnya 08:00.",
                    },
                )
            rows.append(Div(*(f"{name}_{weekday}" for name in _FIELDS), css_class="side-by-side side-by-side--four"))
        week = HTML('<h2 class="h3 mt-3">Jam kerja setiap hari</h2>')
        self.helper = crispy("seen", "name", Div("first", "last", css_class="side-by-side"), "source", week, *rows)

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        for name in ("first", "last"):
            if cleaned.get(name) and cleaned[name].year not in YEARS:
                self.add_error(name, f"Tahun harus antara {YEARS[0]} dan {YEARS[-1]}.")
        if first and last and not 0 <= (last - first).days < MOST_DAYS:
            self.add_error("last", f"Hari terakhir paling awal hari pertama, dan paling lama {MOST_DAYS} hari.")
        for weekday, called in enumerate(WEEKDAYS):
            self._look_at(weekday, called, cleaned)
        return cleaned

    def _look_at(self, weekday: int, called: str, cleaned: dict) -> None:
        starts, pause, back, ends = (cleaned.get(f"{name}_{weekday}") for name in _FIELDS)
        if starts is None or ends is None:
            return
        if (pause is None) != (back is None):
            missing = "break_starts" if pause is None else "break_ends"
            self.add_error(f"{missing}_{weekday}", f"Isi kedua jam istirahat {called}, atau kosongkan keduanya.")
        elif not (starts < pause < back < ends if pause and back else starts < ends):
            self.add_error(f"ends_{weekday}", f"Jam {called} tidak berurutan: mulai, istirahat, lalu selesai.")

    def written(self) -> tuple[SpecialHours, list[SpecialDay]]:
        """Return what a valid form says, unsaved."""
        hours = SpecialHours(
            pk=self.hours.pk if self.hours else None,
            **{name: self.cleaned_data[name] for name in ("name", "first", "last", "source")},
        )
        hours._state.adding = self.hours is None
        days = [
            SpecialDay(weekday=weekday, **{name: self.cleaned_data[f"{name}_{weekday}"] for name in _FIELDS})
            for weekday in range(len(WEEKDAYS))
        ]
        return hours, days
