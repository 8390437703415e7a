"""The chart of an evaluation: each step's median and p90 as a part of the planned time."""

from ppid.flows.evaluation import Evaluation, StepEvaluation
from ppid.web import charts

_LEAST, _MOST = 1.5, 4.0  # of the planned time: how far the scale reaches


def chart(evaluation: Evaluation) -> charts.Chart | None:
    """Return the chart, or None when no step has both a planned and an actual time."""
    return charts.chart(
        "bagan",
        "Waktu nyata setiap langkah terhadap waktu pada lembar",
        [_row(step) for step in evaluation.steps if step.median_share is not None],
        says="100% = lembar",
        says_at=1,
        least=_LEAST,
        most=_MOST,
    )


def untimed(evaluation: Evaluation) -> list[int]:
    """Return the numbers of the steps that stand in no chart: without a planned time, or never taken."""
    return [step.number for step in evaluation.steps if step.median_share is None]


def _row(step: StepEvaluation) -> charts.Row:
    median, p90 = step.median_share or 0, step.p90_share or 0
    words = f"median {median:.0%}, 9 dari 10 dalam {p90:.0%}"
    return charts.Row(
        label=f"Langkah {step.number}{' (lewat)' if median > 1 else ''}",
        words=words,
        parts=(charts.Part(median, "over" if median > 1 else "plain"),),
        reach=p90,
        planned=1,
        told=f"Langkah {step.number}: {words} dari waktu pada lembar.",
    )
