"""The forms about people. Who may send them is decided by ppid.organisation.actions."""

from crispy_forms.layout import HTML, Div
from django import forms
from django.db.models import Q

from ppid.desk.forms import DayInput, DeskForm, DeskModelForm, crispy
from ppid.desk.work.forms import UploadField
from ppid.organisation.actions import squeezed
from ppid.organisation.handing_over import Handover, field_of
from ppid.organisation.models import Appointment, Unit, User
from ppid.web.filters import Filter

REASON_HELP = "Perlu bila ia mewakili pejabat yang masih bertugas, atau lebih lama daripada biasanya."

SCAN_LABEL = "Pindaian suratnya (PDF)"
SCAN_HELP = "Boleh menyusul: «Unggah pindaian» ada pada penugasannya."


class PeopleFilter(Filter):
    """The filters of the list of people."""

    tahun = None
    keadaan = forms.ChoiceField(
        label="Akun",
        required=False,
        choices=[("", "Aktif"), ("nonaktif", "Tidak aktif"), ("semua", "Semua")],
        error_messages={"invalid_choice": "Keadaan yang diminta tidak dikenal; saringan ini diabaikan."},
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    field_order = ["q", "unit", "keadaan"]

    def apply(self, people, *, on):
        """Return the people that fit; a unit keeps those who are appointed there on the day ``on``."""
        chosen = self.chosen
        if chosen.get("keadaan") != "semua":
            people = people.filter(is_active=chosen.get("keadaan") != "nonaktif")
        held = Appointment.objects.in_force(on=on)
        if unit := chosen.get("unit"):
            people = people.filter(pk__in=held.filter(unit__code=unit).values("user"))
        return people.filter(
            self.found(
                lambda word: Q(name__icontains=word) | Q(email__icontains=word),
                of_units=lambda codes: Q(pk__in=held.filter(unit__code__in=codes).values("user")),
            )
        )


class PersonForm(DeskModelForm):
    nip = forms.CharField(
        label="NIP",
        required=False,
        max_length=40,
        help_text="18 angka, boleh dengan spasi seperti pada surat; kosongkan bila tidak punya.",
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    class Meta:
        model = User
        fields = ["name", "nip", "email"]
        help_texts = {
            "name": "Seperti tertulis pada surat, misalnya «Siti Aminah, S.Sos.»",
            "email": "Surel kedinasan. Dengan surel ini ia masuk ke meja kerja.",
        }
        error_messages = {
            "name": {"required": "Tulis nama lengkapnya."},
            "email": {
                "required": "Tulis alamat surelnya.",
                "invalid": "Alamat surel ini belum lengkap, misalnya nama@pontianak.go.id.",
                "unique": "Surel ini sudah dipakai orang lain.",
            },
        }

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def clean_nip(self):
        return squeezed(self.cleaned_data["nip"])


class EditPersonForm(PersonForm):
    """The same fields of somebody who is there already; what they did keeps the name they had."""

    note = forms.CharField(
        label="Alasan", required=False, max_length=500, help_text="Misalnya «gelar baru» atau «salah ketik»."
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class NoteForm(DeskForm):
    """A line for the ledger."""

    note = forms.CharField(label="Catatan", required=False, max_length=500)


class BecauseForm(DeskForm):
    """Why an appointment ends now or was a mistake."""

    because = forms.CharField(
        label="Dasar atau alasan",
        required=False,
        max_length=500,
        help_text="Misalnya nomor surat, atau apa yang keliru.",
    )


class PersonField(forms.CharField):
    """Somebody who is there already, named by their e-mail address or NIP; None when nobody is."""

    def __init__(self, **kwargs):
        super().__init__(max_length=254, **kwargs)

    def clean(self, value):
        if not (typed := super().clean(value)):
            return None
        found = User.objects.filter(Q(email__iexact=typed) | Q(nip=squeezed(typed)) & ~Q(nip="")).first()
        if found is None:
            raise forms.ValidationError("Tidak ada orang dengan surel atau NIP ini. Tambahkan orangnya lebih dahulu.")
        return found


class OrderForm(DeskForm):
    """By which order somebody follows in a seat, from when, as what."""

    kind = forms.ChoiceField(
        label="Sifat",
        choices=Appointment.Kind.choices,
        widget=forms.RadioSelect,
        initial=Appointment.Kind.DEFINITIVE,
        error_messages={"required": "Pilih sifat penugasannya."},
    )
    starts_on = forms.DateField(
        label="Berlaku sejak",
        widget=DayInput,
        help_text="Penugasan yang lama berakhir sehari sebelumnya.",
        error_messages={"required": "Pilih hari pertamanya.", "invalid": "Tulis tanggal seperti 31/12/2026."},
    )
    ends_on = forms.DateField(
        label="Berlaku sampai", widget=DayInput, required=False, help_text="Wajib untuk Plt dan Plh."
    )
    order_number = forms.CharField(
        label="Nomor surat", max_length=120, error_messages={"required": "Tulis nomor suratnya."}
    )
    order_date = forms.DateField(label="Tanggal surat", widget=DayInput, required=False)
    reason = forms.CharField(label="Alasan", max_length=500, required=False, help_text=REASON_HELP)


class ReplaceForm(OrderForm):
    """Who follows in a seat."""

    who = PersonField(
        label="Surel atau NIP penggantinya",
        help_text="Boleh orang yang sama, misalnya dari Plt menjadi definitif.",
        error_messages={"required": "Tulis surel atau NIP penggantinya."},
    )
    file = UploadField(label=SCAN_LABEL, required=False, help_text=SCAN_HELP)
    field_order = ["who", "kind", "starts_on", "ends_on", "order_number", "order_date", "file", "reason"]


class DeactivateForm(OrderForm):
    """Why the account closes, and who follows in which of its appointments; the order is needed for those alone."""

    note = forms.CharField(label="Catatan", required=False, max_length=500)
    follower = PersonField(
        label="Pengganti untuk semuanya",
        required=False,
        help_text="Surel atau NIP. Kosongkan bila tiap tugas diteruskan sendiri, atau belum ada yang meneruskan.",
    )

    def __init__(self, *args, held, **kwargs):
        super().__init__(*args, **kwargs)
        self.held = held
        self.order = list(OrderForm.base_fields)
        self.needed = {name for name in self.order if self.fields[name].required}
        empty = "bila bukan yang di atas" if len(held) > 1 else "kosongkan bila belum ada"
        for each in held:
            self.fields[field_of(each)] = PersonField(
                label=str(each), required=False, help_text=f"Surel atau NIP penggantinya, {empty}."
            )
        if len(held) < 2:
            del self.fields["follower"]
        for name in self.order:
            self.fields[name].required = False
            if not held:
                del self.fields[name]
        who = [name for name in self.fields if name.startswith("follower")]
        self.order_fields(["note", *who])
        days = Div("starts_on", "ends_on", css_class="side-by-side")
        letter = Div("order_number", "order_date", css_class="side-by-side")
        following = [
            Div(HTML('<h2 class="fs-5 mt-4">Siapa meneruskan tugasnya?</h2>'), *who),
            Div(HTML('<h2 class="fs-5 mt-4">Surat penugasan penggantinya</h2>'), "kind", days, letter, "reason"),
        ]
        self.helper = crispy("note", *following) if held else crispy("note")

    def clean(self):
        fields = super().clean()
        asked = {name for name, typed in self.data.items() if name.startswith("follower") and typed.strip()}
        if gone := sorted(asked - set(self.fields)):
            self.data = self.data.copy()
            typed = ", ".join(self.data.pop(name)[-1] for name in gone)
            self.add_error(None, f"Tugas yang hendak Anda teruskan kepada {typed} baru saja berakhir. Periksa lagi.")
        if any(isinstance(value, User) for value in fields.values()):
            for name in self.needed:
                if not fields.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
        return fields

    def handovers(self) -> list[Handover]:
        """Return who follows in which appointment; whoever is named for one goes before who is named for all."""
        fields = self.cleaned_data
        named = [(each, fields[field_of(each)] or fields.get("follower")) for each in self.held]
        order = {name: fields[name] for name in self.order if self.held}
        return [
            Handover(each, Appointment(user=who, role=each.role, unit=each.unit, **order)) for each, who in named if who
        ]


class AppointmentsFilter(Filter):
    """The filters of the list of appointments in force."""

    tahun = None
    peran = forms.ChoiceField(label="Peran", required=False, widget=forms.Select(attrs={"class": "form-select"}))
    field_order = ["q", "unit", "peran"]

    def __init__(self, *args, roles, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["peran"].choices = [("", "Semua peran"), *roles]

    def apply(self, held):
        chosen = self.chosen
        if unit := chosen.get("unit"):
            held = held.filter(unit__code=unit)
        if role := chosen.get("peran"):
            held = held.filter(role__code=role)
        return held.filter(
            self.found(
                lambda word: Q(user__name__icontains=word) | Q(order_number__icontains=word),
                of_units=lambda codes: Q(unit__code__in=codes),
            )
        )


class ScanForm(DeskForm):
    """The scan of an order that is recorded already."""

    file = UploadField(label=SCAN_LABEL, help_text="Semua halamannya dalam satu PDF.")


class AppointmentForm(DeskModelForm):
    file = UploadField(label=SCAN_LABEL, required=False, help_text=SCAN_HELP)

    class Meta:
        model = Appointment
        fields = ["role", "unit", "kind", "starts_on", "ends_on", "order_number", "order_date", "reason"]
        widgets = {"starts_on": DayInput, "ends_on": DayInput, "order_date": DayInput, "kind": forms.RadioSelect}
        help_texts = {
            "role": "PPID Utama, Bidang, Operator, dan Atasan PPID bertugas untuk semua perangkat daerah.",
            "unit": "Tempat ia bertugas.",
            "ends_on": "Hari terakhir. Wajib untuk Plt dan Plh; kosongkan bila tidak dibatasi.",
            "order_number": "Nomor surat keputusan atau surat perintah.",
            "order_date": "Tanggal surat itu, bila tertulis.",
            "starts_on": "Hari mulai berlaku menurut surat, juga bila suratnya baru datang sesudahnya.",
            "reason": REASON_HELP,
        }
        error_messages = {
            "role": {"required": "Pilih perannya."},
            "unit": {"required": "Pilih perangkat daerahnya."},
            "kind": {"required": "Pilih sifat penugasannya."},
            "starts_on": {"required": "Pilih hari pertamanya."},
            "order_number": {"required": "Tulis nomor suratnya."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(is_active=True)
        self.fields["role"].empty_label = "Pilih peran"
        self.fields["unit"].empty_label = "Pilih perangkat daerah"
        self.fields["kind"].choices = Appointment.Kind.choices
        dates = Div("starts_on", "ends_on", css_class="side-by-side")
        order = Div("order_number", "order_date", css_class="side-by-side")
        self.helper = crispy("role", "unit", "kind", dates, order, "file", "reason")


class LastDayForm(DeskForm):
    """The day up to which an appointment still holds."""

    ends_on = forms.DateField(
        label="Hari terakhir bertugas",
        widget=DayInput,
        help_text="Sampai dan termasuk hari itu. Boleh hari yang sudah lewat, bila suratnya terlambat datang.",
        error_messages={"required": "Pilih hari terakhirnya.", "invalid": "Tulis tanggal seperti 31/12/2026."},
    )
    because = forms.CharField(
        label="Dasar", required=False, max_length=500, help_text="Misalnya nomor surat pemberhentiannya."
    )


class WhyRecoverForm(DeskForm):
    """How the first keeper made sure who it is."""

    why = forms.CharField(
        label="Bagaimana Anda memastikan bahwa ini benar orangnya?",
        max_length=500,
        help_text="Misalnya «datang sendiri ke ruang PPID dengan kartu pegawai». Tersimpan permanen.",
        widget=forms.Textarea({"rows": 3, "maxlength": 500}),
        error_messages={"required": "Tulis bagaimana Anda memastikan orangnya."},
    )
