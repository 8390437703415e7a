"""What is typed to compare a mark from paper, and to give an auditor's link."""

from django import forms

from ppid.desk.forms import DayInput, DeskForm
from ppid.proof.giving import TOO_LONG
from ppid.proof.links import LONGEST


class MarkForm(DeskForm):
    """A mark as a paper prints it in its foot."""

    catatan = forms.IntegerField(
        label="Nomor catatan",
        min_value=1,
        max_value=10**15,
        error_messages={
            "required": "Isi nomor catatan yang tercetak.",
            "invalid": "Tulis nomornya dengan angka saja.",
            "min_value": "Nomor catatan mulai dari 1.",
            "max_value": "Nomor itu terlalu besar.",
        },
    )
    sidik = forms.RegexField(
        regex=r"^\s*[0-9A-Fa-f\s]{64,200}\s*$",
        label="Sidik",
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text="64 huruf dan angka, seperti tercetak di kaki surat atau di halaman tanda buku besar.",
        error_messages={
            "required": "Isi sidik yang tercetak.",
            "invalid": "Sidik terdiri atas 64 angka dan huruf a sampai f. Periksa lagi salinannya.",
        },
    )

    def clean_sidik(self):
        typed = "".join(self.cleaned_data["sidik"].split()).lower()
        if len(typed) != 64:
            raise forms.ValidationError("Sidik terdiri atas 64 angka dan huruf a sampai f. Periksa lagi salinannya.")
        return typed


class GiveForm(DeskForm):
    """An auditor's link: which cases, for whom, why, until when; what is excluded wants its own yes with a reason."""

    cases = forms.CharField(
        label="Nomor proses",
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        help_text="Beberapa nomor dipisahkan spasi atau koma, misalnya P-2026-0001, K-2026-0002.",
        error_messages={"required": "Isi paling sedikit satu nomor proses."},
    )
    for_whom = forms.CharField(
        label="Untuk siapa",
        max_length=200,
        help_text="Nama dan lembaganya.",
        error_messages={"required": "Tuliskan untuk siapa tautan ini, dengan lembaganya."},
    )
    purpose = forms.CharField(
        label="Keperluan",
        max_length=500,
        help_text="Misalnya nomor dan tanggal surat permintaannya. Tersimpan permanen.",
        error_messages={"required": "Tuliskan keperluannya, misalnya nomor surat permintaannya."},
    )
    days = forms.IntegerField(
        label="Berlaku selama (hari kerja)",
        required=False,
        min_value=1,
        max_value=250,
        error_messages={
            "invalid": "Tulis jumlah hari kerja dengan angka.",
            "min_value": "Paling sedikit satu hari kerja.",
            "max_value": "Paling lama 250 hari kerja.",
        },
    )
    ends_on = forms.DateField(
        label="Atau sampai tanggal",
        required=False,
        widget=DayInput,
        help_text="Bila diisi, tanggal ini yang dipakai, sampai akhir harinya.",
        error_messages={"invalid": "Tulis tanggal yang ada."},
    )
    exclusions_yes = forms.BooleanField(
        label="Ya, pemeriksa ini boleh membaca proses yang memuat informasi dikecualikan", required=False
    )
    exclusions_because = forms.CharField(
        label="Alasan membuka informasi dikecualikan",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Hanya perlu bila ada proses pengecualian di antaranya: dasar kewenangan pemeriksa itu.",
    )

    def __init__(self, *args, cases, today, **kwargs):
        super().__init__(*args, **kwargs)
        self._cases, self._today = cases, today

    def clean_cases(self):
        """Return the cases of these numbers, as far as they may be seen."""
        numbers = list(dict.fromkeys(self.cleaned_data["cases"].replace(",", " ").upper().split()))
        found = {case.number: case for case in self._cases.filter(number__in=numbers)}
        if missing := [number for number in numbers if number not in found]:
            raise forms.ValidationError(f"Tidak ada proses bernomor {', '.join(missing)[:300]}. Periksa nomornya.")
        return [found[number] for number in numbers]

    def clean_ends_on(self):
        """Return the day; one beyond the longest is refused here, as not every day of a calendar has a next one."""
        day = self.cleaned_data["ends_on"]
        if day and day > self._today + LONGEST:
            raise forms.ValidationError(TOO_LONG)
        return day

    def clean(self):
        typed = super().clean()
        if not typed.get("days") and not typed.get("ends_on") and not {"days", "ends_on"} & set(self.errors):
            self.add_error("days", "Isi berapa hari kerja tautan ini berlaku, atau sampai tanggal berapa.")
        return typed
