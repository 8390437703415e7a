"""A row of an office's DIK read as an exclusion: its ground, its term, its decree, and what has to be looked at.

What the law or the database would refuse later is said here with the row; nothing is made up that the list leaves out.
"""

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils.formats import date_format

from ppid.information.classification import YEARS_OF_GROUND_A, ExclusionGround
from ppid.information.made_when import days_meant
from ppid.takeover.rows import LENGTHS, Reading

_LONGEST = {
    "public_description": ("Informasi yang dikecualikan", 1000),
    "if_open": ("Konsekuensi bila dibuka", 4000),
    "if_closed": ("Konsekuensi bila ditutup", 4000),
    "scope_said": ("Bagian yang dikecualikan", 4000),
    "term": ("Jangka waktu", 200),
    "decree_number": ("Nomor surat penetapan", 120),
    "other_statute": ("Undang-undang lain", 500),
}
_MOST_YEARS = 200
# The letters whose exclusion ends (UU 14/2008 article 20).
_WITH_AN_END = set("abcdef")
_ARTICLE_17 = re.compile(r"\bpasal\s*17\b(?P<after>[^;\n]*)")
_STOP = re.compile(r"\b(uu|undang|pasal|jo|juncto|peraturan)\b")
_LETTER = re.compile(r"(?<!\w)[a-z](?!\w)")
_OWN_LAW = re.compile(
    r"(uu|undang-? ?undang)( ri| republik indonesia)?\s*(kip\b|(nomor|no\.?)?\s*14\s*(tahun|/)\s*2008)", re.IGNORECASE
)
_STATUTE = re.compile(
    r"\b(uu|undang-? ?undang|peraturan|perppu|pp|perpres|permen\w*|perda|kuhp|kuhap)\b", re.IGNORECASE
)
_PARTS = re.compile(r"[;\n]|\bjo\b\.?|\bjuncto\b|(?:,|\bdan\b|\bserta\b)\s*(?=(?:UU|Undang|Peraturan|PP|Pasal)\b)")
_LASTS = re.compile(r"\b(?P<count>\d{1,3})\s*(?:\([^)]*\)\s*)?(?P<unit>tahun|bulan)\b")
_UNTIL = re.compile(r"^.*?\b(?:s\.? ?d\.?|sampai(?: dengan)?|hingga)\s+(?:tanggal\s+)?")
_NO_END = re.compile(r"\b(permanen|selamanya|seterusnya|tidak terbatas|tanpa batas)\b")
_BEFORE_A_DAY = re.compile(r"\b(?:tanggal|tertanggal|tgl)\b\.?:?|[,\n|]|\s/\s", re.IGNORECASE)
_NUMBER = re.compile(r"^(?:nomor|no)\b\.?\s*:?\s*", re.IGNORECASE)


class ExcludedReading(Reading):
    """What one row of a DIK says."""

    def _values(self) -> dict[str, Any]:
        described = self.line("title")
        if not described:
            self.problem("informasi yang dikecualikan kosong, maka tidak diambil.")
        title = described
        if len(title) > LENGTHS["title"]:
            title = f"{title[: LENGTHS['title'] - 1].rsplit(' ', 1)[0]}…"
        values: dict[str, Any] = {"number": self.line("number"), "title": title, "public_description": described}
        values |= {"unit": self._unit(), "unit_called": self.line("unit"), "category": ""}
        values |= {"if_open": self.text("if_open"), "if_closed": self.text("if_closed")}
        values |= self._ground() | self._scope() | self._decree()
        values |= self._term(values)
        if empty := [_LONGEST[name][0] for name in ("if_open", "if_closed") if not values[name]]:
            self.doubt("empty", f"belum diisi di tabel: {', '.join(empty)}.")
        for name, (label, most) in _LONGEST.items():
            if len(values[name]) > most:
                self.problem(f"{label} lebih panjang dari {most} huruf. Ringkas di tabel.")
        return values

    def _ground(self) -> dict[str, Any]:
        basis, letters = self.text("legal_basis"), []
        for found in _ARTICLE_17.finditer(basis.casefold()):
            letters += _LETTER.findall(_STOP.split(found["after"], maxsplit=1)[0])
        known = [letter for letter in dict.fromkeys(letters) if letter in ExclusionGround.values]
        unknown = [letter for letter in dict.fromkeys(letters) if letter not in ExclusionGround.values]
        if not known:
            said = f"dasar hukum «{self.line('legal_basis')}»" if basis else "dasar hukum kosong:"
            self.problem(f"{said} tidak menyebut huruf a sampai j pasal 17 UU 14/2008. Tulis hurufnya di tabel.")
        elif unknown:
            self.doubt("ground", f"huruf {', '.join(unknown)} tidak ada di pasal 17; dibaca huruf {', '.join(known)}.")
        others = [part.strip(" ,.()") for part in _PARTS.split(basis)]
        others = [" ".join(part.split()) for part in others if _STATUTE.search(_OWN_LAW.sub("", part))]
        if "j" in known and not others:
            self.problem("huruf j memerlukan undang-undang lain yang mendasarinya. Sebutkan di kolom dasar hukum.")
        return {"grounds": known, "other_statute": "; ".join(others)}

    def _scope(self) -> dict[str, str]:
        said = self.line("scope")
        if "sebagian" in said.casefold():
            return {"scope": "part", "scope_said": said}
        if said and "seluruh" not in said.casefold():
            self.problem(f"«{said}» di {self.column('scope')} bukan «seluruhnya» atau «sebagian».")
        elif not said:
            self.doubt("scope", "tidak tertulis seluruhnya atau sebagian; dicatat dikecualikan seluruhnya.")
        return {"scope": "whole", "scope_said": ""}

    def _decree(self) -> dict[str, str]:
        number, written = self.line("decree_number"), self.line("decree_date")
        if both := self.text("decree"):
            named, day_said = _number_and_day(both)
            number, written = number or named, written or day_said
        number, found = _NUMBER.sub("", number), days_meant(written) if written else None
        day = found.first if found and found.first == found.last else None
        if not number and not written:
            self.doubt("decree", "tidak menyebut surat penetapan; dipakai nomor dan tanggal SK daftar ini.")
        elif not number:
            self.problem(
                "surat penetapan tanpa nomor. Lengkapi, atau kosongkan juga tanggalnya bila memakai SK daftar."
            )
        elif day is None:
            said = f"tanggal surat penetapan «{written}» tidak terbaca" if written else "surat penetapan tanpa tanggal"
            self.problem(f"{said}. Tulis tanggal, bulan, dan tahunnya.")
        elif day > self.on:
            self.problem(f"tanggal surat penetapan {date_format(day)} belum tiba.")
        return {"decree_number": number, "decree_date": day.isoformat() if day and day <= self.on else ""}

    def _term(self, values: dict[str, Any]) -> dict[str, Any]:
        said = self.line("term")
        decided = date.fromisoformat(values["decree_date"]) if values["decree_date"] else None
        end, months = self._ends(said)
        if months and decided:
            end = decided + relativedelta(months=months)
        if months:
            since = f"surat penetapan, sampai {date_format(end)}" if end else "tanggal SK daftar ini"
            self.doubt("term", f"jangka waktu «{said}» dihitung sejak {since}.")
        elif end is None and _WITH_AN_END & set(values["grounds"]):
            self.problem(f"jangka waktu «{said}» tanpa tanggal: menurut huruf a sampai f ada akhirnya (pasal 20).")
        elif end is None and not _NO_END.search(said.casefold()):
            called = f"jangka waktu «{said}» tidak menyebut tanggal" if said else "jangka waktu kosong"
            self.doubt("term", f"{called}; dicatat tanpa tanggal berakhir.")
        if months > 12 * _MOST_YEARS or (end and end > self.on + relativedelta(years=_MOST_YEARS)):
            self.problem(
                f"jangka waktu «{said}» lebih dari {_MOST_YEARS} tahun. Periksa tahunnya, atau tulis permanen."
            )
        elif broken := _broken(values["grounds"], decided, end, on=self.on):
            self.problem(broken)
        return {"term": said or "Tidak tertulis", "ends_on": end.isoformat() if end else "", "months": months}

    @staticmethod
    def _ends(said: str) -> tuple[date | None, int]:
        """Return the last day that the words name, or else how many months they last; None and 0 for neither."""
        words = said.casefold()
        if found := days_meant(_UNTIL.sub("", words)):
            return found.last, 0
        if lasts := _LASTS.search(words):
            return None, int(lasts["count"]) * (12 if lasts["unit"] == "tahun" else 1)
        return None, 0


def decided_on(values: Mapping[str, Any], sk_date: date) -> date:
    """Return the day of the row's decree: its own, or that of the list's SK."""
    return date.fromisoformat(values["decree_date"]) if values["decree_date"] else sk_date


def ends_on(values: Mapping[str, Any], sk_date: date) -> date | None:
    """Return the last day of the row's term, None for one without an end."""
    if values["ends_on"]:
        return date.fromisoformat(values["ends_on"])
    return decided_on(values, sk_date) + relativedelta(months=values["months"]) if values["months"] else None


def broken_by(values: Mapping[str, Any], sk_date: date, *, on: date) -> str:
    """Return what makes the row unfit once the day of the list's SK is known, as a sentence; "" when nothing does."""
    return _broken(values["grounds"], decided_on(values, sk_date), ends_on(values, sk_date), on=on)


def _broken(grounds: Collection[str], decided: date | None, end: date | None, *, on: date) -> str:
    if end is None:
        return ""
    if end < on:
        return f"jangka waktunya berakhir {date_format(end)}, jadi informasi ini sudah terbuka dan tidak diambil."
    if decided is None:
        return ""
    if end <= decided:
        return "jangka waktunya berakhir sebelum surat penetapannya."
    if "a" in grounds and end > decided + relativedelta(years=YEARS_OF_GROUND_A):
        return "pengecualian menurut huruf a paling lama 30 tahun (pasal 20)."
    return ""


def _number_and_day(said: str) -> tuple[str, str]:
    """Part «12/PPID/2025, 6 Januari 2025» into number and day; the day is "" when none is read at its end."""
    for sign in _BEFORE_A_DAY.finditer(said):
        day = said[sign.end() :].strip(" ,.:")
        if days_meant(day):
            return " ".join(said[: sign.start()].split()).strip(" ,"), day
    return " ".join(said.split()), ""
