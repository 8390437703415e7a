"""All sheets of a unit as one ZIP: written while it is sent, so that a thousand sheets need no more memory than one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone

from ppid.content_store import BytesLost
from ppid.portal.files import is_sound
from ppid.portal.pages import on_shelf
from ppid.shelf.actions import public_store
from ppid.shelf.models import HeldFile, PublishedSop, PublishedSopFile
from ppid.web.columns import Column
from ppid.web.csv_lines import csv_lines
from ppid.web.outgoing_zip import OutgoingZip


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A sheet and the names of its files in the ZIP; ``signed_name`` is "" when none was signed outside.

    The names are made of slugs and numbers, so none of them leads out of the folder it is unpacked in.
    """

    sop: PublishedSop
    url: str
    name: str
    signed: PublishedSopFile | None

    @property
    def signed_name(self) -> str:
        return self.name.replace(".pdf", "-bertanda-tangan.pdf") if self.signed else ""


_COLUMNS = (
    Column("Nama SOP", lambda row: row.sop.title),
    Column("Nomor SOP", lambda row: row.sop.number),
    Column("Unit", lambda row: row.sop.unit_name),
    Column("Tema", lambda row: row.sop.theme),
    Column("Versi", lambda row: row.sop.version),
    Column("Berlaku sejak", lambda row: row.sop.in_force_from.isoformat()),
    Column("Berkas", lambda row: row.name),
    Column("SHA-256", lambda row: row.sop.pdf_sha256),
    Column("Berkas bertanda tangan", lambda row: row.signed_name),
    Column("SHA-256 bertanda tangan", lambda row: row.signed.sha256 if row.signed else ""),
    Column("Tautan", lambda row: row.url),
)


def archive(sops: Sequence[PublishedSop], signed: Mapping[int, PublishedSopFile], *, base: str) -> Iterator[bytes]:
    """Yield the ZIP piece by piece. ``signed`` has the signed sheet by the SOP's key; ``base`` is the portal's address.

    A sheet whose bytes were taken away meanwhile, are damaged or held, is left out, of the index too.
    """
    held = set(on_shelf(HeldFile).values_list("sha256", flat=True))
    rows = [
        Enclosed(
            sop,
            base + sop.version_url.lstrip("/"),
            f"{sop.slug}-v{sop.version}.pdf",
            _unless_held(signed.get(sop.pk), held),
        )
        for sop in sops
        if sop.pdf_sha256 not in held and is_sound(sop.pdf_sha256)
    ]
    now = timezone.localtime()
    out = OutgoingZip(now)
    index = render_to_string("portal/sop_archive.html", {"rows": rows, "unit": sops[0].unit_name, "now": now})
    yield out.add("index.html", index.encode())
    yield out.add("index.csv", "".join(csv_lines(_COLUMNS, rows)).encode())
    for row in rows:
        yield from _copied(out, row.name, row.sop.pdf_sha256)
        if row.signed:
            yield from _copied(out, row.signed_name, row.signed.sha256)
    yield out.end()


def _unless_held(file: PublishedSopFile | None, held: set[str]) -> PublishedSopFile | None:
    return None if file is None or file.sha256 in held else file


def _copied(out: OutgoingZip, name: str, sha256: str) -> Iterator[bytes]:
    try:
        source = public_store().open(sha256)
    except BytesLost:
        return
    yield from out.copy(name, source)
