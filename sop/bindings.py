"""What the running flows tell the library about themselves, so that a sheet can be held against the flow it runs.

The flows import the library, not the other way round; they register here as the project starts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sop.models import Sop


@dataclass(frozen=True, slots=True)
class LawfulStep:
    """A step that the law asks of a flow. ``words`` are stems of words by which a row that carries it can be told."""

    number: int
    key: str
    title: str
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.number} «{self.title}»"


@dataclass(frozen=True, slots=True)
class FlowShape:
    """The lawful steps of a flow in their order; ``prepares`` and ``decides`` are numbers of two of them.

    ``name`` is the flow's name as people read it.
    """

    name: str
    steps: tuple[LawfulStep, ...]
    prepares: int
    decides: int

    @property
    def by_number(self) -> Mapping[int, LawfulStep]:
        return {step.number: step for step in self.steps}


_flows: dict[str, FlowShape] = {}


def register_flow(key: str, shape: FlowShape) -> None:
    _flows[key] = shape


def flow_shape(key: str) -> FlowShape:
    """Return the shape of the flow ``key``. Raises KeyError for an unknown one."""
    return _flows[key]


def lawful_steps(sop: "Sop") -> Mapping[int, LawfulStep]:
    """Return the lawful steps of the flow that the SOP is bound to, by number; none when it runs nothing."""
    return _flows[sop.flow].by_number if sop.flow in _flows else {}


def flow_shapes() -> Mapping[str, FlowShape]:
    """Return the shapes of all flows by their key."""
    return MappingProxyType(_flows)
