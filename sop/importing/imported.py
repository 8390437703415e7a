"""What reading a file gives: a sheet, doubts about it, texts without a place, and the source to hold it against."""

from dataclasses import asdict, dataclass
from typing import Self

from sop.sheet import Sheet


class ImportRefused(Exception):
    """The file is not read; its text is the sentence for the person who sent it."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person has to look at.

    ``field`` is a field of ``Sheet``, one of its lists, a field of ``SheetRow`` when ``row`` (its number) is given, or
    "source" for what concerns the file as a whole.
    """

    field: str
    row: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file that sheets were read from, told by its SHA-256."""

    filename: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Imported:
    """``source`` is what ``templates/desk/library/import/source.html`` shows: paragraphs and tables as plain data."""

    sheet: Sheet
    doubts: tuple[Doubt, ...] = ()
    unplaced: tuple[str, ...] = ()
    source: tuple[dict, ...] = ()

    def as_data(self) -> dict:
        """Return it as JSON has it."""
        return {
            "sheet": self.sheet.as_data(),
            "doubts": [asdict(doubt) for doubt in self.doubts],
            "unplaced": list(self.unplaced),
            "source": list(self.source),
        }

    @classmethod
    def from_data(cls, data: dict) -> Self:
        """Read back what ``as_data`` gave."""
        return cls(
            sheet=Sheet.from_data(data["sheet"]),
            doubts=tuple(Doubt(**doubt) for doubt in data["doubts"]),
            unplaced=tuple(data["unplaced"]),
            source=tuple(data["source"]),
        )
