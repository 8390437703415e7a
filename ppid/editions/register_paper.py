"""A register as it is today on paper: with the letterhead, in parts that the press can bear."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format

from ppid.shelf import registers
from ppid.shelf.models import DikEntry, PublishedItem, PublishedSop, ReopenedEntry
from ppid.shelf.register_fields import DIK, DIP, NAMES, row_of_entry, row_of_item
from ppid.shelf.register_models import columns_of
from ppid.web.columns import Column
from ppid.web.contact import contact
from sop.paper import press

PART = 500  # rows: some ten seconds and 200 MB to print
MOST = 20_000  # rows that are printed at all; what is longer leaves in the other forms


@dataclass(frozen=True, slots=True)
class Register:
    """A register as it is printed: its rows on a day, in the order of the paper; ``key`` is what a row is known by."""

    kind: str
    name: str
    columns: tuple[Column, ...]
    rows: Callable[[date], Any]
    row: Callable[[Any], Any] = lambda row: row
    key: Callable[[Any], str] = lambda row: row.number

    def lines(self, on: date, *, first: int = 0, count: int | None = None) -> list[tuple[str, list[str]]]:
        """Return the rows as the paper says them, each with its key."""
        rows = self.rows(on)[first : None if count is None else first + count]
        return [(self.key(each), [column.text(self.row(each)) for column in self.columns]) for each in rows.iterator()]

    def pdf(self, lines: Sequence[tuple[str, list[str]]], *, rows: int, on: date, part: int, parts: int) -> bytes:
        """Return a part as PDF/UA-1."""
        page = {
            "name": self.name,
            "columns": self.columns,
            "lines": [texts for _, texts in lines],
            "rows": rows,
            "as_of": date_format(on),
            "part": part,
            "parts": parts,
            "ppid": contact(),
        }
        return press.printed(render_to_string("pdf/register_today.html", page), "css/register-paper.css")


def _items(on: date) -> Any:
    return PublishedItem.objects.order_by("unit_name", "number").defer("passport")


def _sops(on: date) -> Any:
    return PublishedSop.objects.in_force().order_by("unit_name", "name", "pk").for_list()


REGISTERS = (
    Register(DIP, NAMES[DIP], columns_of(DIP), _items, row_of_item),
    Register(
        DIK,
        NAMES[DIK],
        columns_of(DIK),
        lambda on: DikEntry.objects.in_force(on=on).order_by("unit_name", "number"),
        row_of_entry,
    ),
    Register(
        "reopened",
        "Informasi yang dibuka kembali",
        registers.REOPENED_CSV,
        lambda on: ReopenedEntry.objects.reopened(on=on),
    ),
    Register("sop", "Daftar SOP", registers.SOP, _sops, key=lambda sop: f"{sop.slug}/{sop.version}"),
)


def digest(lines: Iterable[object]) -> str:
    """Return the SHA-256 over the lines in their order."""
    found = hashlib.sha256()
    for line in lines:
        found.update(json.dumps(line, ensure_ascii=False).encode() + b"\n")
    return found.hexdigest()
