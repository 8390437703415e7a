"""A calendar file (``.ics``) brought in: read, looked at day by day with what it moves, then saved.

Between the two the server keeps nothing: what was read travels in the page, signed for its person.
"""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property

from ppid.desk.calendar.views import KeepersPage, of_year
from ppid.desk.forms import DeskForm, crispy
from ppid.web.refusals import Refused
from ppid.worktime import actions
from ppid.worktime.actions import Day
from ppid.worktime.calendar_files import FoundDay, UnreadableCalendar, read
from ppid.worktime.models import Holiday

MAX_AGE = 60 * 60 * 12  # seconds, as long as a session
_SALT = "calendar-import"


@dataclass(frozen=True, slots=True)
class Line:
    """A day of the file as the page shows it, with what stands in the calendar on that day."""

    day: FoundDay
    standing: Holiday | None

    @property
    def is_proposed(self) -> bool:
        """Whether it is ticked from the first: what is new, and what was predicted and can be confirmed."""
        known = self.standing is not None and self.standing.is_confirmed
        return not known and not self.day.is_doubted

    @property
    def words(self) -> str:
        told = f"{date_format(self.day.date, 'l, j F Y')}: {self.day.name}"
        if self.standing is None:
            return told + (" (menurut berkasnya bukan hari libur)" if self.day.is_doubted else "")
        if self.standing.is_confirmed:
            return f"{told} (sudah ditetapkan sebagai «{self.standing.name}»; tidak berubah)"
        return f"{told} (sudah ada sebagai perkiraan «{self.standing.name}»)"


class FileForm(DeskForm):
    """The file to read."""

    file = forms.FileField(
        label="Berkas kalender (.ics)",
        max_length=255,
        widget=forms.FileInput({"accept": ".ics,text/calendar"}),
        help_text="Paling besar 512 KB. Berkasnya dibaca lalu dilupakan; sebelum disimpan Anda melihat hari-harinya.",
        error_messages={
            "required": "Pilih berkas kalendernya.",
            "missing": "Pilih berkas kalendernya.",
            "empty": "Berkas ini kosong.",
            "invalid": "Berkas tidak sampai utuh. Unggah sekali lagi.",
            "max_length": "Nama berkas ini terlalu panjang.",
        },
    )

    def __init__(self, *args, years: range, **kwargs):
        super().__init__(*args, **kwargs)
        self.years = years

    def clean_file(self):
        try:
            self.found = read(self.cleaned_data["file"], years=self.years, zone=timezone.get_default_timezone())
        except UnreadableCalendar as refusal:
            raise forms.ValidationError(list(refusal.sentences)) from refusal
        if not self.found.days:
            told = " ".join(self.found.left_out[:3])
            raise forms.ValidationError(
                f"Tidak ada hari libur dari {self.years[0]} sampai {self.years[-1]} dalam berkas ini. {told}".strip()
            )
        return self.cleaned_data["file"]


class DaysForm(DeskForm):
    """The days to take, and what they rest on."""

    hari = forms.MultipleChoiceField(
        label="Hari yang dimasukkan",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Pilih sekurang-kurangnya satu hari.",
            "invalid_choice": "Pilih hari dari berkasnya.",
        },
    )
    kind = forms.ChoiceField(
        label="Jenis",
        choices=[("", "Menurut namanya: «cuti bersama», selebihnya libur nasional"), *Holiday.Kind.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    is_confirmed = forms.BooleanField(
        label="Sudah ditetapkan dengan keputusan",
        required=False,
        help_text="Perkiraan pada hari yang sama ikut menjadi ditetapkan.",
    )
    source = forms.CharField(
        label="Dasar hukum",
        required=False,
        max_length=250,
        widget=forms.Textarea({"rows": 2}),
        help_text="Nomor dan judul keputusannya, misalnya Keputusan Bersama. Wajib bila sudah ditetapkan.",
    )

    def __init__(self, *args, lines: list[Line], **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = lines
        self.fields["hari"].choices = [(line.day.date.isoformat(), line.words) for line in lines]
        self.initial.setdefault("hari", [line.day.date.isoformat() for line in lines if line.is_proposed])
        self.helper = crispy("hari", "kind", "is_confirmed", "source")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_confirmed") and not cleaned.get("source"):
            self.add_error("source", "Hari libur yang sudah ditetapkan harus menyebut dasar hukumnya.")
        return cleaned

    def days(self) -> list[Day]:
        """Return the days that were ticked."""
        ticked, kind = set(self.cleaned_data["hari"]), self.cleaned_data["kind"]
        return [
            Day(each.date, each.name, kind or _kind_of(each.name))
            for each in (line.day for line in self.lines)
            if each.date.isoformat() in ticked
        ]


class ImportCalendar(KeepersPage):
    """First the file, then its days; both are sent to this one address."""

    heading = "Impor kalender"
    template_name = "desk/calendar/import.html"
    day = None
    always_looks = True

    @cached_property
    def years(self) -> range:
        """The years that a file may bring days of: last year's, for what runs since then, to those to come."""
        return range(max(self.today.year - 1, actions.YEARS[0]), min(self.today.year + 4, actions.YEARS[-1]) + 1)

    @property
    def is_looking(self) -> bool:
        return bool(self.read)

    def guard(self):
        if self.request.method == "POST" and "muatan" in self.request.POST and not self.is_looking:
            raise Refused("Pratinjau ini sudah kedaluwarsa. Unggah berkasnya sekali lagi.")

    @cached_property
    def read(self) -> list[FoundDay]:
        """What was read, as the page brought it back; nothing once that is too old, changed, or somebody else's."""
        try:
            rows = signing.loads(self.request.POST.get("muatan", ""), salt=self._salt, max_age=MAX_AGE)
        except signing.BadSignature:
            return []
        return [FoundDay(date.fromisoformat(day), name, doubted) for day, name, doubted in rows]

    @property
    def _salt(self) -> str:
        return f"{_SALT}.{self.request.user.pk}"

    def lines(self, days) -> list[Line]:
        standing = {each.date: each for each in Holiday.objects.filter(date__in=[day.date for day in days])}
        return [Line(day, standing.get(day.date)) for day in days]

    def get_form_class(self):
        return DaysForm if self.is_looking else FileForm

    def get_form_kwargs(self):
        told = {"lines": self.lines(self.read)} if self.is_looking else {"years": self.years}
        return super().get_form_kwargs() | told

    def form_valid(self, form):
        if self.is_looking:
            return super().form_valid(form)
        days, found = form.found.days, form.found
        sealed = signing.dumps(
            [(each.date.isoformat(), each.name, each.is_doubted) for each in days], salt=self._salt, compress=True
        )
        shown = DaysForm(lines=self.lines(days))
        context = {"form": shown, "sealed": sealed, "left_out": found.left_out, "missing": self.missing(days)}
        return self.render_to_response(self.get_context_data(**context))

    def get_context_data(self, **kwargs):
        if self.is_looking:
            kwargs.setdefault("sealed", self.request.POST["muatan"])
        return super().get_context_data(years=self.years, **kwargs)

    def missing(self, days) -> list[Holiday]:
        """Return what was predicted for the years of the file and isn't in it: to be taken out by hand."""
        years = {day.date.year for day in days}
        predicted = Holiday.objects.filter(date__year__in=years, is_confirmed=False)
        return list(predicted.exclude(date__in=[day.date for day in days]))

    def change(self, form):
        return actions.bringing_in(
            form.days(), source=form.cleaned_data["source"].strip(), is_confirmed=form.cleaned_data["is_confirmed"]
        )

    def told(self, result):
        words = f"{result.added} hari libur ditambahkan"
        words += f", {result.confirmed} perkiraan ditetapkan." if result.confirmed else "."
        return self.and_moved(words)

    def onward(self, result):
        return of_year(self.read[0].date.year)


def _kind_of(name: str) -> str:
    joint = "cuti bersama" in name.casefold() or "joint holiday" in name.casefold()
    return Holiday.Kind.JOINT_LEAVE if joint else Holiday.Kind.NATIONAL
