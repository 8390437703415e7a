"""What is typed about a paper of a case: its number and date, why a number is cancelled, the scan."""

from django import forms

from ppid.desk.forms import DayInput, DeskForm
from ppid.desk.work.forms import UploadField


class NumberForm(DeskForm):
    number = forms.CharField(
        label="Nomor surat",
        max_length=120,
        required=False,
        help_text="Usul portal memakai nomor proses. Ganti bila kantor Anda menomorinya dalam agenda surat.",
    )
    date = forms.DateField(
        label="Tanggal surat",
        widget=DayInput,
        error_messages={
            "required": "Isi tanggal suratnya.",
            "invalid": "Tulis tanggal yang ada, misalnya 26 November 2026.",
        },
    )


class CancelForm(DeskForm):
    because = forms.CharField(
        label="Alasan pembatalan",
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3, "maxlength": 2000}),
        help_text="Tersimpan permanen. Nomor yang dibatalkan tetap terbaca dalam riwayat surat.",
    )


class ScanForm(DeskForm):
    file = UploadField(label="Pindaian yang sudah ditandatangani")
