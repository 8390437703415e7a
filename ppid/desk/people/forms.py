"""The forms about people. Who may send them is decided by ppid.organisation.actions."""

from crispy_forms.layout import Div
from django import forms
from django.db.models import Q

from ppid.desk.forms import DayInput, DeskForm, DeskModelForm, crispy
from ppid.organisation.models import Appointment, Unit, User
from ppid.web.filters import Filter


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
        if unit := chosen.get("unit"):
            people = people.filter(pk__in=Appointment.objects.in_force(on=on).filter(unit__code=unit).values("user"))
        for word in chosen.get("q", "").split()[:10]:
            people = people.filter(Q(name__icontains=word) | Q(email__icontains=word))
        return people


class PersonForm(DeskModelForm):
    class Meta:
        model = User
        fields = ["name", "nip", "email"]
        widgets = {"nip": forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})}
        help_texts = {
            "name": "Seperti tertulis pada surat, misalnya «Siti Aminah, S.Sos.»",
            "nip": "18 angka tanpa spasi; kosongkan bila tidak punya.",
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


class AppointmentForm(DeskModelForm):
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
            "reason": "Perlu bila ia mewakili pejabat yang masih bertugas, atau lebih lama daripada biasanya.",
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
        self.helper = crispy("role", "unit", "kind", dates, order, "reason")


class LastDayForm(DeskForm):
    """The day up to which an appointment still holds."""

    ends_on = forms.DateField(
        label="Hari terakhir bertugas",
        widget=DayInput,
        help_text="Sampai dan termasuk hari ini ia masih bertugas.",
        error_messages={"required": "Pilih hari terakhirnya.", "invalid": "Tulis tanggal seperti 31/12/2026."},
    )
