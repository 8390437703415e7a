"""What is typed to answer a cell, to decide, and to change the list of duties. Rules: ppid.obligations."""

from datetime import date
from typing import Any

from django import forms

from ppid.desk.forms import DayInput, DeskForm
from ppid.obligations.duties import MAX_PARTS
from ppid.obligations.models import Statement
from ppid.obligations.statements import MAX_BECAUSE
from ppid.organisation.models import Unit
from ppid.shelf.matrix import Cell
from ppid.shelf.models import Category
from ppid.shelf.obligations import Confidence, Itself, Rhythm, Scope
from ppid.shelf.periods import in_words

_NO_DAY = "Tulis tanggal yang ada."


class OfCellForm(DeskForm):
    """Mixin: the period that is meant, where the duty has periods, and what else depends on the cell."""

    period = forms.ChoiceField(
        label="Periode",
        error_messages={
            "required": "Pilih periodenya.",
            "invalid_choice": "Pilih periode yang ada bagi kewajiban ini.",
        },
    )

    def __init__(self, *args, cell: Cell, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.cell, calendar = cell, cell.duty.calendar
        if calendar.is_timed:
            self.fields["period"].choices = [(period, in_words(period)) for period in calendar.choices(today)]
            open_now = cell.state not in ("ada", "nihil", "tidak-wajib")
            self.fields["period"].initial = calendar.expected(today) if open_now else calendar.next(today)
        else:
            del self.fields["period"]

    @property
    def period_chosen(self) -> str:
        return self.cleaned_data.get("period", "")


class StateForm(OfCellForm):
    kind = forms.ChoiceField(
        label="Jawaban",
        widget=forms.RadioSelect,
        choices=[
            (Statement.Kind.NIL, "Nihil: unit ini tidak mempunyai isinya sekarang"),
            (Statement.Kind.NOT_REQUIRED, "Tidak wajib: kewajiban ini bukan untuk unit ini"),
        ],
        error_messages={"required": "Pilih jawabannya.", "invalid_choice": "Pilih jawabannya: nihil atau tidak wajib."},
    )
    because = forms.CharField(
        label="Alasan",
        max_length=MAX_BECAUSE,
        widget=forms.Textarea({"rows": 4, "maxlength": MAX_BECAUSE}),
        help_text="Dibaca publik. Sebut dasarnya, tanpa nama orang.",
        error_messages={
            "required": "Tulis alasannya. Publik membacanya.",
            "max_length": f"Tulis alasannya paling banyak {MAX_BECAUSE} huruf.",
        },
    )
    held_by = forms.CharField(
        label="Dipegang oleh",
        required=False,
        max_length=200,
        help_text="Untuk «tidak wajib»: badan atau unit yang memegang informasinya, bila ada.",
        error_messages={"max_length": "Tulis paling banyak 200 huruf."},
    )
    until = forms.DateField(
        label="Nihil sampai",
        required=False,
        widget=DayInput,
        help_text="Sesudah hari ini lewat, kewajiban ini terbuka lagi dan diperiksa lagi.",
        error_messages={"invalid": _NO_DAY},
    )
    field_order = ["kind", "period", "because", "held_by", "until"]

    def __init__(self, *args, last: date | None, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.cell.duty.nil_possible:
            self.fields["kind"].choices = self.fields["kind"].choices[1:]
        if last is None or not self.cell.duty.nil_possible:
            del self.fields["until"]
        else:
            self.fields["until"].initial = last


class PartsField(forms.TypedMultipleChoiceField):
    """Which parts of the duty an item holds; none ticked is all of it."""

    def __init__(self):
        super().__init__(
            label="Bagian yang dimuat",
            required=False,
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
            help_text="Tanpa pilihan berarti semuanya.",
            error_messages={"invalid_choice": "Pilih bagian dari daftar."},
        )


class WithParts(OfCellForm):
    """Mixin: the parts of the duty, where it has any."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if parts := self.cell.duty.parts:
            self.fields["parts"] = PartsField()
            self.fields["parts"].choices = list(zip(self.cell.duty.part_keys, parts, strict=True))

    @property
    def parts_chosen(self) -> list[int]:
        return self.cleaned_data.get("parts", [])


class LinkForm(WithParts):
    number = forms.CharField(
        label="Nomor informasi",
        max_length=20,
        help_text="Nomor pada DIP atau pada prosesnya, misalnya 12/2026.",
        error_messages={"required": "Tulis nomor informasinya.", "max_length": "Nomor informasi tidak sepanjang itu."},
    )
    field_order = ["number", "period"]


class StartForm(WithParts):
    title = forms.CharField(
        label="Judul informasi",
        max_length=300,
        widget=forms.Textarea({"rows": 2, "maxlength": 300}),
        help_text="Yang nanti dibaca publik; masih dapat diubah sampai disetujui.",
        error_messages={"required": "Tulis judulnya.", "max_length": "Judul paling banyak 300 huruf."},
    )
    of = forms.ModelChoiceField(
        Unit.objects.none(),
        label="Unit yang menyiapkan",
        to_field_name="code",
        empty_label="Pilih unit",
        error_messages={"required": "Pilih unitnya.", "invalid_choice": "Pilih unit dari daftar."},
    )
    wanted_by = forms.DateField(
        label="Diminta selesai",
        widget=DayInput,
        help_text="Tampil di tabel kewajiban, juga bagi publik, selama informasinya disiapkan.",
        error_messages={"required": "Pilih hari selesainya.", "invalid": _NO_DAY},
    )
    field_order = ["title", "of", "period", "wanted_by"]

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["of"].queryset = units
        if not self.cell.column.is_city:
            del self.fields["of"]


class RenewForm(OfCellForm):
    number = forms.ChoiceField(
        label="Informasi yang diperbarui",
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih informasinya.", "invalid_choice": "Pilih informasi dari daftar."},
    )
    wanted_by = forms.DateField(
        label="Diminta selesai",
        widget=DayInput,
        error_messages={"required": "Pilih hari selesainya.", "invalid": _NO_DAY},
    )
    field_order = ["number", "period", "wanted_by"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(source.number, source.title) for source in self.cell.sources if source.number]
        self.fields["number"].choices = choices
        if len(choices) == 1:
            self.fields["number"].initial = choices[0][0]


def _text(label: str, most: int, **more: Any) -> forms.CharField:
    messages = {"max_length": f"Tulis paling banyak {most} huruf.", "required": "Kolom ini perlu diisi."}
    return forms.CharField(label=label, max_length=most, error_messages=messages, **more)


def _choice(label: str, choices, **more: Any) -> forms.ChoiceField:
    messages = {"required": "Pilih salah satu.", "invalid_choice": "Pilih dari daftar."}
    return forms.ChoiceField(label=label, choices=choices, error_messages=messages, **more)


def _number(label: str, least: int, most: int, **more: Any) -> forms.IntegerField:
    wrong = f"Tulis angka {least} sampai {most}."
    messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong)
    return forms.IntegerField(label=label, min_value=least, max_value=most, error_messages=messages, **more)


class DutyForm(DeskForm):
    """The words of a duty; ``seen`` is the key of the text that this one is to follow."""

    code = _text("Kode", 50, help_text="Alamat kewajiban ini untuk seterusnya, misalnya ss-rapat-terbuka.")
    name = _text("Yang wajib diumumkan", 300, widget=forms.Textarea({"rows": 2, "maxlength": 300}))
    category = _choice("Jenis informasi", Category.choices)
    group = _text("Kelompok", 60, required=False)
    position = _number("Urutan dalam daftar", 0, 9999)
    scope = _choice("Untuk siapa", Scope.choices, widget=forms.RadioSelect)
    unit_codes = forms.MultipleChoiceField(
        label="Unit tertentu",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Hanya dipakai bila kewajiban ini untuk unit tertentu.",
        error_messages={"invalid_choice": "Pilih unit dari daftar."},
    )
    rhythm = _choice("Irama", Rhythm.choices)
    looks_back = forms.BooleanField(label="Tentang tahun yang sudah lewat, seperti laporan tahunan", required=False)
    due_months = _number("Jatuh tempo, bulan sesudah periodenya mulai atau berakhir", 1, 24)
    max_months = _number(
        "Umur terlama, bulan",
        1,
        60,
        required=False,
        help_text="Untuk yang tidak punya periode. Berkala paling lama enam bulan (UU 14/2008 pasal 9).",
    )
    parts = forms.CharField(
        label="Bagian",
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=f"Satu bagian satu baris, paling banyak {MAX_PARTS}. Boleh kosong. Kata-katanya dapat diperbaiki "
        "pada tempatnya, atau urutannya diubah; keduanya tidak sekaligus.",
    )
    nil_possible = forms.BooleanField(label="Dapat dijawab nihil", required=False)
    itself = _choice("Terisi sendiri oleh", [("", "tidak terisi sendiri"), *Itself.choices], required=False)
    law = _text("Dasar hukum", 500, required=False, widget=forms.Textarea({"rows": 2, "maxlength": 500}))
    law_checked = forms.BooleanField(
        label="Saya sudah mencocokkan pasal ini dengan naskah resminya",
        required=False,
        help_text="Publik membaca pasalnya hanya bila ini dicentang dan PPID Utama menyetujuinya.",
    )
    seen_in = _text("Terlihat di", 300, required=False)
    confidence = _choice("Tingkat keyakinan", Confidence.choices)
    note = _text("Keterangan", 1000, required=False, widget=forms.Textarea({"rows": 2, "maxlength": 1000}))
    ended_on = forms.DateField(
        label="Tidak berlaku lagi sejak",
        required=False,
        widget=DayInput,
        help_text="Kewajiban tidak dihapus: yang sudah diumumkan untuknya tetap menunjuk kepadanya.",
        error_messages={"invalid": _NO_DAY},
    )
    ended_because = _text("Alasan tidak berlaku lagi", 500, required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, code: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        units = Unit.objects.open().order_by("name").values_list("code", "name")
        self.fields["unit_codes"].choices = list(units)
        if code:
            del self.fields["code"]

    def clean_parts(self) -> list[str]:
        parts = [" ".join(line.split()) for line in self.cleaned_data["parts"].splitlines()]
        parts = [part for part in parts if part]
        if any(len(part) > 200 for part in parts):
            raise forms.ValidationError("Tulis setiap bagian paling banyak 200 huruf.")
        return parts

    @staticmethod
    def typed_of(words: dict[str, Any]) -> dict[str, Any]:
        """Return what stands in the fields for these words."""
        return {**words, "parts": "\n".join(words.get("parts", []))}
