"""The forms about units. Who may send them, and what is refused, the domain decides."""

from crispy_forms.layout import Div, Field
from django import forms

from ppid.desk.forms import DayInput, DeskForm, crispy
from ppid.organisation.models import Unit
from ppid.organisation.unit_contact import LONGEST
from ppid.web.filters import Filter, choice

_LAW = "Misalnya «Perwa 71/2026». Tercatat dalam riwayat unit."
_WHEN = "Tulis tanggal seperti 31/12/2026."


class UnitFilter(Filter):
    """The filters of the list of units."""

    unit = tahun = None
    keadaan = choice(
        "Keadaan",
        "Keadaan yang diminta tidak dikenal; saringan ini diabaikan.",
        choices=[("", "Masih ada"), ("tutup", "Sudah ditutup"), ("semua", "Semua")],
    )
    field_order = ["q", "keadaan"]

    def apply(self, units):
        """Return the units that fit; words find the names of every day and of former days, too."""
        chosen = self.chosen
        if chosen.get("keadaan") != "semua":
            units = units.filter(is_active=chosen.get("keadaan") != "tutup")
        return units.called(chosen.get("q", ""))


class EverydayNames(forms.CharField):
    """What people call a unit, typed with commas between."""

    def __init__(self):
        super().__init__(
            label="Nama sehari-hari",
            required=False,
            max_length=1400,
            help_text="Pisahkan dengan koma, misalnya «capil, KTP, akta». Ikut dicari di portal dan di meja.",
        )

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value):
        return [name for name in super().clean(value).replace(";", ",").split(",") if name.strip()]


class NamesForm(DeskForm):
    name = forms.CharField(label="Nama resmi", max_length=200, error_messages={"required": "Tulis namanya."})
    short_name = forms.CharField(
        label="Nama pendek",
        max_length=60,
        help_text="Seperti tampil dalam daftar, misalnya «Dinas Sosial».",
        error_messages={"required": "Tulis nama pendeknya."},
    )


class AddUnitForm(NamesForm):
    code = forms.SlugField(
        label="Kode",
        max_length=50,
        help_text="Alamat unit ini; tidak pernah berubah. Huruf kecil tanpa spasi, misalnya «dinsos».",
        error_messages={
            "required": "Tulis kodenya.",
            "invalid": "Kode hanya memuat huruf, angka, dan tanda hubung, misalnya «dinas-sosial».",
        },
    )
    everyday_names = EverydayNames()
    opened_on = forms.DateField(
        label="Berdiri sejak",
        required=False,
        widget=DayInput,
        help_text="Kosongkan bila tidak diketahui.",
        error_messages={"invalid": _WHEN},
    )
    because = forms.CharField(label="Dasar hukum", required=False, max_length=300, help_text=_LAW)
    field_order = ["name", "short_name", "code", "everyday_names", "opened_on", "because"]

    def clean_code(self):
        code = self.cleaned_data["code"].lower()
        if code == "tambah" or Unit.objects.filter(code=code).exists():
            raise forms.ValidationError("Kode ini sudah dipakai. Tulis kode lain.")
        return code


class RenameForm(NamesForm):
    starts_on = forms.DateField(
        label="Mulai berlaku",
        widget=DayInput,
        help_text="Hari yang akan datang dicatat sekarang dan berlaku dengan sendirinya.",
        error_messages={"required": "Pilih harinya.", "invalid": _WHEN},
    )
    because = forms.CharField(
        label="Dasar hukum", max_length=300, help_text=_LAW, error_messages={"required": "Tulis dasar hukumnya."}
    )


class CallForm(DeskForm):
    short_name = NamesForm.base_fields["short_name"]
    everyday_names = EverydayNames()


class ContactForm(DeskForm):
    """Where a unit is reached. What is left empty, the office's own contact answers."""

    address = forms.CharField(label="Alamat", required=False, max_length=LONGEST["address"])
    phone = forms.CharField(
        label="Telepon",
        required=False,
        max_length=LONGEST["phone"],
        help_text="Satu nomor, misalnya (0561) 123456. Nomor kantor, bukan nomor pribadi.",
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    email = forms.CharField(
        label="Surel",
        required=False,
        max_length=LONGEST["email"],
        help_text="Kotak surel kantor, misalnya dinsos@contoh.go.id.",
        widget=forms.TextInput(attrs={"inputmode": "email"}),
    )
    hours = forms.CharField(
        label="Jam layanan",
        required=False,
        max_length=LONGEST["hours"],
        help_text="Misalnya «Senin–Kamis 08.00–15.00, Jumat 08.00–11.00».",
    )


class CloseForm(DeskForm):
    """What a unit closes with. ``confirmed`` is what was shown to pass, so that nothing passes unseen."""

    successor = forms.ModelChoiceField(
        Unit.objects.none(),
        label="Unit penerus",
        empty_label="Pilih unit",
        error_messages={"required": "Pilih penerusnya.", "invalid_choice": "Unit itu tidak dapat dipilih."},
    )
    last_day = forms.DateField(
        label="Hari terakhir",
        widget=DayInput,
        help_text="Hari ini: berpindah seketika. Hari yang akan datang: berpindah sesudah hari itu lewat.",
        error_messages={"required": "Pilih hari terakhirnya.", "invalid": _WHEN},
    )
    because = forms.CharField(
        label="Dasar hukum", max_length=300, help_text=_LAW, error_messages={"required": "Tulis dasar hukumnya."}
    )
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput, max_length=200)

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = Unit.objects.open().exclude(pk=unit.pk)
        dates = Div("last_day", "because", css_class="side-by-side")
        self.helper = crispy("successor", dates, Field("confirmed"))
