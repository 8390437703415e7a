"""The forms in which a list leaves: each is written while it is sent, and the same rows give the same bytes.

Nothing in a file says when it was made, so whoever keeps one can tell by its bytes whether anything changed.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from ppid.web.columns import Column
from ppid.web.csv_lines import csv_lines
from ppid.web.letters import without_forbidden
from ppid.web.open_document import ods
from ppid.web.workbook import XLSX, xlsx

ODS = "application/vnd.oasis.opendocument.spreadsheet"
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Taken:
    """A list to take away: the name of its sheet, the lines over it, its columns, and where its rows come from."""

    sheet: str
    title: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable]


@dataclass(frozen=True, slots=True)
class Form:
    """A form in which a list leaves. ``ending`` is that of its address and of the file."""

    ending: str
    label: str
    media_type: str
    write: Callable[[Taken], Iterator[bytes]]

    def answer(self, taken: Taken, name: str, *, only_head: bool = False) -> HttpResponseBase:
        """Answer with the list as a file of this name, written while it is sent; ``only_head`` computes nothing."""
        response: HttpResponseBase
        if only_head:
            response = HttpResponse(content_type=self.media_type)
        else:
            response = StreamingHttpResponse(self.write(taken), content_type=self.media_type)
        response["Content-Disposition"] = content_disposition_header(True, f"{name}.{self.ending}") or "attachment"
        response["X-Content-Type-Options"] = "nosniff"
        return response


def in_pieces(lines: Iterable[str]) -> Iterator[bytes]:
    """Yield the lines as UTF-8, some tens of kilobytes at a time."""
    gathered, size = [], 0
    for line in lines:
        gathered.append(line)
        size += len(line)
        if size >= _PIECE:
            yield "".join(gathered).encode()
            gathered, size = [], 0
    if gathered:
        yield "".join(gathered).encode()


def _csv(taken: Taken) -> Iterator[bytes]:
    return in_pieces(csv_lines(taken.columns, taken.rows()))


def _json(taken: Taken) -> Iterator[bytes]:
    return in_pieces(_json_lines(taken))


def _json_lines(taken: Taken) -> Iterator[str]:
    """Yield an object with the title, the columns and the rows, a row a line."""
    headings = [column.heading for column in taken.columns]
    head = {"judul": list(taken.title), "kolom": headings}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "baris": ['
    before = "\n"
    for row in taken.rows():
        told = {column.heading: without_forbidden(column.text(row)) for column in taken.columns}
        yield before + json.dumps(told, ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n"


def _xlsx(taken: Taken) -> Iterator[bytes]:
    return xlsx(taken.sheet, taken.title, taken.columns, taken.rows())


def _ods(taken: Taken) -> Iterator[bytes]:
    return ods(taken.sheet, taken.title, taken.columns, taken.rows())


FORMS = {
    form.ending: form
    for form in (
        Form("csv", "CSV", "text/csv; charset=utf-8", _csv),
        Form("xlsx", "Excel", XLSX, _xlsx),
        Form("ods", "ODS", ODS, _ods),
        Form("json", "JSON", "application/json", _json),
    )
}
