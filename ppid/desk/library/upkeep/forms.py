"""What somebody writes to keep the library right. The rules are in ``sop``."""

from django import forms

from ppid.desk.forms import DayInput, DeskForm, DeskModelForm
from ppid.desk.library.act_forms import WHY_LENGTH
from sop.models import LegalBasis


class StillRightForm(DeskForm):
    note = forms.CharField(
        label="Catatan",
        required=False,
        max_length=WHY_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        help_text="Misalnya apa yang diperiksa. Boleh kosong.",
    )
    review_on = forms.DateField(
        label="Tinjauan berikutnya paling lambat",
        required=False,
        widget=DayInput,
        help_text="Kosongkan untuk setahun lagi.",
        error_messages={"invalid": "Tulis tanggal yang ada."},
    )


class SignedForm(DeskForm):
    upload = forms.FileField(
        label="Lembar bertanda tangan (PDF)",
        widget=forms.FileInput({"accept": ".pdf,application/pdf"}),
        max_length=255,
        error_messages={
            "required": "Pilih berkas PDF-nya.",
            "empty": "Berkas ini kosong.",
            "missing": "Pilih berkas PDF-nya.",
            "invalid": "Berkas tidak sampai utuh. Unggah sekali lagi.",
        },
    )


class PatternForm(DeskForm):
    pattern = forms.CharField(
        label="Pola nomor",
        required=False,
        max_length=100,
        help_text="{nomor} diganti nomor urut berikutnya, {tahun} diganti tahun. Misalnya {nomor}/SOP.DINSOS/{tahun}.",
    )


class LegalBasisForm(DeskModelForm):
    class Meta:
        model = LegalBasis
        fields = ["kind", "number", "year", "title", "status", "replaced_by"]
        widgets = {"title": forms.Textarea({"rows": 3}), "status": forms.RadioSelect}
        labels = {"title": "Tentang"}
        help_texts = {
            "number": "Hanya nomornya, misalnya 14.",
            "title": "Judulnya sesudah kata «tentang».",
            "replaced_by": "Bila sudah dicabut dan ada penggantinya.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = LegalBasis.Status.choices
        self.fields["replaced_by"].queryset = LegalBasis.objects.exclude(pk=self.instance.pk)
        self.fields["replaced_by"].empty_label = "Tidak ada"

    def clean_year(self):
        year = self.cleaned_data["year"]
        if not 1800 <= year < 2200:
            raise forms.ValidationError("Tulis tahun yang lengkap, misalnya 2008.")
        return year
