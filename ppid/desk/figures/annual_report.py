"""The draft of a year's report (Perki 1/2021 article 56), to be edited: what the portal knows, and gaps for the rest.

The report is published, so it counts only what anybody may know: publications whose item is not closed now, and the
exclusions that the public DIK shows. What the portal doesn't know is a marked gap, never a guess.
"""

from datetime import date, datetime

from django.db.models import Count
from django.utils import timezone
from django.utils.formats import date_format

from ppid.desk.figures import tables
from ppid.desk.figures.counted import Counted
from ppid.desk.figures.tables import Table as Figures
from ppid.flows.figures.period import Period
from ppid.flows.models import Case
from ppid.flows.papers.description import Paper, Part, Signature, Table
from ppid.organisation.models import Appointment, Unit
from ppid.shelf.models import PublishedItem, PublishedRegister
from ppid.web.contact import contact
from ppid.web.moments import in_words
from sop.models import SopVersion

_YEARS = 10  # back from now


def gap(what: str) -> str:
    """Return the mark of something that the portal doesn't know and somebody has to fill in."""
    return f"[DIISI: {what}]"


def years(today: date) -> list[int]:
    """Return the years whose report can be drafted, the newest first."""
    return list(range(today.year, today.year - _YEARS, -1))


def draft(year: int, *, at: datetime) -> Paper:
    """Return the report of the year as a paper without a number."""
    today, period = timezone.localdate(at), Period(date(year, 1, 1), date(year, 12, 31))
    counted = Counted(Case.objects.open_to_all(on=today), period, at)
    office, now = contact(), in_words(at)
    parts = (
        _scope(year, today),
        Part("I. Gambaran umum kebijakan pelayanan informasi publik", (gap("kebijakan dan peraturan tahun ini"),)),
        *_means(today),
        *_announced(counted, year),
        *_excluded(period, at),
        *_requests(),
        Part(
            "VII. Kendala dan rekomendasi",
            (gap("kendala internal dan eksternal"), gap("rekomendasi dan tindak lanjut")),
        ),
    )
    return Paper(
        kind="annual_report",
        title=f"Laporan layanan informasi publik tahun {year}",
        letterhead=(office.government, office.office),
        address=" · ".join(office.lines),
        foot=f"Rancangan disusun portal {now} WIB; angka dihitung dari riwayat proses.",
        parts=parts,
        signatures=_signatures(today),
        place=office.city,
    )


def _scope(year: int, today: date) -> Part:
    running = year == today.year
    words = [
        f"Laporan ini untuk tahun {year} (1 Januari sampai 31 Desember {year}), disampaikan paling lambat tiga bulan "
        "sesudah tahun anggaran berakhir, dengan salinan kepada Komisi Informasi (Perki 1/2021 pasal 56).",
        "Yang bertanda [DIISI: …] tidak tercatat pada portal. Lengkapi atau hapus sebelum laporan ditetapkan.",
    ]
    if running:
        words.insert(1, f"Tahun {year} belum berakhir: angka di bawah sampai {date_format(today)}.")
    return Part("", tuple(words))


def _means(today: date) -> list[Part]:
    """Return what is known of people and sheets: as they stand today, which the report says."""
    held = Appointment.objects.in_force(on=today).filter(role__scope__in=["city", "unit"])
    counted = held.order_by("role__name").values_list("role__name").annotate(n=Count("user", distinct=True))
    sheets = SopVersion.objects.in_force(on=today).select_related("sop__unit").order_by("title", "pk")
    rows = tuple((each.title, each.unit_name or each.sop.unit.name, each.number or "–") for each in sheets)
    units = Unit.objects.open().count()
    return [
        Part(
            "II. Sarana, sumber daya manusia, dan anggaran",
            (
                gap("sarana dan prasarana pelayanan"),
                gap("anggaran pelayanan dan penggunaannya"),
                f"Pada {date_format(today)} portal mencatat {units} perangkat daerah dan petugas berikut.",
            ),
            table=Table("Pemegang peran pada portal", ("Peran", "Orang"), tuple((name, str(n)) for name, n in counted)),
        ),
        Part(table=Table("SOP yang berlaku", ("SOP", "Perangkat daerah", "Nomor"), rows)),
    ]


def _announced(counted: Counted, year: int) -> list[Part]:
    registers = PublishedRegister.objects.filter(decree_date__year=year).order_by("register", "decree_date")
    set_by = tuple(
        (each.register.upper(), each.decree_number, date_format(each.decree_date), str(each.size)) for each in registers
    )
    editions = Figures(
        "edisi",
        "",
        "Edisi DIP dan DIK yang ditetapkan dalam tahun ini",
        ("Daftar", "Nomor SK", "Tanggal SK", "Baris"),
        set_by,
        empty="Tidak ada edisi DIP atau DIK yang ditetapkan pada portal dalam tahun ini.",
    )
    shown = f"Pada hari rancangan ini disusun, {PublishedItem.objects.count()} informasi berdiri di portal."
    times = [tables.movements(counted), tables.whole_cases(counted), *tables.rows_of_sheets(counted)]
    return [
        Part("III. Informasi yang diumumkan", (shown,), table=_plain(tables.published(counted))),
        Part(table=_plain(editions)),
        *(Part("" if n else "IV. Waktu pelayanan menurut SOP", table=_plain(each)) for n, each in enumerate(times)),
    ]


def _excluded(period: Period, at: datetime) -> list[Part]:
    """Return the exclusions that stand, or stood, on the public DIK: those that were adopted."""
    public = Counted(Case.objects.filter(exclusion__adopted_at__isnull=False), period, at)
    words = "Menurut Daftar Informasi yang Dikecualikan (DIK), yang dibaca publik."
    return [
        Part("V. Informasi yang dikecualikan", (words,), table=_plain(tables.letters(public))),
        Part(table=_plain(tables.endings(public))),
    ]


def _requests() -> list[Part]:
    nothing = "Portal ini belum mencatat permohonan, keberatan, dan sengketa. Isi dari buku register."
    heads = ("Uraian", "Jumlah")
    requests = ("Permohonan diterima", "Dikabulkan seluruhnya", "Dikabulkan sebagian", "Ditolak", "Belum selesai")
    disputes = (
        "Keberatan diterima",
        "Keberatan ditanggapi",
        "Sengketa di Komisi Informasi",
        "Putusan yang dilaksanakan",
    )
    return [
        Part(
            "VI. Permohonan informasi, keberatan, dan sengketa",
            (nothing, gap("rata-rata waktu menanggapi permohonan"), gap("alasan penolakan dan banyaknya")),
            table=Table("Permohonan informasi", heads, tuple((each, gap("jumlah")) for each in requests)),
        ),
        Part(table=Table("Keberatan dan sengketa", heads, tuple((each, gap("jumlah")) for each in disputes))),
    ]


def _plain(table: Figures) -> Table:
    """Return the figures as a table of a paper; where there are none, it says so."""
    if not table.rows:
        return Table(table.caption, ("Keterangan",), ((table.empty,),))
    return Table(table.caption, table.heads, tuple(tuple(str(cell) for cell in row) for row in table.rows))


def _signatures(today: date) -> tuple[Signature, ...]:
    seats = (("atasan_ppid", "Atasan PPID", "Mengetahui,"), ("ppid_utama", "PPID Utama", ""))
    held = Appointment.objects.in_force(on=today).filter(role__code__in=[code for code, *_ in seats])
    holders = {}
    for each in held.definitive_first().select_related("user", "role"):
        holders.setdefault(each.role.code, each.user)
    return tuple(
        Signature(position, holder.name if holder else "", holder.nip if holder else "", lead)
        for code, position, lead in seats
        for holder in [holders.get(code)]
    )
