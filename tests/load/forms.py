"""Reading a form off a page and sending it with files, with nothing but the standard library."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from uuid import uuid4


@dataclass
class Form:
    """What a form would send as it stands; ``files`` and ``empty`` are the names of its file and empty text fields."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)

    def filled(self, **typed: str) -> list[tuple[str, str]]:
        """Return its fields with ``typed`` in their places."""
        return [(name, value) for name, value in self.fields if name not in typed] + list(typed.items())


class _Forms(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found: list[Form] = []
        self.form: Form | None = None
        self.select = self.area = ""
        self.chosen: str | None = None
        self.text = ""

    def handle_starttag(self, tag, attrs):
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = Form(said.get("action", ""))
            self.found.append(self.form)
        elif self.form is None:
            return
        elif tag == "select":
            self.select, self.chosen = said.get("name", ""), None
        elif tag == "option" and self.select and ("selected" in said or self.chosen is None):
            self.chosen = said.get("value", "")
        elif tag == "textarea":
            self.area, self.text = said.get("name", ""), ""
        elif tag == "input" and said.get("name"):
            self._input(self.form, said, said.get("type", "text"))

    def _input(self, form: Form, said: dict[str, str], kind: str) -> None:
        if kind == "file":
            form.files.append(said["name"])
        elif kind in ("radio", "checkbox"):
            if "checked" in said:
                form.fields.append((said["name"], said.get("value", "on")))
        elif kind not in ("submit", "button"):
            form.fields.append((said["name"], said.get("value", "")))
            if kind == "text" and not said.get("value"):
                form.empty.append(said["name"])

    def handle_data(self, data):
        if self.area:
            self.text += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select" and self.form is not None and self.select:
            self.form.fields.append((self.select, self.chosen or ""))
            self.select = ""
        elif tag == "textarea" and self.form is not None and self.area:
            self.form.fields.append((self.area, self.text.lstrip("\n")))
            if not self.text.strip():
                self.form.empty.append(self.area)
            self.area = ""


def forms(page: str) -> list[Form]:
    parser = _Forms()
    parser.feed(page)
    return parser.found


def multipart(fields: Iterable[tuple[str, str]], files: Iterable[tuple[str, str, bytes]]) -> tuple[bytes, str]:
    """Return body and Content-Type of a form with files: each a field's name, the file's name and its bytes."""
    mark = uuid4().hex
    parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields]
    body = "".join(parts).encode()
    for name, filename, content in files:
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
        body += f"{head}Content-Type: application/pdf\r\n\r\n".encode() + content + b"\r\n"
    return body + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"


def small_pdf(words: str, *, padding: int = 40_000) -> bytes:
    """Return a PDF of one page that no other is like, as large as a letter that was scanned in grey."""
    content = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode("latin-1", "replace")
    noise = (uuid4().hex * (padding // 32)).encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
        b" /Resources << /Font << /F1 3 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed := zlib.compress(noise)), packed),
    ]
    written, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(written)
    size = len(objects) + 1
    written += b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Root 1 0 R /Size %d >>\n" % (size, table, size)
    return written + b"startxref\n%d\n%%%%EOF\n" % start
