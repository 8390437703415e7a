"""The lines of the log: whoever reads them gets no address that would let them in, and nothing of a person.

In use they are JSON, one object a line, for whatever collects logs; in the demo they are lines to read.
"""

import logging
import re

from pythonjsonlogger.json import JsonFormatter

# The secrets that open an auditor's link and a person's calendar stand in their paths.
_SECRET = re.compile(r"(/meja/(?:pemeriksa|tenggat)/)[^/.\s?\"'\\]+")
# What the database says of a row that it refused prints the row.
_ROW = re.compile(r"((?:DETAIL|CONTEXT|Failing row contains)[: ]+).*")
_MAIL = re.compile(r"[^\s@<>()\[\]{}\"'=,;:]+@[\w-]+(?:\.[\w-]+)+")
# NIK and KK have 16 digits, a NIP 18, an NPWP 15 or 16, a telephone number in the country's way ten to thirteen.
_NUMBER = re.compile(r"(?<![\w.-])(?:\d[ .-]?){14,17}\d(?![\w-])|(?<![\w.])(?:\+62|08)\d{8,11}(?!\d)")


def without_persons(said: str) -> str:
    """Return the text without secrets of addresses, mail addresses, numbers of persons and rows of the database."""
    said = _SECRET.sub(r"\1…", said)
    said = _ROW.sub(r"\1…", said)
    return _NUMBER.sub("…", _MAIL.sub("…@…", said))


class LineFormatter(logging.Formatter):
    """Writes a line, with its traceback, to be read by people."""

    def format(self, record):
        return without_persons(super().format(record))


class JsonLineFormatter(JsonFormatter):
    """Writes a record as one line of JSON: moment, level, logger, reference, account, what happened, the traceback."""

    def __init__(self):
        super().__init__(
            "%(asctime)s %(levelname)s %(name)s %(reference)s %(message)s",
            rename_fields={"asctime": "at", "levelname": "level", "name": "logger"},
            json_ensure_ascii=False,
            datefmt="%Y-%m-%dT%H:%M:%S%z",
        )

    def process_log_record(self, log_data):
        """Keep what is ours: what others add to a record (a request, a job's arguments) may hold anything."""
        kept = ("at", "level", "logger", "reference", "account", "message", "exc_info", "stack_info")
        return {name: without_persons(str(log_data[name])) for name in kept if log_data.get(name)}
