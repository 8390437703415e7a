"""Where a case stands on its sheet, what the row carries, who is still missing, and where it may go from there."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import Truncator

from ppid.flows import states
from ppid.flows.ledger import Confirmation
from ppid.flows.steps import PLAIN_ROW, UNDO, Act, Kind, Move, StepOutOfOrder
from ppid.information.models import Document
from ppid.organisation.models import Appointment, User
from ppid.web.fixed_queries import FixedQuery
from sop.models import Activity, Performer, fixed_activities

_NO_FLOWS_OWN = {move.key: move for move in (PLAIN_ROW, UNDO)}


def _of_unit(unit: int, *, on: date) -> QuerySet[Appointment]:
    held = Appointment.objects.in_force(on=on).for_unit(unit)
    return held.select_related("user", "role", "unit").definitive_first()


_IN_OFFICE = FixedQuery(_of_unit)


def column_of(activity: Activity) -> str:
    """Return the words over the columns of those who perform the row."""
    return " dan ".join(column.label.strip() for column in activity.columns)


class Walking:
    """What a case knows of its place among the rows of its sheet. ``Case`` is one of these."""

    if TYPE_CHECKING:
        pk: int
        act: Act
        flow: str
        state: str
        step: int | None
        moves: int
        unit_id: int
        sop_version_id: int
        published_first_at: Any

        @property
        def is_running(self) -> bool: ...

        @property
        def state_label(self) -> str: ...

        @property
        def content(self) -> list[Document]: ...

        def words_to_approve(self) -> dict[str, Any]: ...

    @property
    def step_number(self) -> int | None:
        """The number of the row being awaited; None when the case has ended."""
        return self.step

    @property
    def awaited(self) -> Activity:
        """The row being awaited, as the case's SOP version prints it; StepOutOfOrder when the case has ended."""
        if self.step is None:
            raise StepOutOfOrder(f"Proses ini sudah berakhir: {self.state_label}.")
        return self.activities[self.step]

    @property
    def activities(self) -> Mapping[int, Activity]:
        """The rows of the case's SOP version by their number."""
        return fixed_activities(self.sop_version_id)

    @property
    def is_being_prepared(self) -> bool:
        """Whether the lawful step that prepares has still to be taken."""
        return self.state in states.BEING_PREPARED

    @property
    def decides(self) -> bool:
        """Whether the row being awaited decides on what was prepared."""
        return states.DECIDES[self.flow] in [move.key for move in self.carried]

    def called(self, row: Activity) -> str:
        """Return the short name of a row: the lawful steps that it carries, else the beginning of its words."""
        titles = [move.title for move in self.lawful_steps()]
        return ", ".join(titles[step - 1] for step in row.carries) or Truncator(row.text).chars(40)

    def row_of(self, key: str) -> Activity:
        """Return the row that carries the lawful step ``key``."""
        number = [move.key for move in self.lawful_steps()].index(key) + 1
        return next(row for row in self.activities.values() if number in row.carries)

    @property
    def rows_in_words(self) -> dict[str, int]:
        """The numbers of the rows that sentences name: which one prepares, which one decides."""
        named = {"prepares": states.PREPARES[self.flow], "decides": states.DECIDES[self.flow]}
        return {word: self.row_of(key).number for word, key in named.items()}

    @property
    def has_decision(self) -> bool:
        """Whether the row being awaited has a decision screen: it carries a lawful step that decides."""
        return any(move.key in states.DECISIONS[self.flow] for move in self.carried)

    @property
    def has_work(self) -> bool:
        """Whether the row being awaited has a working screen: it carries the lawful step that prepares."""
        return any(move.key == states.PREPARES[self.flow] for move in self.carried)

    @property
    def carried(self) -> list[Move]:
        """The lawful steps that taking the present row takes, one after the other; empty for a plain row."""
        if self.step is None or self.state not in states.STEP_NUMBERS:
            return []
        steps = self.lawful_steps()
        return [steps[number - 1] for number in self.awaited.carries if number >= states.STEP_NUMBERS[self.state]]

    @property
    def asks(self) -> str:
        """What the present row wants of whoever it waits for, in plain words; a plain row says its own."""
        return " ".join(move.asks for move in self.carried) or self.awaited.text

    @property
    def next_step(self) -> Move | None:
        """The move that takes the present row: its first lawful step, or the plain row; None after the last."""
        if self.step is None:
            return None
        return next(iter(self.carried), PLAIN_ROW)

    @property
    def onward(self) -> dict[str, int | None]:
        """Where taking the present row may lead, None being the end: two ways by the answer of a decision, or one."""
        here = self.awaited
        if here.kind == Activity.Kind.DECISION:
            exits = {"yes": here.if_yes, "no": here.if_no}
            return {answer: number for answer, number in exits.items() if number is not None and number > here.number}
        ahead = [] if here.kind == Activity.Kind.END else [number for number in self.activities if number > here.number]
        return {"yes": min(ahead, default=None)}

    @property
    def drawn_back(self) -> list[int]:
        """The earlier rows to which the sheet itself draws an exit from here."""
        here = self.awaited
        return [number for number in (here.if_no, here.if_yes) if number is not None and number < here.number]

    @property
    def earlier_rows(self) -> list[int]:
        """The rows to which the case may be sent back: the sheet's own exits first, then the nearest ones."""
        if self.step is None:
            return []
        done = max((row.number for row in self.activities.values() if row.carries), default=0)
        stays = 0 if self.state in states.STEP_NUMBERS else done
        earlier = sorted((number for number in self.activities if stays < number < self.step), reverse=True)
        return sorted(earlier, key=lambda number: number not in self.drawn_back)

    def state_awaited_at(self, number: int) -> str:
        """Return the state in which the case waits at this row, coming from before or from a later one."""
        ahead = [step for row in self.activities.values() if row.number >= number for step in row.carries]
        return states.RUNNING[self.flow][min(ahead) - 1] if ahead else states.ACHIEVED[self.flow]

    def state_after(self, move: Move, number: int | None) -> str:
        """Return the state to which the move leads, with ``number`` the row that is awaited then."""
        if move is PLAIN_ROW:
            return self.state
        if move.names_its_row and number is not None:
            return self.state_awaited_at(number)
        return str(dict(move.ways)[self.state])

    @cached_property
    def confirmations(self) -> "list[Confirmation]":
        """Who has confirmed which column of the present row, on what the case holds now."""
        made = Confirmation.objects.filter(case_id=self.pk, moves=self.moves, digest=self.digest)
        return list(made.select_related("actor"))

    @property
    def digest(self) -> str:
        """The SHA-256 of the words and documents that the case holds: what somebody looked at who confirms.

        The class is left out: whoever takes the deciding row chooses it after the others have confirmed.
        """
        words = {name: said for name, said in self.words_to_approve().items() if name != "category"}
        held = [words, sorted(document.sha256 for document in self.content)]
        return hashlib.sha256(json.dumps(held, sort_keys=True, default=str).encode()).hexdigest()

    def in_office(self, *, on: date) -> list[Appointment]:
        """Return who holds an office for the case's unit that day, definitive ones first; asked once a case as read."""
        if on not in self._in_office:
            self._in_office[on] = _IN_OFFICE.rows(self.unit_id, on=on)
        return self._in_office[on]

    @cached_property
    def _in_office(self) -> dict[date, list[Appointment]]:
        return {}

    def held_by(self, user: User, *, on: date) -> list[Appointment]:
        """Return the appointments under which the person acts for the case's unit, definitive ones first."""
        mine = [each for each in self.in_office(on=on) if each.user_id == user.pk]
        return [each for each in mine if not each.user.must_change_password]

    def columns_of(self, user: User, *, on: date) -> list[Performer]:
        """Return the columns of the present row whose roles the person holds for the unit."""
        roles = {each.role_id for each in self.held_by(user, on=on)}
        return [column for column in self.awaited.columns if roles & {role.pk for role in column.roles.all()}]

    def columns_still_missing(self, user: User) -> list[Performer]:
        """Return the columns of the present row that still have to confirm before ``user`` can take it."""
        if len(self.awaited.columns) < 2:
            return []
        theirs = {column.position for column in self.columns_of(user, on=timezone.localdate(self.act.at))}
        confirmed = {confirmation.column for confirmation in self.confirmations}
        return [column for column in self.awaited.columns if column.position not in theirs | confirmed]

    @property
    def awaited_column(self) -> str:
        """Whose step is being awaited, in the words of the sheet."""
        return column_of(self.awaited)

    @classmethod
    def moves_by_key(cls) -> dict[str, Move]:
        """Return the flow's moves by their key, in the order in which the class writes them."""
        members = [value.move for klass in reversed(cls.__mro__) for value in vars(klass).values() if _is_move(value)]
        return {move.key: move for move in members}

    @classmethod
    def lawful_steps(cls) -> list[Move]:
        """Return the lawful steps of the flow in their order; a sheet's rows carry them by their number, from 1."""
        return [move for move in cls.moves_by_key().values() if move.kind == Kind.STEP]

    @classmethod
    def move_called(cls, key: str) -> Move:
        """Return the move of this key, the plain row and the undo among them. Raises KeyError for an unknown one."""
        return _NO_FLOWS_OWN.get(key) or cls.moves_by_key()[key]

    def is_open(self, move: Move) -> bool:
        """Say whether the case awaits this move now."""
        if move.kind in (Kind.TAKEOVER, Kind.UNDO):
            return False  # not taken: one comes with the approval of a whole list, the other has a door of its own
        if move.kind == Kind.FIRST_PUBLICATION and self.published_first_at is not None:
            return False
        if move.kind == Kind.STEP:
            return move == self.next_step
        if self.state not in move.sources:
            return False
        if move.kind in (Kind.DIVERSION, Kind.CONCLUSION):
            return self.decides
        return move.kind != Kind.RETURN or self.is_running and bool(self.rows_back(move))

    def rows_back(self, move: Move) -> list[int]:
        """Return the rows to which this return leads: one drawn on the sheet, or any earlier one."""
        if move.names_its_row:
            return self.earlier_rows
        target = move.target_from(self.state)
        return [number for number in self.drawn_back if self.state_awaited_at(number) == target]


def _is_move(value: object) -> bool:
    return hasattr(value, "move") and isinstance(value.move, Move)
