"""What a sheet means by the words of a row's requirement and output: a table, and the reading of it.

The item's own documents, the output of an earlier row, something that is born at this row, or unknown. What the words
do not say plainly is unknown, and is asked for; nothing is guessed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

REQUIREMENT, OUTPUT = "requirement", "output"


class Source(StrEnum):
    """Where the proof of a part comes from."""

    NOTHING = "nothing"
    ITEM = "item"
    EARLIER = "earlier"
    BORN = "born"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a part's words mean: ``kind`` is what is born (a key of ``NAMES``), ``row`` whose output it was earlier."""

    source: Source
    kind: str = ""
    row: int = 0

    @property
    def key(self) -> str:
        """What the ledger keeps of it."""
        return self.kind if self.source == Source.BORN else str(self.source)


@dataclass(frozen=True, slots=True)
class Row:
    """A row's words, and the keys of the lawful steps that it carries."""

    number: int
    requirement: str
    output: str
    carries: Sequence[str] = ()

    def words(self, part: str) -> str:
        return self.requirement if part == REQUIREMENT else self.output


# What is born in a flow, as people read it. A signed one counts only with its signatures.
NAMES = {
    "coordination_letter": "surat koordinasi",
    "coordination_report": "laporan koordinasi",
    "exclusion_list": "daftar informasi yang akan dikecualikan",
    "test_sheet": "lembar uji konsekuensi yang bertanda tangan",
    "minutes": "berita acara uji konsekuensi",
    "decree": "surat penetapan klasifikasi yang bertanda tangan",
    "receipt": "tanda terima",
}
SIGNED = frozenset({"test_sheet", "minutes", "decree"})

# What the law has born at a lawful step, whatever its row calls the output (Perki 1/2021 art. 49, PP 61/2010 art. 3).
BORN_BY_LAW = {"test_consequences": "test_sheet", "adopt": "decree"}

# What the words name, the first that fits; k, s and kw are written as people write them.
_CONSEQUENCE = r"(?:konsekuensi|konsekwensi|kosekuensi|kosekwensi)"
_BORN: tuple[tuple[str, str], ...] = (
    (r"\blaporan (?:hasil )?(?:rapat )?koordinasi\b", "coordination_report"),
    (
        r"\bsurat (?:permintaan |pengantar )?koordinasi\b|\bsurat permintaan (?:data|informasi|dokumen)\b",
        "coordination_letter",
    ),
    (rf"\bberita acara (?:hasil )?(?:uji|pengujian) {_CONSEQUENCE}\b", "minutes"),
    (rf"\blembar (?:hasil )?(?:uji|pengujian)(?: {_CONSEQUENCE})?\b", "test_sheet"),
    (r"\b(?:surat|keputusan|sk)(?: keputusan)?(?: ppid)?(?: tentang)? penetapan\b", "decree"),
    (r"\btanda terima\b|\bbukti serah terima\b", "receipt"),
    (r"\bdaftar (?:usulan )?informasi(?: dan dokumentasi)? (?:yang )?(?:akan )?dikecualikan\b", "exclusion_list"),
)
_PATTERNS = tuple((re.compile(pattern), kind) for pattern, kind in _BORN)
# What goes on from row to row under the same name, rather than being made anew.
_PASSED_ON = frozenset({"exclusion_list"})


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# The item itself: only such words, and a noun among them.
_NOUNS = _listed("dokumen dokumentasi informasi file berkas data konten softcopy hardcopy")
_ABOUT = _listed(
    """
    rancangan draf draft konsep naskah final publik berkala serta merta setiap saat dan atau yang akan telah sudah siap
    diverifikasi diklarifikasi disetujui disiapkan diperbarui dimutakhirkan diumumkan dipublikasikan dikecualikan
    oleh ppid utama pelaksana pembantu untuk terbaru terkini
    """
)
# Where the item is once it is public: such words mean it from the row on that publishes.
_PUBLIC = _listed("pada di portal laman situs website web dapat diakses dibaca diunduh")


def meaning(rows: Mapping[int, Row], number: int, part: str) -> Meaning:
    """Return what the words of this part of row ``number`` mean, on the sheet with these ``rows``."""
    row = rows[number]
    if part == OUTPUT and (by_law := next((BORN_BY_LAW[key] for key in row.carries if key in BORN_BY_LAW), None)):
        return Meaning(Source.BORN, by_law)
    words = _plain(row.words(part))
    if not words:
        return Meaning(Source.NOTHING)
    is_public = any("publish" in rows[earlier].carries for earlier in rows if earlier <= number)
    if _is_the_item(words, _PUBLIC if is_public else frozenset()):
        return Meaning(Source.ITEM)
    kind = _born(words)
    if part == REQUIREMENT or kind in _PASSED_ON:
        earlier = _earlier_output(rows, number, words, kind)
        if earlier is not None:
            return earlier
    return Meaning(Source.BORN, kind) if kind else Meaning(Source.UNKNOWN)


def _earlier_output(rows: Mapping[int, Row], number: int, words: str, kind: str) -> Meaning | None:
    """Return the nearest earlier output that is called the same, or is the same thing."""
    for earlier in sorted((each for each in rows if each < number), reverse=True):
        output = _plain(rows[earlier].output)
        if output and (output == words or kind and _born(output) == kind):
            before = meaning(rows, earlier, OUTPUT)
            return before if before.source in (Source.ITEM, Source.EARLIER) else Meaning(Source.EARLIER, row=earlier)
    return None


def _plain(words: str) -> str:
    return " ".join(re.sub(r"[^\w/]+", " ", words.casefold()).split())


def _is_the_item(words: str, besides: frozenset[str]) -> bool:
    said = set(words.replace("/", " ").split())
    return bool(said & _NOUNS) and said <= _NOUNS | _ABOUT | besides


def _born(words: str) -> str:
    return next((kind for pattern, kind in _PATTERNS if pattern.search(words)), "")
