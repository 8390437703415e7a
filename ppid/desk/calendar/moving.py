"""What a change of the calendar moves, shown before it is saved: how many running cases, which, from when to when."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from ppid.flows.deadlines import moved_since
from ppid.flows.models import Case
from ppid.web.refusals import Refused
from ppid.worktime import actions
from ppid.worktime.actions import Change, WouldMove

SHOWN = 25


@dataclass(frozen=True, slots=True)
class Moving:
    """A running case whose due date would move."""

    case: Case
    move: WouldMove

    @property
    def is_earlier(self) -> bool:
        return bool(self.move.before and self.move.after and self.move.after < self.move.before)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What would move of what the person may see: ``first`` of it in full, ``n`` in all, and what was looked at."""

    first: tuple[Moving, ...]
    n: int
    seen: str

    @property
    def n_more(self) -> int:
        """How many there are beyond the first."""
        return self.n - len(self.first)


class LooksAhead:
    """Mixin of a page that changes the calendar: it saves once its person has seen what moves.

    Where nothing of what they may see moves, there is nothing to show, and it is saved at once. ``change`` returns what
    a valid form is to do.
    """

    always_looks = False  # also where nothing moves

    def change(self, form) -> Change:
        raise NotImplementedError

    def form_valid(self, form):
        if self.request.POST.get("dilihat", "") != self.mark(form):
            try:
                ahead = self.look(form)
            except Refused as refusal:
                return self.refused(form, refusal)
            if ahead.n or self.always_looks:
                return self.render_to_response(self.get_context_data(form=form, ahead=ahead))
        return super().form_valid(form)

    def act(self, form):
        return actions.make(self.change(form), actor=self.request.user, standing=self.standing)

    def look(self, form) -> Ahead:
        """Return what the form would move, of what this person may see."""
        moves = {move.case: move for move in actions.ahead(self.change(form), actor=self.request.user)}
        seen = self.visible.filter(pk__in=moves).order_by("due_at", "pk").select_related("information", "unit")
        first = tuple(Moving(case, moves[case.pk]) for case in seen[:SHOWN])
        return Ahead(first, seen.count() if len(first) == SHOWN else len(first), self.mark(form))

    def overtaken(self, form) -> dict:
        """Show what moves by the calendar as it stands now."""
        del self.standing
        try:
            return super().overtaken(form) | {"ahead": self.look(form)}
        except Refused:
            return super().overtaken(form)

    @cached_property
    def standing(self) -> str:
        """The mark of the calendar as it stands."""
        return actions.mark()

    def mark(self, form) -> str:
        """Return a short mark of what is typed and of the calendar that it would change."""
        typed = sorted((name, str(value)) for name, value in form.cleaned_data.items() if name != "seen")
        return hashlib.sha256(repr((self.standing, typed)).encode()).hexdigest()[:16]

    def and_moved(self, words: str) -> str:
        """Return the sentence with what the change did to the running deadlines of what this person may see."""
        moved = moved_since(self.visible, actor=self.request.user, at=self.now)
        if not moved:
            return f"{words} Tidak ada tenggat berjalan yang bergeser."
        return f"{words} {moved} tenggat berjalan bergeser; riwayat langkah yang sudah selesai tetap."
