"""Whether the rows of a sheet carry the lawful steps of a flow: each once, all of them, in order, by four eyes.

Pure functions: a sheet, which steps each of its rows carries, and the flow's shape. Nothing else is asked of the form
of a sheet that the portal runs: how many rows it has and where it sends back are its own.
"""

from collections.abc import Iterator, Mapping, Sequence

from sop.bindings import FlowShape, LawfulStep
from sop.check.rules import At, numbered
from sop.sheet import Sheet, SheetRow

Carried = Mapping[int, Sequence[int]]


def faults(sheet: Sheet, carried: Carried, shape: FlowShape, roles: Sequence[frozenset[str]] = ()) -> Iterator[At]:
    """Yield what keeps the sheet from running the flow, each with what to do.

    ``carried`` names the steps of each row by its number; ``roles`` are those of each column, as people call them.
    A fault about a step without a row of its own is at the field «carries.4».
    """
    steps = shape.by_number
    rows_of = {n: [row.number for row in sheet.rows if n in carried.get(row.number, ())] for n in steps}
    strange = [
        At(
            f"Baris nomor {row.number} membawa langkah hukum {n}, yang tidak ada pada alur «{shape.name}». "
            "Kosongkan langkah itu.",
            f"carries.{n}",
        )
        for row in sheet.rows
        for n in carried.get(row.number, ())
        if n not in steps
    ]
    counted = [*strange, *_missing_or_twice(steps, rows_of), *_out_of_order(sheet, carried, steps)]
    yield from counted
    if not counted:
        yield from _passed_by(sheet, carried, steps)
        yield from _two_pairs_of_eyes(sheet, rows_of, shape, roles)


def _missing_or_twice(steps: Mapping[int, LawfulStep], rows_of: Mapping[int, list[int]]) -> Iterator[At]:
    for n, step in steps.items():
        if not rows_of[n]:
            yield At(f"Langkah hukum {step} belum dibawa baris mana pun. Pilih baris yang membawanya.", f"carries.{n}")
        elif len(rows_of[n]) > 1:
            yield At(
                f"Langkah hukum {step} dibawa lebih dari satu baris ({numbered(rows_of[n])}). Pilih satu saja.",
                f"carries.{n}",
            )


def _out_of_order(sheet: Sheet, carried: Carried, steps: Mapping[int, LawfulStep]) -> Iterator[At]:
    """Yield each step that a row carries although an earlier row carries a later one."""
    latest, where = 0, 0
    for row in sheet.rows:
        for n in carried.get(row.number, ()):
            if n in steps and n < latest:
                yield At(
                    f"Langkah hukum {steps[n]} dibawa baris nomor {row.number}, sesudah langkah hukum "
                    f"{steps[latest]} pada baris nomor {where}. Pilih baris lain, supaya urutannya tetap 1 sampai "
                    f"{len(steps)}.",
                    f"carries.{n}",
                )
            elif n in steps and n > latest:
                latest, where = n, row.number


def _passed_by(sheet: Sheet, carried: Carried, steps: Mapping[int, LawfulStep]) -> Iterator[At]:
    """Yield each way forward that passes by a row that carries a step, or ends before it."""
    bearing = [row.number for row in sheet.rows if carried.get(row.number)]

    def said(numbers: Sequence[int]) -> str:
        names = ", ".join(str(steps[n]) for number in numbers for n in carried[number])
        return f"baris {numbered(numbers)} yang membawa langkah hukum {names}"

    for row in sheet.rows:
        for answer, field, target in (("ya", "if_yes", row.if_yes), ("tidak", "if_no", row.if_no)):
            passed = [number for number in bearing if row.number < number < (target or 0)]
            if row.kind == "decision" and passed:
                yield At(
                    f"Keputusan nomor {row.number} bila {answer} langsung menuju nomor {target} dan melewati "
                    f"{said(passed)}. Ubah jalan keluarnya, atau pilih baris lain untuk langkah itu.",
                    field,
                    row.number,
                )
        left = [number for number in bearing if number > row.number]
        if left and _leads_nowhere(row):
            yield At(
                f"Jalan maju berhenti pada baris nomor {row.number}, sebelum {said(left)}. "
                f"{'Ubah bentuknya' if row.kind == 'end' else 'Ubah jalan keluarnya'}, atau pilih baris lain untuk "
                "langkah itu.",
                "kind" if row.kind == "end" else "if_yes",
                row.number,
            )


def _leads_nowhere(row: SheetRow) -> bool:
    """Whether no way forward leaves the row."""
    if row.kind == "decision":
        return not any(target is not None and target > row.number for target in (row.if_yes, row.if_no))
    return row.kind == "end"


def _two_pairs_of_eyes(
    sheet: Sheet, rows_of: Mapping[int, list[int]], shape: FlowShape, roles: Sequence[frozenset[str]]
) -> Iterator[At]:
    by_number = {row.number: row for row in sheet.rows}
    prepares, decides = (by_number[rows_of[n][0]] for n in (shape.prepares, shape.decides))
    said = (
        f"langkah hukum {shape.by_number[shape.prepares]} (baris nomor {prepares.number}) dan langkah hukum "
        f"{shape.by_number[shape.decides]} (baris nomor {decides.number})"
    )
    both = sorted(set(_columns(prepares)) & set(_columns(decides)))
    for column in both:
        yield At(
            f"«{sheet.performers[column]}» mengerjakan {said}. Yang menyiapkan tidak boleh memutuskan: pilih pelaksana "
            "lain untuk salah satunya.",
            "performer",
            decides.number,
        )
    if both or not roles:
        return
    for one in _columns(prepares):
        for other in _columns(decides):
            for role in sorted(roles[one] & roles[other]):
                yield At(
                    f"Peran «{role}» bertindak untuk «{sheet.performers[one]}» dan «{sheet.performers[other]}», jadi "
                    f"peran yang sama mengerjakan {said}. Lepaskan peran itu dari salah satu kolomnya.",
                    "performers",
                )


def _columns(row: SheetRow) -> range:
    return range(0) if row.span is None else range(row.span[0], row.span[1] + 1)
