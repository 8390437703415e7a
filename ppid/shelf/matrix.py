"""The cells of the obligations matrix, reckoned from what the shelf holds now: nothing here is ever written.

A cell is a duty at a unit for a period. What stands there is *ada* only by an item, an edition or a sheet on the shelf.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from dateutil.relativedelta import relativedelta
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format

from ppid.shelf.obligations import CITY, DutyFill, DutyWord, Itself, Scope, ShownDuty
from ppid.shelf.periods import NOW, in_words
from ppid.shelf.rubric import Score, State, score

# The part of «standar layanan» that a sheet in force of this flow is.
PART_OF_FLOW = {"publication": "pengumuman", "exclusion": "pengujian konsekuensi"}
_ANSWERED = {State.THERE, State.NIL, State.NOT_REQUIRED}


@dataclass(frozen=True, slots=True)
class Source:
    """Something on the shelf that fills a cell: an item, an edition or a sheet, its day, and which parts it holds.

    ``parts`` are their keys, None where it is the whole. ``old_after`` is its last day as something that is up to date.
    """

    period: str
    title: str
    url: str
    on: date
    old_after: date | None = None
    parts: frozenset[int] | None = None
    number: str = ""


@dataclass(frozen=True)
class Column:
    """A unit, or the city as a whole, and what the shelf holds of it besides items: editions, flows of its sheets."""

    code: str
    name: str
    short_name: str
    editions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    flows: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @cached_property
    def url(self) -> str:
        return reverse("portal:duties_of_unit", args=[self.code])

    @property
    def is_city(self) -> bool:
        return self.code == CITY


@dataclass(frozen=True)
class Cell:
    """A duty at a unit for a period: its state, since or of which day, and by which day it is or was due.

    ``sources`` are what fills it, the newest first. ``covered`` counts the parts that are there. ``work`` is told where
    something is being prepared.
    """

    duty: ShownDuty
    column: Column
    period: str
    state: State
    on: date | None = None
    due: date | None = None
    sources: tuple[Source, ...] = ()
    covered: int = 0
    of: int = 0
    word: DutyWord | None = None
    work: DutyWord | None = None

    @property
    def url(self) -> str:
        """Where it leads: to what fills it, else to what is said of it on the duty's page."""
        return self.sources[0].url if self.sources else f"{self.duty.url}#{self.column.code}"

    @property
    def period_words(self) -> str:
        return in_words(self.period)

    @property
    def look(self) -> str:
        return LOOKS[self.state].key

    @property
    def icon(self) -> str:
        return LOOKS[self.state].icon

    @property
    def tone(self) -> str:
        return LOOKS[self.state].tone

    @property
    def label(self) -> str:
        return self.state.label

    @property
    def brief(self) -> str:
        """What stands small below the state: a date, or what it is due."""
        if self.state == State.PARTLY:
            return f"{self.covered} dari {self.of} bagian"
        if self.state == State.WORKED_ON and self.work and self.work.until:
            return f"sampai {_short(self.work.until)}"
        if self.state == State.MISSING:
            return f"tempo {_short(self.due)}" if self.due else ""
        return _short(self.on) if self.on else ""

    @cached_property
    def plain(self) -> "PlainCell":
        """What a table prints of it."""
        return PlainCell(self.look, self.url, self.label, self.brief)

    @property
    def told(self) -> str:
        """The whole of it in a sentence, for the pages that have room."""
        return _told(self)


class PlainCell(NamedTuple):
    """What a table prints of a cell."""

    look: str
    url: str
    label: str
    brief: str


@dataclass(frozen=True, slots=True)
class Look:
    key: str
    icon: str
    tone: str
    means: str


LOOKS: dict[str, Look] = {
    State.THERE: Look("ok", "check-circle", "ok", "terbuka di portal ini, dan masih sesuai"),
    State.PARTLY: Look("part", "minus-circle", "soon", "sebagian dari bagiannya terbuka"),
    State.OLD: Look("old", "clock", "soon", "terbuka, tetapi lewat waktunya"),
    State.WORKED_ON: Look("run", "arrow-right-circle", "calm", "sedang disiapkan"),
    State.MISSING: Look("none", "exclamation-circle", "late", "belum terbuka"),
    State.NIL: Look("nil", "no-symbol", "calm", "dinyatakan tidak ada, dengan alasan"),
    State.NOT_REQUIRED: Look("na", "minus", "plain", "diputuskan bukan kewajiban unit ini, dengan alasan"),
}


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the shelf holds for the matrix, read once: duties, columns, fills with their items, words."""

    duties: Sequence[ShownDuty]
    columns: Sequence[Column]
    fills: Iterable[DutyFill]
    words: Iterable[DutyWord]
    now: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Matrix:
    """All cells of a day (``year`` None), or of one year's periods; a row is a duty and its period."""

    columns: Sequence[Column]
    rows: Sequence[tuple[ShownDuty, str, Sequence[Cell | None]]]

    @property
    def cells(self) -> list[Cell]:
        return [cell for _, _, row in self.rows for cell in row if cell]

    def of_duty(self, code: str) -> "Matrix":
        """Return the matrix of one duty."""
        return Matrix(self.columns, [row for row in self.rows if row[0].code == code])

    def of_column(self, code: str) -> "Matrix":
        """Return the matrix of one unit: the rows that concern it."""
        at = next((n for n, column in enumerate(self.columns) if column.code == code), None)
        if at is None:
            return Matrix([], [])
        return Matrix([self.columns[at]], [(duty, period, [row[at]]) for duty, period, row in self.rows])

    def of(self, code: str) -> list[Cell]:
        """Return the cells of one column, in the order of the duties."""
        return [cell for cell in self.cells if cell.column.code == code]

    @property
    def score(self) -> Score:
        return score(cell.state for cell in self.cells)

    def score_of(self, code: str) -> Score:
        return score(cell.state for cell in self.of(code))


def matrix(shelf: Shelf, *, on: date, year: int | None = None) -> Matrix:
    """Return the matrix of the day, or that of a year's periods: then of the duties alone that have periods."""
    fills: dict[tuple[str, str], list[DutyFill]] = defaultdict(list)
    words: dict[tuple[str, str], list[DutyWord]] = defaultdict(list)
    for fill in shelf.fills:
        fills[fill.duty_code, shelf.now(fill.unit_code)].append(fill)
    for word in shelf.words:
        words[word.duty_code, shelf.now(word.unit_code)].append(word)
    rows: list[tuple[ShownDuty, str, list[Cell | None]]] = []
    for duty in shelf.duties:
        for period in [duty.calendar.expected(on)] if year is None else duty.calendar.of_year(year):
            row = [
                cell_of(
                    duty,
                    column,
                    period,
                    fills[duty.code, column.code],
                    words[duty.code, column.code],
                    on=on,
                    exactly=year is not None,
                )
                if duty.concerns(column.code, shelf.now)
                else None
                for column in shelf.columns
            ]
            rows.append((duty, period, row))
    return Matrix(shelf.columns, _with_what_fills_itself(rows))


def cell_of(
    duty: ShownDuty,
    column: Column,
    period: str,
    fills: Iterable[DutyFill],
    words: Iterable[DutyWord],
    *,
    on: date,
    exactly: bool = False,
) -> Cell:
    """Return the cell of one duty at one unit. ``period`` is the one asked for; a newer one counts too, or ``exactly``
    this one alone."""
    found = [source for fill in fills if (source := _source(duty, fill))]
    found += _by_itself(duty, column)
    found.sort(key=lambda source: (source.period, source.on), reverse=True)
    said = {each.kind: each for each in sorted(words, key=lambda each: each.since) if _holds(each, period, exactly)}

    def fits(source: Source) -> bool:
        return source.period == period if exactly or not period else source.period >= period

    there = [source for source in found if fits(source)]
    fresh = [source for source in there if source.old_after is None or on <= source.old_after]
    old = [source for source in there if source not in fresh]
    old += [source for source in found if not exactly and period and source.period < period]
    covered, whole = _parts(duty, fresh)
    work = said.get(DutyWord.Kind.WORKED_ON)
    cell = Cell(
        duty,
        column,
        period,
        State.MISSING,
        due=duty.calendar.due(period),
        sources=tuple(fresh or old),
        covered=covered,
        of=len(duty.parts),
        work=work,
    )
    if fresh and whole:
        return replace(cell, state=State.THERE, on=fresh[0].on, period=fresh[0].period)
    if word := said.get(DutyWord.Kind.NOT_REQUIRED):
        return replace(cell, state=State.NOT_REQUIRED, on=word.since, word=word, sources=())
    nil = said.get(DutyWord.Kind.NIL)
    if nil and duty.nil_possible and (nil.until is None or on <= nil.until):
        return replace(cell, state=State.NIL, on=nil.since, word=nil, sources=())
    if fresh:
        return replace(cell, state=State.PARTLY, on=fresh[0].on, period=fresh[0].period)
    if old:
        return replace(cell, state=State.OLD, on=old[0].on, period=old[0].period)
    if work:
        return replace(cell, state=State.WORKED_ON, on=work.since)
    return replace(cell, word=nil)


def _source(duty: ShownDuty, fill: DutyFill) -> Source | None:
    """Return the item that fills it as it stands on the shelf; None where it doesn't stand there."""
    item = getattr(fill, "item", None)
    published = parse_datetime(item["published_at"]) if item else None
    if not item or published is None:
        return None
    confirmed, renew_by = (parse_date(item[name]) if item[name] else None for name in ("confirmed_on", "renew_by"))
    since = timezone.localdate(published)
    since = max(since, confirmed) if confirmed else since
    old_after = None
    if not duty.calendar.is_timed and duty.max_months:
        old_after = since + relativedelta(months=duty.max_months)
        old_after = min(old_after, renew_by) if renew_by else old_after
    holds = frozenset(fill.parts) if fill.parts else None
    url = reverse("portal:item", args=[fill.number])
    return Source(fill.period, item["title"], url, since, old_after, holds, fill.number)


def _by_itself(duty: ShownDuty, column: Column) -> list[Source]:
    """Return what fills the duty without anybody saying so: editions of the two lists, sheets in force."""
    if duty.itself in (Itself.DIP, Itself.DIK) and (edition := column.editions.get(duty.itself)):
        as_of = parse_date(edition["as_of"])
        url = reverse("portal:register_edition", args=[duty.itself, edition["number"]])
        title = f"{duty.itself.upper()} edisi {edition['number']} ({edition['year']})"
        return [Source(f"{edition['year']:04}", title, url, as_of)] if as_of else []
    if duty.itself == Itself.SOP:
        found = []
        for flow, sheet in column.flows.items():
            part, since = PART_OF_FLOW.get(flow), parse_date(sheet["since"])
            if part in duty.parts and since:
                parts = frozenset({duty.part_keys[duty.parts.index(part)]})
                found.append(
                    Source(NOW, sheet["title"], reverse("portal:sop", args=[sheet["slug"]]), since, None, parts)
                )
        return found
    return []


def _parts(duty: ShownDuty, sources: Sequence[Source]) -> tuple[int, bool]:
    """Return how many of the duty's parts these hold together, and whether that is all of it."""
    total = len(duty.parts)
    if not total or any(source.parts is None for source in sources):
        return total, bool(sources)
    covered = {key for source in sources for key in source.parts or ()} & set(duty.part_keys)
    return len(covered), len(covered) == total


def _holds(word: DutyWord, period: str, exactly: bool) -> bool:
    """Whether what was said holds for this period: of a newer one too, and what is said of no period for all."""
    if word.period == NOW:
        return True
    return word.period == period if exactly else word.period >= period


def _with_what_fills_itself(rows: list[tuple[ShownDuty, str, list[Cell | None]]]) -> list:
    """Answer the duties that are filled by all «berkala» cells of their unit being answered."""
    asked: dict[str, list[Cell]] = defaultdict(list)
    for duty, _, row in rows:
        if duty.category == "periodic" and duty.itself != Itself.PERIODIC:
            for cell in row:
                if cell:
                    asked[cell.column.code].append(cell)
    return [
        (duty, period, [_all_of(cell, asked[cell.column.code]) if cell else None for cell in row])
        if duty.itself == Itself.PERIODIC
        else (duty, period, row)
        for duty, period, row in rows
    ]


def _all_of(cell: Cell, asked: Sequence[Cell]) -> Cell:
    if cell.state != State.MISSING or not asked:
        return cell  # an item or a statement answers it
    answered = [each for each in asked if each.state in _ANSWERED]
    days = [each.on for each in answered if each.on]
    page = Source(NOW, "Informasi berkala unit ini", cell.column.url, max(days, default=date.min))
    if not answered:
        return cell
    state = State.THERE if len(answered) == len(asked) else State.PARTLY
    on = max(days, default=None)
    return replace(cell, state=state, on=on, sources=(page,), covered=len(answered), of=len(asked))


@lru_cache(maxsize=2000)  # thousands of cells name a few hundred days
def _short(day: date | None) -> str:
    return date_format(day, "j M Y") if day else ""


@lru_cache(maxsize=2000)
def _long(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""


def _told(cell: Cell) -> str:
    about = f" untuk {cell.period_words}" if cell.period else ""
    said = ""
    match cell.state:
        case State.THERE:
            said = f"Terakhir {_long(cell.on)}{about}." if cell.on else "Terisi sendiri."
            if not cell.period and cell.sources and (until := cell.sources[0].old_after):
                said = f"{said} Diperbarui paling lambat {_long(until)}."
        case State.PARTLY:
            said = f"{cell.covered} dari {cell.of} bagiannya ada."
        case State.OLD:
            until = cell.sources[0].old_after if cell.sources and not cell.period else None
            said = f"Terakhir {_long(cell.on)}{about}, "
            said += (
                f"seharusnya diperbarui paling lambat {_long(until)}."
                if until
                else "yang lebih baru sudah jatuh tempo."
            )
        case State.WORKED_ON:
            said = f"Disiapkan sejak {_long(cell.on)}."
        case State.MISSING:
            said = f"Jatuh tempo {_long(cell.due)}{about}." if cell.due else "Belum pernah diumumkan di portal ini."
            if cell.word and cell.word.until:
                said = f"{said} Pernyataan nihil berakhir {_long(cell.word.until)}."
        case State.NIL:
            said = f"Dinyatakan {_long(cell.on)}{about}."
            if cell.word and cell.word.until:
                said = f"{said} Diperiksa lagi paling lambat {_long(cell.word.until)}."
        case State.NOT_REQUIRED:
            said = f"Diputuskan {_long(cell.on)}."
    if cell.work and cell.state != State.WORKED_ON and cell.state != State.THERE:
        said = f"{said} Sedang disiapkan sejak {_long(cell.work.since)}."
    if cell.work and cell.work.until and cell.state in (State.WORKED_ON, State.OLD, State.PARTLY):
        said = f"{said} Selesai paling lambat {_long(cell.work.until)}."
    return said


def concerns_nobody(duty: ShownDuty) -> bool:
    """Whether no unit was chosen yet for a duty of some units."""
    return duty.scope == Scope.SOME and not duty.unit_codes
