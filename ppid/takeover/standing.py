"""What stands already, in the register and on the portal, in the words of a row that is to be taken over."""

from datetime import date

from django.db.models.functions import Lower

from ppid.flows.models import Case
from ppid.information.models import Information
from ppid.shelf.models import DikEntry, PublishedItem
from ppid.takeover.rows import Read


def doubt_what_is_there(reads: list[Read], *, on: date) -> None:
    """Doubt the rows whose title stands in the register already for their unit; of what is secret nothing is said."""
    titles = {each.values["title"].lower() for each in reads if each.values["title"]}
    secret = Case.objects.secret(on=on).values("information")
    there = Information.objects.annotate(lower=Lower("title")).filter(lower__in=titles).exclude(pk__in=secret)
    numbers = {(title, code): number for title, code, number in there.values_list("lower", "unit__code", "number")}
    for each in reads:
        if number := numbers.get((each.values["title"].lower(), each.values["unit"])):
            each.doubts.append(
                ("twice_in_register", f"Baris {each.number}: judulnya sama dengan informasi {number} di register.")
            )


def doubt_what_is_public(reads: list[Read], *, on: date) -> None:
    """Doubt the rows that the portal announces, or excludes, in the same words: what is public already, and no more."""
    titles = {each.values["title"].lower() for each in reads if each.values["title"]}
    announced = PublishedItem.objects.annotate(lower=Lower("title")).filter(lower__in=titles)
    items = {(title, code): number for title, code, number in announced.values_list("lower", "unit_code", "number")}
    listed = DikEntry.objects.in_force(on=on).annotate(lower=Lower("information")).filter(lower__in=titles)
    entries = {(words, code): number for words, code, number in listed.values_list("lower", "unit_code", "number")}
    for each in reads:
        key = (each.values["title"].lower(), each.values["unit"])
        if number := items.get(key):
            each.doubts.append(
                (
                    "public",
                    f"Baris {each.number}: informasi {number} berjudul sama dan sedang diumumkan di portal; mengambil "
                    "baris ini tidak menurunkannya. Kecualikan informasi itu lewat prosesnya sendiri.",
                )
            )
        if number := entries.get(key):
            said = f"Baris {each.number}: DIK sudah memuatnya sebagai {number} untuk unit yang sama."
            each.doubts.append(("twice_in_dik", said))
