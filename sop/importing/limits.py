"""What the library's fields can hold. A longer text goes to the list of what found no place, and that is said."""

from dataclasses import replace
from typing import Any

from ppid.web.letters import without_forbidden
from sop.importing.imported import Doubt, Imported
from sop.sheet import LENGTHS, MAX_ACTIVITIES, MAX_PERFORMERS, TEXTS, Sheet

_NUMBER = 32_767  # the highest that the database keeps as a step's number


def fitted(imported: Imported) -> Imported:
    """Return it with every text and number such that a draft can hold it."""
    sheet = Sheet.from_data(_printable(imported.sheet.as_data()))
    doubts, unplaced = list(imported.doubts), list(imported.unplaced)

    def fit(name: str, row: int | None, text: str, limit: int) -> str:
        if len(text) <= limit:
            return text
        doubts.append(Doubt(name, row, f"Teks di naskah lebih panjang dari {limit} huruf, maka tidak ditempatkan."))
        unplaced.append(text)
        return "" if name != "performers" else text[:limit]

    facts: dict[str, Any] = {
        name: fit(name, None, getattr(sheet, name), limit) for name, limit in LENGTHS.items() if name in TEXTS
    }
    performers = tuple(fit("performers", None, label, LENGTHS["performer"]) for label in sheet.performers)
    rows, numbers = sheet.rows, [row.number for row in sheet.rows]
    if numbers != sorted(set(numbers)) or any(not 0 < number <= _NUMBER for number in numbers):
        rows = tuple(replace(row, number=n, if_yes=None, if_no=None) for n, row in enumerate(rows, start=1))
        doubts.append(Doubt("rows", None, "Nomor langkah tidak berurut; dihitung ulang, tujuan ya/tidak kosong."))
    fitted_rows = []
    for row in rows:
        duration = fit("duration", row.number, row.duration, LENGTHS["duration"])
        exits = {name: getattr(row, name) for name in ("if_yes", "if_no")}
        for name, target in exits.items():
            if target is not None and (row.kind != "decision" or target == row.number or not 0 < target <= _NUMBER):
                exits[name] = None
                doubts.append(Doubt(name, row.number, f"Tujuan ke langkah {target} tidak mungkin; dikosongkan."))
        fitted_rows.append(replace(row, duration=duration, **exits))
    if len(rows) > MAX_ACTIVITIES or len(performers) > MAX_PERFORMERS:
        doubts.append(Doubt("rows", None, too_large(sheet)))
    sheet = replace(sheet, performers=performers, rows=tuple(fitted_rows), **facts)
    return replace(imported, sheet=sheet, doubts=tuple(doubts), unplaced=tuple(unplaced))


def too_large(sheet: Sheet) -> str:
    """Return the sentence for a sheet that can't be edited and drawn."""
    return (
        f"Lembar ini punya {len(sheet.rows)} aktivitas dan {len(sheet.performers)} pelaksana; paling banyak "
        f"{MAX_ACTIVITIES} dan {MAX_PERFORMERS}. Bagi naskahnya menjadi beberapa SOP, lalu impor satu per satu."
    )


def _printable(data):
    if isinstance(data, str):
        return without_forbidden(data)
    if isinstance(data, list):
        return [_printable(each) for each in data]
    if isinstance(data, dict):
        return {key: _printable(value) for key, value in data.items()}
    return data
