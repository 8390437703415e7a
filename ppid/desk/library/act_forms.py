"""What somebody writes when a version is sent back, approved or retired. The rules are in ``sop.versions.actions``."""

from django import forms

from ppid.desk.forms import DayInput, DeskForm
from sop.models import Sop

WHY_LENGTH = 2000


def seen_field(act: str) -> forms.IntegerField:
    """Return the hidden field that says which state of the version the page showed."""
    return forms.IntegerField(
        min_value=0,
        max_value=2_147_483_647,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ["required", "invalid", "min_value", "max_value"],
            f"Halaman ini tidak utuh terkirim. Muat ulang, baca lagi sebelum {act}.",
        ),
    )


class ConfirmForm(DeskForm):
    """``seen`` is the draft's revision that the page shows: nobody confirms what they haven't read."""

    seen = seen_field("mengonfirmasi")


class ReasonForm(DeskForm):
    """The reason is asked for by the rule, so that it says the sentence."""

    why = forms.CharField(
        label="Alasan",
        required=False,
        max_length=WHY_LENGTH,
        widget=forms.Textarea({"rows": 4}),
        help_text="Tercatat dalam riwayat versi dan terbaca oleh semua petugas.",
    )


class ApproveForm(DeskForm):
    """``seen`` is the move of the version that the page shows: what came back and was mended meanwhile is another."""

    seen = seen_field("menyetujui")
    in_force_from = forms.DateField(
        label="Berlaku sejak",
        required=False,
        widget=DayInput,
        help_text="Kosongkan bila berlaku hari ini juga.",
        error_messages={"invalid": "Tulis tanggal yang ada, misalnya 2 Januari 2027."},
    )
    why = forms.CharField(
        label="Catatan persetujuan",
        required=False,
        max_length=WHY_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        help_text="Wajib bila pemeriksaan lembar memberi peringatan: tuliskan mengapa lembar ini tetap disetujui.",
    )


class BindForm(ReasonForm):
    flow = forms.ChoiceField(
        label="Alur yang dijalankan",
        choices=[("", "Pilih"), *Sop.Flow.choices],
        error_messages={"required": "Pilih alur yang dijalankan lembar ini."},
    )
    field_order = ["flow", "why"]
