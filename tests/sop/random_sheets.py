"""Random procedures for Hypothesis: any kinds, any exits (also to missing rows), joint activities."""

from hypothesis import strategies as st

from sop.sheet import Sheet, SheetRow


@st.composite
def procedures(draw, *, max_rows=14, max_columns=10):
    """Draw (rows, number of columns)."""
    columns = draw(st.integers(1, max_columns))
    count = draw(st.integers(1, max_rows))
    rows = []
    for number in range(1, count + 1):
        first = draw(st.integers(0, columns - 1))
        last = draw(st.one_of(st.just(first), st.integers(first, min(first + 2, columns - 1))))
        kind = draw(st.sampled_from(["start", "process", "process", "decision", "decision", "end"]))
        exits = [None, None]
        if kind == "decision":
            targets = st.integers(1, count + 1).filter(lambda target, own=number: target != own)
            exits = [draw(st.one_of(st.just(number + 1), targets)), draw(targets)]
        rows.append(
            SheetRow(
                number=number,
                text=f"Aktivitas {number}",
                first=first,
                last=last,
                kind=kind,
                if_yes=exits[0],
                if_no=exits[1],
                return_is_addition=draw(st.booleans()),
            )
        )
    return tuple(rows), columns


def sheet_of(rows, columns) -> Sheet:
    """Wrap rows in an otherwise empty sheet."""
    return Sheet(
        title="CONTOH",
        heading="",
        letterhead=("PEMERINTAH KOTA PONTIANAK",),
        number="1/SOP/2026",
        created="-",
        revised="-",
        effective="2026",
        signatory=(),
        performers=tuple(f"Pelaksana {n}" for n in range(1, columns + 1)),
        rows=tuple(rows),
        lists={},
    )
