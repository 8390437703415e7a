"""The source sheets as they were found, read cell by cell. ``seeds/`` holds them byte for byte."""

import re
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent / "seeds"
FILES = {
    "pengumuman-informasi-publik": "000_2597ba1f93bf8c78.txt",
    "pendokumentasian-informasi-yang-dikecualikan": "002_2b87eed058bca167.txt",
}


@dataclass(frozen=True)
class Seed:
    """``identity`` are the texts of the first table's cells, ``header`` and ``steps`` the second table."""

    heading: str
    identity: list[str]
    header: list[str]
    steps: list[list[str]]

    @property
    def texts(self):
        return [*self.identity, *self.header, *(cell for row in self.steps for cell in row if cell)]


def read(slug: str) -> Seed:
    lines = (_FOLDER / FILES[slug]).read_text(encoding="utf-8").splitlines()
    table = next(n for n, line in enumerate(lines) if line.startswith("No.\t"))
    filled = [line for line in lines[: table - 1] if squeeze(line)]
    cells = [cell for line in filled[1:] for cell in line.split("\t")]
    identity = [text for cell in cells for part in re.split(r"</?p>", cell) if (text := _without_markup(part))]
    header = [text for line in lines[table : table + 2] for cell in line.split("\t") if (text := squeeze(cell))]
    steps = [[squeeze(cell) for cell in line.split("\t")] for line in lines[table + 2 :]]
    return Seed(squeeze(filled[0]), identity, header, steps)


def squeeze(text: str) -> str:
    """Make every stretch of white space one blank, as a browser does."""
    return " ".join(text.split())


def _without_markup(text: str) -> str:
    return squeeze(re.sub(r"<[^>]*>", "", text))
