"""Memeriksa keutuhan seluruh data kantor ini tanpa basis data: python3 periksa.py [FOLDER] [--tanda NOMOR:SIDIK]

Proves an export of an office with nothing but Python's standard library (3.9 or newer): every file against SHA256SUMS,
every count, and every link of the chain over the ledgers against the rows that it proves.
"""

import argparse
import hashlib
import json
import re
import sqlite3
import sys
import tempfile
from pathlib import Path

NOTHING = "0" * 64
_TOLD = 50
_ESCAPED = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_TO_ESCAPE = re.compile(r'["\\\x00-\x1f]')


class Number(str):
    """A number as it is written: 1.50 stays 1.50."""


def read(line):
    """Return the row of a line."""
    return json.loads(line, parse_int=Number, parse_float=Number)


def written(value):
    """Return the value as PostgreSQL writes jsonb."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, str):
        return f'"{_TO_ESCAPE.sub(escaped, value)}"'
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: (len(key.encode()), key.encode()))
        pairs = ", ".join(f"{written(key)}: {written(value[key])}" for key in keys)
        return f"{{{pairs}}}"
    if isinstance(value, list):
        return f"[{', '.join(written(each) for each in value)}]"
    return {None: "null", True: "true", False: "false"}[value]


def escaped(found):
    return _ESCAPED.get(found[0], f"\\u{ord(found[0]):04x}")


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def moment(text):
    """Return the moment of a link as its hash says it: UTC, six digits of a second."""
    day, rest = text[:19], text[19:]
    if not rest.endswith("+00:00"):
        raise ValueError(text)
    return f"{day}.{rest[:-6].lstrip('.').ljust(6, '0')}"


def of_sums(folder):
    """Yield what is wrong with the files against SHA256SUMS."""
    try:
        lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        yield f"SHA256SUMS tidak terbaca: {error}"
        return
    told = {"SHA256SUMS"}
    for line in lines:
        found = re.fullmatch(r"([0-9a-f]{64})  (\S+)", line)
        if found is None or ".." in found[2].split("/") or found[2].startswith("/"):
            yield f"SHA256SUMS diubah: {line[:80]!r}"
            continue
        told.add(found[2])
        digest = hashlib.sha256()
        try:
            with (folder / found[2]).open("rb") as file:
                for chunk in iter(lambda: file.read(1 << 20), b""):
                    digest.update(chunk)
        except OSError as error:
            yield f"{found[2]} tidak terbaca: {error.strerror}"
            continue
        if digest.hexdigest() != found[1]:
            yield f"{found[2]} diubah."
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not path.is_dir() and name not in told:
            yield f"{name} bukan bagian dari kumpulan ini."


def rows_of(folder, member):
    with (folder / member).open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield read(line)


def of_counts(folder, about, members):
    """Yield the tables that hold more or fewer rows than kantor.json says."""
    for table, count in sorted(about["rows"].items()):
        found = sum(1 for _ in rows_of(folder, members[table]))
        if found != count:
            yield f"{table} memuat {found} baris, bukan {count}."


def of_links(folder, about, members, kept):
    """Yield where a link does not follow the one before, or the chain ends elsewhere; keep all links to look up."""
    before, last = NOTHING, 0
    kept.execute("CREATE TABLE link (ledger, row_id INTEGER, part, form_id INTEGER, digest, position INTEGER, seen)")
    for link in rows_of(folder, members["chain_link"]):
        position = int(link["position"])
        if position != last + 1:
            yield f"Catatan ke-{last + 1} hilang dari rantai."
        said = (before, position, link["ledger"], link["row_id"], link["part"], link["form_id"], link["digest"])
        if sha256("\n".join([str(each) for each in said] + [moment(link["at"])])) != link["hash"]:
            yield f"Catatan ke-{position}: sidik rantainya tidak cocok."
        kept.execute(
            "INSERT INTO link VALUES (?, ?, ?, ?, ?, ?, 0)",
            (link["ledger"], int(link["row_id"]), link["part"], int(link["form_id"]), link["digest"], position),
        )
        before, last = link["hash"], position
    end = about["chain"] or {"position": 0, "hash": NOTHING}
    if (last, before) != (end["position"], end["hash"]):
        yield f"Rantai berakhir pada catatan ke-{last}, bukan pada catatan ke-{end['position']} menurut kantor.json."
    kept.execute("CREATE INDEX place ON link (ledger, row_id)")


def of_rows(folder, members, kept):
    """Yield the rows that are not what their links prove, those without a link, and the links without a row."""
    forms = {int(form["id"]): form for form in rows_of(folder, members["chain_form"])}
    newest = {(form["ledger"], form["part"]): form for form in forms.values()}
    for ledger in sorted({form["ledger"] for form in forms.values()}):
        if ledger not in members:
            yield f"Tabel {ledger} tidak ada, jadi catatannya tidak dapat diperiksa."
            continue
        for row in rows_of(folder, members[ledger]):
            proved = set()
            question = "SELECT rowid, part, form_id, digest, position FROM link WHERE ledger = ? AND row_id = ?"
            for rowid, part, form_id, digest, position in kept.execute(question, (ledger, int(row["id"]))).fetchall():
                kept.execute("UPDATE link SET seen = 1 WHERE rowid = ?", (rowid,))
                proved.add(part)
                if part == "gone":
                    yield f"{ledger} nomor {row['id']} seharusnya sudah dihapus menurut catatan ke-{position}."
                    continue
                columns = forms[form_id]["columns"] if form_id in forms else []
                if sha256(written({column: row.get(column) for column in columns})) != digest:
                    yield (f"{ledger} nomor {row['id']} diubah: bukan lagi isi yang dibuktikan catatan ke-{position}.")
            for (table, part), form in newest.items():
                happened = part != "gone" and (not form["mark"] or row.get(form["mark"]) is not None)
                if table == ledger and happened and part not in proved:
                    yield f"{ledger} nomor {row['id']} tidak tercatat dalam rantai ({part})."
    question = """
        SELECT ledger, row_id, position FROM link l WHERE seen = 0 AND part <> 'gone' AND NOT EXISTS (
            SELECT 1 FROM link other WHERE other.ledger = l.ledger AND other.row_id = l.row_id AND other.part = 'gone'
        )
    """
    for ledger, row_id, position in kept.execute(question).fetchall():
        yield f"{ledger} nomor {row_id} dihapus: catatan ke-{position} membuktikan bahwa baris itu pernah ada."


def of_marks(marks, folder, members):
    """Yield the marks that the chain does not bear out: those of the days, and those from outside."""
    wanted = {}
    for row in rows_of(folder, members["shelf_ledgermark"]):
        wanted.setdefault(row["position"], []).append((f"Tanda {row['day']}", row["hash"]))
    for mark in marks:
        position, _, digest = mark.partition(":")
        wanted.setdefault(position, []).append((f"Tanda {mark}", digest))
    for link in rows_of(folder, members["chain_link"]):
        for name, digest in wanted.pop(link["position"], []):
            if link["hash"] != digest:
                yield f"{name}: rantai sampai catatan itu pernah ditulis ulang."
    for lacking in wanted.values():
        for name, _ in lacking:
            yield f"{name}: rantai tidak memiliki catatan itu."


def faults(folder, marks):
    """Yield all that is wrong, in sentences."""
    try:
        yield from all_faults(folder, marks)
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError, OSError, sqlite3.Error) as error:
        yield f"Isi kumpulan ini tidak dapat dipahami: {error!r}"


def all_faults(folder, marks):
    damaged = False
    for sentence in of_sums(folder):
        damaged = True
        yield sentence
    if damaged:
        return
    about = json.loads((folder / "kantor.json").read_text(encoding="utf-8"))
    schema = json.loads((folder / "schema.json").read_text(encoding="utf-8"))
    members = {table["table"]: table["member"] for table in schema["tables"]}
    for member in members.values():
        if ".." in member.split("/") or not (folder / member).is_file():
            yield f"{member} tidak ada."
            return
    yield from of_counts(folder, about, members)
    with tempfile.TemporaryDirectory() as place:
        kept = sqlite3.connect(str(Path(place) / "links"))
        try:
            yield from of_links(folder, about, members, kept)
            yield from of_rows(folder, members, kept)
        finally:
            kept.close()
    yield from of_marks(marks, folder, members)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--tanda", action="append", default=[], metavar="NOMOR:SIDIK")
    options = parser.parse_args()
    found = 0
    for sentence in faults(options.folder, options.tanda):
        found += 1
        if found <= _TOLD:
            print(sentence)
    if found:
        print(f"{found} hal tidak sesuai. / {found} faults.")
        return 1
    proof = hashlib.sha256((options.folder / "SHA256SUMS").read_bytes()).hexdigest()
    print(f"Utuh. / Whole. SHA-256 SHA256SUMS: {proof}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
