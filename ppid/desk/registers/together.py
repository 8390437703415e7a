"""One act on several cases of a list: first what it would do to each, then what it did, what it refused, and why.

Each case is acted on by itself, through the act of the domain that its own page uses, in a transaction of its own.
Nothing is approved here: what several cases may share is told by ``ppid.flows.in_bulk``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from django import forms
from django.http import Http404
from django.views.generic import TemplateView

from ppid.desk.forms import DeskForm
from ppid.desk.pages import AppointedPage
from ppid.flows.actions import refuse_unless_allowed
from ppid.flows.claiming import claim, refuse_unless_free
from ppid.flows.in_bulk import hand_on, why_one_by_one
from ppid.flows.models import Case
from ppid.flows.questions import refuse_unless_remindable, remind
from ppid.flows.remarks import LONGEST
from ppid.flows.steps import Act, StepOutOfOrder, StepUnmet
from ppid.organisation.models import User
from ppid.web.letters import without_forbidden
from ppid.web.parameters import number, text
from ppid.web.refusals import Refused

MOST = 50  # cases in one act: each is a transaction of its own, and somebody waits for the page


class Attempt(NamedTuple):
    """What is tried on one case: by whom, with which note, as it was seen (``moves``)."""

    case: Case
    actor: User
    note: str
    seen: int
    at: datetime


@dataclass(frozen=True, slots=True)
class OnSeveral:
    """An act on several cases. ``check`` raises Refused where it can't be, ``do`` does it and says what it did."""

    key: str
    button: str
    heading: str
    means: str
    icon: str
    check: Callable[[Attempt], None]
    do: Callable[[Attempt], str]
    note: str = ""


def _check_hand_on(attempt: Attempt) -> None:
    case, move = attempt.case, attempt.case.next_step
    if why := why_one_by_one(case):
        raise StepUnmet(why)
    refuse_unless_allowed(case, move, Act(attempt.actor, attempt.at))


def _hand_on(attempt: Attempt) -> str:
    record = hand_on(attempt.case, actor=attempt.actor, seen=attempt.seen, note=attempt.note)
    now = Case.objects.get(pk=attempt.case.pk)
    waits = f"Sekarang menunggu {now.awaited_column}." if now.is_running else now.state_label
    return f"Langkah {record.step} selesai: {record.title}. {waits}"


def _check_remind(attempt: Attempt) -> None:
    refuse_unless_remindable(attempt.case, actor=attempt.actor, at=attempt.at)


def _remind(attempt: Attempt) -> str:
    _refuse_moved(attempt)
    return f"Pengingat terkirim kepada {remind(attempt.case, attempt.note, actor=attempt.actor).asked_of}."


def _check_claim(attempt: Attempt) -> None:
    refuse_unless_free(attempt.case, actor=attempt.actor, at=attempt.at)


def _claim(attempt: Attempt) -> str:
    taken = claim(attempt.case, actor=attempt.actor, seen=attempt.seen)
    return f"Langkah {taken.step} tercatat sedang Anda kerjakan."


def _refuse_moved(attempt: Attempt) -> None:
    if Case.objects.get(pk=attempt.case.pk).moves != attempt.seen:
        raise StepOutOfOrder("Proses ini sudah bergerak sejak Anda memilihnya. Periksa keadaannya yang sekarang.")


ACTS = {
    act.key: act
    for act in (
        OnSeveral(
            "kerjakan",
            "Sedang saya kerjakan",
            "Sedang saya kerjakan",
            "Rekan Anda melihat bahwa langkah-langkah ini sedang Anda kerjakan, sampai akhir hari kerja berikutnya.",
            "hand-raised",
            _check_claim,
            _claim,
        ),
        OnSeveral(
            "ingatkan",
            "Ingatkan",
            "Ingatkan yang ditunggu",
            "Yang ditunggu membaca pengingat ini pada prosesnya. Sekali sehari untuk setiap proses.",
            "bell-alert",
            _check_remind,
            _remind,
            note="Pengingat",
        ),
        OnSeveral(
            "teruskan",
            "Teruskan",
            "Teruskan beberapa proses",
            "Setiap proses maju satu langkah, dengan barisnya sendiri dalam riwayat. Hanya langkah yang sekadar "
            "meneruskan dapat dikerjakan bersama: yang memutuskan, menyiapkan, atau mengumumkan dibaca satu per satu.",
            "arrow-right",
            _check_hand_on,
            _hand_on,
            note="Catatan untuk riwayat",
        ),
    )
}


class NoteForm(DeskForm):
    """The note that goes with each of the cases."""

    note = forms.CharField(
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Paling banyak 4.000 huruf. Persingkat dahulu."},
    )

    def __init__(self, *args, label: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        if label:
            self.fields["note"].label = f"{label} (boleh kosong)"
        else:
            del self.fields["note"]


@dataclass(frozen=True, slots=True)
class Line:
    """A chosen case: what was done to it, or why nothing is. ``seen`` is its ``moves`` as the page shows it."""

    number: str
    case: Case | None = None
    seen: int = -1
    done: str = ""
    why: str = ""


class Together(AppointedPage, TemplateView):
    """The chosen cases (``pilih``: a number, from the second page on with the ``moves`` that it showed)."""

    template_name = "desk/registers/together.html"
    section = "unit"

    @cached_property
    def on_several(self) -> OnSeveral:
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        act = ACTS.get(text(asked, "laku"))
        if act is None:
            raise Http404
        return act

    @cached_property
    def chosen(self) -> list[tuple[str, int]]:
        """The chosen numbers, each once, with the ``moves`` at which it was seen; -1 for none."""
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        parts = (each.partition(":") for each in asked.getlist("pilih"))
        return list({without_forbidden(name)[:20]: number(moves, otherwise=-1) for name, _, moves in parts}.items())

    def lines(self, settle: Callable[[Case, int], Line]) -> list[Line]:
        """Return the line of each chosen case; one that this person may not see is not found."""
        numbers = [name for name, _ in self.chosen]
        cases = {case.number: case for case in self.visible.filter(number__in=numbers).for_list()}
        return [
            settle(cases[name], seen) if name in cases else Line(name, why="Proses ini tidak ditemukan.")
            for name, seen in self.chosen
        ]

    def looked_at(self, case: Case, seen: int) -> Line:
        try:
            self.on_several.check(Attempt(case, self.request.user, "", case.moves, self.now))
        except Refused as refusal:
            return Line(case.number, case, case.moves, why=" ".join(refusal.sentences))
        return Line(case.number, case, case.moves)

    def get(self, request, *args, **kwargs):
        return self.shown(NoteForm(label=self.on_several.note))

    def post(self, request, *args, **kwargs):
        form = NoteForm(request.POST, label=self.on_several.note)
        if "lihat" in request.POST or len(self.chosen) > MOST:
            return self.shown(NoteForm(label=self.on_several.note, initial={"note": request.POST.get("note", "")}))
        if not form.is_valid():
            return self.shown(form, status=422)
        note = form.cleaned_data.get("note", "")

        def settle(case: Case, seen: int) -> Line:
            try:
                done = self.on_several.do(Attempt(case, request.user, note, seen, self.now))
            except Refused as refusal:
                return Line(case.number, case, case.moves, why=" ".join(refusal.sentences))
            return Line(case.number, case, case.moves, done=done)

        lines = self.lines(settle)
        told = {"done": [each for each in lines if each.done], "refused": [each for each in lines if each.why]}
        return self.render_to_response(self.get_context_data(act=self.on_several, form=form, note=note, **told))

    def shown(self, form: NoteForm, *, status: int = 200):
        """Show what the act would do to each, before anything is done."""
        many = len(self.chosen) > MOST
        lines = [] if many else self.lines(self.looked_at)
        context = {
            "act": self.on_several,
            "form": form,
            "too_many": MOST if many else 0,
            "would": [each for each in lines if not each.why],
            "refused": [each for each in lines if each.why],
            "before": True,
        }
        return self.render_to_response(self.get_context_data(**context), status=status)
