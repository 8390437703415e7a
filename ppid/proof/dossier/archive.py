"""A dossier as a ZIP, written while it is sent: the PDF, the files, the links, and at the end the manifest."""

import json
from collections.abc import Iterator

from django.utils import timezone

from ppid.content_store import BytesLost
from ppid.flows.papers import drawing
from ppid.proof.dossier.content import Dossier
from ppid.scanning.verdicts import said_of
from ppid.web.columns import Column
from ppid.web.csv_lines import csv_lines
from ppid.web.outgoing_zip import OutgoingZip

_LINKS = (
    Column("Catatan", lambda link: link.position),
    Column("Buku", lambda link: link.ledger),
    Column("Baris", lambda link: link.row_id),
    Column("Bagian", lambda link: link.part),
    Column("Bentuk", lambda link: link.form_id),
    Column("Sidik isi", lambda link: link.digest),
    Column("Pada (UTC)", lambda link: link.at.strftime("%Y-%m-%dT%H:%M:%S.%f")),
    Column("Sidik rantai", lambda link: link.hash),
)


def archive(dossier: Dossier) -> Iterator[bytes]:
    """Yield the ZIP piece by piece.

    A file whose bytes are lost, or held because the virus scanner found something in them, is named in the manifest as
    such, and left out.
    """
    out = OutgoingZip(timezone.localtime(dossier.at))
    yield out.add("berkas.pdf", drawing.pdf(dossier.paper))
    yield out.add("rantai.csv", "".join(csv_lines(_LINKS, dossier.links)).encode())
    lost: dict[str, str] = {}
    held: dict[str, str] = {}
    scans = said_of([file.sha256 for file in dossier.files])
    for file in dossier.files:
        if (scan := scans.get(file.sha256)) is not None and scan.is_held:
            held[file.name] = file.sha256
            continue
        try:
            source = file.store.open_checked(file.sha256)
        except BytesLost:
            lost[file.name] = file.sha256
            continue
        yield from out.copy(file.name, source)
    sums = "".join(f"{sha256}  {name}\n" for name, sha256 in out.hashes.items())
    yield out.add("SHA256SUMS", sums.encode())
    yield out.add("manifest.json", _json(_manifest(dossier, out, lost, held)))
    yield out.end()


def _json(said: dict) -> bytes:
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def _manifest(dossier: Dossier, out: OutgoingZip, lost: dict[str, str], held: dict[str, str]) -> dict:
    titles = {file.name: file.title for file in dossier.files}
    last = dossier.links[-1] if dossier.links else None
    return {
        "proses": dossier.case.number,
        "dibuat": timezone.localtime(dossier.at).isoformat(),
        "berkas": [
            {"nama": name, "judul": titles.get(name, ""), "sha256": sha256} for name, sha256 in out.hashes.items()
        ],
        "hilang": [{"nama": name, "judul": titles[name], "sha256": sha256} for name, sha256 in lost.items()],
        "ditahan": [{"nama": name, "judul": titles[name], "sha256": sha256} for name, sha256 in held.items()],
        "rantai": {
            "catatan": len(dossier.links),
            "catatan_terakhir": last and last.position,
            "sidik_terakhir": last and last.hash,
            "tanda": dossier.paper.ledger,
        },
    }
