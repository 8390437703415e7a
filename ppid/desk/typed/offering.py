"""How a page that refuses offers what was typed: to open the form with it again, and as a text to copy."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import Resolver404, resolve

from ppid.desk.typed.keeping import Typed, typed_in

# What a form sends besides what people type.
_MACHINERY = {"payload", "sheet", "show", "seen", "moves", "revisi", "aksi", "baris"}


@dataclass(frozen=True, slots=True)
class Offer:
    """``sealed`` opens the form again; "" where there is none to open. ``text`` is what one can copy."""

    sealed: str
    text: str
    files: list[str]
    is_others: bool = False


def offer(request: HttpRequest, *, reopen: bool) -> Offer | None:
    """Return what to offer of what the request brought; None when nobody typed anything."""
    typed = typed_in(request)
    if typed is None:
        return None
    if _somebody_else(request, typed):
        return Offer("", "", [], is_others=True)
    return Offer(typed.sealed() if reopen else "", _as_text(typed), typed.files)


def offer_of(typed: Typed) -> Offer:
    """Return what this person typed into a form that is gone, to be copied."""
    return Offer("", _as_text(typed), typed.files)


def _somebody_else(request: HttpRequest, typed: Typed) -> bool:
    try:
        return request.user.pk != typed.author
    except Exception:  # whoever it is can't be asked now; the mark came with the request
        return False


def _as_text(typed: Typed) -> str:
    labels = _labels(typed.path)
    lines = [
        f"{labels.get(name, name)}:\n{value}"
        for name, value in typed.fields
        if value.strip() and name not in _MACHINERY and not name.endswith("_FORMS")
    ]
    return "\n\n".join(lines)


def _labels(path: str) -> dict[str, str]:
    """Return what the fields of the form at the path are called."""
    try:
        view = getattr(resolve(path).func, "view_class", None)
    except Resolver404:
        return {}
    fields = getattr(getattr(view, "form_class", None), "base_fields", {})
    return {name: str(field.label) for name, field in fields.items() if field.label} | {"note": "Catatan"}
