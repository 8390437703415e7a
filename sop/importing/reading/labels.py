"""The words by which offices head the parts of a sheet, and how they are recognised."""

import re
from functools import lru_cache

from ppid.worktime.durations import DurationUnit
from sop.durations import unit_in
from sop.sheet import Kind

# Of the identity part: a field of the sheet with one value each.
_FACTS = {
    "number": r"(nomor|no\.?|nomer)( dokumen)?( sop)?",
    "created": r"(tanggal|tgl\.?) (pembuatan|pembuatannya|dibuat|penyusunan|ditetapkan|penetapan)",
    "revised": r"(tanggal|tgl\.?) (revisi|direvisi|perubahan)",
    "effective": r"(tanggal|tgl\.?) (efektif|pengesahan|diberlakukan|berlaku|mulai berlaku)",
    "signatory": r"(disahkan|ditetapkan)( oleh)?|pengesahan",
    "letterhead": r"kop( surat)?",
    "heading": r"judul bagian",
    "title": r"(nama|judul)( sop| prosedur)?|nama standar operasional prosedur",
}
# And those with a list beneath.
_LISTS = {
    "legal_bases": r"dasar hukum",
    "qualifications": r"kualifikasi( pelaksana(an)?)?",
    "related": r"keterkaitan( dengan)?( sop| prosedur)?( lain(nya)?)?",
    "equipment": r"peralatan( ?(/|dan|&) ?perl?engkapan)?( kerja)?|perl?engkapan( ?(/|dan|&) ?peralatan)?",
    "warnings": r"peringatan",
    "records": r"pencatatan( ?(dan|&|/) ?pendataan)?",
}
# The columns of the procedure part; whatever stands between activity and requirement is a performer.
_DEED = r"(aktivitas|aktifitas|kegiatan|prosedur|proses|pekerjaan)"
_COLUMNS = {
    "number": r"no\.?|nomor|no\.? ?urut|nomor urut|nmr\.?|#",
    "text": rf"((uraian|rincian|urutan|nama|jenis|detail|alur|deskripsi|langkah|langkah[- ]langkah|tahap|tahapan)"
    rf"( {_DEED}| tugas| kerja)?|(?!proses){_DEED}( kerja| sop| pelayanan)?)",
    "performer": r"(unit )?pelaksana( kegiatan| sop)?|pelaku|aktor|penanggung ?jawab|unit kerja terkait",
    "quality": r"mutu baku|standar mutu|baku mutu",
    "requirement": r"(per)?syarat(an)?|(ke|per)lengkapan( kerja)?|input|masukan"
    r"|persyaratan( ?(/|dan|&) ?(per)?(ke)?lengkapan)?",
    "duration": r"((batas|jangka|estimasi|target|norma|standar|lama|lamanya|perkiraan) )?waktu"
    r"( penyelesaian| pelaksanaan| proses| kerja| pengerjaan)?|lama(nya)?( penyelesaian)?|durasi( waktu)?",
    "output": r"out ?put|keluaran|luaran|hasil( kegiatan| kerja| akhir)?",
    "note": r"ket\.?|keterangan|catatan",
}
_LONGEST_HEAD = 80  # letters
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_BETWEEN = re.compile(r"\s*(?:/|&|,|\bdan\b|\batau\b)\s*")
_KNOWN_HEADINGS = re.compile(
    r"(standar|standard) operasional prosedur( \(sop\))?|(standar|standard) operating procedures?|sop|s\.o\.p\.?"
    r"|pembagian langkah kepada pelaksana adalah penafsiran portal dan belum dikonfirmasi"
    r"(\.? gambar alir (tidak ada )?pada naskah sumber( dibaca oleh portal)?)?|pembagian pelaksana"
    r"|(bagian )?(identitas|prosedur)( sop)?|(bagan|diagram) alir|flow ?chart|:|lanjutan|\(lanjutan\)",
)
_COMPILED = {
    name: {field: re.compile(pattern) for field, pattern in table.items()}
    for name, table in {"fact": _FACTS, "list": _LISTS, "column": _COLUMNS}.items()
}
_LISTED = re.compile(r"^(?:\d{1,2}|[a-z])[.)] ?(?=[a-z])")

# What is drawn in letters: arrows and strokes are lines between the shapes, a lone dash says that nothing stands there.
_STROKE = "[\\s\u2190-\u21ff\u2500-\u257f\u2794-\u27be\u27f0-\u27ff\u2b00-\u2b11▲►▼◄<>|_=~–—-]+"
_STROKES = re.compile(f"^{_STROKE}|{_STROKE}$")
DRAWN_IN_LETTERS: dict[str, Kind | None] = {
    **dict.fromkeys("◊◇⋄⬦♢⟐⬨", "decision"),
    **dict.fromkeys("□▭▯▢◻⬜▱", "process"),
    **dict.fromkeys("⬭⬬◯⭘⬯", None),  # a capsule: start or end
}
EMPTY_BOXES = {"☐", "□", "◻", "▢", "⬜", "( )", "()", "[ ]", "[]"}

MARKS = {*"xv√✓✔●•■◆○*o☑☒✗✘", "ü", "l", "n", "v.", "x.", "ok"}
START_WORDS = {"mulai", "start", "begin"}
END_WORDS = {"selesai", "end", "finish", "stop", "berakhir"}
ANSWER_WORDS = {"ya", "tidak", "y", "t", "yes", "no", "n", "tdk", "setuju", "tidak setuju"}
SYMBOL_WORDS: dict[str, Kind] = {
    "proses": "process",
    "keputusan": "decision",
    "process": "process",
    "decision": "decision",
}

# The table of decisions in our own exports.
EXITS_HEAD = ["no", "jika ya, ke langkah", "jika tidak, ke langkah", "jalan kembali"]
ADDED_EXIT = "tambahan portal"

# Where the numbers between items were lost: words that begin an item, not after a word that leads on to them.
_BEGINNINGS = {
    "legal_bases": r"(?:Undang-Undang|Peraturan|Keputusan|Instruksi|Surat Edaran)\b",
    "related": r"SOP\b",
}
_LEADING_ON = {
    *("atas", "tentang", "dan", "dengan", "dari", "dalam", "pada", "oleh", "atau", "kepada", "untuk", "bahwa"),
    *("pelaksanaan", "memahami", "terhadap", "sesuai", "penetapan", "pembentukan", "menurut", "di", "ke"),
}


def normal(text: str) -> str:
    """Return the words in lower case, with single spaces and without what offices put around a caption."""
    return " ".join(text.lower().replace("\xa0", " ").split()).strip(" :.;")


def label_of(text: str) -> tuple[str, str, str] | None:
    """Recognise a caption of the identity part.

    Returns its kind ("fact" or "list"), its field, and what stands after it on the line («Nomor SOP : 12»).
    """
    head, colon, rest = text.partition(":")
    for words, after in ((text, ""), (head, rest.strip()) if colon else ("", "")):
        words = normal(words)
        if words and len(words) <= _LONGEST_HEAD and (found := _label_named(_LISTED.sub("", words))):
            return *found, after
    return None


@lru_cache(maxsize=1024)
def _label_named(words: str) -> tuple[str, str] | None:
    for kind in ("fact", "list"):
        for field, pattern in _COMPILED[kind].items():
            if words and pattern.fullmatch(words):
                return kind, field
    return None


def numbered_label(text: str) -> tuple[str, int] | None:
    """Recognise a caption with its item's number, «Dasar Hukum 2», as our own workbooks have them."""
    words, _, number = text.strip().rpartition(" ")
    if not (number.isascii() and number.isdigit()):
        return None
    found = label_of(words)
    return (found[1], int(number)) if found and found[0] == "list" else None


@lru_cache(maxsize=1024)
def column_of(text: str) -> str:
    """Recognise the head of a column of the procedure part; "" for any other text.

    «Output/Hasil» is one column by two names, and «Waktu (Menit)» says the unit of its cells besides.
    """
    words = normal(text)
    if len(words) > _LONGEST_HEAD:
        return ""
    if found := _column_named(words) or _column_named(normal(_ASIDE.sub(" ", words))):
        return found
    names = {_column_named(normal(part)) for part in _BETWEEN.split(words)}
    if len(names) == 1 and (found := names.pop()):
        return found
    return "duration" if unit_of_head(text) else ""


def unit_of_head(text: str) -> DurationUnit | None:
    """Return the unit of time in the head of a column: «Waktu (Menit)», «Waktu/Hari Kerja», «Lama dalam jam»."""
    words = re.sub(r"[()\[\]/:,]", " ", text.lower()).split()
    for n in range(1, min(len(words), 6)):
        if _column_named(" ".join(words[:n])) == "duration" and (unit := unit_in(" ".join(words[n:]))):
            return unit
    return None


def _column_named(words: str) -> str:
    return next((field for field, pattern in _COMPILED["column"].items() if words and pattern.fullmatch(words)), "")


def is_known_heading(text: str) -> bool:
    return not normal(text) or bool(_KNOWN_HEADINGS.fullmatch(normal(text)))


def is_mark(text: str) -> bool:
    return " ".join(text.lower().split()) in MARKS


def without_strokes(text: str) -> str:
    """Return the text without the arrows and strokes around it: "" for «↓», «tidak» for «← tidak»."""
    return _STROKES.sub("", text)


def parted(field: str, text: str) -> list[str]:
    """Part a text whose items ran together; joined by single spaces they give it again."""
    words = text.split()
    begins = re.compile(_BEGINNINGS.get(field, r"(?!)"))
    parts: list[list[str]] = [[]]
    for n, word in enumerate(words):
        before = words[n - 1] if n else ""
        ends_sentence = len(before) > 3 and before.endswith(".") and word[:1].isupper()
        begins_item = begins.match(word) and before.lower() not in _LEADING_ON
        if parts[-1] and (ends_sentence or begins_item):
            parts.append([])
        parts[-1].append(word)
    return [" ".join(part) for part in parts if part]
