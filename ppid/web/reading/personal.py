"""What of a file may be somebody's personal data: where it stands and a mask of it, never itself; runs in the child.

lokal-id advises; a few rules of our own know what it misses. It only warns: people decide.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from ppid.web.letters import without_forbidden
from ppid.web.reading.pieces import Piece, ReadText, What

MOST_PLACES = 40
_WINDOW = 20_000  # letters looked at together
_KINDS = {
    "NIK": "nik",
    "KK": "kk",
    "NPWP": "npwp",
    "PHONE": "phone",
    "EMAIL": "email",
    "BANK_ACCOUNT": "account",
}
# Whether it is worth to look closer: so most texts cost nothing.
_PROMISING = re.compile(r"@|(?:\d[ .\-/()]?){8}")
_NUMBER = re.compile(r"@|\d{3}|(?:\d[ .\-]){3}")
_DOT = "•"

# The number of a person glued to other signs, which lokal-id passes over.
_GLUED = re.compile(r"(?<!\d)(\d{2})\d{4}(\d{2})(\d{2})\d{2}(\d{4})(?!\d)")
_PROVINCES = {*range(11, 22), *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82, *range(91, 97)}

# What a column says above its values decides where the values alone don't.
_HEADINGS = (
    ("kk", re.compile(r"\b(?:no(?:mor)?\.?\s*)?(?:kk|kartu keluarga)\b", re.I), re.compile(r"^\d{16}$")),
    ("nik", re.compile(r"\b(?:nik|no(?:mor)?\.?\s*(?:ktp|induk kependudukan))\b", re.I), re.compile(r"^\d{15,16}$")),
    ("npwp", re.compile(r"\bnpwp\b", re.I), re.compile(r"^\d{15,16}$")),
    ("account", re.compile(r"\b(?:no(?:mor)?\.?\s*)?rek(?:ening)?\b", re.I), re.compile(r"^\d{8,16}$")),
    ("phone", re.compile(r"\b(?:hp|telp\w*|telepon|wa|whats\w+|ponsel|kontak)\b", re.I), re.compile(r"^\d{9,14}$")),
)
_LONGEST_HEADING = 60
_LONGEST_PHONE = 14  # digits
_NAMES = re.compile(r"\b(?:nama|kelurahan|kecamatan|desa|dusun|rt|rw|sekolah|puskesmas|panti)\b", re.I)
_PEOPLE = (
    r"orang|jiwa|kasus|anak|balita|bayi|keluarga|kk|kpm|penderita|pasien|penyandang|korban|warga|peserta|penerima|siswa"
)
_COUNTS = re.compile(rf"^(?!no\b|nomor\b).*\b(?:jumlah|banyak\w*|laki|perempuan|total|{_PEOPLE}|l|p)\b", re.I)
_SMALL_IN_WORDS = re.compile(
    rf"\b(?:kelurahan|kecamatan|desa|dusun|rt|rw|puskesmas|panti|sdn?|smpn?|sman?)\b.{{0,80}}?"
    rf"(?<![\d.,/])[1-4]\s+(?:{_PEOPLE})\b",
    re.I,
)
# Who wrote it, but nobody: programs, and the office itself.
_NOBODY = re.compile(
    r"^(?:user|users|admin\w*|windows( user)?|microsoft.*|openpyxl|python-docx|apache poi|libreoffice.*|openoffice.*|"
    r"acer|asus|hp|lenovo|dell|toshiba|pc|owner|unknown|anonymous|tidak dikenal|weasyprint.*|adobe.*|canva|wps.*|"
    r"(?:dinas|pemerintah|badan|bagian|bidang|sekretariat|kecamatan|kelurahan|ppid|kantor|inspektorat|rsud|satpol)\b.*)$",
    re.I,
)
_PROVIDERS = {"gmail.com", "yahoo.com", "yahoo.co.id", "hotmail.com", "outlook.com", "icloud.com"}


class Place(NamedTuple):
    where: str
    masked: str


@dataclass(slots=True)
class Found:
    """One kind of what was found: how often, and the first places."""

    kind: str
    count: int = 0
    places: list[Place] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)

    def at(self, where: str, value: str, masked: str) -> None:
        if (where, value) in self.seen:
            return
        self.seen.add((where, value))
        self.count += 1
        if len(self.places) < MOST_PLACES:
            self.places.append(Place(without_forbidden(scrubbed(where)), without_forbidden(masked)))


def find(read: ReadText, *, names: Iterable[str] = (), allowed: Collection[str] = ()) -> list[Found]:
    """Return what was found in the file, and in the ``names`` under which people will see it.

    ``allowed`` are the office's own telephone numbers and addresses.
    """
    search = _Search({_plain(each) for each in allowed if each})
    for name in names:
        search.look_through(Piece(What.TEXT, "Nama berkas", name))
    for piece in read.pieces:
        search.take(piece)
    if read.is_cut:
        search.found_at(What.UNSEEN, "Selebihnya", "", "Berkas ini lebih panjang daripada yang dibaca portal.")
    return sorted(search.found.values(), key=lambda each: ORDER.index(each.kind))


ORDER = (
    "nik",
    "kk",
    "npwp",
    "account",
    "phone",
    "email",
    "small_count",
    "hidden_sheet",
    "hidden_rows",
    "hidden_text",
    "tracked",
    "comment",
    "attached",
    "location",
    "author",
    "unseen",
)


class _Search:
    def __init__(self, allowed: set[str]):
        self._allowed = allowed
        self.found: dict[str, Found] = {}
        self._headed: dict[str, set[str]] = {}
        self._rows_with_names: set[str] = set()

    def found_at(self, kind: str, where: str, value: str, masked: str) -> None:
        self.found.setdefault(kind, Found(kind)).at(where, value, masked)

    def take(self, piece: Piece) -> None:
        """Note the piece itself where it is something hidden, and look through its words."""
        if piece.what == What.AUTHOR:
            if not _NOBODY.match(piece.text.strip()) and _plain(piece.text) not in self._allowed:
                self.found_at(What.AUTHOR, piece.place, piece.text, _name_masked(piece.text))
            return
        if piece.what == What.UNSEEN:
            self.found_at(What.UNSEEN, piece.place, "", piece.text)
            return
        if piece.what != What.TEXT:
            self.found_at(piece.what, piece.place, "", "")
        self.look_through(piece)

    def look_through(self, piece: Piece) -> None:
        for start, text in _windows(piece.text):
            if _PROMISING.search(text):
                for begin, lines in _lines_worth_it(text):
                    self._advised(piece, start + begin, lines)
        if piece.cells:
            self._by_headings(piece)
        else:
            for found in _SMALL_IN_WORDS.finditer(piece.text):
                self.found_at("small_count", piece.place, f"{found.start()}", "angka 1 sampai 4")

    def _advised(self, piece: Piece, start: int, text: str) -> None:
        from lokal.samaran import detect_pii

        taken: list[tuple[int, int]] = []
        for match in detect_pii(text, types=list(_KINDS)):
            digits = sum(letter.isdigit() for letter in match.value)
            if match.type == "PHONE" and (digits > _LONGEST_PHONE or piece.cells and match.confidence != "high"):
                continue  # a table of a budget is full of such; a longer one is looked at below
            if match.type in ("NIK", "KK", "NPWP"):
                taken.append((match.start, match.end))
            self._note(_KINDS[match.type], piece.place_of(start + match.start), match.value)
        for match in _GLUED.finditer(text):
            if _is_person(match) and not any(begin < match.end() and match.start() < end for begin, end in taken):
                self._note("nik", piece.place_of(start + match.start()), match[0])

    def _note(self, kind: str, where: str, value: str) -> None:
        if _plain(value) not in self._allowed:
            self.found_at(kind, where, _plain(value), masked(kind, value))

    def _by_headings(self, piece: Piece) -> None:
        """Judge the values of a table by what stands above them."""
        ends = [begin for begin, _, _ in piece.cells[1:]] + [len(piece.text)]
        small: list[str] = []
        for (begin, place, column), end in zip(piece.cells, ends, strict=True):
            said = piece.text[begin:end].strip(" |\n")
            headed = self._headed.setdefault(column, set())
            value = re.sub(r"[ .\-]", "", said)
            if not value.isdigit():
                if len(said) <= _LONGEST_HEADING and said:
                    headed.update(kind for kind, heading, _ in _HEADINGS if heading.search(said))
                    headed.update({"names"} if _NAMES.search(said) else ())
                    headed.update({"counts"} if _COUNTS.search(said) else ())
                continue
            for kind, _, pattern in _HEADINGS:
                if kind in headed and pattern.match(value):
                    self._note(kind, place, value)
                    break
            if "counts" in headed and said in ("1", "2", "3", "4"):
                small.append(place)
        table = piece.cells[0][2].rpartition("!")[0]
        if small and any("names" in heads for column, heads in self._headed.items() if column.startswith(f"{table}!")):
            for place in small:
                self.found_at("small_count", place, place, "angka 1 sampai 4")


def _windows(text: str) -> Iterator[tuple[int, str]]:
    """Cut the text at ends of lines: what looks for patterns takes too long over too much."""
    cuts = [0]
    while cuts[-1] + _WINDOW < len(text):
        cut = text.rfind("\n", cuts[-1] + 1, cuts[-1] + _WINDOW)
        cuts.append(cut if cut > cuts[-1] else cuts[-1] + _WINDOW)
    cuts.append(len(text))
    return ((start, text[start:end]) for start, end in pairwise(cuts) if end > start)


def _lines_worth_it(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that hold a number or an address, each with the line before it, which may say what it is."""
    lines = text.splitlines(keepends=True)
    worth = {at for n, line in enumerate(lines) if _NUMBER.search(line) for at in (n - 1, n) if at >= 0}
    place, begin, together = 0, 0, ""
    for n, line in enumerate(lines):
        if n in worth:
            begin = begin if together else place
            together += line
        elif together:
            yield begin, together
            together = ""
        place += len(line)
    if together:
        yield begin, together


def _is_person(match: re.Match[str]) -> bool:
    province, day, month, serial = (int(each) for each in match.groups())
    return province in _PROVINCES and (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12 and serial > 0


def _plain(value: str) -> str:
    """Return what two writings of one number or address have in common."""
    if "@" in value:
        return value.strip().casefold()
    digits = re.sub(r"\D", "", value)
    if len(digits) < 6:
        return " ".join(value.casefold().split())
    return digits.removeprefix("62").lstrip("0") if len(digits) < 15 else digits


def masked(kind: str, value: str) -> str:
    """Return enough of the value to find it again in the file, and no more."""
    if kind == "email":
        name, _, domain = value.partition("@")
        shown = domain if domain.casefold() in _PROVIDERS or domain.endswith(".go.id") else f"{_DOT * 3}.{domain[-2:]}"
        return f"{name[:1]}{_DOT * 3}@{shown}"
    digits = re.sub(r"\D", "", value)
    first, last = {"nik": (4, 4), "kk": (4, 4), "npwp": (2, 3), "phone": (4, 2), "account": (0, 3)}[kind]
    first, last = min(first, len(digits) // 4), min(last, len(digits) // 4)
    return digits[:first] + _DOT * (len(digits) - first - last) + digits[len(digits) - last :]


def _name_masked(name: str) -> str:
    return " ".join(f"{word[:1]}{_DOT * 3}" for word in without_forbidden(name).split()[:4])


def scrubbed(where: str) -> str:
    """Return a place without what its own name may tell of somebody: a sheet may be called by a number."""
    where = re.sub(r"\S+@\S+", _DOT * 3, where)
    return re.sub(r"(?:\d[ .\-]?){5,}\d", lambda found: _DOT * 5, where)[:200]
