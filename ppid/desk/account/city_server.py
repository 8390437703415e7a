"""How the server of the city's one account is asked: what it answers is bounded in bytes and in time."""

import threading
import time
from queue import Empty, SimpleQueue

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests.exceptions import ContentDecodingError, ReadTimeout, RequestException
from urllib3.exceptions import HTTPError

_MOST = 64 << 10  # bytes; a description, keys or a token have a few thousand
_PATIENCE = 5  # seconds, where the caller names none
_PIECE = 4096


class AnswerTooLong(RequestException):
    """The server sends more than any answer of its kind has."""


class BoundedAdapter(HTTPAdapter):
    """Gives an answer that was read whole, within the timeout from the first byte of the asking to its last."""

    def send(self, request: PreparedRequest, *args, **asked) -> Response:
        """Ask in a thread that nobody waits for longer: headers may drip, too, and no timeout of a socket ends that."""
        patience = asked.get("timeout") or _PATIENCE
        until, answers = time.monotonic() + patience, SimpleQueue[Response | Exception]()
        # What is packed could unpack to anything; nobody of these servers needs to pack.
        request.headers["Accept-Encoding"] = "identity"

        def ask() -> None:
            try:
                answers.put(self._whole(super(BoundedAdapter, self).send(request, *args, **asked), until))
            except Exception as error:
                answers.put(error)

        threading.Thread(target=ask, daemon=True).start()
        try:
            found = answers.get(timeout=patience)
        except Empty:
            raise ReadTimeout(f"No whole answer within {patience} seconds.", request=request) from None
        if isinstance(found, Exception):
            raise found
        return found

    def _whole(self, answer: Response, until: float) -> Response:
        """Return the answer with its content read. Raises a RequestException."""
        content = b""
        with answer:
            if answer.headers.get("Content-Encoding", "identity") != "identity":
                raise ContentDecodingError("It is packed, which nobody asked for.")
            try:
                while piece := answer.raw.read1(_PIECE):
                    content += piece
                    if len(content) > _MOST:
                        raise AnswerTooLong(f"It is longer than {_MOST} bytes.")
                    if time.monotonic() > until:
                        raise ReadTimeout("It drips.")
            except HTTPError as error:
                raise ReadTimeout(f"It broke off: {type(error).__name__}.") from error
        answer._content, answer._content_consumed = content, True
        return answer
