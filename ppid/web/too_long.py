"""How long a statement may take while somebody waits for a page; what is longer is broken off, with a sentence.

Commands and the worker, who have other work of the same database role, are not limited.
"""

from django.conf import settings
from django.db import ConnectionHandler, OperationalError, connections

LIMITED = ("default", "portal")
_BROKEN_OFF = "57014"  # SQLSTATE of a statement that was broken off


def limit_statements(handler: ConnectionHandler = connections) -> None:
    """Let every connection that this process opens from now on break off what takes too long."""
    for alias in LIMITED:
        options = handler.databases[alias]["OPTIONS"]
        limit = f"-c statement_timeout={settings.STATEMENT_SECONDS}s"
        options["options"] = f"{options.get('options', '')} {limit}".strip()


def was_broken_off(error: BaseException | None) -> bool:
    """Whether the error says that a statement took too long."""
    return isinstance(error, OperationalError) and getattr(error.__cause__, "sqlstate", None) == _BROKEN_OFF
