"""The legal bases on record: recognising one in the words of a sheet, and suggesting one to whoever types.

A sheet keeps its own words for ever; the record only says what they refer to and whether it is still in force.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from ppid.organisation.models import User
from sop.guards import SopForbidden, SopRefused
from sop.models import LegalBasis, SopVersion
from sop.permissions import keeps_any

_KINDS = [
    ("other", r"peraturan\s+pemerintah\s+pengganti\b|perppu\b"),
    ("uu", r"undang\W{0,3}undang\b|uu\b"),
    ("pp", r"peraturan\s+pemerintah\b|pp\b"),
    ("perpres", r"peraturan\s+presiden\b|perpres\b"),
    ("permen", r"peraturan\s+menteri\b|permen[a-z]*\b"),
    ("perki", r"peraturan\s+komisi\s+informasi\b|perki\b"),
    ("perda", r"peraturan\s+daerah\b|perda\b"),
    ("perwal", r"peraturan\s+wali\s*kota\b|perwa(?:l|li|ko)?\b"),
    ("other", r"peraturan\b|keputusan\b|instruksi\b|surat\s+edaran\b"),
]
_LEAD = r"^\W*(?:(?:\d{1,2}|[a-z])\s*[.)]\s+)?"
_NUMBER = re.compile(
    r"^(?P<between>(?:(?!\btentang\b).){0,160}?)"
    r"(?:\b(?:nomor|nomer|no\b\.?)\s*:?\s*"
    r"(?:(?P<number>[a-z0-9][\w./-]*?)\s*(?:tahun|th\.?)\s*(?P<year>\d{4})"
    r"|(?P<slashed>[a-z0-9][\w.-]*)\s*/\s*(?P<slashed_year>\d{4}))\b"
    r"|\b(?P<short>\d{1,3})\s*(?:/|\s+tahun\s+)\s*(?P<short_year>\d{4})\b)"
    r"(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_ROMAN = re.compile(r"(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}

# One of a kind in the country; of the others, each ministry and each city has its own number 1 of a year.
_NATIONAL = {"uu", "pp", "perpres", "perki"}
_YEARS = range(1800, 2200)


@dataclass(frozen=True, slots=True)
class Reference:
    """What a text refers to: kind, number and year of a regulation."""

    kind: str
    number: str
    year: int


def parse(text: str) -> Reference | None:
    """Return the regulation that the text begins with, or None; «UU No. 14/2008» is read as its full name is."""
    found = _read(text)
    return found[0] if found else None


def recognise(text: str) -> LegalBasis | None:
    """Return the record that the text refers to; None when there is none or when it can't be told which."""
    return recognise_all([text])[0]


def recognise_all(texts: Iterable[str]) -> list[LegalBasis | None]:
    """Return for each text its record or None, with one query for all."""
    read = [_read(text) for text in texts]
    named = {each[0] for each in read if each}
    numbers = {reference.number for reference in named}
    on_record = {}
    for basis in LegalBasis.objects.filter(number__in=numbers).select_related("replaced_by"):
        on_record.setdefault(Reference(basis.kind, basis.number, basis.year), []).append(basis)
    return [_fitting(on_record.get(each[0], []), *each) if each else None for each in read]


def suggestions(words: str, *, limit: int = 8) -> list[LegalBasis]:
    """Return the records that fit what has been typed so far: those it names, or those that hold all its words."""
    reference = parse(words)
    if reference:
        named = LegalBasis.objects.filter(kind=reference.kind, number=reference.number, year=reference.year)
        if found := list(named[:limit]):
            return found
    kind, rest = _kind_of(words)
    found = LegalBasis.objects.filter(kind=kind) if kind else LegalBasis.objects.all()
    for word in re.findall(r"[^\W_]+", rest):
        if word.casefold() not in {"nomor", "no", "tahun", "tentang"}:
            found = found.filter(Q(title__icontains=word) | Q(number=word) | Q(year__contains=word))
    return list(found[:limit])


@transaction.atomic
def record(basis: LegalBasis, *, actor: User) -> LegalBasis:
    """Save a record, new or changed. Raises SopRefused, also for one that stands there already."""
    _one_change_at_a_time()
    if not keeps_any(actor, on=timezone.localdate()):
        raise SopForbidden("Hanya Pengelola SOP atau PPID Utama yang dapat mengubah catatan dasar hukum.")
    if basis.replaced_by_id and basis.status != LegalBasis.Status.REVOKED:
        raise SopRefused(
            "Yang sudah digantikan keadaannya dicabut. Ubah keadaannya, atau hapus penggantinya.",
            fields=["replaced_by"],
        )
    replacements = dict(LegalBasis.objects.values_list("pk", "replaced_by"))
    seen, newer = {basis.pk}, basis.replaced_by_id
    while newer:
        if newer in seen:
            raise SopRefused(
                f"Penggantinya digantikan kembali oleh {basis}. Pilih pengganti yang lain.", fields=["replaced_by"]
            )
        seen.add(newer)
        newer = replacements.get(newer)
    same = LegalBasis.objects.filter(kind=basis.kind, number=basis.number, year=basis.year, title=basis.title)
    if same.exclude(pk=basis.pk).exists():
        raise SopRefused("Dasar hukum ini sudah tercatat.", fields=["title"])
    basis.save()
    return basis


def _one_change_at_a_time() -> None:
    """Let whoever records a law wait for the one before: two at once could replace each other in a circle."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE sop_legalbasis IN SHARE ROW EXCLUSIVE MODE")


def uses() -> dict[int, list[SopVersion]]:
    """Return by each record's key the versions that rest on it, of those that are not past."""
    past = [SopVersion.State.SUPERSEDED, SopVersion.State.RETIRED]
    versions = list(SopVersion.objects.exclude(state__in=past).select_related("sop__unit").order_by("title", "version"))
    texts = sorted({text for version in versions for text in version.legal_bases})
    meant = dict(zip(texts, recognise_all(texts), strict=True))
    used = {}
    for version in versions:
        for pk in {meant[text].pk for text in version.legal_bases if meant[text]}:
            used.setdefault(pk, []).append(version)
    return used


def _kind_of(text: str) -> tuple[str, str]:
    """Return the kind that the text begins with, "" for none, and what stands after it."""
    for kind, words in _KINDS:
        if found := re.match(f"{_LEAD}(?:{words})", text, re.IGNORECASE):
            return kind, text[found.end() :]
    return "", text


def _read(text: str) -> tuple[Reference, str] | None:
    """Return the reference, and the words after it, which hold the title."""
    kind, rest = _kind_of(" ".join(text.split()))
    found = _NUMBER.match(rest) if kind else None
    if not found:
        return None
    year = int(found["year"] or found["slashed_year"] or found["short_year"])
    if year not in _YEARS:
        return None
    return Reference(kind, _plain_number(found["number"] or found["slashed"] or found["short"]), year), found["rest"]


def _plain_number(number: str) -> str:
    """Return the number as the records have it: «02» is 2, «XI» is 11, «p.10/menlhk» in capitals."""
    if number.isascii() and number.isdigit():
        return str(int(number))
    if _ROMAN.fullmatch(number):
        values = [_ROMAN_VALUES[letter] for letter in number.casefold()]
        signed = [-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True)]
        return str(sum(signed))
    return number.upper()


def _fitting(bases: list[LegalBasis], reference: Reference, rest: str) -> LegalBasis | None:
    """Return the one record that is meant; where kind, number and year don't tell, the titles' words must."""
    if reference.kind in _NATIONAL:
        return bases[0] if len(bases) == 1 else None
    if "tentang" not in rest.casefold():
        return bases[0] if len(bases) == 1 else None
    said = _words(rest)
    alike = [basis for basis in bases if len(said & _words(basis.title)) * 2 >= len(_words(basis.title))]
    return alike[0] if len(alike) == 1 else None


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]{3,}", text.casefold())) - {"tentang", "dan", "yang", "atas"}
