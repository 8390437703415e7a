"""An officer's browser without a window: pages, forms as they stand, files, and what becomes of a lost connection."""

import uuid
from functools import cached_property
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

PASSWORD = "etalase-pontianak"


class NoAnswer(Exception):
    """The connection was refused, or broke before an answer came."""


class Page:
    """What came back."""

    def __init__(self, status: int, where: str, content: bytes):
        self.status, self.content = status, content
        self.where = where

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.content, "lxml")  # officers share two cores with what they use

    @property
    def words(self) -> str:
        soup = self.soup
        return " ".join((soup.find("main") or soup).get_text(" ").split())

    def form(self, ending: str | None) -> Tag | None:
        """Return the form whose action ends so; None: the form of the page itself."""
        for form in self.soup.find_all("form", method="post"):
            action = (form.get("action") or "").partition("?")[0].partition("#")[0]
            if (ending is None and not action) or (ending is not None and action.endswith(ending)):
                return form
        return None


class Browser:
    """Somebody's browser. It keeps the cookies, and no connection: each request is one of its own.

    ``line`` is the port on our side of the request that is on its way.
    """

    def __init__(self, port: int, who: str, *, patience: float = 30):
        self.port, self.who, self.patience = port, who, patience
        self.cookies: dict[str, str] = {}
        self.line = 0

    def sign_in(self) -> None:
        page = self.get("/meja/akun/masuk/")
        fields = filled(page.form(None) or page.form("/masuk/"))
        fields |= {"login": [f"{self.who}@demo.example"], "password": [PASSWORD]}
        answer = self.post("/meja/akun/masuk/", fields)
        if answer.status != 302:
            raise NoAnswer(f"{self.who} was not let in: {answer.status}")

    def get(self, path: str) -> Page:
        return self._ask("GET", path)

    def post(self, path: str, fields: dict[str, list[str]], files: list[tuple[str, str, bytes]] = ()) -> Page:
        boundary = uuid.uuid4().hex
        parts = []
        for name, values in fields.items():
            for value in values:
                parts.append(
                    f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
                )
        for name, filename, content in files:
            head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
            parts += [f"{head}Content-Type: application/pdf\r\n\r\n".encode(), content, b"\r\n"]
        parts.append(f"--{boundary}--\r\n".encode())
        return self._ask("POST", path, b"".join(parts), f"multipart/form-data; boundary={boundary}")

    def _ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> Page:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if kind:
            headers |= {"Content-Type": kind, "Referer": f"http://127.0.0.1:{self.port}{path}"}
        line = HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        try:
            line.connect()
            self.line = line.sock.getsockname()[1]
            line.request(method, path, body, headers)
            answer = line.getresponse()
            content = answer.read()
        except (OSError, HTTPException) as error:
            raise NoAnswer(repr(error)) from error
        finally:
            self.line = 0
            line.close()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return Page(answer.status, urlsplit(answer.getheader("Location") or "").path, content)


def filled(form: Tag | None) -> dict[str, list[str]]:
    """Return what the form would send as it stands."""
    if form is None:
        raise NoAnswer("The page has no such form.")
    sent: dict[str, list[str]] = {}
    for field in form.find_all(["input", "select", "textarea"]):
        name, kind = field.get("name"), field.get("type")
        if not name or kind in ("file", "submit"):
            continue
        if field.name == "select":
            chosen = field.find("option", selected=True)
            value = chosen["value"] if chosen else ""
        elif field.name == "textarea":
            value = field.text.lstrip("\n")
        elif kind in ("radio", "checkbox") and not field.has_attr("checked"):
            continue
        else:
            value = field.get("value", "on" if kind == "checkbox" else "")
        sent.setdefault(name, []).append(value)
    return sent


def first_choice(form: Tag, name: str) -> str:
    """Return the first of the field's choices that says something."""
    return next(each["value"] for each in form.select(f'select[name="{name}"] option') if each.get("value"))


def asked_for(form: Tag) -> list[str]:
    """Return the names of the form's fields for files."""
    return [field["name"] for field in form.find_all("input", type="file")]
