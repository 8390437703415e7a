"""What the letters of the coordinating steps say: surat koordinasi, laporan koordinasi, tanda terima, and the list."""

from collections.abc import Sequence
from datetime import date

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.dateformat import format as formatted

from ppid.flows.models import Case
from ppid.flows.papers import people
from ppid.flows.papers.description import Paper, Part, Signature, Table
from ppid.web.contact import contact


def day(moment: date) -> str:
    return formatted(moment, "j F Y")


def framed(
    case: Case,
    kind: str,
    title: str,
    parts: Sequence[Part],
    *,
    unit: bool = False,
    subject: str = "",
    recipient: tuple[str, ...] = (),
    signatures: tuple[Signature, ...] = (),
) -> Paper:
    """Return a paper under the city's letterhead, or under that of the case's own ``unit``."""
    office = contact()
    return Paper(
        kind=kind,
        title=title,
        letterhead=(office.government, case.unit.name if unit else office.office),
        address="" if unit else " · ".join(office.lines),
        foot=f"Proses {case.number} · SOP {case.sop_version.title}, versi {case.sop_version.version}",
        parts=tuple(parts),
        subject=subject,
        recipient=recipient,
        signatures=signatures,
        place=office.city,
    )


def about(case: Case) -> tuple[tuple[str, str], ...]:
    """Return what the item is, as pairs."""
    item = case.information
    return (
        ("Nomor register", item.number),
        ("Judul informasi", item.title),
        ("Ringkasan isi", item.summary or "–"),
        ("Unit yang menguasai", case.unit.name),
    )


def files(case: Case, caption: str) -> Table:
    """Return the item's documents as a table; what has no file says why."""
    heads = ("No.", "Dokumen", "Jenis dan ukuran", "Diterima", "SHA-256 (16 huruf pertama)")
    rows = tuple(
        (
            str(n),
            document.title,
            f"{document.kind}, {filesizeformat(document.size)}",
            day(timezone.localtime(document.uploaded_at)),
            document.sha256[:16],
        )
        for n, document in enumerate(case.content, 1)
    )
    none = "Belum ada berkas" if case.information.has_softcopy else "Tersedia dalam bentuk cetak, tanpa berkas"
    return Table(caption, heads, rows or (("–", none, "–", "–", "–"),))


def letter(case: Case, on: date) -> Paper:
    """Surat koordinasi: the unit is asked for the item and its documents."""
    wanted = people.TESTERS if case.flow == "exclusion" else people.PELAKSANA
    held = next(iter(people.holding(case, wanted, on=on)), None)
    addressee = (f"{held.acting_as} {case.unit.name}", held.user.name) if held else (f"PPID {case.unit.name}",)
    purpose = "uji konsekuensi" if case.flow == "exclusion" else "pengumuman informasi publik"
    return framed(
        case,
        "coordination_letter",
        "Surat koordinasi",
        [
            Part(
                paragraphs=(
                    f"Dalam rangka {purpose}, bersama ini kami mohon Saudara menyiapkan informasi di bawah ini beserta "
                    f"dokumennya, menurut SOP {case.sop_version.title}.",
                ),
                facts=about(case),
            ),
            Part(
                paragraphs=(
                    "Mohon dokumen dan keterangannya (ringkasan, penanggung jawab, waktu dan tempat pembuatan, bentuk, "
                    f"dan masa simpan) diisi pada proses {case.number} di portal PPID. Atas perhatian dan kerja sama "
                    "Saudara kami ucapkan terima kasih.",
                ),
            ),
        ],
        subject=f"Koordinasi {purpose}: {case.information.title}",
        recipient=addressee,
        signatures=(people.signature(case, people.BIDANG, on=on, key="coordinate"),),
    )


def report(case: Case, on: date) -> Paper:
    """Laporan koordinasi: what was asked of whom, and what has arrived so far."""
    asked = _number_of(case, "coordination_letter")
    holders = people.holding(case, (*people.PELAKSANA, *people.TESTERS), on=on)
    own = [people.in_words(each) for each in holders if each.unit_id == case.unit_id]
    met = "\n".join(dict.fromkeys(own)) or "–"
    return framed(
        case,
        "coordination_report",
        "Laporan koordinasi",
        [
            Part("1. Dasar", facts=(("Surat koordinasi", asked or "–"), ("Proses", case.number))),
            Part("2. Informasi yang dikoordinasikan", facts=about(case)),
            Part("3. Pihak yang dihubungi", facts=(("Perangkat daerah", case.unit.name), ("Petugas", met))),
            Part("4. Hasil", table=files(case, "Dokumen yang sudah diterima")),
        ],
        subject=case.information.title,
        signatures=(
            people.signature(case, people.UTAMA, on=on, lead="Mengetahui,"),
            people.signature(case, people.BIDANG, on=on, key="coordinate"),
        ),
    )


def receipt(case: Case, on: date) -> Paper:
    """Tanda terima: which documents are handed over, by whom to whom."""
    receivers = people.TESTERS if case.flow == "exclusion" else people.OPERATOR
    return framed(
        case,
        "receipt",
        "Tanda terima dokumen",
        [
            Part(paragraphs=("Telah diserahkan dan diterima dokumen informasi berikut.",), facts=about(case)),
            Part(table=files(case, "Dokumen yang diserahkan")),
        ],
        subject=case.information.title,
        signatures=(
            people.signature(case, people.BIDANG, on=on, lead="Yang menyerahkan,"),
            people.signature(case, receivers, on=on, lead="Yang menerima,"),
        ),
    )


def exclusion_list(case: Case, on: date) -> Paper:
    """Daftar informasi yang akan dikecualikan: the list that step 1 of the exclusion hands to the team."""
    return framed(
        case,
        "exclusion_list",
        "Daftar informasi dan dokumentasi yang akan dikecualikan",
        [
            Part(facts=about(case)),
            Part(table=files(case, "Dokumen yang akan diuji konsekuensinya")),
        ],
        subject=case.information.title,
        signatures=(people.signature(case, people.BIDANG, on=on, key="collect"),),
    )


def _number_of(case: Case, kind: str) -> str:
    numbered = case.paper_numbers.filter(kind=kind, cancelled_at=None).first()
    return f"Nomor {numbered.number}, {day(numbered.date)}" if numbered else ""
