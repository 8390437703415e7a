"""An edition on paper: the annex of its decree, with the letterhead, in parts that the press can bear."""

from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format

from ppid.editions.models import RegisterEdition
from ppid.editions.registers import readable
from ppid.shelf import actions as shelf
from ppid.shelf.models import PublishedRegister, ShortAddress
from ppid.shelf.register_fields import digest
from ppid.shelf.register_models import columns_of, rows_of_part
from ppid.web.columns import Column
from ppid.web.contact import contact
from sop.paper import press
from sop.paper.qr import qr_code

DRAFT = "DRAF"
_DRAFT_ROWS = 100  # what a page can wait for: some three seconds


def print_next() -> bool:
    """Print one part of an annex that is missing; return whether there was any."""
    for edition in PublishedRegister.objects.with_printed().newest_first():
        if edition.printed < len(edition.parts):
            printed = set(edition.annexes.values_list("part", flat=True))
            part = next(each for each in edition.parts if each not in printed)
            rows = list(rows_of_part(edition, part))
            drawn = digest((row.key, row.values) for row in rows)
            shelf.put_annex(edition, part, annex(edition, part, rows), drawn=drawn)
            return True
    return False


def annex(edition: PublishedRegister, part: int, rows: Sequence) -> bytes:
    """Return a part of the annex as PDF/UA-1."""
    last = part == edition.parts[-1]
    short = ShortAddress.objects.filter(kind="annex", number=edition.register, edition=edition.number).first()
    address = f"{settings.SITE_URL}{short.get_absolute_url()}" if settings.SITE_URL and short else ""
    return _printed(
        edition,
        rows,
        decree=edition.decree_number,
        decree_date=date_format(edition.decree_date),
        part=part,
        parts=len(edition.parts),
        signatory=edition.signatory if last else {},
        address=address,
        qr=qr_code(address) if address else "",
    )


def draft(edition: RegisterEdition) -> bytes:
    """Return the annex of an edition that waits for its decree, with a watermark; the first rows of a long one."""
    return _printed(edition, readable(edition)[:_DRAFT_ROWS], draft=DRAFT, left=max(edition.size - _DRAFT_ROWS, 0))


def _printed(edition: RegisterEdition | PublishedRegister, rows: Sequence, **facts: object) -> bytes:
    columns: tuple[Column, ...] = columns_of(edition.register)
    lines = [[column.text(row) for column in columns] for row in rows]
    page = {
        "edition": edition,
        "columns": columns,
        "lines": lines,
        "as_of": date_format(edition.as_of),
        "ppid": contact(),
    }
    return press.printed(render_to_string("pdf/register.html", page | facts), "css/register-paper.css")
