"""What is typed to compare a mark from paper."""

from django import forms

from ppid.desk.forms import DeskForm


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
