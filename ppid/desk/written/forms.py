"""What is typed to write a page, to announce something, and to decide on either."""

from django import forms

from ppid.desk.forms import DayInput, DeskForm
from ppid.pages.models import MAX_NOTE, MAX_TEXT
from ppid.web.markup import LONGEST


class WriteForm(DeskForm):
    """The text of a page; ``seen`` is the key of the one that it is to follow."""

    body = forms.CharField(
        label="Isi halaman",
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea({"rows": 22, "spellcheck": "true"}),
        error_messages={"required": "Tulis isi halamannya.", "max_length": f"Naskah paling panjang {LONGEST} huruf."},
    )
    note = forms.CharField(
        label="Yang berubah",
        required=False,
        max_length=MAX_NOTE,
        help_text="Satu kalimat, dibaca PPID Utama dan tampil di daftar edisi. Untuk edisi pertama boleh kosong.",
        error_messages={"max_length": f"Tulis yang berubah paling banyak {MAX_NOTE} huruf."},
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class AnnounceForm(DeskForm):
    text = forms.CharField(
        label="Teks pengumuman",
        max_length=MAX_TEXT,
        widget=forms.Textarea({"rows": 2, "maxlength": MAX_TEXT}),
        help_text=f"Satu atau dua kalimat, paling banyak {MAX_TEXT} huruf.",
        error_messages={
            "required": "Tulis teks pengumumannya.",
            "max_length": f"Tulis paling banyak {MAX_TEXT} huruf.",
        },
    )
    link = forms.CharField(
        label="Tautan ke halaman portal",
        required=False,
        max_length=200,
        help_text="Boleh kosong. Alamat di portal ini, misalnya /halaman/jam-layanan-dan-kontak/.",
    )
    ends_on = forms.DateField(
        label="Tampil sampai",
        widget=DayInput,
        help_text="Hari terakhir pengumuman ini tampil. Sesudahnya ia hilang sendiri.",
        error_messages={"required": "Pilih hari terakhirnya.", "invalid": "Tulis tanggal yang ada."},
    )
