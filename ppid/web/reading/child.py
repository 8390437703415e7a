"""The child: one file, one question, then it ends. Started by ``asking`` with ``python -I``; knows no Django.

What reads PDFs is not safe for foreign files in the portal's own process: it may abort when memory ends, or never end.
"""

import json
import resource
import sys
from pathlib import Path

REFUSED, FAULT = 3, 4
_MEMORY = 600 * 1024 * 1024  # bytes of address space
_SECONDS = {
    "count": 10,
    "draw": 15,
    "picture": 20,
    "table": 30,
    "read": 60,
    "pages": 60,
    "find": 60,
    "clean": 25,
}  # of processor time


def main(verb: str, path: str, *arguments: str) -> bytes:
    """Answer the question, as bytes."""
    from ppid.web.reading import pages

    with open(path, "rb") as file:
        if verb == "count":
            return json.dumps(pages.count(file)).encode()
        if verb == "draw":
            number, width = (int(each) for each in arguments)
            return pages.draw(file, number, width)
        if verb == "picture":
            number, width = (int(each) for each in arguments)
            size, picture = pages.picture(file, number, width)
            return json.dumps(size).encode() + b"\n" + picture
        if verb == "table":
            return _table(file, *arguments)
        if verb == "clean":
            from ppid.web.archives import ArchiveRefused
            from ppid.web.reading.cleaning import NOT_CLEANED, clean
            from ppid.web.reading.pieces import Unread

            try:
                content, taken = clean(file, arguments[0])
            except ArchiveRefused as refusal:
                raise Unread(NOT_CLEANED) from refusal
            return json.dumps(taken).encode() + b"\n" + content
        if verb == "pages":
            from ppid.web.reading import page_texts

            return json.dumps(page_texts.read(file, arguments[0])).encode()
        from ppid.web.reading import texts

        read = texts.read(file, arguments[0])
        if verb == "find":
            return _found(read, *arguments[1:])
    pieces = [[piece.what, piece.place, piece.text, list(piece.cells)] for piece in read.pieces]
    told = {"pieces": pieces, "pages": read.pages, "is_cut": read.is_cut, "is_signed": read.is_signed}
    return json.dumps(told).encode()


def _table(file, media_type: str, rows: str, columns: str, letters: str) -> bytes:
    from ppid.web.archives import ArchiveRefused
    from ppid.web.reading.pieces import BROKEN, Unread
    from ppid.web.reading.tables import first_rows

    try:
        bounds = {"rows": int(rows), "columns": int(columns), "letters_each": int(letters)}
        return json.dumps(first_rows(file, media_type, **bounds)).encode()
    except ArchiveRefused as refusal:
        raise Unread(BROKEN) from refusal


def _found(read, names: str, allowed: str) -> bytes:
    from ppid.web.reading import personal

    found = personal.find(read, names=json.loads(names), allowed=json.loads(allowed))
    told = {
        "pages": read.pages,
        "is_signed": read.is_signed,
        "found": [[each.kind, each.count, [list(place) for place in each.places]] for each in found],
    }
    return json.dumps(told).encode()


def _limit(verb: str) -> None:
    seconds = _SECONDS[verb]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _run() -> int:
    _limit(sys.argv[1])
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    from ppid.web.reading.pieces import BROKEN, HEAVY, Unread

    try:
        answer, code = main(*sys.argv[1:]), 0
    except Unread as refusal:
        answer, code = str(refusal).encode(), REFUSED
    except (MemoryError, RecursionError):
        answer, code = HEAVY.encode(), REFUSED
    except OSError:
        answer, code = BROKEN.encode(), REFUSED
    except Exception as error:  # its words may be those of the file: only its kind is told
        where = error.__traceback__
        while where.tb_next:
            where = where.tb_next
        place = f"{Path(where.tb_frame.f_code.co_filename).name}:{where.tb_lineno}"
        answer, code = f"{type(error).__name__} in {place}".encode(), FAULT
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    return code


if __name__ == "__main__":
    sys.exit(_run())
