"""Large sheets as offices have them: texts of usual length, decisions that lead back, a few joint activities."""

import random

from sop.sheet import LISTS, Sheet, SheetRow


def large(rows: int = 40, columns: int = 10, *, seed: int = 3, text: str = "") -> Sheet:
    """Make a sheet; the same for the same numbers. ``text`` stands in place of each activity's own."""
    draw = random.Random(seed)
    made = []
    for number in range(1, rows + 1):
        first = draw.randrange(columns)
        last = min(columns - 1, first + 1) if draw.random() < 0.08 else first
        kind = "start" if number == 1 else "end" if number == rows else "process"
        exits = [None, None]
        if kind == "process" and draw.random() < 0.2:
            kind = "decision"
            other = max(1, number - draw.randrange(1, 6)) if draw.random() < 0.7 else min(rows, number + 3)
            exits = [number + 1, other]
        made.append(
            SheetRow(
                number=number,
                text=text or f"Memeriksa kelengkapan berkas permohonan ke-{number} dan mencatatnya",
                first=first,
                last=last,
                kind=kind,
                requirement="Berkas permohonan",
                duration="2 hari kerja",
                output="Berkas yang lengkap",
                if_yes=exits[0],
                if_no=exits[1],
            )
        )
    return Sheet(
        title="PENGELOLAAN PERMOHONAN",
        heading="",
        letterhead=("PEMERINTAH KOTA PONTIANAK", "DINAS SOSIAL"),
        number="12/SOP/2026",
        created="01/02/2026",
        revised="-",
        effective="01/03/2026",
        signatory=("Kepala Dinas", "", "Nama", "NIP. 1"),
        performers=tuple(f"Pelaksana Bidang {n}" for n in range(1, columns + 1)),
        rows=tuple(made),
        lists=dict.fromkeys(LISTS, ("Satu hal", "Dua hal")),
        version=3,
    )
