"""Which column of an office's table is which column of the register: read from the headings, or chosen by hand.

What is not certain is a doubt in words; a column that holds what the register must not is left out and said.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from ppid.takeover.headings import DIP, EXACT, LEFT_OUT, LIKELY, MISSING, NEEDED, TARGETS, TELLING, UNCHOSEN
from ppid.takeover.tables.table import Row, Sheet

# What is about persons: never taken into a list that everybody reads.
_PERSONAL = re.compile(
    r"\bnik\b|nomor induk kependudukan|\bktp\b|\bkk\b|kartu keluarga|\bnpwp\b|rekening|tanggal lahir|ibu kandung|"
    r"\b(no|nomor) ?(hp|telepon|telp|wa|whatsapp)\b|alamat rumah"
)
_NIK = re.compile(r"(?<!\d)\d{6}[ .-]?\d{6}[ .-]?\d{4}(?!\d)")
_SIGNS = re.compile(r"[^\w\s]+")
# Headings that may as well be the text of a cell, and the number that every table has.
_ANYWHERE = {"number", "softcopy", "hardcopy", "periodic", "immediate", "on_demand"}
_COUNTED = re.compile(r"\(?\d{1,2}\)?")
_HEAD_WITHIN = 40
_HEAD_ROWS = 3
_LOOKED_AT = 200


@dataclass(slots=True)
class Table:
    """A table of a worksheet: the headings of its columns, each from above down, and its rows.

    ``is_found`` says whether a head was recognised; if not, the first filled row stands for one.
    """

    sheet: Sheet
    headings: list[str]
    rows: list[Row]
    head_row: int
    register: str = DIP
    is_found: bool = True
    said: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What the table is called among others of its file."""
        place = f"«{self.sheet.name}», " if self.sheet.name else ""
        hidden = ", lembar tersembunyi" if self.sheet.is_hidden else ""
        return f"{place}judul kolom di baris {self.head_row}{hidden}"


@dataclass(slots=True)
class Columns:
    """What each column of a table is, by its place, with the doubts about it; and what was left out for a reason."""

    targets: dict[int, str]
    doubts: dict[int, str] = field(default_factory=dict)
    personal: dict[int, str] = field(default_factory=dict)


def tables_in(sheets: Sequence[Sheet], register: str = DIP) -> list[Table]:
    """Return the tables of the worksheets, those found by their head first in their order."""
    found = [table for sheet in sheets for table in _tables(sheet, register)]
    if found:
        return found
    return [_without_head(sheet, register) for sheet in sheets if sheet.rows]


def register_told(sheets: Sequence[Sheet]) -> str:
    """Return the register whose columns the worksheets plainly head, "" when that is neither or both."""
    told = []
    for register, telling in TELLING.items():
        named = [
            {_named(heading, register) for heading in each.headings} for s in sheets for each in _tables(s, register)
        ]
        if any(len(telling & {target for target, is_certain in each if is_certain}) > 1 for each in named):
            told.append(register)
    return told[0] if len(told) == 1 else ""


def propose(table: Table) -> Columns:
    """Return what the headings say that the columns are, with a doubt where they leave one."""
    proposed = Columns({})
    taken: dict[str, int] = {}
    register = table.register
    certain = [column for column, heading in enumerate(table.headings) if _named(heading, register)[1]]
    likely = [column for column in range(len(table.headings)) if column not in certain]
    for column in (*certain, *likely):
        heading = table.headings[column]
        if reason := _about_persons(table, column):
            proposed.personal[column] = reason
            proposed.targets[column] = LEFT_OUT
            continue
        target, is_certain = _named(heading, register)
        if target and target in taken:
            first = table.headings[taken[target]].replace("\n", " / ")
            proposed.doubts[column] = (
                f"Kolom {letter(column)} «{_shown(heading)}» tampak sama dengan kolom «{first}», maka tidak diambil."
            )
            target = LEFT_OUT
        elif target and not is_certain:
            proposed.doubts[column] = (
                f"Kolom {letter(column)} «{_shown(heading)}» dibaca sebagai «{TARGETS[register][target]}». Periksa."
            )
        elif not target and any(row.cell(column) for row in islice(table.rows, _LOOKED_AT)):
            called = f"«{_shown(heading)}»" if heading else "tanpa judul"
            proposed.doubts[column] = f"Kolom {letter(column)} {called} tidak dikenal, maka tidak diambil."
        if target:
            taken[target] = column
        proposed.targets[column] = target
    if not any(target in taken for target in NEEDED[register]):
        proposed.doubts[-1] = MISSING[register]
    proposed.targets = dict(sorted(proposed.targets.items()))
    return proposed


def chosen_twice(targets: Mapping[int, str], register: str = DIP) -> list[str]:
    """Return the sentences about targets that were chosen for two columns, and about what must not be missing."""
    by_target: dict[str, list[int]] = {}
    for column, target in targets.items():
        if target:
            by_target.setdefault(target, []).append(column)
    said = [
        f"«{TARGETS[register][target]}» dipilih untuk kolom {' dan '.join(map(letter, columns))}. Sisakan satu."
        for target, columns in by_target.items()
        if len(columns) > 1
    ]
    if not any(target in by_target for target in NEEDED[register]):
        said.append(UNCHOSEN[register])
    return said


def letter(column: int) -> str:
    """Return what a spreadsheet calls the column: A, B, … AA."""
    name, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def holds_nik(text: str) -> bool:
    """Whether the text holds sixteen digits as a NIK has them."""
    return bool(_NIK.search(text))


def _tables(sheet: Sheet, register: str) -> Iterator[Table]:
    table: Table | None = None
    rows = iter(range(len(sheet.rows)))
    for n in rows:
        row = sheet.rows[n]
        if (table is None or n < _HEAD_WITHIN or len(row.filled) > 2) and _is_head(row, register):
            height = _height(sheet.rows, n, register)
            headings = _headings(sheet.rows[n : n + height])
            counted = _counts(sheet.rows[n + height]) if n + height < len(sheet.rows) else 0
            for _ in range(height - 1 + counted):
                next(rows, None)
            if table is not None and _alike(table.headings, headings, register):
                table.said.append(f"Judul kolom berulang di baris {row.number}; dilewati.")
                continue
            if table is not None:
                yield table
            table = Table(sheet, headings, [], row.number, register)
        elif table is not None:
            table.rows.append(row)
    if table is not None:
        yield table


def _without_head(sheet: Sheet, register: str) -> Table:
    head = next((row for row in sheet.rows if len(row.filled) > 2), sheet.rows[0])
    rest = [row for row in sheet.rows if row.number > head.number]
    width = max(len(row.cells) for row in (head, *islice(rest, _LOOKED_AT)))
    said = ["Judul kolom tidak dikenali. Tunjukkan arti setiap kolom."]
    return Table(sheet, [head.cell(n) for n in range(width)], rest, head.number, register, is_found=False, said=said)


def _is_head(row: Row, register: str) -> bool:
    """Whether the row names columns: two at least, one of them for certain, and one that says what the information is.

    «Hardcopy» and «Berkala» name columns of ticks and stand in the cells of other tables as well: they prove nothing.
    """
    texts = [text for text in row.cells if text and len(text) < 120]
    exact = EXACT[register]
    if not any(exact.get(_words(line), "number") not in _ANYWHERE for text in texts for line in text.split("\n")):
        return False
    named = [target for text in texts if (target := _named(text, register)[0])]
    return bool(set(NEEDED[register]) & set(named)) and len(set(named)) >= 2 and len(named) * 2 > len(texts)


def _height(rows: Sequence[Row], first: int, register: str) -> int:
    """Count the rows of the head: below a merged heading stand those of its parts."""
    height = 1
    over = {column for left, right in rows[first].across for column in range(left, right + 1)}
    while height < _HEAD_ROWS and first + height < len(rows):
        below = rows[first + height]
        own = [column for column in below.filled if column not in below.merged]
        is_part = bool(own) and all(column in over for column in own)
        if not (is_part and any(_named(below.cell(column), register)[0] for column in own)):
            # A head of which every cell is merged down over the next row, too.
            if below.filled and not own and len(below.filled) > 2:
                height += 1
                continue
            break
        over = {column for left, right in below.across for column in range(left, right + 1)}
        height += 1
    return height


def _headings(rows: Sequence[Row]) -> list[str]:
    """Return each column's headings from above down, a line each; one merged over columns stands above all of them."""
    width = max(len(row.cells) for row in rows)
    width = max([width, *(right + 1 for row in rows for _, right in row.across)])
    lines: list[list[str]] = [[] for _ in range(width)]
    for row in rows:
        texts = [row.cell(column) for column in range(width)]
        for left, right in row.across:
            texts[left : right + 1] = [texts[left]] * (right + 1 - left)
        for column, text in enumerate(texts):
            text = " ".join(text.split())
            if text and (not lines[column] or lines[column][-1] != text):
                lines[column].append(text)
    return ["\n".join(each) for each in lines]


def _counts(row: Row) -> int:
    """Return 1 when the row under the head only counts the columns: (1) (2) (3)."""
    texts = [row.cells[column] for column in row.filled]
    counts = len(texts) > 2 and all(_COUNTED.fullmatch(text) for text in texts)
    return int(counts and [int(text.strip("()")) for text in texts] == list(range(1, len(texts) + 1)))


def _alike(one: Sequence[str], other: Sequence[str], register: str) -> bool:
    named = [[_named(heading, register)[0] for heading in each if heading] for each in (one, other)]
    return named[0] == named[1]


def _named(heading: str, register: str) -> tuple[str, bool]:
    """Return which column a heading names, "" for none, and whether that is certain.

    Its lowest line decides; what that doesn't say, the line above may: «Waktu» over «Tahun».
    """
    for line in reversed(heading.split("\n")):
        words = _words(line)
        if target := EXACT[register].get(words):
            return target, True
        if len(words) < 120:
            for target, likely in LIKELY[register]:
                if re.search(likely, words):
                    return target, False
    return "", False


def _words(text: str) -> str:
    """Return the text as headings are compared: no case, no signs."""
    return " ".join(_SIGNS.sub(" ", text.casefold()).split())


def _about_persons(table: Table, column: int) -> str:
    """Return why the column is left out, "" when it holds nothing about persons as far as its head and texts tell."""
    heading = table.headings[column]
    words = _words(heading)
    if _PERSONAL.search(words):
        return (
            f"Kolom {letter(column)} «{_shown(heading)}» memuat data pribadi, maka tidak diambil: daftar informasi "
            "publik dibaca siapa saja. Hapus juga dari berkas yang Anda simpan bila tidak diperlukan."
        )
    texts = [text for row in islice(table.rows, _LOOKED_AT) if (text := row.cell(column))]
    if texts and sum(bool(_NIK.fullmatch(text)) for text in texts) * 2 > len(texts):
        return (
            f"Kolom {letter(column)} «{_shown(heading)}» memuat angka enam belas digit seperti NIK, maka tidak diambil."
        )
    return ""


def _shown(heading: str) -> str:
    return heading.replace("\n", " / ")
