"""The door by which the obligations matrix's rows come to the shelf and leave it: duties, fills, words, frozen scores.

Beside ``ppid.shelf.actions``, of the same kind: each function runs inside the transaction of the act that causes it.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from ppid.shelf.obligations import DutyFill, DutyScore, DutyWord, ShownDuty, keys_of_parts
from ppid.shelf.reading_obligations import all_rows, standing
from ppid.shelf.rubric import Score, score


@transaction.atomic
def show_duty(code: str, **words: Any) -> None:
    """Show the duty as it is now; its parts keep their keys. Raises ValueError where these can't be told apart."""
    shown = ShownDuty.objects.filter(code=code).first()
    before, keys = (shown.parts, shown.part_keys) if shown else ([], [])
    part_keys = keys_of_parts(words.get("parts", before), before, keys)
    if part_keys is None:
        raise ValueError(f"{code}: which part is which can't be told")
    ShownDuty.objects.update_or_create(code=code, defaults={**words, "part_keys": part_keys})


@transaction.atomic
def fill_with(number: str, cells: Iterable[tuple[str, str, str, tuple[int, ...]]]) -> None:
    """Let the item fill these cells and no others: duty, unit, period, and the keys of the parts that it holds."""
    wanted = {(duty, unit, period): tuple(parts) for duty, unit, period, parts in cells}
    shown = {(row.duty_code, row.unit_code, row.period): row for row in DutyFill.objects.filter(number=number)}
    gone = [row.pk for key, row in shown.items() if wanted.get(key) != tuple(row.parts)]
    if gone:
        DutyFill.objects.filter(pk__in=gone).delete()
    for key, parts in wanted.items():
        if key not in shown or tuple(shown[key].parts) != parts:
            duty, unit, period = key
            DutyFill.objects.create(duty_code=duty, unit_code=unit, period=period, number=number, parts=list(parts))


@transaction.atomic
def say(duty: str, unit: str, period: str, kind: str, word: DutyWord | None) -> None:
    """Let this be what is said of the cell in its kind; None takes it away. What is said of it otherwise stays."""
    shown = DutyWord.objects.filter(duty_code=duty, unit_code=unit, period=period, kind=kind).first()
    if word is None:
        if shown is not None:
            shown.delete()
        return
    word.duty_code, word.unit_code, word.period, word.kind = duty, unit, period, kind
    if shown is None:
        word.save(force_insert=True)
    elif _said(shown) != _said(word):
        word.pk = shown.pk
        word.save(force_update=True)


def _said(word: DutyWord) -> tuple:
    return word.since, word.until, word.reason, word.held_by


@transaction.atomic
def freeze_quarter(*, on: date) -> list[DutyScore]:
    """Freeze the scores of the quarter of this day, of each unit and of all; nothing where it is frozen already.

    A quarter is frozen on its first day; on a later one only where an earlier quarter was frozen, so that a night that
    was missed is made up for, and nobody's first quarter begins in its middle.
    """
    quarter = (on.month - 1) // 3 + 1
    if DutyScore.objects.filter(year=on.year, quarter=quarter).exists():
        return []
    is_first_day = on == date(on.year, 3 * quarter - 2, 1)
    if not is_first_day and not DutyScore.objects.exists():
        return []
    whole = standing(all_rows, on=on)
    if not whole.cells:
        return []
    made = [_frozen(on, quarter, "", "Semua", whole.cells, whole.score)]
    for column in whole.columns:
        cells = whole.of(column.code)
        made.append(_frozen(on, quarter, column.code, column.name, cells, score(cell.state for cell in cells)))
    return DutyScore.objects.bulk_create(made)


def _frozen(on: date, quarter: int, code: str, name: str, cells: list, counted: Score) -> DutyScore:
    # Of all together the counts are enough: the cells stand in the rows of the units.
    kept = (
        [[cell.duty.code, cell.period, cell.state, cell.on and cell.on.isoformat()] for cell in cells] if code else []
    )
    return DutyScore(
        year=on.year,
        quarter=quarter,
        unit_code=code,
        unit_name=name,
        taken_on=on,
        rubric=counted.rubric,
        points=counted.points,
        out_of=counted.of,
        counts=counted.counts,
        cells=kept,
    )
