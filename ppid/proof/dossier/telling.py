"""The words of a dossier: who did what as whom by which order, by which standard and in what time, with what proof."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format

from ppid.chain.models import Link
from ppid.flows.amendments import changes
from ppid.flows.ledger import StepRecord
from ppid.flows.models import Case
from ppid.flows.papers import exclusion_papers
from ppid.flows.papers.coordination import framed
from ppid.flows.papers.description import Paper, Part, Table
from ppid.flows.papers.kinds import KINDS
from ppid.flows.remarks import Remark
from ppid.information.findings import Finding
from ppid.information.models import Document
from ppid.organisation.models import Appointment
from ppid.shelf.ledger_marks import mark_in_words
from ppid.web.moments import in_words

if TYPE_CHECKING:
    from ppid.proof.dossier.content import Enclosed

_NOTHING = "–"
_PLACES = 5  # of one finding


def told(case: Case, files: Sequence["Enclosed"], links: Sequence[Link], *, at: datetime) -> Paper:
    """Return the dossier as one paper, numbered as its case; its foot bears the mark of the day."""
    records = list(case.records.select_related("appointment").prefetch_related("evidence__document"))
    for record in records:
        record.case = case
    parts = [part for part in _parts(case, records, files, links, at) if part is not None]
    paper = framed(case, "dossier", "Berkas proses", parts, subject=case.information.title)
    return paper.numbered(case.number, date_format(timezone.localdate(at)), mark_in_words(timezone.localdate(at)))


def _parts(
    case: Case, records: list[StepRecord], files: Sequence["Enclosed"], links: Sequence[Link], at: datetime
) -> Iterator[Part | None]:
    yield _about(case, at)
    yield _part(
        "Lembar SOP dan mutu bakunya", ("Langkah", "Kegiatan", "Pelaksana", "Waktu baku", "Output"), _sheet(case)
    )
    yield _part("Riwayat", ("No.", "Langkah", "Oleh dan sebagai siapa", "Waktu", "Catatan"), map(_record, records))
    yield _part(
        "Siapa bertindak menurut perintah apa",
        ("Nama", "Bertindak sebagai", "Surat perintah", "Masa"),
        _orders(records),
    )
    yield _part("Bukti yang diikat pada langkah", ("Langkah", "Bagian", "Berkas", "SHA-256"), _evidence(records))
    yield _part("Konfirmasi langkah bersama", ("Langkah", "Bagian", "Oleh", "Pada"), _confirmations(case))
    yield _part("Tenggat yang bergeser dan penerusan", ("Pada", "Yang terjadi", "Sebab"), _moved(case))
    yield _part("Pertanyaan dan catatan", ("Pada", "Jenis", "Dari dan kepada", "Isi"), _remarks(case))
    yield _part("Data pribadi yang ditemukan", ("Dokumen", "Yang ditemukan", "Tempat", "Alasan"), _findings(case))
    yield _part("Perubahan uraian", ("Pada", "Oleh", "Isian", "Semula", "Menjadi"), _descriptions(case))
    if case.exclusion_id and hasattr(case.exclusion, "test"):
        test = exclusion_papers.test_sheet(case, timezone.localdate(at))
        for part in test.parts:
            yield Part(
                f"Lembar uji: {part.heading}" if part.heading else "Lembar uji", part.paragraphs, part.facts, part.table
            )
        yield _part("Konfirmasi peserta uji", ("Oleh", "Cara dan waktu", "SHA-256 kata-katanya"), _taken_part(case))
        yield _part("Persetujuan pimpinan", ("Pada", "Oleh", "Catatan"), _approvals(case))
        yield _decree(case)
    yield _part("Surat bernomor", ("Surat", "Nomor dan tanggal", "Oleh", "Keadaan"), _papers(case))
    yield _part("Usul perubahan sesudah berakhir", ("Usul", "Perubahan", "Diusulkan", "Keputusan"), _amendments(case))
    yield _part("Berkas dalam arsip ZIP", ("Nama", "Judul", "Ukuran", "SHA-256"), _files(files))
    yield _chain(links)


def _part(heading: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Part | None:
    """Return a part with its table; None when there is nothing to tell."""
    found = tuple(tuple(cell or _NOTHING for cell in row) for row in rows)
    return Part(heading, table=Table(f"{len(found)} baris", heads, found)) if found else None


def _about(case: Case, at: datetime) -> Part:
    version = case.sop_version
    facts = [
        ("Nomor register", case.information.number),
        ("Judul informasi", case.information.title),
        ("Ringkasan isi", case.information.summary),
        ("Perangkat daerah", case.unit.name),
        ("Alur", case.get_flow_display()),
        ("Lembar SOP", f"{version.title}, versi {version.version}, nomor {version.number or _NOTHING}"),
        ("Dibuka", f"{_moment(case.opened_at)} oleh {case.opened_by.name if case.opened_by else case.opened_because}"),
        ("Keadaan", case.state_label),
        ("Tenggat", _moment(case.due_at)),
        ("Berakhir", _moment(case.ended_at)),
        ("Serta merta", case.urgent_because if case.is_urgent else ""),
        ("Keadaan berkas ini", _moment(at)),
    ]
    return Part("Proses", facts=tuple((name, words) for name, words in facts if words))


def _sheet(case: Case) -> Iterator[tuple[str, ...]]:
    for number, row in case.activities.items():
        columns = " dan ".join(column.label.strip() for column in row.columns)
        yield str(number), row.text, columns, row.duration_text, row.output


def _record(record: StepRecord) -> tuple[str, ...]:
    step = f"{record.step}. {record.title}" if record.step else record.title
    who = f"{record.actor_name}\n{record.acting_as}\nuntuk {record.unit_name}"
    times = [f"diterima {_moment(record.received_at)}", f"selesai {_moment(record.done_at)}"]
    if record.due_at:
        kept = {True: "tepat waktu", False: "terlambat", None: "tanpa penundaan"}[record.on_time]
        times.append(f"tenggat {_moment(record.due_at)}, {kept}")
    used = []
    if record.used_minutes is not None:
        used.append(f"{record.used_minutes} menit kerja")
    elif record.used_days is not None:
        used.append(f"{record.used_days} hari kerja")
    if used and record.allowed_days is not None:
        used.append(f"tersedia {record.allowed_days} hari kerja")
    if used:
        times.append(f"terpakai {', '.join(used)}")
    return str(record.sequence), step, who, "\n".join(times), record.note


def _orders(records: Sequence[StepRecord]) -> Iterator[tuple[str, ...]]:
    held: dict[int, tuple[StepRecord, Appointment]] = {
        each.appointment_id: (each, each.appointment) for each in records
    }
    for record, appointment in held.values():
        order = appointment.order_number
        if appointment.order_date:
            order = f"{order}, {date_format(appointment.order_date)}"
        until = date_format(appointment.ends_on) if appointment.ends_on else "sekarang"
        yield record.actor_name, record.acting_as, order, f"{date_format(appointment.starts_on)} sampai {until}"


def _evidence(records: Sequence[StepRecord]) -> Iterator[tuple[str, ...]]:
    for record in records:
        for bound in record.evidence.all():
            yield f"{record.sequence}", bound.get_part_display(), bound.document.title, _broken(bound.sha256)


def _confirmations(case: Case) -> Iterator[tuple[str, ...]]:
    for each in case.all_confirmations.all():
        yield str(each.step), each.label, f"{each.actor_name}, {each.acting_as}", _moment(each.confirmed_at)


def _moved(case: Case) -> Iterator[tuple[str, ...]]:
    for line in case.moved_deadlines.all():
        before, after = _moment(line.due_before) or _NOTHING, _moment(line.due_after) or _NOTHING
        what = f"{line.get_kind_display()}: {before} menjadi {after}"
        yield _moment(line.moved_at), what, f"{line.because} {line.actor_name}".strip()
    for line in case.passed_on.all():
        yield _moment(line.at), f"Diteruskan dari {line.from_name} kepada {line.to_name}", line.because


def _remarks(case: Case) -> Iterator[tuple[str, ...]]:
    for remark in Remark.objects.filter(case=case).order_by("pk"):
        asked = remark.asked_name or remark.asked_as
        to = f"\nkepada {asked}" if asked else ""
        yield _moment(remark.at), remark.get_kind_display(), f"{remark.actor_name}, {remark.acting_as}{to}", remark.text


def _descriptions(case: Case) -> Iterator[tuple[str, ...]]:
    fields = {field.name: str(field.verbose_name) for field in type(case.information)._meta.fields}
    for line in case.information.description_changes.order_by("pk"):
        yield _moment(line.at), line.author_name, fields.get(line.field, line.field), line.before, line.after


def _findings(case: Case) -> Iterator[tuple[str, ...]]:
    found = Finding.objects.of(Document.objects.in_case(case)).select_related("reading__document")
    for finding in found.prefetch_related("answers").order_by("reading__document", "pk"):
        places = [f"{where}: {mask}" if mask else where for where, mask in finding.places[:_PLACES]]
        said = [
            f"{each.reason}\n{each.actor_name}, {each.acting_as}, {_moment(each.answered_at)}"
            for each in sorted(finding.answers.all(), key=lambda each: each.pk)
        ]
        yield finding.reading.document.title, str(finding), "\n".join(places), "\n".join(said)


def _taken_part(case: Case) -> Iterator[tuple[str, ...]]:
    """Tell every confirmation, also of words that the sheet says no more."""
    for each in case.participant_confirmations.all():
        lapsed = "" if each.digest == case.exclusion.test.words_digest else "\ngugur: lembarnya kemudian berisi lain"
        yield f"{each.actor_name}, {each.acting_as}", f"{each.in_words}{lapsed}", _broken(each.digest)


def _approvals(case: Case) -> Iterator[tuple[str, ...]]:
    for approval in case.head_approvals.select_related("undone"):
        undone = getattr(approval, "undone", None)
        back = f"Diurungkan {_moment(undone.at)}. " if undone else ""
        yield date_format(approval.approved_on), approval.in_words, f"{back}{approval.note}"


def _decree(case: Case) -> Part | None:
    decree = getattr(case.exclusion, "decree", None)
    if decree is None:
        return None
    facts = (
        ("Nomor", decree.number),
        ("Tempat dan tanggal", f"{decree.place}, {date_format(decree.date)}"),
        ("PPID yang menetapkan", decree.decided_by),
        ("Disetujui", decree.approved_by),
        ("Alasan", decree.reason),
    )
    return Part("Surat penetapan klasifikasi", facts=facts)


def _papers(case: Case) -> Iterator[tuple[str, ...]]:
    for paper in case.paper_numbers.all():
        number = f"{paper.number}, {date_format(paper.date)}"
        state = "berlaku"
        if paper.cancelled_at:
            state = (
                f"dibatalkan {_moment(paper.cancelled_at)} oleh {paper.cancelled_by_name}: {paper.cancelled_because}"
            )
        yield KINDS[paper.kind].title, number, f"{paper.recorded_by_name}, {paper.recorded_as}", state


def _amendments(case: Case) -> Iterator[tuple[str, ...]]:
    for each in case.amendments.all():
        changed = "\n".join(
            f"{name}: {before or _NOTHING} menjadi {after or _NOTHING}" for name, before, after in changes(each)
        )
        by = f"{each.proposed_name}, {each.proposed_as}, {_moment(each.proposed_at)}. Alasan: {each.reason}"
        decided = ""
        if not each.is_undecided:
            decided = (
                f"{each.get_decision_display()} {each.decided_name}, {_moment(each.decided_at)} {each.decided_note}"
            )
        yield each.title, changed, by, decided.strip()


def _files(files: Sequence["Enclosed"]) -> Iterator[tuple[str, ...]]:
    for file in files:
        title = file.title
        if file.document is not None and file.document.removed_at:
            title = f"{title} (dihapus dari daftar {_moment(file.document.removed_at)})"
        yield file.name, title, filesizeformat(file.size), _broken(file.sha256)


def _chain(links: Sequence[Link]) -> Part | None:
    if not links:
        return None
    return Part(
        "Tempatnya dalam buku besar",
        paragraphs=(
            f"{len(links)} catatan proses ini berada dalam rantai buku besar, dari catatan ke-{links[0].position} "
            f"sampai ke-{links[-1].position}. Sidik catatan terakhirnya {links[-1].hash}. Daftar lengkapnya ada pada "
            "berkas rantai.csv di arsip ZIP; mintalah PPID mencocokkannya dengan buku besarnya.",
        ),
    )


def _broken(sha256: str) -> str:
    """Return the hash in pieces that fit a narrow column."""
    return "\n".join(sha256[n : n + 16] for n in range(0, len(sha256), 16))


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else in_words(moment)
