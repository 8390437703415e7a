"""What is typed on the working screen: the answers to a return, the description, the reasons, and the files."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict

from ppid.desk.forms import DeskForm, Problem, problems
from ppid.desk.work.case_view import CaseView
from ppid.desk.work.checks import Check
from ppid.desk.work.finding_forms import ReasonsForm
from ppid.desk.work.forms import MAX_NOTE, DescribeForm, ManyUploadsField, MoveForm, Proposed, cleans_field
from ppid.flows.ledger import StepRecord
from ppid.flows.models import Case
from ppid.flows.points import as_answer, points
from ppid.flows.preparing import hand_over
from ppid.flows.steps import Requirement
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

    def clean_moves(self) -> int:
        """Take a page that doesn't say how far the case had moved for one of another moment."""
        moves = self.cleaned_data["moves"]
        return -1 if moves is None else moves

    @property
    def is_begun(self) -> bool:
        """Whether anything is typed here that is not stored by saving what the flow prepares."""
        return any(
            (field.value() or "").strip() for field in self if field.name.startswith("answer-") or field.name == "note"
        )

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


class Work:
    """What is typed on the screen, judged, kept and shown as one: ``answer``, ``files``, and what the flow prepares."""

    template = ""  # of what the flow prepares
    parts: tuple[str, ...] = ()  # the attributes that are forms

    answer: AnswerForm
    files: FilesForm

    @classmethod
    def blank(cls, view: CaseView, findings: Sequence[Finding]):
        """Return the forms as the case has them now."""
        raise NotImplementedError

    @classmethod
    def as_typed(cls, view: CaseView, findings: Sequence[Finding], typed: QueryDict):
        """Return the forms as typed, not judged yet."""
        raise NotImplementedError

    @classmethod
    def sent(cls, view: CaseView, findings: Sequence[Finding], data: QueryDict, files: Mapping):
        """Return the forms as they were sent."""
        raise NotImplementedError

    @property
    def all(self) -> list[Any]:
        return [getattr(self, name) for name in self.parts]

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of all of them, by which a refusal finds its place."""
        return {name: field for form in self.all for name, field in form.fields.items()}

    @property
    def problems(self) -> list[Problem]:
        return problems(*self.all)

    def is_valid(self) -> bool:
        return not [form for form in self.all if not form.is_valid()]  # each is judged

    def add_error(self, field: str | None, sentence: str) -> None:
        """Set the sentence beside its field, in whichever form that is."""
        form = next((each for each in self.all if field in each.fields), self.answer)
        form.add_error(field, sentence)

    def lacks(self, view: CaseView) -> list[Check]:
        """Return how far what the flow prepares has come, with what is typed and not stored yet."""
        raise NotImplementedError

    def tells(self, requirement: Requirement[Any]) -> bool:
        """Whether ``lacks`` tells of this requirement already."""
        raise NotImplementedError

    def overtaken(self, case: Case) -> dict[str, Any]:
        """Let what a colleague stored meanwhile count as seen, and return what the page shows of it."""
        raise NotImplementedError

    def before_files(self, case: Case, actor: User) -> None:
        """Write what has to stand before the files that came along are kept."""

    def hand_over(self, case: Case, actor: User) -> StepRecord:
        """Hand over what was typed. Raises what ``take_step`` raises, and ChangedMeanwhile."""
        raise NotImplementedError


class PublicationWork(Work):
    """Preparing a publication: documents with what was found in them, and the description."""

    template = "desk/working/words.html"
    parts = ("answer", "words", "reasons", "files")

    def __init__(self, answer: AnswerForm, words: WordsForm, reasons: ReasonsForm, files: FilesForm):
        self.answer, self.words, self.reasons, self.files = answer, words, reasons, files

    @classmethod
    def blank(cls, view, findings):
        return cls(*(form(**about) for form, about in _parts(view, findings)))

    @classmethod
    def as_typed(cls, view, findings, typed):
        return cls(*(form.as_typed(typed, **about) for form, about in _parts(view, findings)))

    @classmethod
    def sent(cls, view, findings, data, files):
        return cls(*(form(data=data, files=files, **about) for form, about in _parts(view, findings)))

    def lacks(self, view):
        found, item, has_softcopy = [], view.case.information, self.words["has_softcopy"].value()
        if bool(view.content) == bool(has_softcopy):
            found.append(Check("ok", "Dokumen ada" if view.content else "Tanpa berkas, sesuai bentuknya"))
        elif view.content:
            more = "Keterangannya tidak menyebut softcopy: centang, atau keluarkan dokumennya."
            found.append(Check("no", "Ada dokumen, padahal bukan softcopy", more, "#isian", "Ke keterangan"))
        else:
            more = "Tambahkan berkas, atau hapus centang softcopy bila hanya ada dalam bentuk lain."
            found.append(Check("no", "Belum ada dokumen", more, "#dokumen", "Ke dokumen"))
        empty = [name for name in ("title", *item.DIP_FIELDS) if not str(self.words[name].value() or "").strip()]
        if not any(self.words[name].value() for name in ("has_softcopy", "has_hardcopy", "on_request")):
            empty.append("has_softcopy")
        return [*found, filled_check("Keterangan", [_LABELS[name] for name in empty])]

    def tells(self, requirement):
        return requirement.place in ("documents", "description", "findings")

    def overtaken(self, case):
        stored = Information.objects.get(pk=case.information_id)
        self.words.see(stored.description_mark)
        return {"differing": self.words.differing(stored)}

    def hand_over(self, case, actor):
        return hand_over(
            case,
            actor=actor,
            fields=self.words.described(),
            words_seen=self.words.cleaned_data["seen"],
            reasons=self.reasons.reasons,
            **self.answer.sent,
        )


def _parts(view: CaseView, findings: Sequence[Finding]) -> list[tuple[Any, dict[str, Any]]]:
    item = Information.objects.get(pk=view.case.information_id)  # its own object: a form writes into what it is given
    words = {"flow": view.case.flow, "instance": item, "proposed": proposed_words(view.case)}
    reasons = {"findings": findings, "is_draft": True}
    files = {"flow": view.case.flow}
    return [(AnswerForm, taking(view)), (WordsForm, words), (ReasonsForm, reasons), (FilesForm, files)]


def taking(view: CaseView) -> dict[str, Any]:
    """Return what the form of the row itself needs."""
    back = view.sent_back
    asked = points(back.record.note) if back else []
    return {"case": view.case, "move": view.step, "documents": view.current, "asked": asked}


def filled_check(what: str, empty: Sequence[str]) -> Check:
    """Return whether everything is filled in, as the list of what is missing tells it."""
    if not empty:
        return Check("ok", f"{what} terisi seluruhnya")
    return Check("no", f"{what} belum lengkap", f"Belum diisi: {', '.join(empty)}.", "#isian", "Ke isian")


def proposed_words(case: Case) -> dict[str, Proposed]:
    """Return what the description may begin with: as the unit's last published item has it, else the office's city.

    Taken from the shelf alone, so nothing that is not public proposes anything.
    """
    last = PublishedItem.objects.filter(unit_code=case.unit.code).exclude(number=case.information.number)
    last = last.order_by("-published_at", "-pk").values("responsible", "made_place", "retention").first() or {}
    found = {name: Proposed(words, _LIKE_LAST) for name, words in last.items() if words}
    return {"made_place": Proposed(settings.CITY, "Kota kantor ini; periksa."), **found}


_LABELS = {each.name: str(each.verbose_name) for each in Information._meta.concrete_fields} | {"has_softcopy": "bentuk"}
