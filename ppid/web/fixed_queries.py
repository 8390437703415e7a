"""Queries of every request or every step, whose SQL Django writes once in a process: each time only values are new.

What they ask stays a queryset, so a rule is written once; but Django takes longer to write some of them than PostgreSQL
to answer. Nothing that was read is kept: each asking goes to the database.
"""

import copy
from collections.abc import Callable, Hashable
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

_KNOWN = (ModelIterable, ValuesListIterable, FlatValuesListIterable)
# What stands for a value while the SQL is written: two for each place, to see that nothing but the value itself is
# sent. They fit into the columns that values are compared with, and lie so far apart that none is made of another.
_STAND_INS: dict[type, Callable[[int, int], Any]] = {
    int: lambda turn, place: 1_900_000_001 + 100_000_007 * turn + 10_007 * place,
    str: lambda turn, place: f"stands for value {place} of turn {turn}",
    date: lambda turn, place: date(3333 + 100 * turn, 3, 3) + timedelta(days=397 * place),
}


class FixedQuery:
    """A queryset that is asked again and again.

    ``write`` returns it. Its positional arguments are values (whole numbers, texts, days), which are sent as they are;
    the ones by name are of its shape: for each of these its SQL is written once, and the last ``most`` are kept, of 40
    to 230 KB each. Raises TypeError for a queryset that makes anything else of a value, or that asks further queries.
    """

    def __init__(self, write: Callable[..., QuerySet], *, most: int = 16):
        self._write = write
        self._written = lru_cache(maxsize=most)(self._write_down)

    def rows(self, *values: int | str | date, **shape: Hashable) -> list[Any]:
        """Return what the database answers now."""
        return self._written(tuple(map(type, values)), tuple(sorted(shape.items()))).rows(values)

    def first(self, *values: int | str | date, **shape: Hashable) -> Any:
        """Return the first row of the answer, None when it has none."""
        return next(iter(self.rows(*values, **shape)), None)

    def _write_down(self, kinds: tuple[type, ...], shape: tuple[tuple[str, Hashable], ...]) -> "_Written":
        turns = [[_STAND_INS[kind](turn, place) for place, kind in enumerate(kinds)] for turn in (0, 1)]
        one, other = (_compiled(self._write(*stand_ins, **dict(shape))) for stand_ins in turns)
        places = [_place_of(param, turns[0]) for param in one.params]
        pairs = zip(places, one.params, strict=True)
        sent = [param if place is None else turns[1][place] for place, param in pairs]
        if one.sql != other.sql or sent != list(other.params):
            raise TypeError("The query makes something of its values, so its SQL can't be written once.")
        return one._replace(places=places)


class _Written(NamedTuple):
    """A queryset with its SQL, "" when it can't find anything; ``places`` says which parameter is which value."""

    queryset: QuerySet
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]
    places: list[int | None]

    def rows(self, values: tuple[int | str | date, ...]) -> list[Any]:
        if not self.sql:
            return []
        connection = connections[self.queryset.db]
        if self.queryset.query.select_for_update and not connection.in_atomic_block:
            raise TransactionManagementError("What is held is held until a transaction ends.")
        params = tuple(
            param if place is None else type(param)(values[place]) if isinstance(param, int) else values[place]
            for param, place in zip(self.params, self.places, strict=True)
        )
        # A copy of its own: what is written down is shared by all threads of the process.
        compiler = copy.copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *args, **kwargs: (self.sql, params)
        return list(self.queryset._iterable_class(_Asked(self.queryset, compiler)))


class _Asked:
    """What Django's reading of an answer wants of a queryset and of its query."""

    def __init__(self, queryset: QuerySet, compiler: SQLCompiler):
        self.db, self.model, self.query = queryset.db, queryset.model, self
        self._known_related_objects = queryset._known_related_objects
        self._compiler = compiler

    def get_compiler(self, using: str) -> SQLCompiler:
        return self._compiler


def _compiled(queryset: QuerySet) -> _Written:
    if queryset._iterable_class not in _KNOWN or queryset._prefetch_related_lookups:
        raise TypeError("A fixed query gives rows of a model or tuples, by one query.")
    compiler = queryset.query.get_compiler(using=queryset.db)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        sql, params = "", ()
    return _Written(queryset, compiler, sql, tuple(params), [])


def _place_of(param: Any, stand_ins: list[Any]) -> int | None:
    same = (place for place, each in enumerate(stand_ins) if isinstance(param, type(each)) and param == each)
    return next(same, None)
