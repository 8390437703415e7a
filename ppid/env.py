"""Reads settings from the environment, loudly: a value that makes no sense stops the start with a sentence.

No sentence repeats a value that may hold a password.
"""

import os
import re
import unicodedata
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from ppid.s3_place import S3Place

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}
_LARGEST_FILE = 64 * 1024
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(\.{_LABEL})*", re.IGNORECASE)
_BUCKET = re.compile(r"s3://(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(/(?P<prefix>[\w.-]+(/[\w.-]+)*))?/?", re.ASCII)
_IPV6 = re.compile(r"\[[0-9a-f:.]+\]", re.IGNORECASE)


def text(name: str, default: str = "") -> str:
    """Return ``name``, or the content of the file that ``name_FILE`` points at (for secrets)."""
    if path := os.environ.get(f"{name}_FILE"):
        return _content(f"{name}_FILE", path)
    return os.environ.get(name, default)


def line(name: str, default: str, *, longest: int) -> str:
    """Return ``name`` as one line to be shown to people."""
    value = text(name, default).strip()
    if not value:
        raise ImproperlyConfigured(f"{name} must not be empty.")
    if len(value) > longest or any(unicodedata.category(letter).startswith("C") for letter in value):
        raise ImproperlyConfigured(f"{name} must be one line of at most {longest} letters.")
    return value


def contact(name: str, default: str, *, like: str = "") -> str:
    """Return ``name`` as one line by which people are reached, or empty; ``like`` is a pattern that it has to hold."""
    if not text(name, default).strip():
        return ""
    value = line(name, default, longest=200)
    if not re.search(like, value):
        raise ImproperlyConfigured(f"{name} is none that anybody could use: {_short(value)}.")
    return value


def mails(name: str) -> list[str]:
    """Return ``name`` as mail addresses, separated by commas."""
    found = words(name)
    for each in found:
        if not re.fullmatch(r"[^@\s<>,]+@[^@\s<>,]+", each) or len(each) > 250:
            raise ImproperlyConfigured(f"{name} must hold mail addresses, separated by commas, not {_short(each)}.")
    return found


def flag(name: str, *, default: bool) -> bool:
    """Return ``name`` as yes or no."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in _TRUE:
        return True
    if value.lower() in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {_short(value)}.")


def choice(name: str, default: str, among: tuple[str, ...]) -> str:
    """Return ``name`` as one of these words."""
    value = os.environ.get(name, default).strip().lower()
    if value not in among:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(among)}, not {_short(value)}.")
    return value


def number(name: str, default: int, *, least: int, most: int) -> int:
    """Return ``name`` as a whole number from ``least`` to ``most``."""
    value = os.environ.get(name)
    if value is None:
        return default
    if re.fullmatch(r"\s*[0-9]{1,18}\s*", value) and least <= int(value) <= most:
        return int(value)
    raise ImproperlyConfigured(f"{name} must be a whole number from {least} to {most}, not {_short(value)}.")


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Return ``name`` split at commas."""
    value = os.environ.get(name)
    return list(default) if value is None else [word.strip() for word in value.split(",") if word.strip()]


def keys(name: str, default: str, *, needed: bool, never: tuple[str, ...] = ()) -> list[str]:
    """Return ``name`` as random texts of at least 32 letters, split at commas and lines; none of ``never``."""
    found = re.split(r"[\s,]+", text(name, default).strip())
    found = [key for key in found if key]
    if needed and not found or any(len(key) < 32 or len(set(key)) < 8 for key in found):
        raise ImproperlyConfigured(f"Set {name} (or {name}_FILE) to a random text of at least 32 characters.")
    if set(found) & set(never):
        raise ImproperlyConfigured(f"{name} must be another text than SECRET_KEY.")
    return found


def codes(name: str, default: tuple[str, ...]) -> list[str]:
    """Return ``name`` as codes such as «ppid_utama», separated by commas; «none» alone stands for no code."""
    found = words(name, default)
    given = name in os.environ
    if given and (not found or any(not re.fullmatch(r"[a-z][a-z0-9_-]{0,49}", code) for code in found)):
        raise ImproperlyConfigured(f"{name} must hold codes such as ppid_utama, separated by commas, or none.")
    if "none" in found and len(found) > 1:
        raise ImproperlyConfigured(f"{name} says none and names some.")
    return [] if found == ["none"] else found


def hosts(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Return ``name`` as host names without scheme, port and path; ``.example.go.id`` stands for all below it."""
    found = words(name, default)
    for host in found:
        if not (host == "*" or _is_host(host.removeprefix("."))):
            raise ImproperlyConfigured(
                f"{name} must hold host names such as ppid.example.go.id, separated by commas, not {_short(host)}."
            )
    return found


def origin(name: str, default: str) -> str:
    """Return ``name`` as ``https://host[:port]``, or empty."""
    return _origin(name, text(name, default).strip())


def origins(name: str) -> list[str]:
    """Return ``name`` as several of ``https://host[:port]``, separated by commas."""
    return [_origin(name, word) for word in words(name)]


def address(name: str) -> str:
    """Return ``name`` as ``https://host[:port]/path``, or empty; http is for this machine alone."""
    value = text(name).strip()
    if not value:
        return ""
    parts = urlsplit(value)
    host = _origin(name, f"{parts.scheme}://{parts.netloc}")
    if parts.scheme != "https" and urlsplit(host).hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise ImproperlyConfigured(f"{name} must begin with https://; http leads to this machine alone.")
    return value


def scanner(name: str) -> str:
    """Return ``name`` as ``tcp://host:port`` or ``unix:///path`` of a daemon, or empty."""
    value = text(name).strip()
    try:
        parts = urlsplit(value)
        is_tcp = parts.scheme == "tcp" and bool(parts.port) and not parts.path
        is_tcp = is_tcp and _is_host(parts.netloc.removesuffix(f":{parts.port}"))
        is_unix = parts.scheme == "unix" and not parts.netloc and len(parts.path) > 1
        good = not value or ((is_tcp or is_unix) and not (parts.query or parts.fragment))
    except ValueError:
        good = False
    if not good:
        raise ImproperlyConfigured(f"{name} must be tcp://host:port or unix:///path, not {_short(value)}.")
    return value


def folder(name: str, default: Path) -> Path:
    """Return ``name`` as the absolute path of a folder, which need not be there yet."""
    value = os.environ.get(name)
    if value is None:
        return default
    path = Path(value).absolute()
    if not value.strip() or path == Path(path.anchor) or (path.exists() and not path.is_dir()):
        raise ImproperlyConfigured(f"{name} must be the path of a folder of its own, not {_short(value)}.")
    return path


def files(name: str, default: Path, *, server: dict[str, str]) -> Path | S3Place:
    """Return ``name`` as the path of a folder, or as ``s3://bucket/prefix`` on the ``server`` that S3Place takes."""
    value = os.environ.get(name, "").strip()
    if not value.startswith("s3:"):
        return folder(name, default)
    found = _BUCKET.fullmatch(value)
    prefix = (found and found["prefix"]) or ""
    if not found or ".." in value or "." in prefix.split("/") or len(prefix) > 200:
        raise ImproperlyConfigured(f"{name} must be a folder or s3://bucket/prefix, not {_short(value)}.")
    if not (server["key_id"] and server["secret"]):
        raise ImproperlyConfigured(
            f"{name} lies in S3: set S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY_FILE, or S3_PUBLIC_… for the public one."
        )
    if find_spec("boto3") is None:
        raise ImproperlyConfigured(
            f"{name} lies in S3, and what speaks with it is not installed: run PPID_EXTRAS=s3 script/bootstrap."
        )
    return S3Place(found["bucket"], f"{prefix}/" if prefix else "", **server)


def database(name: str) -> str:
    """Return ``name`` as an address that libpq understands and that names a database, or empty."""
    value = text(name).strip()
    if not value:
        return ""
    try:
        parts = conninfo_to_dict(value)
    except psycopg.Error:
        parts = {}
    ports = [port for port in str(parts.get("port") or "").split(",") if port]
    if not parts.get("dbname") or not all(port.isdecimal() and 0 < int(port[:9]) < 65536 for port in ports):
        raise ImproperlyConfigured(
            f"{name} must be the address of a PostgreSQL database: postgresql://user@host/database."
        )
    return value


def _content(name: str, path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            content = file.read(_LARGEST_FILE + 1).strip()
    except (OSError, ValueError) as error:  # ValueError: no UTF-8
        why = getattr(error, "strerror", None) or "it is no text"
        raise ImproperlyConfigured(f"{name} points at {path}, which can't be read: {why}.") from error
    if not content or len(content) > _LARGEST_FILE:
        raise ImproperlyConfigured(f"{name} points at {path}, which is {'too large' if content else 'empty'}.")
    return content


def _origin(name: str, value: str) -> str:
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        good = (
            parts.scheme in {"http", "https"}
            and _is_host(parts.netloc.removesuffix(f":{parts.port}"))
            and parts.path in {"", "/"}
            and not (parts.query or parts.fragment)
        )
    except ValueError:
        good = False
    if not good:
        raise ImproperlyConfigured(
            f"{name} must be an address such as https://ppid.example.go.id, without a path, not {_short(value)}."
        )
    return value.rstrip("/")


def _is_host(value: str) -> bool:
    return bool(_HOST.fullmatch(value) or _IPV6.fullmatch(value))


def _short(value: str) -> str:
    return repr(value if len(value) <= 60 else f"{value[:57]}…")
