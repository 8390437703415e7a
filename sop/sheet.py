"""The sheet as plain data: what the drawing, the PDF and the public shelf need, without a database.

``Sheet.as_data()`` and ``Sheet.from_data()`` carry it through JSON unchanged.
"""

from dataclasses import asdict, dataclass, field
from typing import Literal, Self

Kind = Literal["start", "process", "decision", "end"]
# Where who performs which step comes from: somebody wrote it here, or a file was read with its drawing, or without one.
Origin = Literal["written", "drawing", "text"]

_READING = {
    "drawing": "Gambar alir pada naskah sumber dibaca oleh portal.",
    "text": "Gambar alir tidak ada pada naskah sumber.",
}

# The single texts of the identity part by their names, as people read them; those of ``BLOCKS`` have lines.
TEXTS = {
    "heading": "Nomor urut judul",
    "title": "Nama SOP",
    "letterhead": "Kop",
    "number": "Nomor SOP",
    "created": "Tanggal pembuatan",
    "revised": "Tanggal revisi",
    "effective": "Tanggal efektif",
    "signatory": "Disahkan oleh",
}
BLOCKS = ("letterhead", "signatory")

# The six lists of the identity part, in the pairs in which they are printed, with the captions of Permenpan RB 35/2012.
LISTS = {
    "legal_bases": "Dasar Hukum",
    "qualifications": "Kualifikasi Pelaksana",
    "related": "Keterkaitan",
    "equipment": "Peralatan/Perlengkapan",
    "warnings": "Peringatan",
    "records": "Pencatatan dan Pendataan",
}

# What a sheet can hold: letters of a text that stands on one line, activities and columns of one table.
LENGTHS = {
    "heading": 20,
    "title": 250,
    "number": 120,
    "created": 40,
    "revised": 40,
    "effective": 40,
    "performer": 200,
    "duration": 60,
}
MAX_ACTIVITIES = 40
MAX_PERFORMERS = 10


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of the procedure part.

    ``first`` and ``last`` are the columns of the performers, counted from 0, equal unless the activity is joint; None
    in a draft as long as nobody is named.
    ``if_yes`` and ``if_no`` are the numbers of the rows that a decision leads to; ``return_is_addition`` says that the
    signed sheet does not have the way back and this portal added it.
    """

    number: int
    text: str
    first: int | None
    last: int | None
    kind: Kind
    requirement: str = ""
    duration: str = ""
    output: str = ""
    note: str = ""
    if_yes: int | None = None
    if_no: int | None = None
    return_is_addition: bool = False

    @property
    def span(self) -> tuple[int, int] | None:
        """The columns ``first`` and ``last`` as a pair; None in a draft as long as nobody is named."""
        return None if self.first is None or self.last is None else (self.first, self.last)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole sheet, every text as it is printed. ``letterhead`` and ``signatory`` are lines.

    ``is_interpretation`` says that nobody has confirmed yet who performs which step, though it was read from a file.
    """

    title: str
    heading: str
    letterhead: tuple[str, ...]
    number: str
    created: str
    revised: str
    effective: str
    signatory: tuple[str, ...]
    performers: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    lists: dict[str, tuple[str, ...]]
    captions: dict[str, str] = field(default_factory=lambda: dict(LISTS))
    origin: Origin = "written"
    is_interpretation: bool = False
    version: int | None = None

    @property
    def reading(self) -> str:
        """What the sheet says of itself while nobody has confirmed who performs which step, else ""."""
        if not self.is_interpretation:
            return ""
        said = "Pembagian langkah kepada pelaksana adalah penafsiran portal dan belum dikonfirmasi."
        return " ".join(filter(None, [said, _READING.get(self.origin)]))

    def as_data(self) -> dict:
        """Return the sheet as JSON has it: dicts, lists, strings, numbers."""
        data = asdict(self)
        for name in ("letterhead", "signatory", "performers", "rows"):
            data[name] = list(data[name])
        data["lists"] = {name: list(items) for name, items in self.lists.items()}
        return data

    @classmethod
    def from_data(cls, data: dict) -> Self:
        """Read back what ``as_data`` gave."""
        return cls(
            **{
                **data,
                "letterhead": tuple(data["letterhead"]),
                "signatory": tuple(data["signatory"]),
                "performers": tuple(data["performers"]),
                "rows": tuple(SheetRow(**row) for row in data["rows"]),
                "lists": {name: tuple(items) for name, items in data["lists"].items()},
            }
        )
