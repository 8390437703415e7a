"""The lembar uji konsekuensi with its participants, and the decree: what is typed where, and in which order."""

from collections.abc import Sequence
from datetime import datetime

from crispy_forms.layout import Div, Fieldset
from django import forms
from django.utils import timezone

from ppid.desk.forms import DayInput, DeskModelForm, Problem, TypedForm, crispy, problems
from ppid.flows.participants import MayTakePart
from ppid.information.classification import ClassificationDecree, ConsequenceTest, ExclusionGround, Participant
from ppid.web.parameters import whole

NOT_EXCLUDED = "Tidak dikecualikan"
NOBODY = "Catat sekurang-kurangnya satu peserta pengujian."


class SeenForm(DeskModelForm):
    """A form that remembers when what it shows was written, so that nobody undoes a colleague's change unseen."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    written_at = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.setdefault("seen", getattr(self.instance, self.written_at).isoformat())

    def as_seen(self):
        """Return the filled-in row with the moment at which its writer last saw it."""
        row = self.save(commit=False)
        try:
            seen = datetime.fromisoformat(self.cleaned_data["seen"])
        except ValueError:
            seen = None
        setattr(row, self.written_at, seen)
        return row

    def see_row(self, current) -> None:
        """From now on ``current`` counts as seen: sent again, the form overwrites it."""
        self.see(getattr(current, self.written_at).isoformat())


class ConsequenceTestForm(SeenForm):
    written_at = "filled_at"
    grounds = forms.MultipleChoiceField(
        label="Pasal 17 huruf",
        choices=ExclusionGround.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Pilih semua huruf yang menjadi dasar.",
    )
    conclusion = forms.ChoiceField(
        label="Kesimpulan",
        choices=ConsequenceTest.Conclusion.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih kesimpulannya."},
    )

    class Meta:
        model = ConsequenceTest
        fields = [
            "subject",
            "public_description",
            "grounds",
            "other_statute",
            "consequence_if_open",
            "consequence_if_closed",
            "public_interest",
            "conclusion",
            "redacted_parts",
            "term",
            "ends_on",
            "place",
            "tested_on",
        ]
        widgets = {
            "subject": forms.Textarea(attrs={"rows": 3}),
            "public_description": forms.Textarea(attrs={"rows": 2}),
            "other_statute": forms.Textarea(attrs={"rows": 2}),
            "consequence_if_open": forms.Textarea(attrs={"rows": 4}),
            "consequence_if_closed": forms.Textarea(attrs={"rows": 4}),
            "public_interest": forms.Textarea(attrs={"rows": 4}),
            "redacted_parts": forms.Textarea(attrs={"rows": 3}),
            "ends_on": DayInput,
            "tested_on": DayInput,
        }
        help_texts = {
            "subject": "Tulis setepat mungkin. Isian ini tidak pernah dibaca publik.",
            "other_statute": "Wajib untuk huruf j; tulis nomor, tahun, dan pasalnya.",
            "consequence_if_open": "Dibaca publik dalam DIK. Jangan menyebut isi informasinya.",
            "consequence_if_closed": "Dibaca publik dalam DIK. Jangan menyebut isi informasinya.",
            "public_interest": "Bandingkan kepentingan publik untuk tahu dengan kerugian bila dibuka.",
            "redacted_parts": "Wajib bila dikecualikan sebagian: halaman, kolom, atau kalimat yang ditutup.",
            "term": "Seperti akan dibaca publik, misalnya «5 tahun» atau «selama proses penyidikan».",
            "ends_on": "Wajib untuk huruf a–f, karena tidak permanen (pasal 20). Huruf a paling lama 30 tahun.",
        }

    summary_elsewhere = True  # with the participants' errors, on top of the page

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["term"].required = False
        self.helper = crispy(
            "seen",
            Fieldset("1 · Informasi yang diuji", "subject", "public_description", css_class="panel section"),
            Fieldset("2 · Dasar hukum", "grounds", "other_statute", css_class="panel section"),
            Fieldset(
                "3 · Pertimbangan",
                "consequence_if_open",
                "consequence_if_closed",
                "public_interest",
                css_class="panel section",
            ),
            Fieldset(
                "4 · Kesimpulan",
                "conclusion",
                "redacted_parts",
                Div("term", "ends_on", css_class="side-by-side"),
                css_class="panel section",
            ),
            Fieldset(
                "5 · Tempat dan tanggal pengujian",
                Div("place", "tested_on", css_class="side-by-side"),
                css_class="panel section",
            ),
        )

    def clean(self):
        fields = super().clean()
        if fields.get("conclusion") == ConsequenceTest.Conclusion.OPEN:
            fields["term"] = fields.get("term") or NOT_EXCLUDED
        elif not fields.get("term") and "term" not in self.errors:
            self.add_error("term", "Tulis jangka waktu pengecualian.")
        return fields


class ParticipantForm(TypedForm, forms.ModelForm):
    """A participant: one of the office who is offered, or a name with a position."""

    person = forms.TypedChoiceField(
        label="Pilih dari petugas",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Orang ini tidak dapat dipilih (lagi). Pilih yang lain, atau tulis namanya."},
    )

    class Meta:
        model = Participant
        fields = ["name", "position"]
        labels = {"name": "Atau tulis nama", "position": "dan jabatan"}

    field_order = ["person", "name", "position"]

    def __init__(self, *args, offered: Sequence[MayTakePart] = (), **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        choices = [(each.person.pk, each.in_words) for each in offered]
        self.fields["person"].choices = [("", "Tanpa akun portal"), *choices]
        self.fields["name"].required = self.fields["position"].required = False
        self.helper = crispy()

    def clean(self):
        fields = super().clean()
        if "person" in self.errors:
            return fields
        if fields.get("person"):
            if fields.get("name") or fields.get("position"):
                self.add_error("name", "Pilih dari petugas, atau tulis nama dan jabatannya: jangan keduanya.")
            return fields
        for name, called in (("name", "nama"), ("position", "jabatan")):
            if not fields.get(name) and name not in self.errors:
                self.add_error(name, f"Tulis {called} peserta, atau kosongkan kedua kolomnya.")
        return fields

    def participant(self) -> Participant:
        typed = self.cleaned_data
        return Participant(person_id=typed["person"], name=typed["name"], position=typed["position"])


class Participants(forms.BaseFormSet):
    """The rows of participants. An empty row is no participant; at least one row is filled in."""

    def initial_form_count(self):
        return 0  # none of the rows stands anywhere yet: they are written anew each time

    def total_form_count(self):
        return super().total_form_count() if self.is_bound else len(self.initial or ()) or 1

    def clean(self):
        if any(self.errors) or self.people():
            return
        if not self.forms:
            raise forms.ValidationError(NOBODY)
        self.forms[0].add_error("name", NOBODY)

    def people(self) -> list[Participant]:
        return [form.participant() for form in self.forms if form.has_changed()]


ParticipantRows = forms.formset_factory(ParticipantForm, formset=Participants, extra=0, max_num=60, absolute_max=100)


class TestSheetForms:
    """The whole sheet: the test and its participants, judged, kept and shown as one."""

    PREFIX = "peserta"

    def __init__(self, test: ConsequenceTestForm, rows: Participants):
        self.test, self.rows = test, rows

    @classmethod
    def of(
        cls, test: ConsequenceTest | None, offered: Sequence[MayTakePart], *, earlier: ConsequenceTest | None = None
    ):
        """Return the forms as the case has them now, or empty with a row for a first participant.

        ``offered`` are those who may be chosen as participants: somebody who stands there and may no longer be is a
        name. ``earlier`` is the test of the exclusion that this one may extend: its words are what a new test begins
        with, but for the dates, which are decided anew.
        """
        known, may = test or earlier, {each.person.pk for each in offered}
        people = [
            {"person": p.person_id} if p.person_id in may else {"name": p.name, "position": p.position}
            for p in (known.participants.all() if known else ())
        ]
        initial = {} if test else {"place": "Pontianak", "tested_on": timezone.localdate()}
        if earlier and not test:
            again = set(ConsequenceTestForm.Meta.fields) - {"tested_on", "ends_on"}
            initial |= {name: words for name in again if (words := getattr(earlier, name))}
        return cls(ConsequenceTestForm(instance=test, initial=initial), cls._rows(offered, initial=people or None))

    @classmethod
    def sent(cls, data, offered: Sequence[MayTakePart]):
        return cls(ConsequenceTestForm(data), cls._rows(offered, data))

    @classmethod
    def with_other_rows(cls, data, offered: Sequence[MayTakePart]):
        """Return the forms as typed, with one row of participants more (``tambah``) or less (``hapus``)."""
        people = cls._people(data, offered)
        if "tambah" in data:
            people.append({})
            at = len(people) - 1
        else:
            at = whole(data, "hapus", otherwise=len(people), most=len(people))
            del people[at : at + 1]
        rows = cls._rows(offered, initial=people)
        rows.forms[min(at, len(rows.forms) - 1)].fields["person"].widget.attrs["autofocus"] = True
        return cls(ConsequenceTestForm.as_typed(data), rows)

    @classmethod
    def as_typed(cls, data, offered: Sequence[MayTakePart]):
        """Return the forms as typed, not judged yet."""
        return cls(ConsequenceTestForm.as_typed(data), cls._rows(offered, initial=cls._people(data, offered)))

    @classmethod
    def _rows(cls, offered: Sequence[MayTakePart], data=None, **more) -> Participants:
        return ParticipantRows(data, prefix=cls.PREFIX, form_kwargs={"offered": offered}, **more)

    @classmethod
    def _people(cls, data, offered: Sequence[MayTakePart]) -> list[dict]:
        sent = cls._rows(offered, data)
        return [{name: form[name].value() for name in ("person", "name", "position")} for form in sent.forms]

    @property
    def fields(self):
        return self.test.fields

    def is_valid(self) -> bool:
        return all([self.test.is_valid(), self.rows.is_valid()])

    def add_error(self, field, sentence) -> None:
        self.test.add_error(field, sentence)

    def see_row(self, current) -> None:
        self.test.see_row(current)

    @property
    def problems(self):
        of_rows = [Problem("peserta", "Peserta", sentence) for sentence in self.rows.non_form_errors()]
        return [*problems(self.test, *self.rows.forms), *of_rows]


class DecreeForm(SeenForm):
    """The decree. Who approved it stands on the case already; who decides is chosen among those in office."""

    written_at = "recorded_at"
    decided_by = forms.ChoiceField(
        label="PPID yang menetapkan",
        error_messages={
            "required": "Pilih PPID yang menetapkan.",
            "invalid_choice": "Pilih pejabat yang memegang penugasan PPID Utama.",
        },
    )

    class Meta:
        model = ClassificationDecree
        fields = ["number", "decided_by", "reason", "place", "date"]
        widgets = {"date": DayInput, "reason": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "number": "Dibaca publik dalam DIK.",
            "reason": "Diusulkan dari lembar uji; perbaiki bila perlu.",
            "date": "Tidak boleh sebelum persetujuan pimpinan. Dibaca publik dalam DIK.",
        }

    def __init__(self, *args, deciders: Sequence[str], **kwargs):
        super().__init__(*args, **kwargs)
        stored = [self.instance.decided_by] if self.instance.decided_by else []
        names = list(dict.fromkeys([*stored, *deciders]))
        self.fields["decided_by"].choices = [(name, name) for name in names]
        if len(names) == 1:
            self.initial.setdefault("decided_by", names[0])
        elif not stored:
            self.fields["decided_by"].choices = [("", "Pilih"), *self.fields["decided_by"].choices]
        self.helper = crispy(
            "seen",
            Fieldset(
                "Surat penetapan klasifikasi",
                "number",
                "decided_by",
                "reason",
                Div("place", "date", css_class="side-by-side"),
                css_class="panel section",
            ),
        )
