"""The forms of the daily work. What they check is form: whether a step may be taken is decided by ppid.flows."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from crispy_forms.layout import Div, Field, Fieldset
from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator

from ppid.desk.forms import DeskForm, DeskModelForm, crispy
from ppid.flows.actions import moves_of, refuse_unmet, take_step
from ppid.flows.documents import add_evidence
from ppid.flows.ledger import StepRecord
from ppid.flows.models import Case
from ppid.flows.steps import Act, Kind, Move
from ppid.flows.urgency import MAX_REASON
from ppid.flows.walking import column_of
from ppid.information.documents import examine
from ppid.information.media_types import UploadRefused
from ppid.information.models import Document, Information
from ppid.organisation.models import Unit, User
from ppid.shelf.models import Category, Tombstone
from ppid.web.uploads import MAX_FILES

ENDINGS = ".pdf,.docx,.xlsx,.pptx,.doc,.xls,.ppt,.odt,.ods,.odp,.csv,.zip,.png,.jpg,.jpeg,.gif,.webp,.tif,.tiff"
UPLOAD_HELP = f"PDF, Office, OpenDocument, gambar, CSV, atau ZIP; paling besar {settings.MAX_UPLOAD_MB} MB."
_NO_DOCUMENT = "Belum ada: pilih di sini atau unggah berkas"

_BUTTONS = {
    "clarify": "Setujui dan teruskan",
    "publish": "Publikasikan sekarang",
    "screen": "Layak diuji, teruskan",
    "accept": "Terima hasil uji",
    "adopt": "Tetapkan dikecualikan",
    Kind.DIVERSION: "Alihkan ke pengecualian",
    Kind.CONCLUSION: "Akhiri: hasil uji terbuka",
    Kind.WITHDRAWAL: "Tarik proses ini",
    Kind.RETRACTION: "Cabut dari portal",
    Kind.FIRST_PUBLICATION: "Umumkan lebih dahulu",
}
_MEANINGS = {
    Kind.RETURN: "Proses kembali ke pelaksana langkah itu. Alasan Anda menjadi pegangan perbaikannya.",
    Kind.DIVERSION: "Pakai ini bila isinya ternyata perlu dikecualikan. Pengumuman ini berakhir, dan proses "
    "pengecualian untuk informasi yang sama dibuka pada langkah 1.",
    Kind.CONCLUSION: "Hasil uji menyatakan informasi ini terbuka. Proses berakhir tanpa pengecualian baru; bila "
    "informasi ini sedang dikecualikan, pengecualian itu dibuka kembali hari ini dan pengumumannya dimulai.",
    Kind.WITHDRAWAL: "Proses berakhir tanpa hasil. Dokumen dan riwayatnya tetap tersimpan.",
    Kind.FIRST_PUBLICATION: "Informasi ini langsung terbuka untuk umum, dengan dokumen dan keterangan seperti "
    "sekarang. Langkah-langkah lembar menyusul dalam satu hari kerja; perubahan sesudah ini baru terbaca publik pada "
    "langkah publikasinya.",
    Kind.RETRACTION: "Informasi ini tidak lagi terbaca publik. Alamatnya tetap ada dan menampilkan alasan Anda.",
}
MAX_NOTE = 4000
TOO_LONG = (
    "Paling banyak %(limit_value)d huruf; tulisan ini %(show_value)d. Ringkas menjadi hal-hal yang perlu diperbaiki, "
    "satu baris untuk satu hal, dan lampirkan rinciannya sebagai dokumen."
)
_PARTS = {"requirement": "Kelengkapan", "output": "Output"}
CATEGORIES = [
    (Category.PERIODIC, "Berkala", "diperbarui paling lambat tiap 6 bulan"),
    (Category.IMMEDIATE, "Serta merta", "menyangkut hajat hidup orang banyak, diumumkan tanpa penundaan"),
    (Category.ON_DEMAND, "Setiap saat", "tersedia bagi siapa pun yang meminta"),
]

_WHYS = [
    (
        Tombstone.Why.WRONGLY_PUBLISHED,
        "Salah terbit",
        "tidak seharusnya diumumkan: tidak satu pun edisi dan berkasnya dapat dibaca lagi",
    ),
    (Tombstone.Why.REPLACED, "Digantikan informasi lain", "keduanya saling menunjuk; edisi lamanya tetap dapat dibaca"),
    (Tombstone.Why.WITHDRAWN, "Ditarik", "sebab lain; edisi terdahulu tetap dapat dibaca, yang sekarang tidak"),
]


class UploadInput(forms.FileInput):
    def __init__(self, **attrs):
        super().__init__({"accept": ENDINGS, **attrs})


class ManyUploadsInput(UploadInput):
    allow_multiple_selected = True


class UploadField(forms.FileField):
    """A file that is looked at before anything is written; the sentence of a refusal stands beside the field."""

    widget = UploadInput
    default_error_messages = {
        "required": "Pilih berkas yang akan diunggah.",
        "empty": "Berkas ini kosong.",
        "missing": "Pilih berkas yang akan diunggah.",
        "invalid": "Berkas tidak sampai utuh. Unggah sekali lagi.",
    }

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": 255, "help_text": UPLOAD_HELP} | kwargs)

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if upload:
            try:
                examine(upload)
            except UploadRefused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return upload


class ManyUploadsField(UploadField):
    widget = ManyUploadsInput

    def clean(self, data, initial=None):
        uploads = data if isinstance(data, list | tuple) else [data]
        if len(uploads) > MAX_FILES:
            raise forms.ValidationError(
                f"Anda memilih {len(uploads)} berkas; sekali kirim paling banyak {MAX_FILES}. Kirim sebagian dahulu, "
                "lalu tambahkan sisanya dari halaman proses."
            )
        return [cleaned for each in uploads if (cleaned := super(ManyUploadsField, self).clean(each, initial))]


class DocumentField(forms.TypedChoiceField):
    """A choice among the current documents of the item, those to be published first."""

    def __init__(self, documents: list[Document], **kwargs):
        super().__init__(
            coerce=lambda key: self.documents[key],
            empty_value=None,
            required=False,
            error_messages={"invalid_choice": "Dokumen ini sudah diganti atau dikeluarkan. Pilih yang lain."},
            **kwargs,
        )
        self.offer(documents)

    def offer(self, documents: list[Document]) -> None:
        self.documents = {str(document.pk): document for document in documents}
        self.choices = [("", _NO_DOCUMENT), *self._grouped()]

    def _grouped(self):
        for purpose, title in Document.Purpose.choices:
            mine = [(key, _label(each)) for key, each in self.documents.items() if each.purpose == purpose]
            if mine:
                yield title, mine


def _label(document: Document) -> str:
    return f"{document.title} ({document.kind}, {timezone.localtime(document.uploaded_at):%d/%m/%Y})"


class CaseForm(DeskForm):
    """What is typed about a running case. ``moves`` is the case as the person saw it: it may have gone on since."""

    moves = forms.IntegerField(widget=forms.HiddenInput, required=False)


class MoveForm(CaseForm):
    """One move of a case: what it decides, its evidence, its note."""

    summary_elsewhere = True

    def __init__(
        self,
        case: Case,
        move: Move,
        documents: list[Document],
        back: Sequence[int] = (),
        **kwargs,
    ):
        self.case, self.move, self.documents, self.back = case, move, documents, back
        kwargs["initial"] = {"moves": case.moves} | kwargs.get("initial", {})
        if (data := kwargs.get("data")) is not None:
            kwargs["data"] = data.copy()
        super().__init__(auto_id=f"id_{move.key}_%s", **kwargs)
        # What the portal records itself is said on the page and not asked for; nothing is preset.
        asked = [proof for proof in case.proofs.values() if not proof.is_recorded]
        self.parts = {proof.part: proof for proof in asked} if move.kind == Kind.STEP else {}
        if any(each.field == "category" for one in moves_of(case, move) for each in one.requires):
            self.fields["category"] = self._category_field()
        if move.kind == Kind.STEP and len(case.onward) > 1:
            self.fields["exit"] = self._exit_field()
        if move.names_its_row:
            self.fields["to"] = self._row_field()
        if move.kind == Kind.RETRACTION:
            self.fields["why"] = self._why_field()
            self.fields["successor"] = forms.CharField(
                label="Nomor informasi yang menggantikannya",
                max_length=20,
                required=False,
                help_text="Bila digantikan: nomor informasi lain yang ada di portal, misalnya 2026-0007.",
            )
        for part in self.parts:
            self._add_part(part)
        self.fields["note"] = self._note_field()
        self.helper = crispy(*self._layout())

    @property
    def button(self) -> str:
        """What the button says."""
        if self.move.names_its_row:
            return "Kembalikan ke langkah lain" if len(self.back) > 1 else f"Kembalikan ke langkah {self.back[0]}"
        if self.move.kind == Kind.RETURN:
            return f"Kembalikan ke langkah {self.case.rows_back(self.move)[0]}"
        carried = [one.key for one in moves_of(self.case, self.move)]
        words = next((_BUTTONS[key] for key in carried if key in _BUTTONS), None) or _BUTTONS.get(self.move.kind)
        return words or f"Selesaikan langkah {self.case.step_number}"

    @property
    def meaning(self) -> str:
        """What the move leads to, for those that are not the step of the sheet."""
        if self.takes_off:
            return f"{_MEANINGS[self.move.kind]} Yang sudah diumumkan lebih dahulu sekaligus dicabut dari portal."
        return _MEANINGS.get(self.move.kind, "")

    @property
    def takes_off(self) -> bool:
        """Whether giving the case up takes off the portal what was announced first."""
        return self.case.rows_follow and self.move.kind in (Kind.WITHDRAWAL, Kind.DIVERSION)

    def keep_uploads(self, actor: User) -> None:
        """Keep the files that came along and choose them, so that they are there even if the step is refused."""
        for part in self.parts:
            upload = self.cleaned_data.get(f"{part}_file")
            if not upload:
                continue
            try:
                document = add_evidence(self.case, upload, actor=actor)
            except UploadRefused as refusal:
                self.add_error(f"{part}_file", str(refusal))
                continue
            self.cleaned_data[part] = document
            self.documents = [*[each for each in self.documents if each != document], document]
            self.data[part] = str(document.pk)
        for part in self.parts:
            self.fields[part].offer(self._offered(part))

    def take(self, actor: User) -> StepRecord:
        """Make the move. Raises what ``take_step`` raises."""
        return take_step(self.case, self.move.key, actor=actor, **self.sent)

    @property
    def sent(self) -> dict[str, Any]:
        """What was sent, as ``take_step`` takes it."""
        note, seen = self.cleaned_data["note"], self.cleaned_data["moves"]
        return {"note": note, "evidence": self._evidence(), "seen": seen, **self._inputs()}

    def refuse_unmet(self, actor: User) -> None:
        """Raise StepUnmet where the move would be refused now; nothing is made."""
        note = self.cleaned_data["note"].strip()
        self.case.act = Act(actor, timezone.now(), note, self._evidence(), self._inputs())
        self.case.act.carried.extend(moves_of(self.case, self.move))
        refuse_unmet(self.case, self.case.act.carried)

    def _evidence(self) -> dict[str, Document]:
        return {part: self.cleaned_data[part] for part in self.parts if self.cleaned_data.get(part)}

    def _inputs(self) -> dict:
        names = ("category", "exit", "to", "why", "successor")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}

    def _category_field(self):
        words = format_html
        choices = [(value, words('{} <span class="muted">{}</span>', name, why)) for value, name, why in CATEGORIES]
        chosen = self.case.information.category
        return forms.ChoiceField(
            label="Jenis informasi", choices=choices, initial=chosen, required=False, widget=forms.RadioSelect
        )

    def _exit_field(self):
        """Ask for the answer of a decision whose two exits both lead onward."""
        rows, words = self.case.activities, {"yes": "Ya", "no": "Tidak"}
        choices = [
            (answer, f"{words[answer]}: ke langkah {number}, {Truncator(rows[number].text).chars(80)}")
            for answer, number in self.case.onward.items()
        ]
        return forms.ChoiceField(label="Keputusan", choices=choices, required=False, widget=forms.RadioSelect)

    def _row_field(self):
        """Ask for the earlier row to which the case goes back, those that the sheet draws first."""
        rows, drawn = self.case.activities, self.case.drawn_back
        choices = [
            (
                number,
                format_html(
                    '{} · {} <span class="muted">{}{}</span>',
                    number,
                    Truncator(rows[number].text).chars(90),
                    column_of(rows[number]),
                    " · jalan kembali menurut lembar" if number in drawn else "",
                ),
            )
            for number in self.back
        ]
        return forms.TypedChoiceField(
            label="Kembali ke langkah",
            choices=choices,
            coerce=int,
            empty_value=None,
            required=False,
            initial=self.back[0] if len(self.back) == 1 else None,
            widget=forms.RadioSelect,
        )

    def _why_field(self):
        choices = [(value, format_html('{} <span class="muted">{}</span>', name, what)) for value, name, what in _WHYS]
        return forms.ChoiceField(label="Sebabnya", choices=choices, required=False, widget=forms.RadioSelect)

    def _add_part(self, part):
        proof, name = self.parts[part], _PARTS[part]
        words = f" ({proof.words})" if proof.words else ""
        self.fields[part] = field = DocumentField(self._offered(part), label=f"{name}{words}")
        upload = f"Unggah {proof.wanted}" if proof.wanted else f"Unggah berkas {name.lower()}"
        if field.documents:
            upload = f"Atau {upload[0].lower()}{upload[1:]}"
        else:
            field.widget = forms.HiddenInput()
            upload = f"{name}{words}: {upload[0].lower()}{upload[1:]}"
        self.fields[f"{part}_file"] = UploadField(label=upload, required=False)

    def _offered(self, part) -> list[Document]:
        """Return the documents that may prove the part; never more than the words allow."""
        return [document for document in self.documents if self.case.fits(part, document)]

    def _note_field(self):
        is_step = self.move.kind == Kind.STEP
        public = self.move.kind == Kind.RETRACTION or self.takes_off and self.move.kind == Kind.WITHDRAWAL
        return forms.CharField(
            label="Catatan (boleh kosong)" if is_step else "Alasan",
            max_length=MAX_NOTE,
            required=False,
            widget=forms.Textarea({"rows": 3, "maxlength": MAX_NOTE}),
            error_messages={"max_length": TOO_LONG},
            help_text="Alasan ini dibaca publik." if public else "Tersimpan permanen dalam riwayat.",
        )

    def _layout(self):
        parts = [Div(part, f"{part}_file", css_class="evidence") for part in self.parts]
        asked = [name for name in ("category", "exit", "to", "why", "successor") if name in self.fields]
        return ["moves", *asked, *parts, "note"]


class DescriptionForm(DeskModelForm):
    """The columns of the DIP."""

    class Meta:
        model = Information
        fields = [
            "title",
            "summary",
            "responsible",
            "made_place",
            "made_when",
            "has_softcopy",
            "has_hardcopy",
            "on_request",
            "retention",
            "rhythm",
        ]
        widgets = {
            "title": forms.Textarea({"rows": 2}),
            "summary": forms.Textarea({"rows": 5}),
        }
        labels = {
            "unit": "Perangkat daerah yang menguasai",
            "has_softcopy": "Softcopy, sebagai berkas di portal ini",
            "has_hardcopy": "Hardcopy, dapat dilihat atau disalin di kantor",
            "on_request": "Atas permintaan, diberikan bila diminta",
        }
        help_texts = {
            "title": "Seperti yang akan dibaca publik, misalnya «Laporan realisasi bantuan sosial triwulan III 2026».",
            "summary": "Satu atau dua kalimat: apa isinya, tentang kurun waktu apa.",
            "responsible": "Pejabat atau bidang yang membuat atau menerbitkan.",
            "made_when": "Seperti yang biasa ditulis, misalnya «2024», «Januari 2025», «20 November 2026», "
            "«semester I 2026», atau «setiap bulan».",
            "rhythm": "Berlaku bila jenisnya nanti berkala; undang-undang menetapkan paling lambat setiap 6 bulan.",
            "retention": "Misalnya «5 tahun» atau menurut jadwal retensi arsip.",
        }
        error_messages = {
            "title": {"required": "Tuliskan judul informasinya."},
        }

    def __init__(self, *args, flow: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rhythm"].required = False
        if flow == "exclusion":
            self.fields["title"].help_text = "Nama informasi yang diuji. Hanya petugas yang membacanya."
            del self.fields["rhythm"]
        self.helper = crispy(*self.layout())

    def layout(self):
        return [
            "title",
            "summary",
            "responsible",
            Div(Field("made_place"), Field("made_when"), css_class="side-by-side"),
            Fieldset("Bentuk informasi yang tersedia", "has_softcopy", "has_hardcopy", "on_request", css_class="mb-3"),
            "retention",
            *(["rhythm"] if "rhythm" in self.fields else []),
        ]

    def clean_rhythm(self) -> int:
        return self.cleaned_data["rhythm"] or self.instance.rhythm

    def described(self) -> dict:
        """Return the fields of the description that could be read, as ``ppid.flows.documents.describe`` takes them."""
        return {name: self.cleaned_data[name] for name in DescriptionForm.Meta.fields if name in self.cleaned_data}


class Proposed(NamedTuple):
    """Words for a field that is still empty, and the sentence that says whose they are."""

    words: str
    whose: str


class DescribeForm(DescriptionForm):
    """Changing the description. ``seen`` marks what it said when the form was drawn.

    ``proposed`` are words for what is still empty; they stand in their fields, and each field says whose they are.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def __init__(self, *args, proposed: Mapping[str, Proposed] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen", self.instance.description_mark)
        for name, each in (proposed or {}).items():
            if not getattr(self.instance, name):
                self.initial[name] = self.initial.get(name) or each.words
            shown = self[name]
            if shown.value() == each.words and not getattr(self.instance, name):
                shown.help_text = f"{each.whose} {shown.help_text}".strip()

    def layout(self):
        return ["seen", *super().layout()]

    def differing(self, stored: Information) -> list[tuple[str, Any, Any]]:
        """Return label, what is stored and what was typed, of each field in which they differ."""
        typed = self.described()
        rows = [(self[name].label, getattr(stored, name), typed[name]) for name in typed]
        return [row for row in rows if row[1] != row[2]]


def cleans_field() -> forms.BooleanField:
    """Return the box by which a person consents to the cleaning of what they send.

    It is ticked beforehand: what a forgotten one tells the public is somebody else's name, and it is theirs to untick.
    """
    return forms.BooleanField(
        label="Keluarkan nama penulis dan tempat pengambilan foto dari sifat berkas sebelum disimpan",
        initial=True,
        required=False,
        help_text="Isi berkas tidak berubah. Berkas bertanda tangan elektronik disimpan apa adanya.",
    )


class OpeningForm(DescriptionForm):
    """A new item and its first documents. Only the unit and the title are needed at this point."""

    documents = ManyUploadsField(
        label="Dokumen pertama (boleh menyusul)",
        required=False,
        help_text=f"Boleh lebih dari satu, paling banyak {MAX_FILES} sekali kirim. {UPLOAD_HELP}",
    )

    is_urgent = forms.BooleanField(
        label="Serta merta: menyangkut keselamatan atau hajat hidup orang banyak, tidak boleh ditunda", required=False
    )
    urgent_because = forms.CharField(
        label="Mengapa tidak boleh ditunda",
        max_length=MAX_REASON,
        required=False,
        help_text="Satu kalimat, misalnya «Pipa induk pecah, air mati di tiga kelurahan». Hanya petugas membacanya.",
    )

    class Meta(DescriptionForm.Meta):
        fields = ["unit", *DescriptionForm.Meta.fields]
        error_messages = {
            **DescriptionForm.Meta.error_messages,
            "unit": {
                "required": "Pilih perangkat daerah yang menguasai informasi ini.",
                "invalid_choice": "Anda tidak punya penugasan yang berlaku untuk perangkat daerah ini.",
            },
        }

    def __init__(self, *args, units, flow: str, **kwargs):
        self.can_be_urgent = flow == "publication"
        super().__init__(*args, flow=flow, **kwargs)
        if flow == "publication":
            self.fields["cleans"] = cleans_field()
        if not self.can_be_urgent:
            del self.fields["is_urgent"], self.fields["urgent_because"]
        self.fields["unit"].queryset = units
        self.fields["unit"].empty_label = "Pilih perangkat daerah"
        if len(only := units[:2]) == 1:
            self.initial.setdefault("unit", only[0].pk)

    def layout(self):
        title, summary, *rest = super().layout()
        urgent = [Fieldset("Bila mendesak", "is_urgent", "urgent_because", css_class="mb-3")] * self.can_be_urgent
        documents = [name for name in ("documents", "cleans") if name in self.fields]
        return ["unit", title, summary, *urgent, *documents, Div(*rest, css_class="optional", css_id="keterangan")]

    def clean(self):
        cleaned = super().clean()
        urgent, because = cleaned.get("is_urgent"), " ".join(cleaned.get("urgent_because", "").split())
        if urgent and not because and "urgent_because" not in self.errors:
            self.add_error("urgent_because", "Tulis satu kalimat mengapa informasi ini tidak boleh ditunda.")
        if because and not urgent:
            self.add_error("is_urgent", "Centang serta merta, atau kosongkan alasannya.")
        cleaned["urgent_because"] = because
        return cleaned

    def new_item(self) -> dict:
        unit: Unit = self.cleaned_data["unit"]
        urgent = {"urgent_because": self.cleaned_data["urgent_because"]} if self.can_be_urgent else {}
        sent = {"uploads": self.cleaned_data["documents"], "cleans": self.cleaned_data.get("cleans", False)}
        return {"unit": unit, **sent, **urgent, **self.described()}


class DocumentForm(DeskForm):
    """A file of the item with the title under which the public will find it."""

    file = UploadField(label="Berkas")
    title = forms.CharField(
        label="Judul dokumen",
        max_length=500,
        required=False,
        help_text="Seperti yang akan dibaca publik. Bila kosong, nama berkas yang dipakai.",
    )

    def __init__(self, *args, flow: str, **kwargs):
        super().__init__(*args, **kwargs)
        if flow == "exclusion":
            self.fields["title"].help_text = "Hanya petugas yang membacanya. Bila kosong, nama berkas yang dipakai."
        else:
            self.fields["cleans"] = cleans_field()
