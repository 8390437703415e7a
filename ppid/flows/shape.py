"""The shape of each flow, told to the SOP library so that a sheet is checked against the flow it binds."""

from ppid.flows.models import Case
from ppid.flows.states import STEP_NUMBERS
from ppid.flows.steps import Kind
from sop.bindings import FlowShape, register_flow
from sop.models import Sop


def shape(key: str) -> FlowShape:
    """Return the flow's steps and returns, read off its methods."""
    moves = Case.flows[key].moves_by_key().values()
    returns = {
        STEP_NUMBERS[source]: STEP_NUMBERS[target]
        for move in moves
        if move.kind == Kind.RETURN
        for source, target in move.targets.items()
    }
    return FlowShape(name=Sop.Flow(key).label, steps=sum(move.kind == Kind.STEP for move in moves), returns=returns)


def register() -> None:
    for key in Case.flows:
        register_flow(key, shape(key))
