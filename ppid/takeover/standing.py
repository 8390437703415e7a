"""What stands already, in the register and on the portal, in the words of a row that is to be taken over.

The portal never announces what its DIK excludes in the same words: such a row is a doubt in the dry run, and held back
in the work as long as the other stands.
"""

from collections.abc import Collection
from datetime import date

from django.db.models.functions import Lower

from ppid.flows.models import Case
from ppid.information.models import Information
from ppid.shelf.models import DikEntry, PublishedItem
from ppid.takeover.models import Register, TakeoverRow
from ppid.takeover.reading import TakeoverRefused
from ppid.takeover.rows import Read

# The number of what stands there, by its words in small letters and the code of its unit.
Numbers = dict[tuple[str, str], str]
_FIRST = "Selama itu baris ini tidak dikerjakan."


def doubt_what_is_there(reads: list[Read], kind: str, *, moved: bool, on: date) -> None:
    """Doubt the rows in whose words something stands there for their unit; of what is secret nothing is said."""
    titles = {each.values["title"].lower() for each in reads if each.values["title"]}
    excluded = _excluded(titles, on)
    if kind == Register.DIK:
        _doubt(reads, _announced(titles), "public", "informasi {} berjudul sama sedang diumumkan di portal. {}", _FIRST)
        _doubt(reads, excluded, "twice_in_dik", "DIK sudah memuatnya sebagai {} untuk unit yang sama.")
    else:
        _doubt(reads, _registered(titles, on), "twice_in_register", "judulnya sama dengan informasi {} di register.")
        then = _FIRST if moved else "Prosesnya dibuka; periksa sebelum diumumkan."
        _doubt(reads, excluded, "in_dik", "DIK memuat informasi berjudul sama sebagai {}. {}", then)


def refuse_contradiction(row: TakeoverRow, *, on: date) -> None:
    """Raise TakeoverRefused when the portal announces what the row excludes, or the DIK excludes what it announces.

    Call it once the row stands on the shelf: whoever writes there waits from then on until this is decided.
    """
    key = (row.values["title"].lower(), row.values["unit"])
    if row.takeover.kind == Register.DIK:
        if number := _announced([key[0]]).get(key):
            raise TakeoverRefused(
                f"Informasi {number} berjudul sama sedang diumumkan di portal, dan DIK tidak boleh mengecualikan yang "
                "masih diumumkan. Cabut atau kecualikan informasi itu lewat prosesnya sendiri, lalu coba lagi."
            )
    elif number := _excluded([key[0]], on).get(key):
        raise TakeoverRefused(
            f"DIK memuat informasi berjudul sama sebagai {number}, dan yang dikecualikan tidak diumumkan. Buka kembali "
            "pengecualiannya lewat prosesnya sendiri, lalu coba lagi."
        )


def _doubt(reads: list[Read], numbers: Numbers, kind: str, said: str, more: str = "") -> None:
    for each in reads:
        if number := numbers.get((each.values["title"].lower(), each.values["unit"])):
            each.doubts.append((kind, f"Baris {each.number}: {said.format(number, more)}"))


def _registered(titles: Collection[str], on: date) -> Numbers:
    secret = Case.objects.secret(on=on).values("information")
    there = Information.objects.annotate(lower=Lower("title")).filter(lower__in=titles).exclude(pk__in=secret)
    return {(title, code): number for title, code, number in there.values_list("lower", "unit__code", "number")}


def _announced(titles: Collection[str]) -> Numbers:
    there = PublishedItem.objects.annotate(lower=Lower("title")).filter(lower__in=titles)
    return {(title, code): number for title, code, number in there.values_list("lower", "unit_code", "number")}


def _excluded(titles: Collection[str], on: date) -> Numbers:
    there = DikEntry.objects.in_force(on=on).annotate(lower=Lower("information")).filter(lower__in=titles)
    return {(words, code): number for words, code, number in there.values_list("lower", "unit_code", "number")}
