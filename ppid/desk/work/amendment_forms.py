"""What is typed when a change of a finished case is proposed, and when it is decided."""

from collections.abc import Collection

from crispy_forms.layout import Div
from django import forms

from ppid.desk.forms import DayInput, DeskForm, crispy
from ppid.desk.work.forms import UPLOAD_HELP, UploadField
from ppid.flows.lifting import GROUNDS, LiftExclusion

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


class LiftForm(LetterForm):
    """By what an exclusion is opened again, with the letter."""

    ground = forms.ChoiceField(
        label="Apa dasarnya?",
        choices=[(str(ground), words) for ground, words in GROUNDS.items()],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Pilih dasar pembukaannya."},
        help_text="Uji konsekuensi baru yang menyimpulkan terbuka dimulai lewat «Perpanjang dengan uji baru».",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        never_public = "Putusan, pernyataan, atau surat persetujuan yang sudah ditandatangani. Tidak pernah diumumkan."
        self.fields["document"].help_text = f"{never_public} {UPLOAD_HELP}"
        self.helper = crispy("ground", *self.letter, "reason")

    def after(self):
        return dict(LiftExclusion.AFTER)

    def grounds(self):
        return super().grounds() | {"ground": self.cleaned_data["ground"]}


class OpenPartForm(ProposalForm):
    open_part = forms.CharField(
        label="Nomor informasi yang memuat bagian terbuka",
        required=False,
        max_length=20,
        help_text="Misalnya 2026-0007; kosongkan untuk menghapus tautannya. Dokumennya sudah dihitamkan.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = crispy("open_part", "reason")

    def after(self):
        return {"open_part": self.cleaned_data["open_part"].strip()}


class WordsForm(ProposalForm):
    """A correction of ``words`` that the public reads; the former ones stay readable beside them, or are hidden."""

    words: Collection[str] = ()
    hides_former = forms.BooleanField(
        label="Sembunyikan kata lama dari publik",
        required=False,
        help_text="Pilih hanya bila kata lama tidak boleh dibaca lagi, misalnya karena membuka isi yang dikecualikan. "
        "Pemutus melihat pilihan ini.",
    )

    def after(self):
        return {name: self.cleaned_data[name] for name in (*self.words, "hides_former")}


class DikForm(WordsForm):
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

    words = ("information", "consequence_if_open", "consequence_if_closed")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = crispy(*self.words, "hides_former", "reason")


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
