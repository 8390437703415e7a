"""The two forms of a decision: what is chosen, and what is sent back, point by point."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from ppid.desk.work.forms import CATEGORIES, MoveForm
from ppid.flows.points import with_parts
from ppid.information.models import Document
from ppid.shelf.actions import renewal_day
from ppid.shelf.models import Category

DESCRIPTION, TEST = "Keterangan (judul, ringkasan, kolom DIP)", "Lembar uji konsekuensi"


class ReturnForm(MoveForm):
    """Sending back from a decision: which parts, one line for each thing, to which row where there are several."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parts"] = forms.MultipleChoiceField(
            label="Apa yang perlu diperbaiki?",
            choices=[(part, part) for part in parts_of(self.documents, self.case.flow)],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": "Bagian itu baru saja berubah. Pilih lagi."},
        )
        note = self.fields["note"]
        note.label = "Alasan"
        note.widget.attrs["rows"] = 4
        note.help_text = "Satu baris untuk satu hal: unitnya menjawab per baris. Tersimpan permanen dalam riwayat."
        self.order_fields(["moves", "to", "parts", "note"])

    def clean(self):
        cleaned = super().clean()
        if "note" in cleaned:
            cleaned["note"] = with_parts(cleaned["note"], cleaned.get("parts", []))
        return cleaned


def parts_of(documents: Sequence[Document], flow: str) -> list[str]:
    """Return the parts of an item that may need to be mended."""
    content = [each for each in documents if each.purpose == Document.Purpose.CONTENT]
    return [
        *dict.fromkeys(f"Dokumen «{each.title}»" for each in content),
        DESCRIPTION,
        *([TEST] if flow == "exclusion" else []),
    ]


@dataclass(frozen=True, slots=True)
class Choice:
    """A class to choose: what it means, and, as a label alone, what speaks for it."""

    value: str
    name: str
    why: str
    label: str
    is_chosen: bool


class ChoiceForm(MoveForm):
    """Taking the row that decides. No class is preset: what was proposed, or chosen for an earlier edition, is told."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "category" in self.fields:
            self.fields["category"].initial = None

    @property
    def category_choices(self) -> list[Choice]:
        """The classes as the screen draws them; none where the row chooses no class."""
        if "category" not in self.fields:
            return []
        item, chosen = self.case.information, self["category"].value()
        until = renewal_day(timezone.localdate(), item.rhythm or 6)
        told = {Category.PERIODIC: f"Diperbarui paling lambat {date_format(until)}; portal mengingatkan unitnya."}
        proposed = {item.category: "seperti edisi terdahulu"} if item.category else {}
        if self.case.is_urgent:
            proposed[Category.IMMEDIATE] = "ditandai serta merta"
        return [
            Choice(value, name, told.get(value, f"{why.capitalize()}."), proposed.get(value, ""), chosen == value)
            for value, name, why in CATEGORIES
        ]
