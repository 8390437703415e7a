"""Whether the procedure can be followed from its start to its end: the errors."""

from collections import deque
from collections.abc import Iterable, Mapping

from sop.check.rules import At, numbered, rule
from sop.sheet import Sheet


def exits(sheet: Sheet) -> Mapping[int, list[int]]:
    """Return where each row leads: a decision to its two rows, an end nowhere, any other to the row below it."""
    below = {row.number: after.number for row, after in zip(sheet.rows, sheet.rows[1:], strict=False)}
    numbers = {row.number for row in sheet.rows}
    leads = {}
    for row in sheet.rows:
        if row.kind == "end":
            targets = []
        elif row.kind == "decision":
            targets = [row.if_yes, row.if_no]
        else:
            targets = [below.get(row.number)]
        leads[row.number] = [target for target in dict.fromkeys(targets) if target in numbers]
    return leads


def _reached(starts: Iterable[int], leads: Mapping[int, Iterable[int]]) -> set[int]:
    """Return every row that can be come to from ``starts``, these among them."""
    seen, waiting = set(starts), deque(starts)
    while waiting:
        for target in leads[waiting.popleft()]:
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


@rule("E1", "Lembar memuat sedikitnya satu aktivitas.")
def has_activities(sheet):
    if not sheet.rows:
        yield At("Lembar ini belum punya aktivitas. Isi bagian prosedurnya dahulu.", "activities")


@rule("E2", "Setiap aktivitas punya pelaksana.")
def has_performer(sheet):
    for row in sheet.rows:
        if row.first is None:
            yield At(
                f"Aktivitas nomor {row.number} belum punya pelaksana. Pilih kolom pelaksananya.",
                "performer",
                row.number,
            )


@rule("E3", "Setiap keputusan punya dua jalan keluar yang berbeda, ya dan tidak.")
def has_two_exits(sheet):
    for row in sheet.rows:
        if row.kind != "decision":
            continue
        if row.if_yes is None or row.if_no is None:
            missing = [name for name, to in (("ya", row.if_yes), ("tidak", row.if_no)) if to is None]
            yield At(
                f"Keputusan nomor {row.number} belum punya dua jalan keluar, ya dan tidak. "
                f"Isi tujuan untuk «{' dan '.join(missing)}».",
                "if_yes" if row.if_yes is None else "if_no",
                row.number,
            )
        elif row.if_yes == row.if_no:
            yield At(
                f"Kedua jalan keluar keputusan nomor {row.number} menuju nomor {row.if_yes}. "
                "Bedakan tujuannya, atau jadikan aktivitas ini proses.",
                "if_no",
                row.number,
            )


@rule("E4", "Setiap aktivitas dapat dicapai dari awal, dan dari setiap aktivitas ada jalan sampai selesai.")
def leads_from_start_to_end(sheet):
    if not sheet.rows:
        return
    leads = exits(sheet)
    reached = _reached([sheet.rows[0].number], leads)
    for row in sheet.rows:
        if row.number not in reached:
            yield At(
                f"Aktivitas nomor {row.number} tidak dapat dicapai dari aktivitas pertama. "
                "Ubah jalan keluar keputusan sebelumnya, atau hapus aktivitas ini.",
                "number",
                row.number,
            )
    leading_here = {number: [] for number in leads}
    for number, targets in leads.items():
        for target in targets:
            leading_here[target].append(number)
    ending = _reached([row.number for row in sheet.rows if row.kind == "end"], leading_here)
    if stuck := [row.number for row in sheet.rows if row.number in reached and row.number not in ending]:
        yield At(
            f"Dari aktivitas {numbered(stuck)} tidak ada jalan sampai Selesai. "
            "Arahkan salah satu jalan keluar ke aktivitas yang berakhir pada Selesai.",
            "kind",
            stuck[0],
        )


@rule("E5", "Jalan keluar keputusan menuju aktivitas yang ada.")
def exits_exist(sheet):
    numbers = {row.number for row in sheet.rows}
    for row in sheet.rows:
        for answer, field in (("ya", "if_yes"), ("tidak", "if_no")):
            target = getattr(row, field)
            if target is not None and target not in numbers:
                yield At(
                    f"Keputusan nomor {row.number} bila {answer} menuju nomor {target}, "
                    "padahal aktivitas itu tidak ada. Ubah tujuannya.",
                    field,
                    row.number,
                )


@rule("E6", "Aktivitas pertama berbentuk Mulai dan yang terakhir berbentuk Selesai.")
def starts_and_ends(sheet):
    if not sheet.rows:
        return
    first, last = sheet.rows[0], sheet.rows[-1]
    if first.kind != "start":
        yield At(f"Aktivitas pertama (nomor {first.number}) harus berbentuk Mulai.", "kind", first.number)
    if last.kind != "end":
        yield At(f"Aktivitas terakhir (nomor {last.number}) harus berbentuk Selesai.", "kind", last.number)


RULES = [has_activities, has_performer, has_two_exits, leads_from_start_to_end, exits_exist, starts_and_ends]
