"""Reads an export from end to end before anything is done with it, and says whether this installation can take it."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.migrations.loader import MigrationLoader

from ppid.upkeep.backups.sealing import Damaged
from ppid.upkeep.office.layout import ABOUT, FILES, SCHEMA, SUMS, Export, file_member, sums_of
from ppid.upkeep.office.making import FORMAT
from ppid.upkeep.office.tables import Table

_KEPT = (ABOUT, SCHEMA, SUMS)
_MOST = 512 << 20  # none of them is as large


class NotImported(Exception):
    """Nothing was brought in; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Read:
    """An export that is whole: what it says of itself, the SHA-256 of each member, and that of ``SHA256SUMS``."""

    export: Export
    about: dict
    schema: dict
    sums: dict[str, str]
    proof: str

    def member(self, table: str) -> str:
        return next(each["member"] for each in self.schema["tables"] if each["table"] == table)


def read(export: Export) -> Read:
    """Read every byte and compare. Raises Damaged with the first thing that is wrong."""
    found, kept = dict[str, str](), dict[str, bytes]()
    for name, content in export.members(""):
        if name in found:
            raise Damaged(f"{name} is there twice.")
        digest, parts, size = hashlib.sha256(), list[bytes](), 0
        for chunk in content:
            digest.update(chunk)
            if name in _KEPT:
                size += len(chunk)
                parts.append(chunk)
                if size > _MOST:
                    raise Damaged(f"{name} is far too large.")
        found[name] = digest.hexdigest()
        if name in _KEPT:
            kept[name] = b"".join(parts)
    for name in _KEPT:
        if name not in kept:
            raise Damaged(f"{name} is missing: it is no export of an office, or not the whole of one.")
    sums = sums_of(kept[SUMS])
    for sentence in _differences(found, sums):
        raise Damaged(sentence)
    try:
        about, schema = json.loads(kept[ABOUT]), json.loads(kept[SCHEMA])
        made = Read(export, about, schema, sums, found[SUMS])
        if not _says_all(about, schema):
            raise Damaged(f"{ABOUT} or {SCHEMA} is none of an office.")
        for table in schema["tables"]:
            if table["member"] not in sums or table["table"] not in about["rows"]:
                raise Damaged(f"{SCHEMA} names {table['member']}, which is not there.")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Damaged(f"{ABOUT} or {SCHEMA} can't be understood: {error!r}.") from error
    return made


def _says_all(about: dict, schema: dict) -> bool:
    """Say whether both have the form that this house writes, so that what asks them later finds an answer."""
    tables = schema["tables"]
    texts = [about[name] for name in ("product", "office", "made_at")] + about["migrations"] + about["lost"]
    texts += [table[name] for table in tables for name in ("table", "member")]
    texts += [column[name] for table in tables for column in table["columns"] for name in ("name", "type")]
    numbers = [about["format"], about["files"], *about["rows"].values()]
    numbers += [value for value in about["sequences"].values() if value is not None]
    if about["chain"] is not None:
        texts.append(about["chain"]["hash"])
        numbers.append(about["chain"]["position"])
    return (
        about["kind"] == "ppid office"
        and all(isinstance(each, str) for each in texts)
        and all(type(each) is int for each in numbers)
        and len({table["member"] for table in tables}) == len(tables)
    )


def refuse_another_version(made: Read, ours: list[Table]) -> None:
    """Raise NotImported unless the export is of just this version's tables and columns."""
    about = made.about
    of = f"{about.get('product')}, {about.get('made_at')}"
    theirs = set(about["migrations"])
    known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    told = {
        each["table"]: {column["name"]: column["type"] for column in each["columns"]} for each in made.schema["tables"]
    }
    here = {table.name: table.columns for table in ours}
    for what in _unlike(about["format"], theirs, known, told, here):
        raise NotImported(
            f"The export was made by another version than this one ({of}): {what}. Install the version that made it, "
            "bring it in there, then update."
        )


def _unlike(form: int, theirs: set, known: set, told: dict, here: dict) -> Iterator[str]:
    if form != FORMAT:
        yield f"its form is {form}, this version reads {FORMAT}"
    for name in sorted(theirs ^ known):
        yield f"{'it' if name in theirs else 'this one'} knows the migration {name}"
    for name in sorted(told.keys() ^ here.keys()):
        yield f"{'it' if name in told else 'this one'} has the table {name}"
    for name in sorted(told):
        for column in sorted(set(told[name].items()) ^ set(here[name].items())):
            yield f"{name}.{column[0]} is not {column[1]} in both"


def _differences(found: dict[str, str], told: dict[str, str]) -> Iterator[str]:
    for name, sha256 in told.items():
        if name not in found:
            yield f"{name} is missing."
        elif found[name] != sha256:
            yield f"{name} was changed: its SHA-256 is {found[name]}, not {sha256}."
        elif name.startswith(FILES) and name != file_member(sha256):
            yield f"{name} does not lie under its own SHA-256."
    for name in sorted(found.keys() - told.keys() - {SUMS}):
        yield f"{name} is no part of this export."
