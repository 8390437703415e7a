"""What is sent to a form: what a person would fill in, and then what nobody would, drawn by Hypothesis."""

import io
import json
import zipfile
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import quote_plus

from django.utils import timezone
from hypothesis import strategies as st

from tests import make_pdf
from tests.forms.found import MULTIPART, URLENCODED, Field, Form

BOUNDARY = "----batas4c1d"
TOKEN = "csrfmiddlewaretoken"
TEXTS = [
    "Laporan realisasi bantuan sosial 2026",
    "Surat 800/12/2026",
    "Tabel pada halaman dua terpotong; lengkapi, lalu kirim lagi.",
    "198001012006041001",
    "3",
    "08.00",
    "3 hari kerja",
    "nama@pontianak.example",
    "https://pontianak.example/a",
    "etalase-pontianak",
    "profil-baru",
]
NUMBERS = ["0", "1", "2", "3", "12", "2026"]
# What a whole number may look like without being one that anything can take.
NO_NUMBERS = ["2030.0", "1,5", "-1", "0", "+1", "NaN", "1e309", "٣", "½", "1_000", "9223372036854775808", "9" * 5000]
WILD = [
    *NO_NUMBERS,
    "",
    " ",
    "\0",
    "a\0b",
    "\u202egnp.exe",
    "\u200f\u200eteks\u2069",
    "baris satu\r\nbaris dua\n\n\tbaris tiga",
    "baris\u2028lain\x85lagi",
    "\ufeffawal",
    "e\u0301" * 300,
    "\U0001f4a5" * 100,
    "\ufdd0\uffff",
    "1.5",
    "2027.0",
    "1.0",
    "1e9999999",
    "-Infinity",
    "2147483648",
    "9223372036854775807",
    "9" * 30,
    "²",
    "0x10",
    "abc",
    "true",
    "null",
    "[]",
    "{}",
    '{"id": 1, "rawId": [], "response": null}',
    "[" * 100_000,
    '{"a":' * 20_000,
    "2026-02-30",
    "0000-01-01",
    "0001-01-01",
    "9999-12-31",
    "99999-01-01",
    "-2026-01-01",
    "31/12/2026",
    "2026-11-30T25:61",
    "99:99",
    "24:00",
    "00:00",
    "a" * 254,
    "a" * 70_000,
    "kata " * 3_000,
    "<script>alert(1)</script>",
    "'; DROP TABLE x; --",
    "../../../etc/passwd",
    "//lain.example/",
    "javascript:alert(1)",
    "%00%ff",
    "{{ 7|add:7 }}{% load x %}",
    "{0}{a.b}%s%n",
    "=1+1",
    "a@b",
    "a@" + "b" * 300 + ".example",
]
# As they stand on the wire, where nothing decodes.
BYTES = [b"\xff\xfe", b"\xed\xa0\x80", b"a\xc0\x80b", b"\xf5\x90\x80\x80"]
NAMES = [
    "../../x.pdf",
    "..\\..\\x.pdf",
    "a.pdf.exe",
    "a.exe.pdf",
    "baris\nbaru.pdf",
    "\u202efdp.exe",
    "a\0.pdf",
    "",
    ".",
    "..",
    "/",
    "a" * 300 + ".pdf",
    "laporan",
    ".pdf",
    "CON.pdf",
    'a".pdf',
    "\U0001f4a5.pdf",
]
TYPES = ["application/pdf", "", "text/html", "nonsense", "image/svg+xml", "a/b; charset=\0", "x" * 1000]
EXTRA = ["id", "pk", "is_superuser", "state", "", "__class__", "\0", "a" * 5000, "peserta-999999999-name", "a[]", "a.b"]
COUNTS = ["1000000000", "-1", "abc", "", "999", "1001", "9" * 5000, "1.5"]
OTHER_TYPES = [
    "application/json",
    "text/plain",
    "",
    "nonsense",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=" + "a" * 300,
    "multipart/form-data; boundary=\xff",
    f"{URLENCODED}; charset=utf-16",
    f"{URLENCODED}; charset=nonsense",
    f"{URLENCODED}; charset=utf-7",
    f"{MULTIPART}; boundary={BOUNDARY}; charset=utf-16",
]


def _zip(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return packed.getvalue()


PDF = make_pdf.pages("Laporan")
TABLE = b"No;Ringkasan;Unit;Tahun\r\n1;Laporan bantuan;Dinas Sosial;2026\r\n"
CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//a//b//ID\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n"
    b"DTSTART;VALUE=DATE:20270301\r\nSUMMARY:Nyepi\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
SHEET = b"SOP PENGUMUMAN\n1. Memperbarui konten\n2. Mengumumkan\n"
GOOD_FILES = [("laporan.pdf", PDF), ("daftar.csv", TABLE), ("libur.ics", CALENDAR), ("lembar.txt", SHEET)]
CONTENTS = [
    b"",
    b"\0",
    b"%PDF-1.7\n",
    PDF[: len(PDF) // 2],
    b"MZ" + bytes(200),
    b"PK\x03\x04" + bytes(50),
    _zip(word__document=b"x"),
    _zip(**{"[Content_Types].xml": b"<Types/>", "word__document.xml": bytes(20_000_000)}),
    _zip(**{"..__..__x": b"x", "[Content_Types].xml": b"<Types/>", "word__document.xml": b"<a"}),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    b"<html><script>1</script>",
    b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
    b"GIF89a" + bytes(20),
    b"\xff\xd8\xff\xe0" + bytes(20),
    b"\x89PNG\r\n\x1a\n" + bytes(20),
    TABLE.replace(b";", b"\t"),
    b"\xff\xfeN\0o\0",
    b";" * 5000 + b"\n" * 5000,
    b"a" * 200_000,
    CALENDAR.replace(b"20270301", b"99999999"),
    CALENDAR.replace(b"SUMMARY", b"RRULE:FREQ=SECONDLY\r\nSUMMARY"),
    CALENDAR[:100],
    PDF,
    TABLE,
    CALENDAR,
    SHEET,
]


@dataclass(frozen=True, slots=True)
class File:
    field: str
    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Sent:
    """Names and values in their order, files, and how they go over the wire."""

    values: tuple[tuple[str, str | bytes], ...]
    files: tuple[File, ...] = ()
    encoding: str = URLENCODED
    content_type: str = ""  # another one than the encoding's
    cut: float = 1.0  # how much of the body arrives

    @property
    def query(self) -> str:
        return "&".join(f"{quote_plus(_bytes(name))}={quote_plus(_bytes(value))}" for name, value in self.values)

    def on_the_wire(self) -> tuple[bytes, str, int]:
        """Return the body as it arrives, its content type, and how long it was announced to be."""
        if self.encoding == MULTIPART:
            body, kind = self._parts(), f"{MULTIPART}; boundary={BOUNDARY}"
        elif self.encoding == "application/json":
            body, kind = json.dumps([(n, v) for n, v in self.values if isinstance(v, str)]).encode(), self.encoding
        else:
            body, kind = self.query.encode(), URLENCODED
        return body[: round(len(body) * self.cut)], self.content_type or kind, len(body)

    def with_token(self, token: str) -> "Sent":
        """Return it with the token of whoever sends it, where the one of the page still stands."""
        return replace(
            self,
            values=tuple(
                (name, token if name == TOKEN and isinstance(value, str) and len(value) == 64 else value)
                for name, value in self.values
            ),
        )

    def said(self) -> dict[str, str]:
        """Return the texts that were sent once under their name, as a person types; none where a browser would not."""
        if self.cut < 1 or self.content_type or self.encoding == "application/json":
            return {}
        names = [name for name, _ in self.values] + [each.field for each in self.files]
        return {n: v for n, v in self.values if names.count(n) == 1 and isinstance(v, str)}

    def _parts(self) -> bytes:
        parts = []
        for name, value in self.values:
            parts.append(_head(name) + b"\r\n\r\n" + _bytes(value))
        for file in self.files:
            head = _head(file.field) + b'; filename="' + _bytes(file.name) + b'"'
            parts.append(head + b"\r\nContent-Type: " + _bytes(file.kind) + b"\r\n\r\n" + file.content)
        edge = f"--{BOUNDARY}".encode()
        return b"".join(edge + b"\r\n" + part + b"\r\n" for part in parts) + edge + b"--\r\n"


def _head(name: str) -> bytes:
    return b'Content-Disposition: form-data; name="' + _bytes(name) + b'"'


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode(errors="surrogatepass")


@st.composite
def inputs(draw, form: Form) -> Sent:
    """Draw what is sent to the form: as it stands or filled in, with up to four things that nobody would send."""
    filled = draw(st.integers(0, 3)) < 3
    values: list[tuple[str, str | bytes]] = []
    files: list[File] = []
    for each in form.fields:
        if each.kind == "file":
            if filled:
                name, content = draw(st.sampled_from(GOOD_FILES))
                files.append(File(each.name, name, "application/octet-stream", content))
            continue
        values += [(each.name, value) for value in (draw(_good(each)) if filled else each.stands)]
    if form.buttons:
        values.append(draw(st.sampled_from(form.buttons)))
    for _ in range(draw(st.integers(0, 4))):
        _disturb(draw, form, values, files)
    sent = Sent(tuple(values), tuple(files), form.encoding if form.method == "post" else URLENCODED)
    if form.method == "post" and draw(st.integers(0, 9)) == 0:
        sent = draw(st.sampled_from([_other_wire, _other_type, _cut]))(draw, sent)
    return sent


def _good(field: Field):
    """Draw what a person would fill in; what stands there already, stays mostly."""
    today = timezone.localdate()
    days = [(today + timedelta(days=n)).isoformat() for n in (-400, -30, -1, 0, 1, 30, 400)]
    match field.kind:
        case "hidden":
            return st.just(field.stands)
        case "checkbox":
            return st.lists(st.sampled_from(field.choices), unique=True).map(tuple)
        case "select" | "radio" if field.choices:
            one = st.sampled_from(field.choices).map(lambda each: (each,))
            many = st.lists(st.sampled_from(field.choices), unique=True, max_size=5).map(tuple)
            return many if field.several else one
        case "date":
            return st.sampled_from(days).map(lambda each: (each,))
        case "datetime-local":
            return st.sampled_from(days).map(lambda each: (f"{each}T09:30",))
        case "time":
            return st.sampled_from(["07:15", "08:00", "15:30"]).map(lambda each: (each,))
        case "number":
            return st.sampled_from(NUMBERS).map(lambda each: (each,))
        case "email":
            return st.sampled_from(["nama@pontianak.example", "utama@demo.example"]).map(lambda each: (each,))
    words = st.sampled_from([*TEXTS, *field.choices[:50]]).map(lambda each: (each,))
    return st.one_of(st.just(field.stands), words) if any(field.stands) else words


def _disturb(draw, form: Form, values: list, files: list) -> None:
    """Change one thing."""
    counts = [n for n, (name, _) in enumerate(values) if str(name).endswith("_FORMS")]
    if counts and draw(st.booleans()):
        place = draw(st.sampled_from(counts))
        values[place] = (values[place][0], draw(st.sampled_from(COUNTS)))
        return
    if files and draw(st.booleans()):
        place = draw(st.integers(0, len(files) - 1))
        files[place] = replace(
            files[place],
            name=draw(st.sampled_from([*NAMES, files[place].name])),
            kind=draw(st.sampled_from(TYPES)),
            content=draw(st.sampled_from(CONTENTS)),
        )
        if draw(st.integers(0, 5)) == 0:
            files += [files[place]] * draw(st.sampled_from([1, 20, 250]))
        return
    wild = st.one_of(st.sampled_from(WILD), st.text(max_size=200), st.sampled_from(BYTES))
    act = draw(st.sampled_from(["instead", "instead", "instead", "without", "twice", "extra", "file"]))
    if act == "extra" or not values:
        values.append((draw(st.sampled_from(EXTRA)), draw(wild)))
        return
    # A form without its token goes no further, so that is tried seldom.
    others = [n for n, (name, _) in enumerate(values) if name != TOKEN or draw(st.integers(0, 19)) == 19]
    if not others:
        values.append((draw(st.sampled_from(EXTRA)), draw(wild)))
        return
    place = draw(st.sampled_from(others))
    name, value = values[place]
    match act:
        case "instead":
            is_number = isinstance(value, str) and value.isdigit()
            values[place] = (name, draw(st.one_of(wild, st.sampled_from(NO_NUMBERS)) if is_number else wild))
        case "without":
            del values[place]
        case "twice":
            values.append((name, draw(st.one_of(st.just(value), wild))))
        case "file":  # a file where words are asked for
            files.append(File(str(name), draw(st.sampled_from(NAMES)), "application/pdf", PDF))


def _other_wire(draw, sent: Sent) -> Sent:
    return replace(sent, encoding=draw(st.sampled_from([URLENCODED, MULTIPART, "application/json"])))


def _other_type(draw, sent: Sent) -> Sent:
    return replace(sent, content_type=draw(st.sampled_from(OTHER_TYPES)))


def _cut(draw, sent: Sent) -> Sent:
    return replace(sent, cut=draw(st.sampled_from([0.0, 0.1, 0.5, 0.9, 0.99])))
