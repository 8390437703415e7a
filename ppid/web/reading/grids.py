"""Rows of cells gathered into pieces, each place known: a sheet with what it hides, a table; in the child."""

from ppid.web.reading.pieces import Pieces, What, squeezed

_CHUNK = 20_000  # letters of a piece
BETWEEN = " | "


class Grid:
    """One sheet or table on its way into pieces. ``name`` is its place: «Lembar «Data»»."""

    def __init__(self, pieces: Pieces, name: str, *, what: str = What.TEXT, cell: str = "{name}!{column}{row}"):
        self._pieces, self.name, self._what, self._cell = pieces, name, what, cell
        self._parts: dict[str, _Part] = {}
        self._hidden: dict[str, list] = {}

    def add(self, row: int, cells: list[tuple[str, str]], *, hidden_row: bool = False, hidden: frozenset = frozenset()):
        """Take a row: its cells as (column, text), those of hidden columns named in ``hidden``."""
        for key, mine in (
            (self._what, [each for each in cells if not hidden_row and each[0] not in hidden]),
            (What.HIDDEN_ROWS, [each for each in cells if hidden_row or each[0] in hidden]),
        ):
            if not any(text.strip() for _, text in mine):
                continue
            part = self._parts.setdefault(key, _Part())
            for column, text in mine:
                if text.strip():
                    place = self._cell.format(name=self.name, column=column, row=row)
                    part.add(text, place, f"{self.name}!{column}")
            part.end_row()
            if key == What.HIDDEN_ROWS:
                where = f"baris {row}" if hidden_row else "kolom " + ", ".join(c for c, t in mine if t.strip())
                self._hidden.setdefault("where", [])
                if where not in self._hidden["where"][-1:] and len(self._hidden["where"]) < 200:
                    self._hidden["where"].append(where)
            elif part.size > _CHUNK:
                self._flush(key)

    def end(self) -> None:
        for key in list(self._parts):
            self._flush(key)

    def _flush(self, key: str) -> None:
        part = self._parts.pop(key)
        place = self.name
        if key == What.HIDDEN_ROWS:
            where = list(dict.fromkeys(self._hidden["where"]))
            place = f"{self.name}: {', '.join(where[:10])}" + (" dan lainnya" if len(where) > 10 else "")
        self._pieces.add(key, place, part.text, part.cells)


class _Part:
    def __init__(self) -> None:
        self.said: list[str] = []
        self.cells: list[tuple[int, str, str]] = []
        self.size = 0

    def add(self, text: str, place: str, column: str) -> None:
        self.cells.append((self.size, place, column))
        self._say(squeezed(text.replace("\n", " ")))
        self._say(BETWEEN)

    def end_row(self) -> None:
        self._say("\n")

    def _say(self, text: str) -> None:
        self.said.append(text)
        self.size += len(text)

    @property
    def text(self) -> str:
        return "".join(self.said)


def letters(column: int) -> str:
    """Return how a sheet calls the column, from 0 on: A, B, …, Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
