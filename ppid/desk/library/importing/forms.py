"""The forms of the import: the file, and what is decided about the sheet that was read from it."""

import hashlib

from django import forms

from ppid.desk.forms import DeskForm
from ppid.organisation.models import Unit
from sop.import_records import ImportedFile
from sop.importing import files
from sop.importing.formats import door
from sop.importing.imported import Imported, ImportRefused, SourceFile


class ImportForm(DeskForm):
    """A file to read. ``found`` are its sheets, and ``source`` says which file it was, once the form is valid."""

    file = forms.FileField(
        label="Berkas lembar SOP",
        max_length=255,
        widget=forms.FileInput({"accept": ",".join(door.ENDINGS)}),
        help_text=f"{door.TAKEN}; paling besar {door.MAX_MB} MB. Berkasnya dibaca lalu dilupakan, tidak disimpan.",
        error_messages={
            "required": "Pilih berkas yang akan diimpor.",
            "missing": "Pilih berkas yang akan diimpor.",
            "empty": "Berkas ini kosong.",
            "invalid": "Berkas tidak sampai utuh. Unggah sekali lagi.",
            "max_length": "Nama berkas ini terlalu panjang.",
        },
    )
    found: list[Imported]
    source: SourceFile

    def clean_file(self):
        upload = self.cleaned_data["file"]
        try:
            self.found = files.read(upload, upload.name, upload.size)
        except ImportRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        upload.seek(0)
        self.source = SourceFile(upload.name, hashlib.file_digest(upload, "sha256").hexdigest())
        return upload


class KeepForm(DeskForm):
    """What is decided on the preview: the unit, the name, that texts without a place were seen, that it is no copy."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label="Perangkat daerah",
        empty_label=None,
        error_messages={
            "required": "Pilih perangkat daerahnya.",
            "invalid_choice": "Pilih perangkat daerah yang SOP-nya Anda kelola.",
        },
    )
    title = forms.CharField(
        label="Nama SOP",
        max_length=250,
        error_messages={"required": "Tulis nama SOP.", "max_length": "Nama SOP paling panjang 250 huruf."},
    )
    seen = forms.BooleanField(
        label="Saya sudah membaca teks yang tidak mendapat tempat; teks itu tetap tercatat pada draf",
        error_messages={"required": "Baca dahulu teks yang tidak mendapat tempat, lalu centang di sini."},
    )

    again = forms.BooleanField(
        label="Simpan sekali lagi sebagai SOP lain",
        error_messages={"required": "SOP ini sudah disimpan. Centang bila memang perlu disimpan sekali lagi."},
    )

    def __init__(self, *args, units: list[Unit], imported: Imported, kept: ImportedFile | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])
        self.initial.setdefault("title", imported.sheet.title)
        self.initial.setdefault("unit", units[0].pk if len(units) == 1 else None)
        if len(units) > 1:
            self.fields["unit"].empty_label = "Pilih perangkat daerah"
        if not imported.unplaced:
            del self.fields["seen"]
        if not kept:
            del self.fields["again"]
