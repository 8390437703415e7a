"""What is typed to prepare, approve and set an edition."""

from django import forms

from ppid.desk.forms import DayInput, DeskForm
from ppid.desk.head_field import HeadField
from ppid.desk.work.forms import UploadField

SCAN_HELP = "Semua halamannya dalam satu PDF, disimpan apa adanya."


class PrepareForm(DeskForm):
    year = forms.IntegerField(
        label="Tahun edisi",
        min_value=2008,
        max_value=2200,
        error_messages={
            "required": "Isi tahun edisi ini.",
            "invalid": "Tulis tahun dengan empat angka.",
            "min_value": "Tulis tahun sesudah 2007.",
            "max_value": "Tulis tahun dengan empat angka.",
        },
    )
    note = forms.CharField(
        label="Catatan",
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3, "maxlength": 4000}),
        help_text="Dibaca oleh yang menyetujui dan menetapkannya. Tersimpan permanen.",
    )


class NoteForm(DeskForm):
    note = forms.CharField(
        label="Catatan", required=False, max_length=4000, widget=forms.Textarea({"rows": 3, "maxlength": 4000})
    )


class ScanForm(DeskForm):
    """A signed approval: whose it was is chosen among the heads, never typed."""

    head = HeadField()
    file = UploadField(label="Pindaian persetujuan yang ditandatangani (PDF)", help_text=SCAN_HELP)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["head"].queryset = HeadField.held().in_force(on=today).definitive_first()


class DecreeForm(DeskForm):
    number = forms.CharField(
        label="Nomor SK penetapan", max_length=120, error_messages={"required": "Isi nomor SK penetapannya."}
    )
    date = forms.DateField(
        label="Tanggal SK",
        widget=DayInput,
        error_messages={"required": "Isi tanggal SK-nya.", "invalid": "Tulis tanggal yang ada."},
    )
    file = UploadField(label="Pindaian SK yang ditandatangani (PDF)", help_text=SCAN_HELP)


class ReasonForm(DeskForm):
    reason = forms.CharField(
        label="Alasan",
        max_length=4000,
        widget=forms.Textarea({"rows": 3, "maxlength": 4000}),
        error_messages={"required": "Tulis alasan pembatalannya."},
    )
