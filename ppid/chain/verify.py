"""Reading the whole chain again: every link, every row that it proves, every row that it should prove.

What is found is told in sentences. The database does the reckoning, a window of links at a time, so memory stays the
same however long the chain is.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from ppid.chain.forms import chained_parts, installed_triggers
from ppid.chain.models import NOTHING, Form, Link, Turn, hash_of, said, sha256, speak_alike
from ppid.chain.naming import name_of
from ppid.chain.triggers import GONE, WRITTEN

_WINDOW = 50_000  # links read at once
_AT_ONCE = 1_000  # rows told at once


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in a sentence; ``position`` is that of the link where it shows, None where there is none."""

    sentence: str
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A hash of the chain that somebody has kept outside: what it was at ``position``, and where it was kept."""

    position: int
    hash: str
    kept: str


def faults(
    marks: Iterable[Mark] = (), *, progress: Callable[[int, int], None] = lambda done, of: None
) -> Iterator[Fault]:
    """Yield all that is wrong with the chain as it stands; ``progress`` is told how many links of how many are read.

    ``marks`` are compared too: only they tell that links were cut off the end, or that all were reckoned anew.
    """
    last = Link.objects.order_by("-position").values_list("position", flat=True).first() or 0
    yield from _of_triggers()
    forms = list(Form.objects.all())
    missing = {form.pk: absent for form in forms if (absent := _absent_columns(form))}
    parts = {(model._meta.db_table, trigger.part) for model, trigger in chained_parts()}
    for form in forms:
        if (form.ledger, form.part) not in parts:
            yield Fault(
                f"Bentuk catatan {form.pk} menyebut bagian «{form.part}» dari {form.ledger}, yang tidak dikenal "
                "portal: bentuk itu ditambahkan dengan melewatinya."
            )
        if form.pk in missing:
            yield Fault(
                f"Kolom {', '.join(missing[form.pk])} dari {form.ledger} tidak ada lagi, jadi catatannya tidak dapat "
                "diperiksa."
            )
    for first in range(1, last + 1, _WINDOW):
        until = min(first + _WINDOW - 1, last)
        yield from _of_links(first, until)
        yield from _of_rows(first, until, [form for form in forms if form.pk not in missing])
        progress(until, last)
    yield from _without_links(forms)
    yield from of_marks(marks)


def _of_triggers() -> Iterator[Fault]:
    """Yield the triggers of the chain that are missing or switched off: without them rows get no link."""
    with connection.cursor() as cursor:
        standing = installed_triggers(cursor)
    wanted = [*chained_parts(), *[(model, each) for model in (Turn, Link) for each in model._meta.triggers]]
    for model, trigger in wanted:
        if not standing.get((model._meta.db_table, trigger.get_pgid(model))):
            yield Fault(
                f"Penjaga rantai «{trigger.name}» pada {model._meta.db_table} tidak terpasang atau dimatikan. Jalankan "
                "manage.py prepare."
            )


def _absent_columns(form: Form) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped",
            [form.ledger],
        )
        standing = {name for (name,) in cursor.fetchall()}
    return [column for column in form.columns if column not in standing]


def _of_links(first: int, until: int) -> Iterator[Fault]:
    """Yield where positions are missing, and where a hash isn't that of what its link and the one before say."""
    before = f"CASE WHEN link.position = 1 THEN '{NOTHING}' ELSE link.hash_before END"
    query = f"""
        SELECT link.position, link.ledger, link.row_id, link.before IS NOT DISTINCT FROM link.position - 1
        FROM (
            SELECT *, CASE WHEN position = 1 THEN 0 ELSE lag(position) OVER walk END AS before,
                   lag(hash) OVER walk AS hash_before
            FROM chain_link WHERE position BETWEEN %s AND %s WINDOW walk AS (ORDER BY position)
        ) link
        WHERE link.position >= %s AND (
            link.before IS DISTINCT FROM link.position - 1 OR link.hash IS DISTINCT FROM {hash_of("link", before)}
        ) ORDER BY link.position
    """  # noqa: S608
    for position, ledger, row_id, follows in _rows(query, [first - 1, until, first]):
        if follows:
            yield Fault(
                f"Catatan ke-{position} ({name_of(ledger, row_id)}): sidik rantainya tidak cocok dengan isinya atau "
                "dengan catatan sebelumnya. Catatan ini atau yang sebelumnya diubah, atau urutannya ditukar.",
                position,
            )
        else:
            yield Fault(_gap(position), position)


def _gap(position: int) -> str:
    last = (
        Link.objects.filter(position__lt=position).order_by("-position").values_list("position", flat=True).first() or 0
    )
    gone = f"Catatan ke-{last + 1}" if last + 1 == position - 1 else f"Catatan ke-{last + 1} sampai ke-{position - 1}"
    return f"{gone} hilang dari rantai."


def _of_rows(first: int, until: int, forms: list[Form]) -> Iterator[Fault]:
    """Yield the links whose row is gone, or says something else than when the link was made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT form_id FROM chain_link WHERE position BETWEEN %s AND %s", [first, until])
        named = {form_id for (form_id,) in cursor.fetchall()}
    known = {form.pk: form for form in forms}
    may_go = {model._meta.db_table for model, trigger in chained_parts() if trigger.part == GONE}
    for form in [known[each] for each in sorted(named) if each in known]:
        ledger = connection.ops.quote_name(form.ledger)
        if form.part == GONE:
            differs, lawful = "proved.id IS NOT NULL", "FALSE"
        else:
            differs = f"proved.id IS NULL OR link.digest <> {sha256(_said_by(form))}"
            lawful = "FALSE"
            if form.ledger in may_go:
                lawful = f"""proved.id IS NULL AND EXISTS (
                    SELECT FROM chain_link gone
                    WHERE gone.ledger = link.ledger AND gone.row_id = link.row_id AND gone.part = '{GONE}'
                )"""
        query = f"""
            SELECT link.position, link.row_id, proved.id IS NULL
            FROM chain_link link LEFT JOIN {ledger} AS proved ON proved.id = link.row_id
            WHERE link.position BETWEEN %s AND %s AND link.form_id = %s AND ({differs}) AND NOT ({lawful})
            ORDER BY link.position
        """  # noqa: S608 - names of the forms, which are columns of tables that stand
        for position, row_id, is_gone in _rows(query, [first, until, form.pk]):
            what = name_of(form.ledger, row_id)
            if form.part == GONE:
                yield Fault(
                    f"{what} seharusnya sudah dihapus menurut catatan ke-{position}, tetapi masih ada.", position
                )
            elif is_gone:
                yield Fault(f"{what} dihapus: catatan ke-{position} membuktikan bahwa baris itu pernah ada.", position)
            else:
                yield Fault(f"{what} diubah: isinya bukan lagi isi yang dibuktikan catatan ke-{position}.", position)
    for form_id in sorted(named - {form.pk for form in Form.objects.all()}):
        yield Fault(f"Bentuk catatan {form_id} hilang, jadi catatan yang memakainya tidak dapat diperiksa.")


def _said_by(form: Form) -> str:
    columns = f"(SELECT columns FROM chain_form WHERE id = {int(form.pk)})"  # noqa: S608 - a number
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {said('proved', columns)}")
        return cursor.fetchone()[0]


def _without_links(forms: list[Form]) -> Iterator[Fault]:
    """Yield the rows that no link proves: they came past the chain."""
    for form in {(form.ledger, form.part): form for form in forms if form.part != GONE}.values():
        if _absent_columns(form):
            continue
        happened = "TRUE" if form.part == WRITTEN else f"proved.{connection.ops.quote_name(form.mark)} IS NOT NULL"
        query = f"""
            SELECT proved.id FROM {connection.ops.quote_name(form.ledger)} AS proved
            LEFT JOIN chain_link link ON link.ledger = %s AND link.part = %s AND link.row_id = proved.id
            WHERE link.position IS NULL AND {happened} AND proved.id > %s ORDER BY proved.id LIMIT {_AT_ONCE}
        """  # noqa: S608 - names of the forms
        after = 0
        while found := [row_id for (row_id,) in _rows(query, [form.ledger, form.part, after])]:
            for after in found:
                yield Fault(
                    f"{name_of(form.ledger, after)} tidak tercatat dalam rantai: baris itu ditambahkan dengan "
                    "melewatinya."
                )


def of_marks(marks: Iterable[Mark]) -> Iterator[Fault]:
    """Yield the marks kept outside that the chain no longer bears out."""
    for mark in marks:
        link = Link.objects.filter(position=mark.position).first()
        if link is None:
            yield Fault(
                f"{mark.kept} menyebut catatan ke-{mark.position}, tetapi rantai tidak lagi memilikinya: ujungnya "
                "dipotong.",
                mark.position,
            )
        elif link.hash != mark.hash:
            yield Fault(
                f"{mark.kept} menyebut sidik lain untuk catatan ke-{mark.position}: rantai sampai catatan itu pernah "
                "ditulis ulang.",
                mark.position,
            )


def _rows(query: str, values: list) -> list[tuple]:
    """Return what the query finds, with moments and numbers written as the chain does."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(speak_alike())
        cursor.execute(query, values)
        return cursor.fetchall()
