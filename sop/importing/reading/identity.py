"""The identity part: captions and what stands beside, beneath or after them, in a table or in paragraphs."""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from sop.importing.imported import Doubt
from sop.importing.reading.labels import label_of, normal, numbered_label, parted
from sop.importing.source import Block, Cell, Line, Paragraph, Table, items
from sop.importing.wording import FIELDS
from sop.sheet import LISTS

FACTS = ("title", "number", "created", "revised", "effective")
_LINES = ("signatory", "letterhead")
_COLONS = ":： \t\xa0"
_MOST_ROOM = 8  # lines


@dataclass
class Identity:
    """What was found, field by field."""

    facts: dict[str, str] = field(default_factory=dict)
    lines: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    captions: dict[str, str] = field(default_factory=lambda: dict(LISTS))
    doubts: list[Doubt] = field(default_factory=list)

    def doubt(self, name: str, sentence: str) -> None:
        self.doubts.append(Doubt(name, None, sentence))

    def has(self, name: str) -> bool:
        return name in self.facts or name in self.lines or name in self.lists

    def put(self, name: str, lines: list[Line]) -> None:
        """Give a field the lines that were found for it. A second finding is left without a place."""
        lines = [line for line in lines if not line.placed]
        if not any(normal(line.text) for line in lines) or self.has(name):
            return
        lines = _without_colon(lines)
        if name == "signatory":
            self.lines[name] = _with_room(lines)
            return
        lines = [line for line in lines if normal(line.text)]
        if name in FACTS:
            self.facts[name] = " ".join(line.take() for line in lines)
        elif name == "heading":
            self.facts[name] = lines[0].take()
        elif name == "letterhead":
            self.lines[name] = tuple(line.take() for line in lines)
        else:
            ran_together = any(line.ran_together for line in lines)
            self.lists[name] = items(lines)
            if ran_together:
                self._part(name)

    def _part(self, name: str) -> None:
        """Part the items of a list that ran together, and say so."""
        self.lists[name] = parts = tuple(part for item in self.lists[name] for part in parted(name, item))
        said = "Batas antarbutir hilang di naskah"
        if len(parts) > 1:
            self.doubt(name, f"{said}. Teks dipisah menjadi {len(parts)} butir menurut kata awal dan titik; periksa.")
        else:
            self.doubt(name, f"{said}. Teks ini mungkin memuat beberapa butir; pisahkan bila perlu.")


def _without_colon(lines: list[Line]) -> list[Line]:
    """Return the lines without the colon that was typed before the value («: 065/12»)."""
    n = next(n for n, line in enumerate(lines) if normal(line.text))
    first = lines[n]
    if not first.text.strip().startswith((":", "：")):
        return lines
    first.placed = True
    return [*lines[:n], replace(first, text=first.text.strip().lstrip(_COLONS), placed=False), *lines[n + 1 :]]


def _with_room(lines: list[Line]) -> tuple[str, ...]:
    """Return the lines with the empty ones between them: they are the room to sign in."""
    kept: list[str] = []
    for line in lines:
        if line or kept[-_MOST_ROOM:] != [""] * _MOST_ROOM:
            kept.append(line.take())
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def fact_count(block: Block) -> int:
    """Return how many captions of the identity part's head the block has."""
    texts = [block.text] if isinstance(block, Paragraph) else [cell.text.split("\n")[0] for cell in block.cells]
    found = {label[1] for text in texts if (label := label_of(text)) and label[0] == "fact"}
    return len(found)


def read(blocks: list[Block]) -> Identity:
    """Read the blocks before the procedure part."""
    identity = Identity()
    for block in blocks:
        if isinstance(block, Table):
            _read_numbered(block, identity)
            _read_table(block, identity)
    _read_paragraphs([block for block in blocks if isinstance(block, Paragraph) and not block.origin], identity)
    _read_title(blocks, identity)
    _read_letterhead(blocks, identity)
    for name in ("title", "number", "signatory", "letterhead", *LISTS):
        if not identity.has(name):
            identity.doubt(name, f"{FIELDS[name]} tidak ditemukan di naskah.")
    return identity


def _read_table(table: Table, identity: Identity) -> None:
    labels = {id(cell): found for cell in table.cells if cell.filled and (found := label_of(cell.filled[0].text))}
    grid = table.grid()
    for cell in table.cells:
        if id(cell) not in labels:
            continue
        kind, name, after = labels[id(cell)]
        if identity.has(name) or (kind == "fact" and not _is_caption(cell, after)):
            continue
        caption, *rest = cell.filled
        caption.placed = True
        if kind == "list":
            identity.captions[name] = caption.text.partition(":")[0].strip()
        if after:
            identity.put(name, [Line(after), *rest])
            for line in rest:
                line.placed = True
        elif rest:
            identity.put(name, rest)
        elif kind == "fact":
            identity.put(name, _beside(cell, grid, labels) or _beneath(cell, grid, labels)[:1])
        else:
            identity.put(name, _of_list(cell, grid, labels))


def _read_numbered(table: Table, identity: Identity) -> None:
    """Read the lists of our own workbooks: a row for each item, beside «Dasar Hukum 1», «Dasar Hukum 2»."""
    grid = table.grid()
    lists: dict[str, list[str]] = defaultdict(list)
    for cell in table.cells:
        found = numbered_label(cell.text) if len(cell.filled) == 1 else None
        beside = grid[cell.row][cell.column + 1] if cell.column + 1 < table.width else None
        if found and beside is not None and beside.filled and len(lists[found[0]]) == found[1] - 1:
            name, number = found
            lists[name].append(beside.take())
            identity.captions[name] = cell.take().removesuffix(str(number)).strip()
    identity.lists |= {name: tuple(items) for name, items in lists.items() if items}


def _is_caption(cell: Cell, after: str) -> bool:
    # «Nomor» or «Pengesahan» may stand in running text; a caption is short.
    return len(cell.filled[0].text) - len(after) < 60


def _beside(cell: Cell, grid, labels) -> list[Line]:
    """Return the lines of the first filled cell to the right, unless a caption comes first."""
    row = grid[cell.row]
    for column in range(cell.column + cell.colspan, len(row)):
        other = row[column]
        if other is None or not normal(other.text):
            if other is not None:
                for line in other.lines:
                    line.placed = True  # a lone colon
            continue
        if id(other) in labels:
            return []
        return _with_rows_beneath(other, cell, grid, labels)
    return []


def _with_rows_beneath(value: Cell, caption: Cell, grid, labels) -> list[Line]:
    """Add to a value the cells under it which stand beside the same merged caption, or beside nothing (a signature)."""
    lines, seen = list(value.lines), {id(value)}
    row = value.row + value.rowspan
    while row < len(grid):
        at_side, under = grid[row][caption.column], grid[row][value.column]
        if under is None or id(under) in labels or under.column != value.column:
            break
        if at_side is not caption and (at_side is None or normal(at_side.text) or row > caption.row + 8):
            break
        if label_of(next((c.text for c in grid[row] if c not in (None, caption) and normal(c.text)), "")):
            break
        if id(under) not in seen:
            seen.add(id(under))
            lines += under.lines or [Line("")]
        row += 1
    return lines


def _beneath(cell: Cell, grid, labels) -> list[Line]:
    """Return the lines of the cells under a caption, up to the next caption."""
    lines, seen = [], {id(cell)}
    for row in range(cell.row + cell.rowspan, len(grid)):
        across = grid[row][cell.column : cell.column + cell.colspan]
        if any(other is not None and id(other) in labels for other in across):
            break
        for other in across:
            if other is not None and id(other) not in seen and other.row >= cell.row + cell.rowspan:
                seen.add(id(other))
                lines += other.lines
    return lines


def _of_list(cell: Cell, grid, labels) -> list[Line]:
    beside = _beside(cell, grid, labels)
    if beside and not _has_list_caption(cell, grid, labels):
        return beside
    return _beneath(cell, grid, labels) or beside


def _has_list_caption(cell: Cell, grid, labels) -> bool:
    return any(
        other is not None and other is not cell and labels.get(id(other), ("",))[0] == "list"
        for other in grid[cell.row]
    )


def _read_paragraphs(paragraphs: list[Paragraph], identity: Identity) -> None:
    """Read «caption: value» lines, and the paragraphs that follow a caption standing alone."""
    found: dict[str, list[Line]] = defaultdict(list)
    current, is_list = "", False
    for line in (line for paragraph in paragraphs for line in paragraph.own if line and not line.placed):
        label = label_of(line.text.replace("\t", " "))
        if label and not identity.has(label[1]) and label[1] not in found:
            kind, current, after = label
            is_list = kind == "list"
            line.placed = True
            if is_list:
                identity.captions[current] = line.text.partition(":")[0].strip()
            found[current] = [Line(after)] if after else []
            if after and current in FACTS:
                current = ""
        elif current:
            found[current].append(line)
            if not is_list and current not in _LINES:
                current = ""
    for name, lines in found.items():
        identity.put(name, lines)


def _read_title(blocks: list[Block], identity: Identity) -> None:
    """Place the headings that repeat the title; «E. JUDUL» gives the sheet's heading «E.»."""
    outside = [line for block in blocks for line in block.lines() if line and not line.placed]
    title = identity.facts.get("title", "")
    if not title:
        heads = [line for line in outside if len(line.text.strip()) > 8 and line.text.strip().isupper()]
        heads = [line for line in heads if not normal(line.text).startswith(_LETTERHEAD)]
        if heads:
            title = identity.facts["title"] = heads[0].take()
            identity.doubt("title", "Nama SOP tidak ditemukan pada tempatnya; dibaca dari judul naskah.")
        return
    for line in outside:
        words = line.text.split()
        if words[-len(title.split()) :] == title.split() or normal(line.text) == normal(title):
            prefix = " ".join(words[: len(words) - len(title.split())])
            if len(prefix) <= 20 and normal(prefix) not in ("sop", "nama sop"):
                line.placed = True
                if prefix and normal(prefix):
                    identity.facts.setdefault("heading", prefix)
            elif normal(prefix) == "sop":
                line.placed = True


_LETTERHEAD = (
    "pemerintah",
    "dinas",
    "badan",
    "kecamatan",
    "kelurahan",
    "sekretariat",
    "kantor",
    "bidang",
    "inspektorat",
)


def _read_letterhead(blocks: list[Block], identity: Identity) -> None:
    """Take what stands left of «Nomor SOP» to «Disahkan Oleh»; else the lines above that name an office."""
    if identity.has("letterhead"):
        return
    for table in (block for block in blocks if isinstance(block, Table)):
        facts = [
            cell
            for cell in table.cells
            if cell.filled and (found := label_of(cell.filled[0].text)) and found[:2] in _LEFT_OF
        ]
        if not facts:
            continue
        left, top, end = min(c.column for c in facts), min(c.row for c in facts), max(c.row + c.rowspan for c in facts)
        beside = [c for c in table.cells if c.column < left and c.row < end and c.row + c.rowspan > top]
        lines = [line for cell in beside for line in cell.filled if not line.placed]
        if lines:
            identity.lines["letterhead"] = tuple(line.take() for line in lines)
            return
    outside = [line for block in blocks for line in block.lines() if line and not line.placed]
    if heads := [line for line in outside if normal(line.text).startswith(_LETTERHEAD)]:
        identity.lines["letterhead"] = tuple(line.take() for line in heads)
        identity.doubt("letterhead", "Kop dibaca dari baris di atas identitas; periksa apakah lengkap.")


_LEFT_OF = [("fact", name) for name in ("number", "created", "revised", "effective", "signatory")]
