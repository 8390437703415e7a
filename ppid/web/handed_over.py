"""Leaves the sending of a file's bytes to nginx, once the application has decided who may have them.

nginx reads them from the folder of the store (``deploy/nginx.conf``: two places that only the application can name) and
keeps the headers that are set here.
"""

from pathlib import Path

from django.conf import settings
from django.http import HttpResponse

# The folder in the settings → the place in nginx that stands for it.
PLACES = {"PUBLIC_FILES": "/_berkas/umum", "PRIVATE_FILES": "/_berkas/meja"}


def handed_over(path: Path | None) -> HttpResponse | None:
    """Return an answer whose body nginx sends, None where nginx is not asked to or can't reach the file.

    ``path`` is where a store has the file on disk, None for one that has no folder.
    """
    if not settings.X_ACCEL or path is None:
        return None
    for name, place in PLACES.items():
        folder = getattr(settings, name)
        if isinstance(folder, Path) and path.is_relative_to(folder):
            return HttpResponse(headers={"X-Accel-Redirect": f"{place}/{path.relative_to(folder).as_posix()}"})
    return None
