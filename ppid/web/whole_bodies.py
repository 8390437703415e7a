"""What a request sends is read whole or not at all: half of it would be taken for all that was meant."""

from typing import BinaryIO

from django.core.exceptions import BadRequest

from ppid.web.parameters import number


def whole_bodies(application):
    """Return the application behind this door: a body that was cut off on its way is refused once that is seen.

    gunicorn tells nobody that a connection ended before the length that was announced, and Django takes what came for
    the whole: a table with half of its rows, a reason in the middle of its sentence.
    """

    def answer(environ, start_response):
        told = number(environ.get("CONTENT_LENGTH"), otherwise=0)
        environ["wsgi.input"] = _Whole(environ["wsgi.input"], told)
        return application(environ, start_response)

    return answer


class _Whole:
    """A body of so many bytes. Raises BadRequest when it ends before."""

    def __init__(self, stream: BinaryIO, size: int):
        self._stream, self._left = stream, size

    def read(self, size: int) -> bytes:
        return self._came(self._stream.read(size), size)

    def readline(self, size: int) -> bytes:
        line = self._stream.readline(size)
        return self._came(line, len(line) if line.endswith(b"\n") else size)

    def _came(self, data: bytes, asked: int) -> bytes:
        if len(data) < min(asked, self._left):
            raise BadRequest("The connection ended before all that was announced had come.")
        self._left -= len(data)
        return data
