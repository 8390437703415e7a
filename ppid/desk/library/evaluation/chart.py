"""The chart of an evaluation as plain numbers for its SVG: each step's median and p90 as a part of the planned time."""

from dataclasses import dataclass, replace

from ppid.flows.evaluation import Evaluation, StepEvaluation

WIDTH = 400
_LEFT, _RIGHT = 2, 396
_TOP, _ROW = 26, 46
_LEAST, _MOST = 1.5, 4.0  # of the planned time: how far the scale reaches


@dataclass(frozen=True, slots=True)
class Bar:
    """A step's row: where its texts, its bar and the line to its p90 stand. ``place`` counts the rows."""

    step: StepEvaluation
    place: int
    width: float
    reach: float
    shares: str
    is_over: bool

    @property
    def text_y(self) -> int:
        return _TOP + _ROW * self.place + 14

    @property
    def y(self) -> int:
        return _TOP + _ROW * self.place + 21

    @property
    def middle(self) -> int:
        return self.y + 7


@dataclass(frozen=True, slots=True)
class Chart:
    width: int
    left: int
    planned_x: float
    bars: tuple[Bar, ...]
    untimed: tuple[int, ...]

    @property
    def height(self) -> int:
        return _TOP + _ROW * len(self.bars)

    def in_parts(self, most: int) -> list["Chart"]:
        """Return the chart as several of at most so many bars each, for pages that hold no more."""
        return [
            replace(self, bars=tuple(replace(bar, place=n) for n, bar in enumerate(self.bars[begin : begin + most])))
            for begin in range(0, len(self.bars), most)
        ]


def chart(evaluation: Evaluation) -> Chart | None:
    """Return the chart, or None when no step has both a planned and an actual time."""
    steps = [step for step in evaluation.steps if step.median_share is not None]
    if not steps:
        return None
    most = min(max(_LEAST, *(step.p90_share for step in steps)), _MOST)

    def x(share: float) -> float:
        return round(_LEFT + (_RIGHT - _LEFT) * min(share, most) / most, 1)

    return Chart(
        width=WIDTH,
        left=_LEFT,
        planned_x=x(1),
        bars=tuple(
            Bar(
                step=step,
                place=n,
                width=round(x(step.median_share) - _LEFT, 1),
                reach=x(step.p90_share),
                shares=f"median {step.median_share:.0%}, 9 dari 10 dalam {step.p90_share:.0%}",
                is_over=step.median_share > 1,
            )
            for n, step in enumerate(steps)
        ),
        untimed=tuple(step.number for step in evaluation.steps if step.median_share is None),
    )
