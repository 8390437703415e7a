"""The forms of taking over: the table, what its columns are, the decree, a reason."""

from django import forms
from django.conf import settings

from ppid.desk.forms import DayInput, DeskForm
from ppid.organisation.models import Unit
from ppid.takeover.columns import Columns, Table, letter
from ppid.takeover.files import MOST_IN_ZIP
from ppid.takeover.headings import LEFT_OUT, TARGETS
from ppid.takeover.models import MOVED_TO_DIK, Register, State, Takeover, Way
from ppid.takeover.permissions import Scope, units_of
from ppid.takeover.reading import ENDINGS, MAX_MB, TAKEN
from ppid.web.uploads import MAX_FILES

MOST_NAMES = 60  # of units that nobody knows, asked for at once


class TableForm(DeskForm):
    file = forms.FileField(
        label="Berkas daftar",
        max_length=255,
        widget=forms.FileInput({"accept": ",".join(ENDINGS)}),
        help_text=f"{TAKEN}; paling besar {MAX_MB} MB dan 10.000 baris. Belum ada yang berubah di portal.",
        error_messages={
            "required": "Pilih berkas daftarnya.",
            "missing": "Pilih berkas daftarnya.",
            "empty": "Berkas ini kosong.",
            "invalid": "Berkas tidak sampai utuh. Unggah sekali lagi.",
            "max_length": "Nama berkas ini terlalu panjang.",
        },
    )


class RegisterForm(TableForm):
    """The table of somebody who takes both registers over: they say which it is, or let its heads say it."""

    kind = forms.ChoiceField(
        label="Daftar",
        choices=[("", "Menurut judul kolomnya"), *Register.choices],
        required=False,
        widget=forms.RadioSelect,
        help_text="Bila judul kolomnya tidak jelas, portal bertanya dan tidak menebak.",
        error_messages={"invalid_choice": "Pilih daftar yang diambil alih: DIP atau DIK."},
    )


class MappingForm(DeskForm):
    """How the table is read: the way, the unit of rows without one, each column, and units that nobody knows."""

    way = forms.ChoiceField(
        label="Cara mengambil alih",
        choices=Way.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih cara mengambil alihnya."},
    )
    default_unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label="Unit untuk baris tanpa unit",
        required=False,
        empty_label="Tidak ada: baris tanpa unit tidak diambil",
        error_messages={"invalid_choice": "Pilih unit yang Anda wakili."},
    )

    def __init__(self, *args, takeover: Takeover, table: Table, columns: Columns, scope: Scope, **kwargs):
        super().__init__(*args, **kwargs)
        units = units_of(scope)
        self.fields["default_unit"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units]).order_by("name")
        if not scope.is_city:
            self.fields["way"].choices = [(Way.CASES.value, Way.CASES.label)]
        if takeover.kind == Register.DIK:
            self.fields["way"].choices = [(Way.MOVED.value, MOVED_TO_DIK)]
        self.initial.setdefault("way", takeover.way or (Way.MOVED if scope.is_city else Way.CASES))
        self.initial.setdefault("default_unit", takeover.default_unit_id or (units[0].pk if len(units) == 1 else None))
        targets = [(LEFT_OUT, "Tidak diambil"), *TARGETS[takeover.kind].items()]
        self.columns = list(columns.targets)
        for column, target in columns.targets.items():
            heading = table.headings[column].replace("\n", " / ") or "(tanpa judul)"
            sample = next((text for row in table.rows[:50] if (text := row.cell(column))), "")
            self.fields[f"column_{column}"] = forms.ChoiceField(
                label=f"{letter(column)} · {heading}"[:200],
                choices=targets,
                required=False,
                initial=target,
                help_text=" ".join(
                    [
                        *([f"Contoh isi: «{sample[:80]}»."] if sample and column not in columns.personal else []),
                        columns.personal.get(column) or columns.doubts.get(column, ""),
                    ]
                ).strip(),
            )
        self.names = _unknown_names(takeover)
        choices = [("", "Belum tahu: baris ini tidak diambil"), *[(unit.code, unit.name) for unit in units]]
        for place, (name, rows) in enumerate(self.names):
            self.fields[f"unit_{place}"] = forms.ChoiceField(
                label=f"Unit «{name}»"[:200], choices=choices, required=False, help_text=f"Ada di {rows} baris."
            )

    @property
    def targets(self) -> dict[int, str]:
        return {column: self.cleaned_data[f"column_{column}"] for column in self.columns}

    @property
    def unit_names(self) -> dict[str, str]:
        return {name: self.cleaned_data[f"unit_{place}"] for place, (name, _) in enumerate(self.names)}


class DecreeForm(DeskForm):
    sk_number = forms.CharField(label="Nomor SK penetapan", max_length=120)
    sk_date = forms.DateField(
        label="Tanggal SK",
        widget=DayInput,
        error_messages={"required": "Tulis tanggal SK; paling akhir hari ini.", "invalid": "Tulis tanggal yang ada."},
    )
    scan = forms.FileField(
        label="Pindaian SK bertanda tangan",
        max_length=255,
        error_messages={
            "required": "Unggah pindaian SK yang sudah ditandatangani.",
            "missing": "Unggah pindaian SK yang sudah ditandatangani.",
            "empty": "Berkas ini kosong.",
            "invalid": "Berkas tidak sampai utuh. Unggah sekali lagi.",
        },
    )

    def __init__(self, *args, register: str, **kwargs):
        super().__init__(*args, **kwargs)
        number = self.fields["sk_number"]
        number.label = f"Nomor SK penetapan {register}"
        number.error_messages["required"] = f"Tulis nomor SK yang menetapkan {register} ini."


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    widget = FilesInput

    def clean(self, data, initial=None):
        uploads = data if isinstance(data, list | tuple) else [data]
        if len(uploads) > MAX_FILES:
            raise forms.ValidationError(
                f"Anda memilih {len(uploads)} berkas; sekali kirim paling banyak {MAX_FILES}. Kumpulkan dalam satu ZIP."
            )
        return [super(FilesField, self).clean(each, initial) for each in uploads]


class FilesForm(DeskForm):
    files = FilesField(
        label="Berkas, atau ZIP berisi berkas-berkas",
        max_length=255,
        help_text=(
            f"Sekali kirim paling banyak {MAX_FILES} berkas; setiap ZIP paling banyak {MOST_IN_ZIP} berkas. Setiap "
            f"kiriman paling besar {settings.MAX_UPLOAD_MB} MB."
        ),
        error_messages={
            "required": "Pilih berkas yang akan dikirim.",
            "missing": "Pilih berkas yang akan dikirim.",
            "empty": "Ada berkas yang kosong. Pilih ulang tanpa berkas itu.",
            "invalid": "Berkas tidak sampai utuh. Unggah sekali lagi.",
            "max_length": "Ada berkas yang namanya terlalu panjang.",
        },
    )


class NoteForm(DeskForm):
    note = forms.CharField(
        label="Alasan",
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Tuliskan alasannya."},
    )


def _unknown_names(takeover: Takeover) -> list[tuple[str, int]]:
    """Return the names of units that no unit has, each with its rows, the most frequent first."""
    if takeover.state != State.DRAFT:
        return []
    counts: dict[str, int] = {}
    for name in takeover.rows.filter(values__unit="").values_list("values__unit_called", flat=True):
        if name:
            counts[name] = counts.get(name, 0) + 1
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:MOST_NAMES]
