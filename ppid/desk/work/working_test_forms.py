"""What is typed on the working screen of an exclusion: the answers to a return, the files, and the lembar uji."""

from typing import Any

from ppid.desk.forms import problems
from ppid.desk.work.exclusion_forms import ConsequenceTestForm, TestSheetForms
from ppid.desk.work.working_forms import AnswerForm, FilesForm, Work, filled_check, taking
from ppid.flows.consequence import fill_test
from ppid.flows.dik import WORDS, dik_words
from ppid.flows.exclusion import HAS_PARTICIPANTS, HAS_TEST
from ppid.flows.models import Case
from ppid.flows.participants import may_take_part
from ppid.flows.reopened import standing_case
from ppid.information.classification import ConsequenceTest, Participant
from ppid.organisation.models import User

_NEEDED = ["subject", "public_description", "consequence_if_open", "consequence_if_closed", "public_interest"]
_NEEDED += ["conclusion", "place", "tested_on"]


class ExclusionWork(Work):
    """Preparing an exclusion: the documents in question, and the lembar uji with its participants."""

    template = "desk/working/test.html"
    parts = ("answer", "sheet", "files")

    def __init__(self, answer: AnswerForm, sheet: TestSheetForms, files: FilesForm):
        self.answer, self.sheet, self.files = answer, sheet, files

    @classmethod
    def blank(cls, view, findings):
        stored = stored_test(view.case)
        sheet = TestSheetForms.of(stored, offered_to(view), earlier=None if stored else earlier_test(view.case))
        return cls(AnswerForm(**taking(view)), sheet, FilesForm(flow=view.case.flow))

    @classmethod
    def as_typed(cls, view, findings, typed):
        changes_rows = "tambah" in typed or "hapus" in typed
        fill = TestSheetForms.with_other_rows if changes_rows else TestSheetForms.as_typed
        answer = AnswerForm.as_typed(typed, **taking(view))
        return cls(answer, fill(typed, offered_to(view)), FilesForm(flow=view.case.flow))

    @classmethod
    def sent(cls, view, findings, data, files):
        answer = AnswerForm(data=data, files=files, **taking(view))
        return cls(
            answer, TestSheetForms.sent(data, offered_to(view)), FilesForm(data=data, files=files, flow=view.case.flow)
        )

    @property
    def problems(self):
        return [*problems(self.answer), *self.sheet.problems, *problems(self.files)]

    def lacks(self, view):
        form = self.sheet.test
        empty = [name for name in _NEEDED if not str(form[name].value() or "").strip()]
        if not form["grounds"].value():
            empty.append("grounds")
        labels = [str(form[name].label) for name in empty]
        if not any(row["person"].value() or row["name"].value() for row in self.sheet.rows.forms):
            labels.append("Peserta")
        return [filled_check("Lembar uji", labels)]

    def tells(self, requirement):
        return requirement in (HAS_TEST, HAS_PARTICIPANTS)

    def overtaken(self, case):
        stored = stored_test(case)
        if stored:
            self.sheet.see_row(stored)
        return {"overtaken": stored}

    def save(self, case: Case, actor: User) -> ConsequenceTest | None:
        """Write the lembar uji for everybody unless it stands so already; None when it has errors of its own.

        Raises what ``fill_test`` raises.
        """
        if not self.sheet.is_valid():
            return None
        test, people, stored = self.sheet.test.as_seen(), self.sheet.rows.people(), stored_test(case)
        if stored is None or not is_as_stored(test, people, stored):
            stored = fill_test(case, test, people, actor=actor)
            self.answer.data["seen"] = stored.filled_at.isoformat()  # what is shown again is what was just written
        return stored

    def before_files(self, case, actor):
        self.save(case, actor)  # first: what is uploaded as the signed sheet is a sheet of these words

    def hand_over(self, case, actor):
        return self.answer.take(actor)


def offered_to(view: Any):
    """Return whom the rows of participants offer to choose."""
    return may_take_part(view.case, actor=view.user, on=view.today)


def stored_test(case: Case) -> ConsequenceTest | None:
    """Return the lembar uji as everybody sees it."""
    rows = ConsequenceTest.objects.filter(exclusion=case.exclusion)
    return rows.select_related("filled_by").prefetch_related("participants").first()


def earlier_test(case: Case) -> ConsequenceTest | None:
    """Return the test of the exclusion in force that this case may extend, in the words that the DIK has now."""
    standing = standing_case(case.information_id)
    test = standing and ConsequenceTest.objects.filter(exclusion=standing.exclusion_id).first()
    if test:
        for name, words in dik_words(standing, test).items():
            setattr(test, WORDS[name], words)
    return test


def is_as_stored(test: ConsequenceTest, people: list[Participant], stored: ConsequenceTest) -> bool:
    """Whether what was typed is what is stored, whoever stored it: then nothing is to be written."""
    same = all(getattr(test, name) == getattr(stored, name) for name in ConsequenceTestForm.Meta.fields)
    return same and [_who(each) for each in people] == [_who(each) for each in stored.participants.all()]


def _who(participant: Participant) -> tuple[Any, ...]:
    return (participant.person_id,) if participant.person_id else (participant.name, participant.position)
