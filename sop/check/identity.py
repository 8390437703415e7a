"""How the identity part is filled in: number, effective date, signatory, and the law that the sheet rests on."""

import re

from ppid.web.dates import full_date
from sop.check.rules import At, rule
from sop.legal_bases import Reference, parse

# The signatory's number stands after «NIP» or «No.», or is a line of digits and blanks.
_NIP = re.compile(r"^\W*(?:nip|no)\b\W*(?P<digits>[\d\s.-]*)$|^\s*(?P<bare>\d[\d\s.-]{9,})$", re.IGNORECASE)
NIP_LENGTH = 18

_PUBLIC_INFORMATION = re.compile(r"\bppid\b|\binformasi\s+(?:publik|yang\s+dikecualikan|dikecualikan)\b", re.IGNORECASE)
GOVERNING_LAW = {
    Reference("uu", "14", 2008): "UU Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik",
    Reference("pp", "61", 2010): "PP Nomor 61 Tahun 2010 tentang Pelaksanaan UU Nomor 14 Tahun 2008",
    Reference("perki", "1", 2021): "Perki Nomor 1 Tahun 2021 tentang Standar Layanan Informasi Publik",
}


@rule("W4", "NIP penanda tangan terdiri atas 18 angka.")
def nip_is_whole(sheet):
    for line in sheet.signatory:
        found = _NIP.match(line)
        if not found:
            continue
        digits = re.sub(r"\D", "", found["digits"] or found["bare"] or "")
        if len(digits) != NIP_LENGTH:
            yield At(
                f"NIP pada «{line.strip()}» terdiri atas {len(digits)} angka, padahal NIP terdiri atas {NIP_LENGTH}.",
                "signatory",
            )


@rule("W5", "Nomor SOP lengkap dengan nomor urutnya.")
def number_is_whole(sheet):
    if not sheet.number.strip():
        yield At("Nomor SOP masih kosong.", "number")
    elif not re.match(r"\s*[^\W_]", sheet.number):
        yield At(f"Nomor urut di depan «{sheet.number.strip()}» masih kosong.", "number")


@rule("W6", "Tanggal efektif adalah tanggal yang lengkap.")
def effective_is_a_day(sheet):
    if full_date(sheet.effective) is None:
        printed = (
            f"«{sheet.effective.strip()}» bukan tanggal yang lengkap" if sheet.effective.strip() else "masih kosong"
        )
        yield At(f"Tanggal efektif {printed}. Tuliskan hari, bulan, dan tahunnya.", "effective")


@rule("W7", "Dasar hukum SOP layanan informasi publik memuat UU 14/2008, PP 61/2010, dan Perki 1/2021.")
def governing_law_is_named(sheet):
    if not _PUBLIC_INFORMATION.search(" ".join([sheet.title, *sheet.performers])):
        return
    named = {parse(basis) for basis in sheet.lists["legal_bases"]}
    if missing := [words for reference, words in GOVERNING_LAW.items() if reference not in named]:
        yield At(
            f"Dasar hukum belum memuat {'; '.join(missing)}. Pertimbangkan untuk menambahkannya.",
            "legal_bases",
        )


RULES = [nip_is_whole, number_is_whole, effective_is_a_day, governing_law_is_named]
