"""The forms of the editor. They draw fields and read what was typed; what may be kept is judged by ``sop.drafts``.

A field's name is its key (``sop.drafts.changes``), so a refusal finds its field by itself.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.text import Truncator

from ppid.desk.forms import DeskForm, Problem, problems
from ppid.organisation.models import Role, Unit
from ppid.web.parameters import number
from ppid.web.refusals import Refused, pour
from ppid.worktime.durations import Duration
from sop.drafts.changes import ACTIVITY, Snapshot
from sop.drafts.doubts import OpenDoubt
from sop.drafts.editing import DraftOvertaken
from sop.durations import read_duration
from sop.import_records import ImportDoubt
from sop.models import DURATION_UNITS, Activity
from sop.sheet import BLOCKS, LISTS, TEXTS

NOTHING = [("", "–")]


class Choice(forms.ChoiceField):
    """A choice that is not judged here."""

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def validate(self, value):
        pass


class Choices(forms.MultipleChoiceField):
    """Several of them."""

    def validate(self, value):
        pass


class ItemsInput(forms.Widget):
    """One text a line of the page, all under the same name; drawn by the page's own template."""

    def value_from_datadict(self, data, files, name):
        return data.getlist(name)

    def value_omitted_from_data(self, data, files, name):
        return False  # a list without items sends nothing


def line(label: str, help_text: str = "", **attrs) -> forms.Field:
    """Make a field of one line. A plain Field: CharField would refuse what ``sop.drafts.typed`` takes out and tells."""
    return forms.Field(label=label, help_text=help_text, required=False, widget=forms.TextInput(attrs))


def lines(label: str, rows: int, help_text: str = "", **attrs) -> forms.Field:
    widget = forms.Textarea({"rows": rows, **attrs})
    return forms.Field(label=label, help_text=help_text, required=False, widget=widget)


class DraftForm(forms.Form):
    """Fields of a draft, and the revision of it that this person saw."""

    use_required_attribute = False
    revisi = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, fields: Mapping[str, forms.Field], current: Snapshot, revision: int, data: QueryDict | None):
        values = {key: current.fields[key] for key in fields if key in current.fields}
        super().__init__(data, initial={**values, "revisi": revision}, label_suffix="")
        self.fields |= fields
        self.overtaken: DraftOvertaken | None = None

    @property
    def seen(self) -> int:
        """The revision that was shown with what was typed; -1 when it says nothing sensible."""
        return number(str(self["revisi"].value() or ""), otherwise=-1, most=2**31 - 1)

    def typed(self) -> dict[str, Any]:
        """Return what was typed, by key, of the fields that were sent; any other stays as it is."""
        return {
            key: field.widget.value_from_datadict(self.data, {}, key)
            for key, field in self.fields.items()
            if key != "revisi" and not field.widget.value_omitted_from_data(self.data, {}, key)
        }

    def refuse(self, refusal: Refused) -> None:
        """Show a refusal of ``sop.drafts.editing`` at the fields that it is about; all that was typed stays."""
        if isinstance(refusal, DraftOvertaken):
            self._show_theirs(refusal)
        else:
            pour(refusal, self)

    def _show_theirs(self, overtaken: DraftOvertaken) -> None:
        """Set what the others wrote beside what was typed; sent again, what was typed is written."""
        self.overtaken = overtaken
        self.data["revisi"] = str(overtaken.revision)
        for key, value in overtaken.fresh.items():
            self.set(key, value)
        for key, clash in overtaken.clashes.items():
            self[key].help_text = format_html(
                '<span class="theirs">Tersimpan oleh {}: «{}»</span>', clash.edit.actor.name, clash.theirs
            )

    def set(self, key: str, value: Any) -> None:
        """Put a value into the field as if it had been typed."""
        if isinstance(value, list):
            self.data.setlist(key, value)
        elif isinstance(value, bool):
            self.data[key] = "on" if value else ""
        else:
            self.data[key] = "" if value is None else str(value)

    def show_doubts(self, doubts: Iterable[OpenDoubt]) -> None:
        """Set what the import doubted beside the fields that it is about."""
        of_field: dict[str, list[ImportDoubt]] = {}
        for each in doubts:
            of_field.setdefault(each.doubt.key, []).append(each.doubt)
        for key in of_field.keys() & self.fields.keys():
            marks = render_to_string("desk/library/editor/doubts.html", {"doubts": of_field[key]})
            self[key].help_text = format_html("{}{}", self[key].help_text, marks)

    def problems(self) -> list[Problem]:
        return problems(self) if self.is_bound else []

    def part(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names]


def identity_fields() -> dict[str, forms.Field]:
    """Return the fields of the page «Identitas»."""
    dates = "Tulis seperti akan tercetak: 03/07/2023, 2023, atau -."
    helps = {
        "heading": "Tercetak di depan judul, misalnya «E.»; biasanya kosong.",
        "letterhead": "Satu baris untuk setiap baris kop.",
        **dict.fromkeys(["created", "revised", "effective"], dates),
        "signatory": "Baris kosong menjadi tempat tanda tangan.",
    }
    rows = {"letterhead": 3, "signatory": 5}
    fields = {
        name: lines(label, rows[name], helps[name]) if name in BLOCKS else line(label, helps.get(name, ""))
        for name, label in TEXTS.items()
    }
    return fields | {
        f"captions.{name}": line(caption, placeholder=caption, **{"aria-describedby": "judul-kotak"})
        for name, caption in LISTS.items()
    }


def list_fields() -> dict[str, forms.Field]:
    """Return the fields of the page «Daftar»."""
    return {name: forms.Field(label=caption, required=False, widget=ItemsInput()) for name, caption in LISTS.items()}


def performer_fields(current: Snapshot) -> dict[str, forms.Field]:
    """Return the fields of the page «Pelaksana»."""
    roles = list(Role.objects.exclude(code="sop_keeper").exclude(scope=Role.Scope.OFFICE).values_list("code", "name"))
    fields = {}
    for performer in current.performers:
        fields[f"performer.{performer.pk}.label"] = line("Nama pelaksana, seperti tercetak")
        fields[f"performer.{performer.pk}.roles"] = Choices(
            label="Peran yang boleh bertindak", choices=roles, required=False, widget=forms.CheckboxSelectMultiple
        )
    return fields


def activity_fields(pk: int, current: Snapshot) -> dict[str, forms.Field]:
    """Return the fields of one row, also of a row that somebody deleted meanwhile."""
    columns = [(performer.pk, current.performer_words(performer.pk)) for performer in current.performers]
    steps = [
        (activity.pk, f"{activity.number} · {Truncator(activity.text).chars(60) or '(belum bertulisan)'}")
        for activity in current.activities
        if activity.pk != pk
    ]
    fields = {
        "text": lines("Aktivitas", 3, "Kata kerja aktif tanpa subjek, misalnya «Menerima berkas».", autofocus=True),
        "performer": Choice(label="Pelaksana", choices=NOTHING + columns),
        "last_performer": Choice(
            label="Bersama sampai kolom",
            choices=NOTHING + columns,
            help_text="Hanya untuk kegiatan bersama: kolom terakhir di sebelah kanan.",
        ),
        "kind": Choice(label="Bentuk", choices=Activity.Kind.choices),
        "if_yes": Choice(label="Bila ya, ke", choices=NOTHING + steps, help_text="Hanya untuk keputusan."),
        "if_no": Choice(label="Bila tidak, ke", choices=NOTHING + steps, help_text="Hanya untuk keputusan."),
        "return_is_addition": forms.BooleanField(
            label="Jalan kembali adalah tambahan, tidak ada pada lembar asli", required=False
        ),
        "requirement": lines("Kelengkapan", 2),
        "duration_text": line("Waktu, seperti tercetak"),
        "duration_value": line("Lamanya", inputmode="numeric"),
        "duration_unit": Choice(label="Satuan", choices=NOTHING + DURATION_UNITS),
        "output": lines("Output", 2),
        "note": lines("Keterangan", 2),
    }
    return {f"activity.{pk}.{name}": fields[name] for name in ACTIVITY}


def carrying_fields(current: Snapshot) -> dict[str, forms.Field]:
    """Return the fields of the page «Langkah hukum»: for each lawful step the row that carries it."""
    rows = [
        (activity.pk, f"{activity.number} · {Truncator(activity.text).chars(80) or '(belum bertulisan)'}")
        for activity in current.activities
    ]
    return {
        f"carries.{n}": Choice(label=f"{current.label(f'carries.{n}')} dibawa baris", choices=NOTHING + rows)
        for n in current.carried
    }


def proposed_duration(pk: int, current: Snapshot) -> Duration | None:
    """Return what the printed words of a row say, where the typed duration says something else."""
    printed, value, unit = (
        current.fields.get(f"activity.{pk}.{name}") for name in ("duration_text", "duration_value", "duration_unit")
    )
    read = read_duration(printed or "")
    return read if read and read != (value, unit) else None


class StartForm(DeskForm):
    """A new SOP: its name, whose it is, and its theme."""

    title = line("Nama SOP", "Alamat halamannya dibuat dari nama ini.")
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="Perangkat daerah", error_messages={"required": "Pilih perangkat daerahnya."}
    )
    theme = line("Tema", "Untuk mengelompokkan SOP sejenis, misalnya «Pelayanan publik». Boleh kosong.", list="tema")

    def __init__(self, *args, units: list[Unit], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True
        self.fields["title"].error_messages["required"] = "Tulis nama SOP ini."
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])
        self.fields["unit"].empty_label = "Pilih"
        if len(units) == 1:
            self.initial["unit"] = units[0].pk


class DeleteForm(DeskForm):
    """Deleting a draft at the revision that was seen."""

    revisi = forms.IntegerField(widget=forms.HiddenInput, required=False)
