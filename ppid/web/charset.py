"""In which letters a request says that it is written: UTF-8, as every page of ours is; nothing else is read."""

import codecs

from django.core.exceptions import BadRequest
from django.utils.http import parse_header_parameters

OTHER = "ppid.other_letters"  # in a request's META: it says that it is written in others than UTF-8


def utf8_only(application):
    """Return the application behind this door: a request arrives without the name of any other letters.

    Django takes a request at its word as it makes the object, before any middleware, also where the word names what
    is no writing at all («hex», «undefined») or nothing that can be read, and breaks without a page of ours.
    """

    def answer(environ, start_response):
        if not _is_utf8(environ.get("CONTENT_TYPE", "")):
            environ |= {"CONTENT_TYPE": "application/octet-stream", OTHER: True}
        return application(environ, start_response)

    return answer


def _is_utf8(content_type: str) -> bool:
    """Whether a content type names UTF-8 or no letters that are known, which Django takes for UTF-8."""
    try:
        charset = parse_header_parameters(content_type)[1].get("charset", "utf-8")
    except ValueError:
        return False
    try:
        return codecs.lookup(charset).name == "utf-8"
    except (LookupError, ValueError):
        return True


class Utf8OnlyMiddleware:
    """Refuse a form that says it is in other letters; the addresses of pages are in UTF-8 whatever is said."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        """Refuse it here, before anything reads it, and where it is known who sent it: the answer is a page."""
        if OTHER in request.META and request.method not in ("GET", "HEAD"):
            raise BadRequest("The form is not written in UTF-8.")
