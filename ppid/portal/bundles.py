"""What was made in the background to be taken away in parts: how far it is, and the parts themselves."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.urls import reverse
from django.views.generic import View

from ppid.portal import files
from ppid.portal.of_edition import ReadOnce
from ppid.portal.pages import OpenPage, on_shelf
from ppid.shelf.models import BundlePart


@dataclass(frozen=True, slots=True)
class Part:
    """A part to take away, with its address."""

    part: int
    filename: str
    size: int
    sha256: str
    rows: int
    url: str


@dataclass(frozen=True, slots=True)
class Prints:
    """What there is of a kind: the parts of the last finished one with their day, and how far the next one is."""

    parts: list[Part]
    as_of: date | None
    rows: int
    done: int
    total: int

    @property
    def is_making(self) -> bool:
        return self.total > 0


def prints(shelf: ReadOnce, kind: str, name: str) -> Prints:
    """Return what there is of a kind, whose parts have addresses called ``name``."""
    bundles = [each for each in shelf.bundles if each.kind == kind]
    finished = next((each for each in bundles if each.finished_at), None)
    making = next((each for each in bundles if not each.finished_at), None)
    there = finished.there if finished else []
    return Prints(
        [Part(url=reverse(f"portal:{name}", args=[each["part"]]), **each) for each in there],
        finished and finished.as_of,
        finished.rows if finished else 0,
        len(making.there) if making else 0,
        making.total if making else 0,
    )


class BundleFile(OpenPage, View):
    """A part of the last finished bundle of a kind; nothing while there is none."""

    kind = ""

    def get(self, request, part, **kwargs):
        parts = on_shelf(BundlePart).filter(bundle__kind=self.kind, bundle__finished_at__isnull=False)
        found = parts.filter(part=part).defer("keys").first() if part < 2**31 else None
        if found is None:
            raise Http404
        return files.send(request, found.sha256, media_type=found.media_type, filename=found.filename)
