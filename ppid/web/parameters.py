"""What arrives in an address or a form, before anything reads it: no letter that no text may hold, no wild number."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import QueryDict
from django.urls import register_converter
from django.urls.converters import PathConverter, StringConverter

from ppid.web.letters import FORBIDDEN, without_forbidden

CONTROLS_TAKEN_OUT = "Karakter kendali yang tidak tercetak dihapus dari teks yang dikirim."
_MOST = 2**63 - 1  # of a key


def number(typed: str | None, *, otherwise: int = 0, most: int = _MOST) -> int:
    """Return the number that a page sent; ``otherwise`` for nothing, for anything else, and for one over ``most``."""
    if not (typed and typed.isascii() and typed.isdigit() and len(typed) <= len(str(most))):
        return otherwise
    return found if (found := int(typed)) <= most else otherwise


def whole(data: Mapping[str, str], name: str, *, otherwise: int = 0, most: int = _MOST) -> int:
    """Return the number under this name, as ``number`` does."""
    return number(data.get(name), otherwise=otherwise, most=most)


def text(data: Mapping[str, str], name: str, *, most: int = 200) -> str:
    """Return the words under this name, "" where there are none; never longer than ``most`` letters."""
    return without_forbidden(data.get(name) or "").strip()[:most]


class PlainCookiesMiddleware:
    """Leave out cookies with letters that no text may hold: they are none of ours, and no database takes them.

    A browser sends them back as it got them, in letters that print; within quotes any other letter can be written.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if any(FORBIDDEN.search(value) for value in request.COOKIES.values()):
            request.COOKIES = {name: value for name, value in request.COOKIES.items() if not FORBIDDEN.search(value)}
        return self.get_response(request)


class PlainParametersMiddleware:
    """Take the letters that no text may hold out of what a form sends, and tell it.

    Texts that people paste carry them unseen, so a refusal would ask them to mend what they can't find. What an address
    holds is left to its converters and to the filters' forms, which say what they leave out.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        # An exempt view answers no POST here; its body is not even read.
        if request.method == "POST" and not getattr(view_func, "csrf_exempt", False):
            request.POST, taken_out = _plain(request.POST)
            if taken_out:
                messages.info(request, CONTROLS_TAKEN_OUT)


def _plain(data: QueryDict) -> tuple[QueryDict, bool]:
    """Return the data with plain texts, and whether anything was taken out; the same object if nothing was."""
    if not any(FORBIDDEN.search(each) for name, values in data.lists() for each in (name, *values)):
        return data, False
    plain = QueryDict(mutable=True, encoding=data.encoding)
    for name, values in data.lists():
        plain.setlist(without_forbidden(name), [without_forbidden(value) for value in values])
    plain._mutable = False  # as request.POST always is; QueryDict has no other way to say it
    return plain, True


class _PlainOnly:
    """Mixin of converters: an address with a letter that no text may hold leads nowhere."""

    def to_python(self, value):
        if FORBIDDEN.search(value):
            raise ValueError("a letter that no text may hold")
        return super().to_python(value)


class PlainString(_PlainOnly, StringConverter):
    pass


class PlainPath(_PlainOnly, PathConverter):
    pass


class Register(StringConverter):
    """One of the two public registers."""

    regex = "dip|dik"


def register_converters() -> None:
    """Make ``plain`` and ``plain_path`` known to the addresses; ``str`` and ``path`` would let everything in."""
    register_converter(PlainString, "plain")
    register_converter(PlainPath, "plain_path")
    register_converter(Register, "register")
