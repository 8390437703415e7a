"""A row of an office's table read as an item: its values, what makes it unfit, and what a person has to look at.

Sentences name the row and the column as the spreadsheet does. Nothing is guessed without being said.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ppid.information.made_when import days_meant
from ppid.takeover.columns import Columns, Table, holds_nik, letter
from ppid.takeover.tables.table import Row

# The longest text that the register keeps in each column.
LENGTHS = {
    "title": 500,
    "summary": 4000,
    "responsible": 200,
    "made_when": 120,
    "made_place": 120,
    "retention": 120,
}
LABELS = {
    "title": "Judul",
    "summary": "Ringkasan isi",
    "responsible": "Penanggung jawab",
    "made_when": "Waktu pembuatan",
    "made_place": "Tempat pembuatan",
    "retention": "Jangka waktu penyimpanan",
}
# What a doubt is about: doubts of one kind are looked at, and settled, together.
DOUBTS = {
    "hidden": "Baris tersembunyi",
    "formula": "Nilai dari rumus",
    "merged": "Nilai dari sel gabungan",
    "section": "Jenis dari judul bagian",
    "title_from_summary": "Judul diambil dari ringkasan",
    "unit_default": "Unit kosong",
    "when": "Waktu tidak terbaca",
    "form": "Bentuk tidak jelas",
    "empty": "Kolom kosong",
    "twice_in_table": "Judul kembar di tabel",
    "twice_in_register": "Sudah ada di register",
    "nik": "Angka seperti NIK",
    "file": "Berkas belum dikirim",
    "ground": "Huruf pasal 17 tidak dikenal",
    "scope": "Seluruhnya atau sebagian tidak tertulis",
    "term": "Jangka waktu dihitung, atau tanpa tanggal",
    "decree": "Surat penetapan mengikuti SK daftar",
    "public": "Sedang diumumkan di portal",
    "twice_in_dik": "Sudah ada di DIK",
    "in_dik": "Dikecualikan di DIK",
}
_SIGNS = re.compile(r"[^\w\s]+")
_CATEGORIES = {"periodic": r"\bberkala\b", "immediate": r"\bserta ?merta\b", "on_demand": r"\bsetiap ?saat\b"}
_TICKED = re.compile(r"[√✓✔☑✅vx●•1]|ya|ada", re.IGNORECASE)
_UNTICKED = re.compile(r"[-–—✗✘☐0]?|tidak( ada)?", re.IGNORECASE)
_ERRORS = re.compile(r"#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)|Err:\d{3}")
_SOFT = r"soft|elektron|digital|rekaman|pdf|online|daring|website|web|excel|word"
_HARD = r"hard|cetak|fisik|buku|kertas|dokumen"


@dataclass(slots=True)
class Read:
    """What a row says. A row with problems is not taken; each doubt is a kind of ``DOUBTS`` with its sentence."""

    number: int
    values: dict[str, Any]
    problems: list[str] = field(default_factory=list)
    doubts: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Units:
    """How units are called: each of their names, squeezed (``squeezed``), with its code; and the one meant by none."""

    codes: Mapping[str, str]
    default: str = ""


def squeezed(name: str) -> str:
    """Return a name as names are compared: no case, no signs."""
    words = _SIGNS.sub(" ", name.casefold()).split()
    return " ".join("dan" if word == "&" else word for word in words)


def read_rows(
    table: Table,
    columns: Columns,
    units: Units,
    *,
    moved: bool,
    on: date,
    reading: "type[Reading] | None" = None,
) -> Iterator[Read]:
    """Yield what each row of the table says; rows that only head a section are no rows.

    ``moved`` asks of each the class, which a case finds on its way. ``on`` is the day on which they are read, and
    ``reading`` how: as rows of the DIP when not said.
    """
    reading = reading or Reading
    places = {target: column for column, target in columns.targets.items() if target}
    section: tuple[str, str] | None = None
    seen: dict[tuple[str, str], int] = {}
    for row in table.rows:
        if (headed := _section(row, places)) is not None:
            section = headed
            continue
        read = reading(row, places, units, moved=moved, section=section, on=on).result()
        if read is None:
            continue
        key = (squeezed(read.values["title"]), read.values["unit"])
        if key[0] and key in seen:
            sentence = f"Baris {row.number}: judulnya sama dengan baris {seen[key]} untuk unit yang sama."
            read.doubts.append(("twice_in_table", sentence))
        seen.setdefault(key, row.number)
        yield read


def file_doubt(number: int, values: Mapping[str, Any], *, moved: bool) -> tuple[str, str] | None:
    """Return the doubt of a row without the file that it tells of; None when it tells of none."""
    if values["file"]:
        said = f"menyebut berkas «{values['file']}», tetapi berkas itu belum dikirim"
    elif moved and values["has_softcopy"]:
        said = "menyebut softcopy, tetapi berkasnya belum dikirim"
    else:
        return None
    instead = "hardcopy" if values["has_hardcopy"] else "atas permintaan"
    then = f"di portal tercatat {instead}" if moved else "prosesnya dibuka tanpa berkas"
    return "file", f"Baris {number}: {said}; {then}."


def _section(row: Row, places: Mapping[str, int]) -> tuple[str, str] | None:
    """Return class and words when the row only heads those below it («A. Informasi berkala»); ("", …) for no class."""
    own = [column for column in row.filled if column not in row.merged]
    if len(own) > 2 or not own:
        return None
    words = " ".join(row.cells[column] for column in own)
    found = [name for name, pattern in _CATEGORIES.items() if re.search(pattern, words.casefold())]
    is_headed = len(own) == 1 and (own[0] == min(places.values(), default=0) or any(a == own[0] for a, _ in row.across))
    is_lettered = bool(re.fullmatch(r"\(?([A-Z]|[IVX]{1,4})[.)]?", row.cells[own[0]])) and len(own) == 2
    if len(found) == 1 and (is_headed or is_lettered) and "informasi" in words.casefold():
        return found[0], words
    return None


class Reading:
    """What one row of a DIP says. Another register reads its rows by a child of it."""

    def __init__(
        self,
        row: Row,
        places: Mapping[str, int],
        units: Units,
        *,
        moved: bool,
        section: tuple[str, str] | None,
        on: date,
    ):
        self.on = on
        self.row, self.places, self.units, self.moved, self.section = row, places, units, moved, section
        self.problems: list[str] = []
        self.doubts: list[tuple[str, str]] = []

    def result(self) -> Read | None:
        if not any(self.text(target) for target in self.places if target != "number"):
            return None if not self.row.lost else self._lost()
        values = self._values()
        self._marks(values)
        return Read(self.row.number, values, self.problems, self.doubts)

    def _values(self) -> dict[str, Any]:
        values: dict[str, Any] = {"number": self.line("number"), "link": self.line("link"), "file": self.line("file")}
        values |= self._words() | self._made() | self._form()
        values |= {"unit": self._unit(), "unit_called": self.line("unit")}
        values["category"] = self._category()
        for name in ("responsible", "retention"):
            values[name] = self.line(name)
        self._bounded(values)
        return values

    def text(self, target: str) -> str:
        column = self.places.get(target)
        return "" if column is None else self.row.cell(column)

    def line(self, target: str) -> str:
        return " ".join(self.text(target).split())

    def problem(self, sentence: str) -> None:
        self.problems.append(f"Baris {self.row.number}: {sentence}")

    def doubt(self, kind: str, sentence: str) -> None:
        self.doubts.append((kind, f"Baris {self.row.number}: {sentence}"))

    def column(self, target: str) -> str:
        return f"kolom {letter(self.places[target])}" if target in self.places else "kolomnya"

    def _lost(self) -> Read:
        self._marks({})
        return Read(self.row.number, {"title": "", "unit": "", "unit_called": ""}, self.problems, self.doubts)

    def _words(self) -> dict[str, str]:
        title, summary = self.line("title"), self.text("summary")
        if not title and not summary:
            self.problem("tidak ada judul maupun ringkasan isi, maka tidak diambil.")
        elif not title:
            title = " ".join(summary.split())
            if len(title) > LENGTHS["title"]:
                title = f"{title[: LENGTHS['title'] - 1].rsplit(' ', 1)[0]}…"
                self.doubt("title_from_summary", "tidak ada judul; awal ringkasannya dipakai sebagai judul.")
        return {"title": title, "summary": summary or title}

    def _made(self) -> dict[str, str]:
        when, place = self.line("made_when"), self.line("made_place")
        if both := self.line("made"):
            parts = [part.strip() for part in re.split(r"[,;/\n]| di (?=[A-Z])", self.text("made")) if part.strip()]
            times = [part for part in parts if days_meant(part)]
            rest = [part for part in parts if part not in times]
            if len(times) == 1 and len(rest) <= 1:
                when, place = when or times[0], place or " ".join(rest[:1])
            elif not times and len(parts) == 1 and not any(letter.isdigit() for letter in both):
                place = place or both
            else:
                when = when or both
        if when and days_meant(when) is None:
            self.doubt("when", f"waktu «{when}» tidak terbaca sebagai tanggal; ditulis apa adanya.")
        return {"made_when": when, "made_place": place}

    def _form(self) -> dict[str, bool]:
        said = self.line("form").casefold()
        soft, hard = bool(re.search(_SOFT, said)), bool(re.search(_HARD, said))
        if said and not soft and not hard:
            self.doubt("form", f"bentuk «{self.line('form')}» tidak dikenal; dicatat sebagai hardcopy.")
            hard = True
        soft, hard = soft or self._ticked("softcopy"), hard or self._ticked("hardcopy")
        return {"has_softcopy": soft, "has_hardcopy": hard}

    def _ticked(self, target: str) -> bool:
        said = self.line(target)
        if not said or _UNTICKED.fullmatch(said):
            return False
        if not _TICKED.fullmatch(said):
            self.doubt("form", f"tanda «{said}» di {self.column(target)} dibaca sebagai ya.")
        return True

    def _unit(self) -> str:
        called = self.line("unit")
        if not called:
            if not self.units.default:
                self.problem("unit yang menguasai kosong. Isi di tabel, atau pilih unit untuk baris yang kosong.")
            elif "unit" in self.places:
                self.doubt("unit_default", "unit yang menguasai kosong; dipakai unit yang Anda pilih.")
            return self.units.default
        if code := self.units.codes.get(squeezed(called)):
            return code
        self.problem(f"unit «{called}» di {self.column('unit')} tidak dikenal. Tunjukkan unit mana yang dimaksud.")
        return ""

    def _category(self) -> str:
        said = self.line("category").casefold()
        found = {name for name, pattern in _CATEGORIES.items() if re.search(pattern, said)}
        found |= {name for name in _CATEGORIES if self._ticked(name)}
        if len(found) == 1:
            return found.pop()
        if len(found) > 1:
            self.problem("lebih dari satu jenis informasi ditandai. Sisakan satu di tabel.")
            return ""
        if said:
            if "kecuali" in said:
                self.problem("informasi dikecualikan tidak diambil ke DIP. Ambil alih lewat DIK.")
            else:
                self.problem(f"jenis «{self.line('category')}» di {self.column('category')} tidak dikenal.")
            return ""
        if self.section and self.section[0]:
            self.doubt("section", f"jenisnya dibaca dari judul bagian «{self.section[1]}».")
            return self.section[0]
        if self.moved:
            self.problem("jenis informasi kosong: berkala, serta merta, atau setiap saat.")
        return ""

    def _bounded(self, values: dict[str, Any]) -> None:
        if doubt := file_doubt(self.row.number, values, moved=self.moved):
            self.doubts.append(doubt)
        if values["link"] and values["link"] not in values["summary"]:
            values["summary"] = f"{values['summary']}\nTersedia di {values['link']}".strip()
        for name, most in LENGTHS.items():
            if len(values[name]) > most:
                self.problem(f"{LABELS[name]} lebih panjang dari {most} huruf. Ringkas di tabel.")
        empty = [LABELS[name] for name in ("responsible", "made_when", "made_place", "retention") if not values[name]]
        if not values["has_softcopy"] and not values["has_hardcopy"]:
            empty.append("Bentuk")
        if empty:
            self.doubt("empty", f"belum diisi di tabel: {', '.join(empty)}.")

    def _marks(self, values: dict[str, Any]) -> None:
        used = set(self.places.values())
        for column in self.row.lost:
            if column in used:
                self.problem(f"rumus di kolom {letter(column)} tidak menyimpan nilai. Simpan ulang di Excel.")
        for column in sorted(used):
            if _ERRORS.fullmatch(self.row.cell(column)):
                self.problem(f"kolom {letter(column)} memuat kesalahan rumus «{self.row.cell(column)}».")
        if formulas := [letter(column) for column in self.row.formulas if column in used]:
            self.doubt("formula", f"kolom {', '.join(formulas)} berisi rumus; nilai yang tersimpan dipakai.")
        if merged := [letter(column) for column in self.row.merged if column in used]:
            self.doubt("merged", f"kolom {', '.join(merged)} mengikuti sel gabungan di atasnya.")
        if self.row.is_hidden:
            self.doubt("hidden", "baris ini disembunyikan di tabel. Pastikan memang ikut diambil.")
        if any(holds_nik(str(value)) for value in values.values()):
            self.doubt("nik", "memuat angka enam belas digit seperti NIK. Pastikan bukan data pribadi.")
