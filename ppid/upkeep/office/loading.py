"""Brings an office into an installation that was prepared and never used, whole or not at all."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack

from django.contrib.auth.hashers import make_password
from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper

from ppid.chain.models import Link
from ppid.content_store import BytesLost
from ppid.proof.examining import begin, examine
from ppid.proof.moves import bring_in
from ppid.upkeep.backups.restoring import places_filled_or_emptied, refuse_full_folders
from ppid.upkeep.backups.sealing import Damaged
from ppid.upkeep.backups.snapshot import named_files
from ppid.upkeep.office.layout import ABOUT, FILES, file_member
from ppid.upkeep.office.reading import NotImported, Read
from ppid.upkeep.office.tables import BLANKED, Table, sequences
from ppid.upkeep.stores import Store

# What ``prepare`` itself writes; it gives way to what the office brings.
BEGUN = ("chain_link", "chain_form", "flows_reason")
_AT_ONCE = 2 << 20  # bytes of rows sent to the database at once


def refuse_a_place_in_use(tables: Iterable[Table]) -> None:
    """Raise NotImported unless this is the owner's sign-in to a database that was prepared and no more."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute("SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = %s::regclass", [table.name])
            if not cursor.fetchone()[0]:
                raise NotImported(
                    f"This database sign-in does not own {table.name}: an office is brought in by the owner of the "
                    "tables (ppid-manage signs in as such where /etc/ppid/owner_database_url is)."
                )
            if table.name in BEGUN:
                continue
            cursor.execute(f"SELECT EXISTS (SELECT FROM {connection.ops.quote_name(table.name)})")  # noqa: S608
            if cursor.fetchone()[0]:
                raise NotImported(
                    f"This installation is in use: {table.name} holds rows. An office is brought into a database that "
                    "was made anew and prepared (manage.py prepare), with nobody appointed and nothing loaded."
                )
    refuse_full_folders()


def load(
    made: Read, ours: Sequence[Table], stores: Sequence[Store], *, account: str, because: str, forgiving: bool
) -> tuple[int, int, list[str]]:
    """Take in rows and files in one transaction; return how many they were, and the faults that were forgiven.

    Read the export and look at the place first. The owner switches the triggers of the tables off while rows come,
    because they ask for what is written beside a row as it happens; keys and constraints hold all along. Then the
    ledgers are read and every case is walked; what is found refuses all of it, unless ``forgiving``.
    """
    try:
        return _loaded(made, ours, stores, account=account, because=because, forgiving=forgiving)
    except (DatabaseError, UnicodeDecodeError) as error:
        raise NotImported(f"The database refuses what the export holds: {str(error).strip()}") from error


def _loaded(
    made: Read, ours: Sequence[Table], stores: Sequence[Store], *, account: str, because: str, forgiving: bool
) -> tuple[int, int, list[str]]:
    with ExitStack() as places, transaction.atomic():
        _keep_others_out(ours)
        refuse_a_place_in_use(ours)  # somebody may have begun to work here while the export was read
        places.enter_context(places_filled_or_emptied())
        rows = _all_rows(made, ours)
        _refuse_another_end(made)
        found = list(examine(begin(f"import oleh akun mesin {account}"[:150])))
        if found and not forgiving:
            more = f" And {len(found) - 1} more." if len(found) > 1 else ""
            raise NotImported(
                f"The ledgers of the export do not hold: {found[0]}{more} Where the office that made it had these "
                "faults already (verify_ledger there), --despite-faults takes it as it is."
            )
        files = _lay_files(made, stores)
        bring_in(
            account=account,
            because=because,
            place=str(made.export.path),
            is_sealed=made.export.key is not None,
            rows=rows,
            files=files,
            sums=made.proof,
        )
    return rows, files, found


def _keep_others_out(ours: Iterable[Table]) -> None:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(quote(table.name) for table in ours)} IN SHARE ROW EXCLUSIVE MODE")


def _refuse_another_end(made: Read) -> None:
    """Raise Damaged unless the chain ends where the export says that it did."""
    last = Link.objects.order_by("-position").values("position", "hash").first()
    if last != made.about["chain"]:
        raise Damaged(f"The chain of the ledgers does not end where {ABOUT} says.")


def _all_rows(made: Read, ours: Sequence[Table]) -> int:
    quote = connection.ops.quote_name
    total, by_member = 0, {made.member(table.name): table for table in ours}
    with connection.cursor() as cursor:
        for table in ours:
            cursor.execute(f"ALTER TABLE {quote(table.name)} DISABLE TRIGGER USER")
        for name in BEGUN:
            cursor.execute(f"DELETE FROM {quote(name)}")  # noqa: S608 - a name of ours
        for name, content in made.export.members(*by_member):
            table = by_member[name]
            count = sum(_insert(cursor, table, batch) for batch in _batches(_same(name, content, made)))
            if count != made.about["rows"][table.name]:
                raise Damaged(f"{name} holds {count} rows, not {made.about['rows'][table.name]}.")
            total += count
        # What keys lead to is looked at now; a table that still has something to be looked at can't be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ours:
            cursor.execute(f"ALTER TABLE {quote(table.name)} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        if unlike := set(made.about["sequences"]) ^ sequences():
            raise Damaged(f"{ABOUT} does not say where just our sequences stand: {min(unlike)}.")
        for name, value in made.about["sequences"].items():
            if value is not None:
                cursor.execute("SELECT setval(%s::regclass, %s)", [f"public.{quote(name)}", value])
    return total


def _insert(cursor: CursorWrapper, table: Table, lines: list[bytes]) -> int:
    """Write rows as the lines say them; a column that stayed behind gets what nobody signs in with."""
    quote = connection.ops.quote_name
    name, columns = quote(table.name), [quote(column) for column in table.columns]
    blanked = [quote(column) for of, column in BLANKED if of == table.name]
    values = [*columns, *["%s"] * len(blanked)]
    cursor.execute(
        f"INSERT INTO {name} ({', '.join([*columns, *blanked])}) "  # noqa: S608 - names of the database's own
        f"SELECT {', '.join(values)} FROM jsonb_populate_recordset(NULL::{name}, %s::jsonb)",
        [*[make_password(None)] * len(blanked), (b"[" + b",".join(lines) + b"]").decode()],
    )
    return cursor.rowcount


def _batches(content: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Yield the lines, as many at once as the database takes well."""
    rest, lines, size = b"", list[bytes](), 0
    for chunk in content:
        *whole, rest = (rest + chunk).split(b"\n")
        lines += whole
        size += len(chunk)
        if size >= _AT_ONCE and lines:
            yield lines
            lines, size = [], 0
    if rest:
        raise Damaged("A table ends in the middle of a row.")
    if lines:
        yield lines


def _same(name: str, content: Iterable[bytes], made: Read) -> Iterator[bytes]:
    """Give the member again, which must be what was read before."""
    digest = hashlib.sha256()
    for chunk in content:
        digest.update(chunk)
        yield chunk
    if digest.hexdigest() != made.sums[name]:
        raise Damaged(f"{name} was changed while it was brought in.")


def _lay_files(made: Read, stores: Sequence[Store]) -> int:
    """Lay each file where the rows that came want it."""
    named, laid = named_files(stores), 0
    for name, content in made.export.members(FILES):
        sha256 = made.sums[name]
        wanted = named.pop(bytes.fromhex(sha256), 0)
        of = [store for nth, store in enumerate(stores) if wanted >> nth & 1]
        if not of:
            continue
        try:
            of[0].files.put(content, expect=sha256)
            for other in of[1:]:
                other.files.copy_from(of[0].files, sha256)
        except BytesLost as lost:
            raise Damaged(str(lost)) from lost
        laid += 1
    known_lost = {line.split(" ")[0] for line in made.about["lost"]}
    for digest in named:
        if digest.hex() not in known_lost:
            raise Damaged(f"{file_member(digest.hex())} is named by a row and is not in the export.")
    return laid
