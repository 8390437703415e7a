"""What is open: of all units, and of one; each row leads to its cell."""

from functools import cached_property

from django.http import Http404
from django.urls import reverse
from django.views.generic import TemplateView

from ppid.desk.obligations.pages import DutiesPage
from ppid.flows.fulfilling import to_decide
from ppid.obligations.models import DutyText, Fulfilment, Statement
from ppid.shelf.matrix import Cell, Column, Matrix
from ppid.shelf.models import ShownDuty
from ppid.shelf.obligations import Scope
from ppid.shelf.rubric import State

# What has to be done something about, and in which order it is told.
OPEN = (State.MISSING, State.OLD, State.PARTLY, State.WORKED_ON)
_SHOWN = 50  # of what waits; the inbox has all of it
CATEGORIES = {"periodic": "Berkala", "immediate": "Serta merta", "on_demand": "Setiap saat"}


class Duties(DutiesPage, TemplateView):
    """All units with what is open at each, what waits for a decision, and what the list itself still lacks."""

    template_name = "desk/obligations/duties.html"

    def get_context_data(self, **kwargs):
        whole = self.matrix_of()
        waiting = sorted(
            [*Statement.objects.waiting(), *self.fulfilments.filter(pk__in=to_decide()), *DutyText.objects.waiting()],
            key=lambda each: each.written_at,
        )
        names = {duty.code: duty.name for duty, _, _ in whole.rows}
        units = {column.code: column.name for column in whole.columns}
        return super().get_context_data(
            columns=[(column, counts_of(whole, column), column.code in self.mine) for column in whole.columns],
            states=[*OPEN, State.THERE],
            waiting=[(each, told_of(each, names, units)) for each in waiting[:_SHOWN]],
            n_more=max(0, len(waiting) - _SHOWN),
            score=whole.score,
            has_duties=bool(whole.rows),
            for_nobody=ShownDuty.objects.standing(on=self.today).filter(scope=Scope.SOME, unit_codes=[]).count(),
            **kwargs,
        )


def told_of(given: Statement | Fulfilment | DutyText, names: dict[str, str], units: dict[str, str]) -> str:
    """Return which cell it is of, in words; "" for a text of the list, which says so itself."""
    if isinstance(given, DutyText):
        return ""
    return f"{names.get(given.duty_code, given.duty_code)}, {units.get(given.unit_code, given.unit_code)}"


def counts_of(whole: Matrix, column: Column) -> list[int]:
    """Return how many cells of the column are in each of the open states, and how many are there."""
    states = [cell.state for cell in whole.of(column.code)]
    return [states.count(state) for state in (*OPEN, State.THERE)]


class DutiesOfUnit(DutiesPage, TemplateView):
    """What one unit must publish, each with what can be done about it; ``?informasi=`` links an item instead."""

    template_name = "desk/obligations/unit.html"

    @cached_property
    def whole(self) -> Matrix:
        whole = self.matrix_of(unit=self.kwargs["unit"])
        if not whole.columns:
            raise Http404
        return whole

    def keeps_row(self, cell: Cell) -> bool:
        if self.named is not None or self.request.GET.get("tampil") == "semua":
            return True
        return cell.state in OPEN

    def get_context_data(self, **kwargs):
        column = self.whole.columns[0]
        cells = self.whole.cells
        shown = [cell for cell in cells if self.keeps_row(cell)]
        said = Statement.objects.waiting().filter(unit_code=column.code)
        return super().get_context_data(
            column=column,
            groups=[
                (key, name, rows)
                for key, name in CATEGORIES.items()
                if (rows := [cell for cell in shown if cell.duty.category == key])
            ],
            n_open=sum(cell.state in OPEN for cell in cells),
            n_all=len(cells),
            shows_all=self.request.GET.get("tampil") == "semua",
            score=self.whole.score,
            item=self.named,
            process=self.process,
            waiting={each.duty_code for each in said},
            answers=column.code in self.mine or self.keeps,
            here=reverse("desk:duties-of-unit", args=[column.code]),
            **kwargs,
        )
