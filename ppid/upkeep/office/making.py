"""Writes the whole office out: one moment of every table that goes along, each file once, lists for people's eyes."""

import hashlib
import os
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection
from django.utils import timezone

from ppid.chain.models import speak_alike
from ppid.upkeep.backups.making import as_json, product, read_in_parts, sound_files
from ppid.upkeep.backups.snapshot import facts, named_files, snapshot
from ppid.upkeep.office.layout import (
    ABOUT,
    INDEX,
    REGISTERS,
    SCHEMA,
    SUMS,
    TABLES,
    Writer,
    file_member,
)
from ppid.upkeep.office.registers import index_of_files, registers
from ppid.upkeep.office.tables import QUEUE, STAYS, Table, sequences, tables, unknown_tables
from ppid.upkeep.stores import Store

FORMAT = 1
_AIDS = Path(__file__).parent / "reading_aids"
_SPOOLED = 4 << 20


class NotExported(Exception):
    """No export came of it; the text is the sentence."""


@dataclass(slots=True)
class Made:
    """An export as it was made. ``lost`` are files that a row names and no store has sound; sizes in bytes."""

    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    size: int = 0
    seconds: float = 0
    lost: list[str] = field(default_factory=list)
    sums: dict[str, str] = field(default_factory=dict)
    proof: str = ""  # the SHA-256 of SHA256SUMS


def make(writer: Writer, stores: Sequence[Store]) -> Made:
    """Write an export. Raises NotExported, and OSError where it can't be written; the writer has left nothing then."""
    began, made = time.monotonic(), Made()
    stores = [_of_what_goes(store) for store in stores]
    try:
        with snapshot():
            if unknown := unknown_tables():
                raise NotExported(
                    f"The database holds the table {min(unknown)}, which this version does not know: nothing was "
                    "exported. Run manage.py prepare, or move that table to another database."
                )
            known = facts()
            going, counters = tables(), sequences()
            _aids(writer, made)
            _put(writer, made, SCHEMA, [as_json(_schema(going))])
            for nth, table in enumerate(going, start=1):
                _table(writer, made, nth, table)
            for name, lines in registers():
                _put(writer, made, f"{REGISTERS}{name}", (line.encode() for line in lines))
            named = named_files(stores)
            _put(writer, made, INDEX, (line.encode() for line in index_of_files(stores)))
        _files(writer, made, stores, named)
        about = {
            "kind": "ppid office",
            "format": FORMAT,
            "product": product(),
            "office": settings.SITE_NAME,
            "made_at": timezone.now().isoformat(timespec="seconds"),
            "migrations": known["migrations"],
            "postgresql": known["postgresql"],
            "chain": known["chain"],
            "sequences": {name: known["sequences"][name] for name in sorted(counters)},
            "rows": made.rows,
            "left_out": STAYS | {f"{QUEUE}*": "antrean"},
            "files": made.files,
            "lost": made.lost,
        }
        _put(writer, made, ABOUT, [as_json(about)])
        sums = "".join(f"{sha256}  {name}\n" for name, sha256 in made.sums.items()).encode()
        made.proof = hashlib.sha256(sums).hexdigest()
        writer.finish(sums, SUMS)
    except BaseException:
        writer.abandon()
        raise
    made.size, made.seconds = writer.written, time.monotonic() - began
    return made


def table_member(nth: int, name: str) -> str:
    """Return where the rows of a table lie: the numbers are the order in which the tables refer to each other."""
    return f"{TABLES}{nth:03}_{name}.ndjson"


def _schema(going: Sequence[Table]) -> dict:
    return {
        "format": FORMAT,
        "rows": "one JSON object a line, as PostgreSQL's to_jsonb() writes it; moments in UTC",
        "tables": [
            {"member": table_member(nth, table.name), **table.described()} for nth, table in enumerate(going, start=1)
        ],
    }


def _table(writer: Writer, made: Made, nth: int, table: Table) -> None:
    def lines() -> Iterator[bytes]:
        count = 0
        for line in rows_of(table):
            count += 1
            yield line.encode() + b"\n"
        made.rows[table.name] = count

    _put(writer, made, table_member(nth, table.name), lines())


def rows_of(table: Table) -> Iterator[str]:
    """Yield each row as the chain writes rows, so that its links can be proved from the line alone."""
    quote = connection.ops.quote_name
    pairs = ", ".join(f"t.{quote(column)}" for column in table.columns)
    question = (
        f"COPY (SELECT to_jsonb(r)::text FROM (SELECT {pairs} FROM {quote(table.name)} t "  # noqa: S608 - own names
        f"ORDER BY t.{quote(table.key)}) r) TO STDOUT"
    )
    with connection.cursor() as cursor:
        cursor.execute(speak_alike())
        with cursor.copy(question) as copied:
            for (line,) in copied.rows():
                yield line


def _aids(writer: Writer, made: Made) -> None:
    moment = timezone.localtime()
    for name in ("BACA-SAYA.txt", "README.txt", "periksa.py"):
        text = (_AIDS / name).read_text(encoding="utf-8")
        text = text.replace("{office}", settings.SITE_NAME).replace("{made}", f"{moment:%Y-%m-%d %H:%M %z}")
        _put(writer, made, name, [text.encode()])


def _files(writer: Writer, made: Made, stores: Sequence[Store], named: dict[bytes, int]) -> None:
    for sha256, _, file in sound_files(stores, named, made.lost):
        writer.put(file_member(sha256), read_in_parts(file), os.fstat(file.fileno()).st_size)
        made.sums[file_member(sha256)] = sha256
        made.files += 1


def _put(writer: Writer, made: Made, name: str, content: Iterable[bytes]) -> None:
    """Write a member whose size is known only once it is made: it is made in a file of its own first."""
    digest = hashlib.sha256()
    with tempfile.SpooledTemporaryFile(max_size=_SPOOLED) as spooled:
        for chunk in content:
            digest.update(chunk)
            spooled.write(chunk)
        size = spooled.tell()
        spooled.seek(0)
        writer.put(name, _parts(spooled), size)
    made.sums[name] = digest.hexdigest()


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: file.read(1 << 20), b"")


def _of_what_goes(store: Store) -> Store:
    return replace(store, namings=tuple(each for each in store.namings if each.rows.model._meta.db_table not in STAYS))
