"""The figures as tables with their charts: plain data that the page, the PDF and the workbook draw alike."""

from collections.abc import Iterable
from dataclasses import dataclass

from ppid.desk.figures.counted import REASONS, Counted
from ppid.desk.waiting.cases import FLOWS
from ppid.flows.afterwards import ExclusionOpening
from ppid.flows.evaluation import in_words
from ppid.flows.figures.exclusions import CONTINUED
from ppid.flows.figures.lead_times import FlowTime, RowTime
from ppid.flows.figures.measures import UnitThen
from ppid.flows.states import STATES
from ppid.information.classification import ExclusionGround
from ppid.shelf.models import Category
from ppid.web import charts

DAYS = "hari kerja"
_BARS = 12  # that a chart shows; the table has them all
_NOT_YOURS = (
    "Pengecualian hanya dihitung bagi yang perlu mengetahuinya. Yang dibaca publik ada pada DIK, dan tidak berubah "
    "menurut siapa yang membacanya."
)


@dataclass(frozen=True, slots=True)
class Words:
    """A figure with the words in which people read it: the number for a workbook, the words for a page."""

    value: float | None
    words: str

    def __str__(self) -> str:
        return self.words


Cell = str | int | Words


@dataclass(frozen=True, slots=True)
class Table:
    """A table under its heading with its chart; ``empty`` is said where it has no row, ``note`` how to read it."""

    key: str
    title: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    chart: charts.Chart | None = None
    empty: str = "Tidak ada dalam masa ini."
    note: str = ""

    @property
    def labelled(self) -> list[list[tuple[str, Cell]]]:
        """The rows, each cell with the head of its column."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]


def now_tables(counted: Counted) -> list[Table]:
    """Return the figures of now, whatever the period: what runs and what is overdue."""
    rows = counted.standing
    chart = charts.chart(
        "berjalan",
        "Proses yang sedang berjalan menurut unit dan alur, dan yang terlambat di antaranya",
        [
            charts.Row(
                f"{each.short_name}, {FLOWS[each.flow].lower()}",
                f"{each.running} berjalan{f', {each.overdue} terlambat' if each.overdue else ''}",
                (charts.Part(each.running - each.overdue), charts.Part(each.overdue, "over")),
            )
            for each in sorted(rows, key=lambda each: (-each.overdue, -each.running))[:_BARS]
        ],
        legend=[charts.Entry("plain", "dalam batas waktu"), charts.Entry("over", "terlambat")],
    )
    table = Table(
        "berjalan",
        "Berjalan dan terlambat",
        "Proses yang sedang berjalan, menurut alur dan unit",
        ("Alur", "Unit", "Berjalan", "Terlambat"),
        tuple((FLOWS[each.flow], each.short_name, each.running, each.overdue) for each in rows),
        chart,
        empty="Tidak ada proses yang berjalan.",
        note=_more(rows, "unit yang paling banyak terlambat"),
    )
    return [table]


def period_tables(counted: Counted, *, knows_all: bool) -> list[Table]:
    """Return the figures of the period."""
    return [
        movements(counted),
        whole_cases(counted),
        *rows_of_sheets(counted),
        returns(counted),
        reasons(counted),
        published(counted),
        letters(counted, "" if knows_all else _NOT_YOURS),
        endings(counted),
    ]


def movements(counted: Counted) -> Table:
    rows = []
    for each in counted.movements:
        ended = ", ".join(f"{STATES[each.flow](state).label} {n}" for state, n in each.ended.items())
        total = sum(each.ended.values())
        rows.append((FLOWS[each.flow], each.opened, total, ended or "–", each.running, each.taken_over))
    return Table(
        "gerak",
        "Dibuka dan selesai",
        "Proses yang dibuka dan yang berakhir dalam masa ini",
        ("Alur", "Dibuka", "Berakhir", "Berakhir sebagai", "Berjalan pada akhir masa", "Pindahan"),
        tuple(rows),
        note="Pindahan: diambil alih dari daftar yang ditetapkan di tempat lain; tidak dihitung pada kolom lain.",
    )


def whole_cases(counted: Counted) -> Table:
    rows = counted.whole_cases
    shown = [each for each in rows if each.unit and each.took.median is not None]
    chart = charts.chart(
        "lama",
        "Hari kerja dari dibuka sampai berakhir, menurut unit dan alur",
        [_case_bar(each) for each in sorted(shown, key=lambda each: -(each.took.median or 0))[:_BARS]],
        legend=[charts.Entry("plain", "median"), charts.Entry("over", "median melewati lembar")],
    )
    return Table(
        "lama",
        "Lama proses terhadap lembar",
        "Hari kerja dari dibuka sampai berakhir, proses yang berakhir dalam masa ini",
        ("Alur", "Unit", "Proses", "Median", "9 dari 10 dalam", "Lembar", "Langkah tepat waktu", "Langkah bertenggat"),
        tuple(
            (
                FLOWS[each.flow],
                _called(each.unit) if each.unit else "Seluruhnya",
                each.took.n,
                _time(each.took.median, DAYS),
                _time(each.took.p90, DAYS),
                each.standard or "–",
                each.on_time,
                each.timed,
            )
            for each in rows
        ),
        chart,
        note="Garis tegak: sembilan dari sepuluh selesai dalam waktu ini. Garis putus-putus: jumlah waktu pada lembar. "
        + _more(shown, "unit yang paling lama"),
    )


def _case_bar(each: FlowTime) -> charts.Row:
    median = each.took.median or 0
    over = each.planned is not None and median > each.planned
    words = f"median {in_words(median, 'hari')}, 9/10 dalam {in_words(each.took.p90, 'hari')}"
    name = f"{each.unit.short_name if each.unit else 'Seluruhnya'}, {FLOWS[each.flow].lower()}"
    return charts.Row(
        f"{name}{' (lewat)' if over else ''}",
        words,
        (charts.Part(median, "over" if over else "plain"),),
        reach=each.took.p90,
        planned=each.planned,
        told=f"{name}: {words}, {f'lembar {in_words(each.planned, DAYS)}' if each.planned else 'lembar berbeda-beda'}.",
    )


def rows_of_sheets(counted: Counted) -> list[Table]:
    empty = Table("langkah", "Lama setiap langkah", "Lama setiap langkah terhadap lembarnya", ("No.", "Aktivitas"), ())
    return [_rows_of(n, sheet) for n, sheet in enumerate(counted.sheets, start=1)] or [empty]


def _rows_of(n: int, sheet) -> Table:
    timed = [row for row in sheet.rows if row.median_share is not None]
    chart = charts.chart(
        f"langkah-{n}",
        f"Waktu nyata setiap langkah terhadap waktu pada lembar {sheet.title}",
        [_row_bar(row) for row in timed],
        says="100% = lembar",
        says_at=1,
        least=1.5,
        most=4.0,
    )
    return Table(
        f"langkah-{n}",
        f"Lama setiap langkah: {sheet.title}",
        f"{sheet.unit}, versi {sheet.version}: waktu setiap langkah menurut lembar dan menurut riwayat",
        (
            "No.",
            "Aktivitas",
            "Waktu pada lembar",
            "Median",
            "9 dari 10 dalam",
            "Dikerjakan",
            "Tepat waktu",
            "Bertenggat",
        ),
        tuple(
            (
                row.number,
                row.text,
                row.standard or "–",
                _time(row.took.median, row.unit),
                _time(row.took.p90, row.unit),
                row.took.n,
                row.on_time,
                row.timed,
            )
            for row in sheet.rows
        ),
        chart,
    )


def _row_bar(row: RowTime) -> charts.Row:
    median, p90 = row.median_share or 0, row.p90_share or 0
    words = f"median {median:.0%}, 9 dari 10 dalam {p90:.0%}"
    return charts.Row(
        f"Langkah {row.number}{' (lewat)' if median > 1 else ''}",
        words,
        (charts.Part(median, "over" if median > 1 else "plain"),),
        reach=p90,
        planned=1,
        told=f"Langkah {row.number}: {words} dari waktu pada lembar.",
    )


def returns(counted: Counted) -> Table:
    found = counted.returns
    chart = charts.chart(
        "kembali",
        "Berapa kali proses dikembalikan, menurut langkah",
        [
            charts.Row(
                f"{FLOWS[each.flow]}, langkah {each.step} ke {each.to_step}", f"{each.n} kali", (charts.Part(each.n),)
            )
            for each in found.rows[:_BARS]
        ],
    )
    return Table(
        "kembali",
        "Pengembalian",
        "Berapa kali proses dikembalikan dalam masa ini, menurut langkah",
        ("Alur", "Dari langkah", "Ke langkah", "Kali"),
        tuple((FLOWS[each.flow], each.step, each.to_step, each.n) for each in found.rows),
        chart,
        empty="Tidak ada yang dikembalikan dalam masa ini.",
    )


def reasons(counted: Counted) -> Table:
    found = counted.returns
    return Table(
        "alasan",
        "Alasan pengembalian",
        "Alasan pengembalian, yang paling sering lebih dahulu",
        ("Alasan", "Kali"),
        tuple((each.words.strip(), each.n) for each in found.reasons),
        empty="Tidak ada yang dikembalikan dalam masa ini.",
        note=f"{REASONS} alasan yang paling sering; yang ditulis sama dihitung bersama." if found.reasons else "",
    )


def published(counted: Counted) -> Table:
    looks = {"periodic": "plain", "immediate": "second", "on_demand": "third"}
    chart = charts.chart(
        "diumumkan",
        "Informasi yang diumumkan, menurut unit dan jenis",
        [
            charts.Row(
                each.unit.short_name,
                " · ".join(f"{Category(key).label.lower()} {n}" for key, n in each.by_class.items() if n),
                tuple(charts.Part(each.by_class[key], look) for key, look in looks.items()),
            )
            for each in sorted(counted.published, key=lambda each: -each.n)[:_BARS]
            if each.n
        ],
        legend=[charts.Entry(look, Category(key).label) for key, look in looks.items()],
    )
    return Table(
        "diumumkan",
        "Diumumkan menurut jenis dan unit",
        "Informasi yang diumumkan dalam masa ini, menurut unit dan jenisnya",
        ("Unit", *(Category(key).label for key in Category.values), "Jumlah", "Pindahan"),
        tuple(
            (
                _called(each.unit),
                *each.by_class.values(),
                each.n,
                each.taken_over,
            )
            for each in counted.published
        ),
        chart,
        empty="Tidak ada yang diumumkan dalam masa ini.",
        note=_more([each for each in counted.published if each.n], "unit yang paling banyak"),
    )


def letters(counted: Counted, note: str = "") -> Table:
    found = counted.exclusions
    chart = charts.chart(
        "huruf",
        "Pengecualian menurut huruf pasal 17",
        [
            charts.Row(
                f"Huruf {each.letter}",
                f"{each.in_force} berlaku, {each.adopted} ditetapkan",
                (charts.Part(each.in_force),),
            )
            for each in found.letters
        ],
    )
    total = ("Seluruhnya", found.adopted, found.in_force)
    return Table(
        "huruf",
        "Pengecualian menurut huruf",
        "Pengecualian menurut huruf pasal 17 UU 14/2008",
        ("Huruf", "Ditetapkan dalam masa ini", "Berlaku pada akhir masa"),
        (
            *((ExclusionGround(each.letter).label, each.adopted, each.in_force) for each in found.letters),
            *((total,) if found.letters else ()),
        ),
        chart,
        empty="Tidak ada pengecualian dalam masa ini.",
        note=" ".join(["Yang bersandar pada dua huruf dihitung pada keduanya.", note]).strip(),
    )


def endings(counted: Counted) -> Table:
    labels = dict(ExclusionOpening.Ground.choices) | {CONTINUED: "Diperpanjang dengan uji baru"}
    return Table(
        "berakhir",
        "Pengecualian yang berakhir",
        "Pengecualian yang berakhir dalam masa ini, menurut caranya",
        ("Cara berakhir", "Banyaknya"),
        tuple((labels[key], n) for key, n in sorted(counted.exclusions.ended.items(), key=lambda each: -each[1])),
        empty="Tidak ada pengecualian yang berakhir dalam masa ini.",
    )


def _called(unit: UnitThen) -> str:
    """Return the unit's name of the period's end, with the one of today where it is another."""
    return unit.short_name if unit.now == unit.short_name else f"{unit.short_name} (kini {unit.now})"


def _time(value: float | None, unit: str) -> Words:
    return Words(None if value is None else round(value, 2), in_words(value, unit))


def _more(rows: Iterable, which: str) -> str:
    n = len(list(rows))
    return f"Bagan menunjukkan {_BARS} {which}; tabel memuat semuanya." if n > _BARS else ""
