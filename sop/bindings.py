"""What the running flows tell the library about themselves, so that a sheet can be checked against the flow it binds.

The flows import the library, not the other way round; they register here as the project starts.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FlowShape:
    """A flow as a sheet would draw it: number of steps, and for each decision the step it returns to.

    ``name`` is its name as people read it.
    """

    name: str
    steps: int
    returns: Mapping[int, int]


_flows: dict[str, FlowShape] = {}


def register_flow(key: str, shape: FlowShape) -> None:
    _flows[key] = shape


def flow_shape(key: str) -> FlowShape:
    """Return the shape of the flow ``key``. Raises KeyError for an unknown one."""
    return _flows[key]
