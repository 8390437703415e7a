"""A file's blocks as sheets: which belong to which SOP, its two parts, and what is left over."""

from dataclasses import dataclass, field

from sop.importing.formats.door import MAX_PLACES, TOO_MANY_ROWS
from sop.importing.imported import Doubt, Imported, ImportRefused
from sop.importing.reading import columns, identity, procedure
from sop.importing.reading.labels import is_known_heading, label_of, normal
from sop.importing.source import Block, Line, Paragraph, Table, shown
from sop.sheet import Sheet

MAX_SOPS = 30
TOO_MANY_SOPS = f"Berkas ini memuat lebih dari {MAX_SOPS} SOP. Bagi menjadi beberapa berkas, lalu impor satu per satu."


@dataclass
class _Group:
    """The blocks of one SOP: those before its procedure part, and the tables of that part."""

    before: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


def read(blocks: list[Block]) -> list[Imported]:
    """Return a sheet for each SOP that the blocks hold; at least one, however empty."""
    if sum(block.height * block.width for block in blocks if isinstance(block, Table)) > MAX_PLACES:
        raise ImportRefused(TOO_MANY_ROWS)
    groups = _groups(_parted(blocks))
    if len(groups) > MAX_SOPS:
        raise ImportRefused(TOO_MANY_SOPS)
    return [_sheet(group) for group in groups]


def _parted(blocks: list[Block]) -> list[Block]:
    """Part the tables that hold several parts: a worksheet often has both, or even several SOPs."""
    parts: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            parts.append(block)
            continue
        if sum(1 for _ in columns.heads(block)) > 2 * MAX_SOPS:
            raise ImportRefused(TOO_MANY_SOPS)
        rest = block
        while rest.cells:
            head = columns.head_at(rest)
            if head is None:
                parts.append(rest)
                break
            if head:
                parts.append(rest.part(0, head))
                rest = rest.part(head, rest.height)
            end = _next_identity(rest)
            parts.append(rest.part(0, end))
            rest = rest.part(end, rest.height)
    return parts


def _next_identity(table: Table) -> int:
    """Return the row under a procedure part where another SOP begins; the table's height when none does."""
    for n, row in enumerate(table.grid()):
        cells = [cell for cell in row if cell is not None and cell.row == n and cell.filled]
        labels = {label[1] for cell in cells if (label := label_of(cell.filled[0].text)) and label[0] == "fact"}
        if n > 1 and labels & {"created", "effective"} or (n > 1 and "number" in labels and len(cells) <= 3):
            above = [c for c in table.grid()[n - 1] if c is not None and c.text]
            return n - 1 if len(above) <= 2 and n > 2 and above and label_of(above[0].text) else n
    return table.height


def _groups(blocks: list[Block]) -> list[_Group]:
    groups = [_Group()]
    for block in blocks:
        group = groups[-1]
        is_procedure = isinstance(block, Table) and columns.head_at(block) is not None
        begins = identity.fact_count(block) >= (2 if isinstance(block, Table) else 1) and not _is_hidden(block)
        if group.tables and begins and not is_procedure:
            group = _Group(before=_trailing_paragraphs(group))
            group.blocks = list(group.before)
            groups.append(group)
        group.blocks.append(block)
        if isinstance(block, Table) and (is_procedure or (group.tables and _continues(block, group))):
            group.tables.append(block)
        elif group.tables:
            group.after.append(block)
        else:
            group.before.append(block)
    return groups


def _is_hidden(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.is_hidden


def _is_heading(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.is_hidden


def _continues(table: Table, group: _Group) -> bool:
    return table.width == group.tables[0].width and not table.origin


def _trailing_paragraphs(group: _Group) -> list[Block]:
    """Take the headings under a procedure part that belong to the next SOP."""
    taken: list[Block] = []
    while group.after and _is_heading(group.after[-1]) and group.blocks[-1] is group.after[-1]:
        taken.insert(0, group.after.pop())
        group.blocks.pop()
    return taken


def _sheet(group: _Group) -> Imported:
    found = identity.read([block for block in group.before if not _is_hidden(block)])
    steps = procedure.read(group.tables, [block for block in group.after if isinstance(block, Table)])
    sheet = Sheet(
        title=found.facts.get("title", ""),
        heading=found.facts.get("heading", ""),
        letterhead=found.lines.get("letterhead", ()),
        number=found.facts.get("number", ""),
        created=found.facts.get("created", ""),
        revised=found.facts.get("revised", ""),
        effective=found.facts.get("effective", ""),
        signatory=found.lines.get("signatory", ()),
        performers=steps.performers,
        rows=steps.rows,
        lists={name: found.lists.get(name, ()) for name in found.captions},
        captions=found.captions,
        origin="drawing" if any(_is_drawn(table) for table in group.tables) else "text",
        is_interpretation=True,
    )
    unplaced = tuple(_unplaced(group, sheet))
    doubts = [*found.doubts, *steps.doubts, *_pictures(group), *_hidden(group)]
    doubts.sort(key=lambda doubt: (doubt.field != "source", doubt.row or 0))
    return Imported(sheet, tuple(doubts), unplaced, shown(group.blocks))


def _is_drawn(table: Table) -> bool:
    """Whether the flowchart stands in the table as shapes, not only as words, marks or colour."""
    return any(shape.symbol in ("terminator", "process", "decision") for cell in table.cells for shape in cell.shapes)


def _unplaced(group: _Group, sheet: Sheet):
    """Yield every text that found no place, with where it stands; headings that say nothing of their own are let be."""
    title = normal(f"{sheet.heading} {sheet.title}")
    for block in group.blocks:
        where = block.origin if block.origin != "inline" else ""
        if isinstance(block, Table) and any(block is table for table in group.tables):
            yield from _left_in_procedure(block)
            continue
        for line in block.lines():
            if _is_left(line, title):
                yield f"{where}: {line.text.strip()}" if where else line.text.strip()


def _left_in_procedure(table: Table):
    grid = table.grid()
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        lines = [*cell.lines, *(line for shape in cell.shapes for line in shape.lines)]
        left = [line.text.strip() for line in lines if _is_left(line, "")]
        if not left:
            continue
        head = grid[0][cell.column]
        column = f", kolom «{head.text}»" if head is not None and head is not cell and head.text else ""
        step = grid[cell.row][0]
        number = "" if step is None or step is cell else step.text.strip(" .")
        row = f"langkah {number}" if number.isdigit() else f"baris {cell.row + 1}"
        yield f"Prosedur, {row}{column}: " + " ".join(left)


def _is_left(line: Line, title: str) -> bool:
    if not line or line.placed:
        return False
    if is_known_heading(line.text) or (title and normal(line.text) in (title, f"sop {title}")):
        line.placed = True
        return False
    return True


def _pictures(group: _Group):
    def count(shapes):
        return sum(shape.symbol == "picture" for shape in shapes)

    others = [block for block in group.blocks if not any(block is table for table in group.tables)]
    number = sum(
        sum(count(cell.shapes) for cell in block.cells) if isinstance(block, Table) else count(block.shapes)
        for block in others
    )
    if number:
        yield Doubt("source", None, f"Berkas memuat {number} gambar (misalnya logo); isinya tidak ikut dibaca.")


def _hidden(group: _Group):
    if any(_is_hidden(block) for block in group.blocks):
        yield Doubt(
            "source",
            None,
            "Berkas memuat baris, kolom, atau lembar yang disembunyikan. Isinya tidak menjadi bagian lembar ini, "
            "hanya didaftar sebagai teks tanpa tempat.",
        )
