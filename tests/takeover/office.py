"""Builders of takeovers: each by the acts that people take."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from ppid.organisation.models import User
from ppid.takeover import deciding, preparing, working
from ppid.takeover.models import Takeover
from tests import make
from tests.takeover.tables import HEAD, ROW, csv


def rows(count: int) -> list[list[str]]:
    return [[str(n), f"Laporan nomor {n}", *ROW[2:]] for n in range(1, count + 1)]


def table(*more: list[str], head: list[str] = HEAD) -> SimpleUploadedFile:
    return SimpleUploadedFile("dip.csv", csv([head, *more]))


def read(*more: list[str], way: str = "moved", by: str | User = "bidang", **how) -> Takeover:
    """Return a takeover whose rows were read."""
    actor = by if isinstance(by, User) else make.demo(by)
    draft = preparing.upload(table(*(more or rows(3))), actor=actor)
    return preparing.dry_run(draft, actor=actor, place=0, way=way, **how)


def proposed(*more: list[str], by: str = "bidang") -> Takeover:
    takeover = read(*more, by=by)
    for kind, _, _ in preparing.open_doubts(takeover):
        preparing.settle(takeover, kind, actor=make.demo(by))
    return deciding.propose(takeover, actor=make.demo(by), **decree())


def decree(**changed) -> dict:
    return {"sk_number": "12/PPID/2025", "sk_date": date(2025, 1, 6), "scan": make.pdf("sk.pdf")} | changed


def approved(*more: list[str]) -> Takeover:
    return deciding.approve(proposed(*more), actor=make.demo("utama"))


def carried_out(takeover: Takeover) -> Takeover:
    while working.carry_on(takeover.pk):
        pass
    takeover.refresh_from_db()
    return takeover


DIK_HEAD = [
    "No",
    "Informasi",
    "Unit",
    "Dasar hukum pengecualian",
    "Konsekuensi bila dibuka",
    "Konsekuensi bila ditutup",
    "Jangka waktu",
    "Nomor dan tanggal surat penetapan",
    "Seluruhnya atau sebagian",
]
DIK_ROW = [
    "1",
    "Data penerima bantuan sosial",
    "Dinas Sosial",
    "Pasal 17 huruf h UU Nomor 14 Tahun 2008",
    "Kehidupan pribadi penerima terbuka.",
    "Penerima terlindungi.",
    "Sampai 31 Desember 2040",
    "7/DIK/2024, 5 Februari 2024",
    "Seluruhnya",
]


def excluded(**changed: str) -> list[str]:
    """Return a row of a DIK with these cells in the place of the usual ones, by their place."""
    return [changed.get(f"c{place}", cell) for place, cell in enumerate(DIK_ROW)]


def read_dik(*more: list[str], by: str = "bidang", head: list[str] = DIK_HEAD, **how) -> Takeover:
    """Return a takeover of a DIK whose rows were read."""
    actor = make.demo(by)
    draft = preparing.upload(table(*(more or [DIK_ROW]), head=head), kind="dik", actor=actor)
    return preparing.dry_run(draft, actor=actor, place=0, way="moved", **how)


def proposed_dik(*more: list[str], by: str = "bidang", **changed) -> Takeover:
    takeover = read_dik(*more, by=by)
    for kind, _, _ in preparing.open_doubts(takeover):
        preparing.settle(takeover, kind, actor=make.demo(by))
    return deciding.propose(takeover, actor=make.demo(by), **decree(**changed))


def carried_out_dik(*more: list[str], **changed) -> Takeover:
    return carried_out(deciding.approve(proposed_dik(*more, **changed), actor=make.demo("utama")))
