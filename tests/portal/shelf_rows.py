"""Builders of what stands on the shelf, put there through its own door."""

import itertools
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from ppid.content_store import FolderStore
from ppid.shelf import actions, bundling, obligation_actions, put_pages, showing
from ppid.shelf.models import (
    Bundle,
    DikEntry,
    DutyWord,
    PublishedItem,
    PublishedRegister,
    PublishedSop,
    ReadFile,
    ShownDuty,
)
from ppid.shelf.register_fields import Row, digest, row_of_entry, row_of_item
from sop.drawing.drawn import draw
from sop.models import SopVersion

_count = itertools.count(1)
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)

# As ppid.flows.passport writes it: one step without a standard, one late, one in time, one return.
PASSPORT = [
    {"number": 1, "kind": "step", "text": "Memutakhirkan", "office": "Bidang", "standard": "", "used": "",
     "days": None, "standard_days": None, "on_time": None, "done_on": "2026-11-10"},
    {"number": 2, "kind": "step", "text": "Mengoordinasikan", "office": "Bidang", "standard": "1 hari",
     "used": "2 hari", "days": 2, "standard_days": 1, "on_time": False, "done_on": "2026-11-12"},
    {"number": 4, "kind": "return", "text": "Dikembalikan ke langkah 3", "office": "PPID Utama", "standard": "3 hari",
     "used": "1 hari", "days": 1, "standard_days": 3, "on_time": None, "done_on": "2026-11-13"},
    {"number": 4, "kind": "step", "text": "Mengklarifikasi", "office": "PPID Utama", "standard": "3 hari",
     "used": "1 hari", "days": 1, "standard_days": 3, "on_time": True, "done_on": "2026-11-13"},
]  # fmt: skip


def private_store() -> FolderStore:
    """Return a store that stands in for the desk's."""
    return FolderStore(settings.PUBLIC_FILES.parent / "source")


def file(
    content: bytes = b"%PDF-1.7 isi", *, filename="laporan.pdf", media_type="application/pdf", title="Laporan", key=""
):
    """Make an approved file, its bytes in the stand-in store; ``key`` makes it the successor of another."""
    stored = private_store().put([content])
    key = key or f"{next(_count):012x}"
    return actions.ApprovedFile(key, title, filename, media_type, stored.size, stored.sha256, private_store())


def item(*, files=(), **fields) -> PublishedItem:
    """Put an item on the shelf; each is a day older than the one before, and none so old that it is to be renewed."""
    n = next(_count)
    filled = {
        "number": f"2026-{n:04}",
        "title": f"Laporan realisasi bantuan sosial {n}",
        "summary": "Jumlah penerima dan realisasi anggaran per kelurahan.",
        "category": "periodic",
        "unit_code": "dinsos",
        "unit_name": "Dinas Sosial",
        "responsible": "Sekretaris Dinas Sosial",
        "made_place": "Pontianak",
        "made_when": "5 November 2026",
        "made_from": date(2026, 11, 5),
        "made_to": date(2026, 11, 5),
        "has_softcopy": True,
        "has_hardcopy": False,
        "retention": "5 tahun",
        "published_at": timezone.now() - timedelta(days=n % 100),
        "passport": PASSPORT,
        "sop_slug": "pengumuman-informasi-publik",
        "sop_number": "/SOP.DINSOS/2023",
        **fields,
    }
    if filled["category"] == "periodic":
        filled.setdefault("rhythm", 6)
    return actions.put(PublishedItem(**filled), files)


def read(sha256: str, *, pages: int = 0, drawn: int | None = None, **fields) -> ReadFile:
    """Show what was read of a file: so many pages, each with a picture unless fewer were ``drawn``; or a table."""
    fields |= {"pages": pages} if pages else {}
    pictures = [
        showing.Picture(n, f"gambar {sha256} {n}".encode(), 1000, 1414)
        for n in range(1, (pages if drawn is None else drawn) + 1)
    ]
    row = ReadFile(sha256=sha256, **fields)
    assert showing.put_reading(row, pictures)
    return row


def announced(item: PublishedItem, pdf: bytes = b"%PDF-1.7 pengumuman") -> None:
    """Offer the item's announcement."""
    assert showing.put_announcement(item.number, item.edition, pdf)


def dik(**fields) -> DikEntry:
    """Put an entry on the list of excluded information."""
    n = next(_count)
    filled = {
        "number": f"2026-{n:04}",
        "information": "Data pribadi pemohon akta kelahiran",
        "unit_code": "disdukcapil",
        "unit_name": "Dinas Kependudukan dan Pencatatan Sipil",
        "legal_basis": "UU 14/2008 Pasal 17 huruf h",
        "consequence_if_open": "Mengungkap rahasia pribadi.",
        "consequence_if_closed": "Rahasia pribadi terlindungi.",
        "scope": "Seluruhnya",
        "term": "5 tahun",
        "ends_on": date(2031, 3, 1),
        "decree_number": "3/PPID/2026",
        "decree_date": date(2026, 3, 1),
        "adopted_at": NOW,
        **fields,
    }
    return actions.put_dik(DikEntry(**filled))


def register_edition(register: str = "dip", rows: list[Row] | None = None, **fields) -> PublishedRegister:
    """Put an edition on the shelf with its annex; without ``rows`` it holds every item or entry that stands there."""
    if rows is None and register == "dip":
        rows = [row_of_item(each) for each in PublishedItem.objects.order_by("number")]
    elif rows is None:
        rows = [row_of_entry(each) for each in DikEntry.objects.order_by("number")]
    filled = {
        "number": 1,
        "year": 2026,
        "as_of": NOW.date(),
        "decree_number": "1/PPID/2026",
        "decree_date": NOW.date(),
        "set_at": NOW,
        "size": len(rows),
        **fields,
    }
    edition = actions.put_register(PublishedRegister(register=register, **filled), rows)
    drawn = digest(edition.rows.order_by("position").values_list("key", "values"))
    actions.put_annex(edition, 1, b"%PDF-1.7 lampiran", drawn=drawn)
    return edition


def bundle(kind: str = "dip", content: bytes = b"%PDF-1.7 daftar", **fields) -> Bundle:
    """Put a finished bundle of one part on the shelf; it names ``keys``."""
    filled = {"filename": f"{kind}.pdf", "media_type": "application/pdf", "keys": ["2026-0001"], "rows": 1, **fields}
    begun = bundling.begin(kind, drawn="0" * 64, rows=1, total=1, on=NOW.date())
    made = bundling.Made(part=1, content=content, is_still_so=lambda: True, **filled)
    assert bundling.add(begun, [made], is_last=True)
    return Bundle.objects.get(pk=begun.pk)


def sop_file(content: bytes = b"{}", *, kind="json", filename="data.json", media_type="application/json"):
    """Make a file of a sheet, its bytes in the stand-in store."""
    stored = private_store().put([content])
    return actions.SopFile(kind, filename, media_type, stored.size, stored.sha256)


def sop(pdf: bytes = b"%PDF-1.7 lembar", *, files=(), **fields) -> PublishedSop:
    """Put an SOP on the shelf, with its kept PDF; without a drawn sheet unless ``sheet`` is given."""
    stored = private_store().put([pdf])
    filled = {
        "slug": "pengumuman-uji",
        "title": "PENGUMUMAN INFORMASI PUBLIK",
        "unit_code": "dinsos",
        "unit_name": "Dinas Sosial",
        "number": "/SOP.DINSOS/2023",
        "version": 1,
        "effective": "2023",
        "in_force_from": date(2026, 1, 5),
        "sheet": {},
        "pdf_sha256": stored.sha256,
        "pdf_size": stored.size,
        "approved_at": NOW,
        **fields,
    }
    return actions.put_sop(PublishedSop(**filled), files, source=private_store())


def page(slug: str = "profil", body: str = "Kantor kami ada di **Pontianak**.", *, edition: int = 1, note: str = ""):
    """Put an edition of a page of the office on the shelf."""
    return put_pages.put_page(slug, edition=edition, body=body, note=note, at=NOW)


def announcement(text: str = "Kantor tutup 24 Desember.", *, number: int = 1, days: int = 7, link: str = ""):
    """Put an announcement on top of the pages, to the end of the day in so many days."""
    ends_on = timezone.localdate() + timedelta(days=days)
    return put_pages.put_announcement(number, text=text, link=link, ends_on=ends_on, at=timezone.now())


def duty(code: str = "bk-profil-kedudukan", **fields) -> ShownDuty:
    """Show a duty: a «berkala» one of the city and every unit without periods, unless told otherwise."""
    filled = {
        "position": next(_count),
        "category": "periodic",
        "group": "a profil",
        "name": f"Kewajiban {code}",
        "scope": "all",
        "rhythm": "on_change",
        "max_months": 6,
        "nil_possible": True,
        "confidence": "2021-turunan",
        **fields,
    }
    obligation_actions.show_duty(code, **filled)
    return ShownDuty.objects.get(code=code)


def fill(number: str, duty: str = "bk-profil-kedudukan", unit: str = "dinsos", period: str = "", parts=()) -> None:
    """Let the item fill the cell."""
    obligation_actions.fill_with(number, [(duty, unit, period, tuple(parts))])


def word(kind: str, since: date, duty: str = "bk-profil-kedudukan", unit: str = "dinsos", period: str = "", **said):
    """Say this of the cell."""
    if kind != "worked_on":
        said.setdefault("reason", "Tidak ada pada unit ini.")
    obligation_actions.say(duty, unit, period, kind, DutyWord(since=since, **said))


def everything(**words) -> PublishedItem:
    """Put something of everything on the shelf; returns an item of two editions, which has files and these words."""
    report = file()
    former = item(files=[report], **words)
    read(report.sha256, pages=1)
    shown = item(
        number=former.number,
        title=former.title,
        files=[
            report,
            file(b"PK isi", filename='tabel "kelurahan" é.xlsx', media_type="application/zip", title="Tabel"),
        ],
    )
    announced(shown)
    for category in ("immediate", "on_demand"):
        item(category=category, unit_code="dinkes", unit_name="Dinas Kesehatan")
    dik()
    register_edition()
    register_edition(number=2)
    page()
    page(body="Kantor kami pindah.", edition=2, note="Pindah.")
    announcement()
    duty()
    fill(shown.number)
    for kind in ("dip", "dik", "reopened", "sop", "dump"):
        bundle(kind)
    sop(sheet=draw(SopVersion.objects.first().sheet()), files=[sop_file()])
    return shown
