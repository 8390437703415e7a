"""How much room a sheet has on paper: its columns, the lines that a row's texts take, and the lines that a page holds.

In CSS px, where nothing else is said; the measures are those of static/css/sheet.css and sheet-paper.css.
"""

from sop.drawing import letters, widths
from sop.sheet import Sheet, SheetRow

# Paper in landscape, width and height in mm.
PAPERS = {"A4": (297, 210), "F4": (330, 215)}
PX_PER_MM = 96 / 25.4
TOP = 12 * PX_PER_MM
_ACROSS, _DOWN = 24 * PX_PER_MM, 26 * PX_PER_MM

BORDER = 1
TIES = 26  # a row of off-page connectors
HEADING = 30  # the title above the procedure
NOTE = 16
SLACK = 4

# The columns of a row that hold texts, by their place from the left (from the right, if negative).
TEXTS = {"text": 1, "requirement": -4, "duration": -3, "output": -2, "note": -1}
_LINE, _PADDING, _SIDES = 1.22, 0.8, 1
_HEAD_SIZE, _HEAD_LINE, _HEAD_SIDES = 0.9, 1.2, 0.4
_NARROW_FROM = 8  # performers: smaller letters
_TORN_AT_LEAST = 2  # lines of a torn row on either page


def letter(sheet: Sheet) -> float:
    """Return the size of the procedure's letters."""
    return (7.2 if len(sheet.performers) >= _NARROW_FROM else 8.5) * 96 / 72


def page_height(paper: str) -> float:
    """Return the height between the margins of a page."""
    return PAPERS[paper][1] * PX_PER_MM - _DOWN


def rooms(sheet: Sheet, paper: str) -> dict[str, float]:
    """Return the room of each text's column, in parts of the letters' size."""
    size = letter(sheet)
    shares = widths.columns(len(sheet.performers))
    table = PAPERS[paper][0] * PX_PER_MM - _ACROSS
    return {name: (shares[at] * table - BORDER) / size - _SIDES for name, at in TEXTS.items()}


def performer_room(sheet: Sheet, paper: str) -> float:
    """Return the room of a performer's head, in parts of the head's letters."""
    share = widths.columns(len(sheet.performers))[2]
    across = share * (PAPERS[paper][0] * PX_PER_MM - _ACROSS) - BORDER
    return (across / letter(sheet) - _HEAD_SIDES) / _HEAD_SIZE


def heads(sheet: Sheet, paper: str = "A4", *, part: float = 1) -> list[str]:
    """Return the performers' heads; a word that is too long for its column may be hyphenated between syllables.

    ``part`` is how much of the column's room on paper there is, for a screen.
    """
    room = performer_room(sheet, paper) * part
    return [letters.hyphenated(label, room, is_bold=True) for label in sheet.performers]


def head_height(sheet: Sheet, paper: str) -> float:
    """Return the height of the table's head."""
    size, room = letter(sheet), performer_room(sheet, paper)
    most = max((len(letters.lines(label, room, is_bold=True)) for label in sheet.performers), default=1)
    second = max(size * _LINE, most * size * _HEAD_SIZE * _HEAD_LINE)
    return size * _LINE + second + 2 * _PADDING * size + 3 * BORDER


def text_height(sheet: Sheet, lines: int) -> float:
    """Return the height of a row whose longest text has so many lines."""
    size = letter(sheet)
    return lines * size * _LINE + _PADDING * size + BORDER


def lines_in(sheet: Sheet, height: float) -> int:
    """Return how many lines a row of this height holds."""
    size = letter(sheet)
    return int((height - _PADDING * size - BORDER) // (size * _LINE))


def most_lines(sheet: Sheet, paper: str = "A4") -> int:
    """Return how many lines a row may have that has a page to itself, below the head and between connectors."""
    height = page_height(paper) - SLACK - head_height(sheet, paper) - 2 * TIES - HEADING
    return max(_TORN_AT_LEAST, lines_in(sheet, height))


def text_lines(sheet: Sheet, row: SheetRow, paper: str = "A4") -> dict[str, int]:
    """Return the number of lines of each of a row's texts."""
    return {name: len(letters.lines(getattr(row, name), room)) for name, room in rooms(sheet, paper).items()}
