"""What is typed on the working screen: the answers to a return, the description, the reasons, and the files."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict

from ppid.desk.forms import DeskForm, Problem, crispy, problems
from ppid.desk.work.case_view import CaseView
from ppid.desk.work.finding_forms import ReasonsForm
from ppid.desk.work.forms import MAX_NOTE, DescribeForm, ManyUploadsField, MoveForm, Proposed, cleans_field
from ppid.flows.ledger import StepRecord
from ppid.flows.models import Case
from ppid.flows.points import as_answer, points
from ppid.flows.preparing import hand_over
from ppid.flows.walking import column_of
from ppid.information.findings import Finding
from ppid.information.models import Information
from ppid.organisation.models import User
from ppid.shelf.models import PublishedItem
from ppid.web.uploads import MAX_FILES

MAX_ANSWER = 600  # letters for one point
_LIKE_LAST = "Seperti informasi terakhir unit ini; periksa."


class AnswerForm(MoveForm):
    """Taking the row that prepares: an answer for each point of the return that led here, and a note."""

    def __init__(self, *args, asked: Sequence[str] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = list(asked)
        for number, _ in enumerate(self.asked, start=1):
            self.fields[f"answer-{number}"] = forms.CharField(
                label="Jawaban Anda",
                max_length=MAX_ANSWER,
                required=False,
                widget=forms.Textarea({"rows": 1, "maxlength": MAX_ANSWER}),
            )

    @property
    def button(self) -> str:
        """Name whoever it goes to, where the sheet knows one way on."""
        onward = list(self.case.onward.values())
        if len(onward) != 1 or onward[0] not in self.case.activities:
            return super().button
        return f"Teruskan ke {column_of(self.case.activities[onward[0]])}"

    @property
    def answers(self) -> list[tuple[str, Any]]:
        """Each point with the field of its answer."""
        return [(asked, self[f"answer-{number}"]) for number, asked in enumerate(self.asked, start=1)]

    @property
    def unanswered(self) -> list[str]:
        """The ids of the fields of points that have no answer yet."""
        return [field.id_for_label for _, field in self.answers if not (field.value() or "").strip()]

    def clean(self):
        cleaned = super().clean()
        answers = [cleaned.get(f"answer-{number}", "") for number, _ in enumerate(self.asked, start=1)]
        cleaned["note"] = as_answer(answers, cleaned.get("note", ""))
        if len(cleaned["note"]) > MAX_NOTE:
            self.add_error("note", f"Jawaban dan catatan bersama-sama paling banyak {MAX_NOTE} huruf. Ringkaslah.")
        return cleaned


class WordsForm(DescribeForm):
    """The description, as one part of the page."""

    summary_elsewhere = True


class FilesForm(DeskForm):
    """Files to be added to the item, each under the name of its file."""

    files = ManyUploadsField(
        label="Tambah berkas", required=False, help_text=f"Paling banyak {MAX_FILES} sekali kirim."
    )

    def __init__(self, *args, flow: str, **kwargs):
        super().__init__(*args, **kwargs)
        if flow == "publication":
            self.fields["cleans"] = cleans_field()
        self.helper = crispy()


class WorkForms:
    """The forms of the working screen of a publication, judged, kept and shown as one."""

    def __init__(self, answer: AnswerForm, words: WordsForm, reasons: ReasonsForm, files: FilesForm):
        self.answer, self.words, self.reasons, self.files = answer, words, reasons, files

    @classmethod
    def blank(cls, view: CaseView, findings: Sequence[Finding]) -> "WorkForms":
        """Return the forms as the case has them now."""
        return cls(*(form(**about) for form, about in _parts(view, findings)))

    @classmethod
    def as_typed(cls, view: CaseView, findings: Sequence[Finding], typed: QueryDict) -> "WorkForms":
        """Return the forms as typed, not judged yet."""
        return cls(*(form.as_typed(typed, **about) for form, about in _parts(view, findings)))

    @classmethod
    def sent(cls, view: CaseView, findings: Sequence[Finding], data: QueryDict, files: Mapping) -> "WorkForms":
        """Return the forms as they were sent."""
        return cls(*(form(data=data, files=files, **about) for form, about in _parts(view, findings)))

    @property
    def all(self) -> list[Any]:
        return [self.answer, self.words, self.reasons, self.files]

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of all of them, by which a refusal finds its place."""
        return {name: field for form in self.all for name, field in form.fields.items()}

    @property
    def errors(self) -> list[Any]:
        return [form.errors for form in self.all if form.errors]

    @property
    def problems(self) -> list[Problem]:
        return problems(*self.all)

    def is_valid(self) -> bool:
        return not [form for form in self.all if not form.is_valid()]  # each is judged

    def add_error(self, field: str | None, sentence: str) -> None:
        """Set the sentence beside its field, in whichever form that is."""
        form = next((each for each in self.all if field in each.fields), self.answer)
        form.add_error(field, sentence)

    def hand_over(self, case: Case, actor: User) -> StepRecord:
        """Hand over what was typed. Raises what ``ppid.flows.preparing.hand_over`` raises."""
        moved = self.answer
        return hand_over(
            case,
            actor=actor,
            fields=self.words.described(),
            words_seen=self.words.cleaned_data["seen"],
            reasons=self.reasons.reasons,
            **moved.sent,
        )


def _parts(view: CaseView, findings: Sequence[Finding]) -> list[tuple[Any, dict[str, Any]]]:
    case, back = view.case, view.sent_back
    asked = points(back.record.note) if back else []
    item = Information.objects.get(pk=case.information_id)  # its own object: a form writes into what it is given
    return [
        (AnswerForm, {"case": case, "move": view.step, "documents": view.current, "asked": asked}),
        (WordsForm, {"flow": case.flow, "instance": item, "proposed": proposed_words(case)}),
        (ReasonsForm, {"findings": findings, "is_draft": True}),
        (FilesForm, {"flow": case.flow}),
    ]


def proposed_words(case: Case) -> dict[str, Proposed]:
    """Return what the description may begin with: as the unit's last published item has it, else the office's city.

    Taken from the shelf alone, so nothing that is not public proposes anything.
    """
    last = PublishedItem.objects.filter(unit_code=case.unit.code).exclude(number=case.information.number)
    last = last.order_by("-published_at", "-pk").values("responsible", "made_place", "retention").first() or {}
    found = {name: Proposed(words, _LIKE_LAST) for name, words in last.items() if words}
    return {"made_place": Proposed(settings.CITY, "Kota kantor ini; periksa."), **found}
