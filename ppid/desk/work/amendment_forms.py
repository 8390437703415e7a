"""What is typed when a change of a finished case is proposed, and when it is decided."""

from crispy_forms.layout import Div
from django import forms

from ppid.desk.forms import DayInput, DeskForm, crispy
from ppid.desk.work.forms import UploadField

REASON_LENGTH = 2000


class ProposalForm(DeskForm):
    """What every proposal has: the reason. ``after`` gives what the kind's ``before`` shall be."""

    reason = forms.CharField(
        label="Alasan",
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        help_text="Dibaca orang yang memutuskan, dan tersimpan permanen dalam riwayat.",
    )

    def after(self) -> dict:
        raise NotImplementedError

    def grounds(self) -> dict:
        """Return what the proposal rests on, as ``ppid.flows.amendments.propose`` takes it."""
        return {"reason": self.cleaned_data["reason"]}


class LetterForm(ProposalForm):
    """A proposal that rests on a letter or a ruling, with its scan."""

    letter_number = forms.CharField(label="Nomor surat atau putusan", max_length=120, required=False)
    letter_date = forms.DateField(
        label="Tanggalnya",
        required=False,
        widget=DayInput,
        error_messages={"invalid": "Tulis tanggal yang ada, misalnya 24 November 2026."},
    )
    document = UploadField(label="Hasil pindaian", required=False)

    def grounds(self):
        names = ("letter_number", "letter_date", "document")
        return super().grounds() | {name: self.cleaned_data[name] for name in names}

    @property
    def letter(self):
        return Div("letter_number", "letter_date", css_class="side-by-side"), "document"


class DikForm(ProposalForm):
    """The words of the DIK that may be corrected."""

    information = forms.CharField(
        label="Informasi", required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
    )
    consequence_if_open = forms.CharField(
        label="Konsekuensi bila dibuka", required=False, max_length=4000, widget=forms.Textarea({"rows": 3})
    )
    consequence_if_closed = forms.CharField(
        label="Konsekuensi bila ditutup", required=False, max_length=4000, widget=forms.Textarea({"rows": 3})
    )
    hides_former = forms.BooleanField(
        label="Sembunyikan kata lama dari publik",
        required=False,
        help_text="Pilih hanya bila kata lama membuka isi yang dikecualikan. Pemutus melihat pilihan ini.",
    )

    WORDS = ("information", "consequence_if_open", "consequence_if_closed")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = crispy(*self.WORDS, "hides_former", "reason")

    def after(self):
        words = {name: self.cleaned_data[name].strip() for name in self.WORDS}
        return {**words, "hides_former": self.cleaned_data["hides_former"]}


class DecisionForm(DeskForm):
    approve = forms.TypedChoiceField(
        label="Keputusan",
        choices=[("ya", "Setujui: berlaku sekarang juga"), ("tidak", "Tolak dengan alasan")],
        coerce=lambda value: value == "ya",
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih setuju atau tolak.", "invalid_choice": "Pilih setuju atau tolak."},
    )
    note = forms.CharField(
        label="Catatan (wajib bila ditolak)",
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        help_text="Tersimpan permanen dalam riwayat.",
    )
