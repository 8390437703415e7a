"""Which file belongs to which row, by name alone: what fits two ways is told and belongs to none."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from ppid.takeover.models import Takeover, TakeoverFile, TakeoverRow, Way
from ppid.takeover.rows import file_doubt, squeezed
from ppid.web.safe_files import safe_filename


@dataclass(slots=True)
class Matches:
    """Each row's file, by the row's number; ``why_not`` says of each other file, by its key, why no row has it."""

    of_row: dict[int, int] = field(default_factory=dict)
    why_not: dict[int, str] = field(default_factory=dict)


def matched(files: Iterable[tuple[int, str]], rows: Iterable[tuple[int, Mapping[str, Any]]]) -> Matches:
    """Match files (key, name) with rows (number, values).

    A row that names a file has that one or none. Another has the one whose name, without its ending, is the row's
    number or title. Letters' case and signs are no difference.
    """
    names = dict(files)
    by_name, by_stem = defaultdict(list), defaultdict(list)
    for pk, name in names.items():
        by_name[_plain(name)].append(pk)
        by_stem[_plain(PurePath(name).stem)].append(pk)
    asked: dict[int, set[int]] = {}
    named: dict[int, set[int]] = {}
    for number, values in rows:
        if values.get("file"):
            name = PurePath(values["file"].replace("\\", "/")).name
            named[number] = set(by_name.get(_plain(name)) or by_stem.get(_plain(name)) or ())
        else:
            keys = {_plain(values[each]) for each in ("number", "title") if values.get(each)} - {""}
            asked[number] = {pk for key in keys for pk in by_stem.get(key, ())}
    spoken_for = {pk for those in named.values() for pk in those}
    asked = {number: those - spoken_for for number, those in asked.items()}
    return _told(names, named, asked)


def _told(names: Mapping[int, str], named: dict[int, set[int]], asked: dict[int, set[int]]) -> Matches:
    found = Matches()
    wanted: dict[int, list[int]] = defaultdict(list)
    for number, those in sorted((named | asked).items()):
        for pk in those:
            wanted[pk].append(number)
        if len(those) > 1:
            several = ", ".join(sorted(f"«{names[pk]}»" for pk in those))
            for pk in those:
                found.why_not[pk] = (
                    f"Baris {number} cocok dengan beberapa berkas: {several}. Sebut satu di kolom «Nama berkas»."
                )
    for number, those in sorted((named | asked).items()):
        if len(those) != 1:
            continue
        [pk] = those
        if number in asked and len(wanted[pk]) > 1:
            several = ", ".join(map(str, wanted[pk][:10]))
            found.why_not[pk] = f"Cocok dengan beberapa baris: {several}. Sebut berkasnya di kolom «Nama berkas»."
        else:
            found.of_row[number] = pk
    placed = set(found.of_row.values())
    for pk in names:
        if pk not in placed:
            found.why_not.setdefault(pk, "Tidak ada baris dengan nama berkas, nomor, atau judul ini.")
    found.why_not = {pk: why for pk, why in found.why_not.items() if pk not in placed}
    return found


def _plain(name: str) -> str:
    """Return a name as names are compared, cut as those of files are cut."""
    cut = safe_filename(f"{name.replace('/', '-').replace(chr(92), '-')}.x").removesuffix(".x")
    return squeezed(cut.replace("_", " "))


def matches_of(takeover: Takeover) -> Matches:
    """Return how the files that were sent for the list fit its rows as they stand."""
    files = TakeoverFile.objects.filter(takeover=takeover, is_content=True).values_list("pk", "filename")
    return matched(files, takeover.rows.filter(problems=[]).values_list("number", "values"))


def match(takeover: Takeover) -> Matches:
    """Give each row of the draft its file, and let it doubt a file that has not come. Hold the list's lock."""
    found = matches_of(takeover)
    changed = []
    for row in takeover.rows.all():
        before = (row.file_id, row.doubts)
        row.file_id = found.of_row.get(row.number)
        doubts = [doubt for doubt in row.doubts if doubt[0] != "file"]
        if row.file_id is None and "file" in row.values:
            doubt = file_doubt(row.number, row.values, moved=takeover.way == Way.MOVED)
            doubts += [list(doubt)] if doubt else []
        if (row.file_id, sorted(doubts)) != (before[0], sorted(before[1])):
            row.doubts, row.doubt_kinds = doubts, list(dict.fromkeys(kind for kind, _ in doubts))
            changed.append(row)
    TakeoverRow.objects.bulk_update(changed, ["file", "doubts", "doubt_kinds"], batch_size=500)
    return found
