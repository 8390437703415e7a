"""What changed from one edition of an item to the next: its words, old and new, and its files."""

from dataclasses import dataclass, field
from typing import Any

from django.http import Http404
from django.shortcuts import render
from django.views.generic import View

from ppid.portal.items import ItemPage, gone
from ppid.portal.pages import OpenPage, on_shelf
from ppid.shelf.models import PublishedEdition, PublishedItem

_WORDS = {
    "title": "Judul",
    "summary": "Ringkasan isi",
    "get_category_display": "Jenis",
    "unit_name": "Unit yang menguasai",
    "responsible": "Penanggung jawab",
    "made_place": "Tempat pembuatan",
    "made_when": "Waktu pembuatan",
    "form_text": "Bentuk yang tersedia",
    "retention": "Jangka waktu penyimpanan",
}


@dataclass
class Changes:
    """The words that changed, as name, former and present ones, and what became of the files."""

    words: list[tuple[str, str, str]] = field(default_factory=list)
    added: list[Any] = field(default_factory=list)
    removed: list[Any] = field(default_factory=list)
    replaced: list[tuple[Any, Any]] = field(default_factory=list)
    renamed: list[tuple[Any, Any]] = field(default_factory=list)
    same: int = 0

    def __bool__(self) -> bool:
        return bool(self.words or self.added or self.removed or self.replaced or self.renamed)


def changes(before: Any, after: Any) -> Changes:
    """Compare two editions, each with its files; a file is known by its key, which its successors share."""
    found = Changes()
    for name, called in _WORDS.items():
        was, now = (_said(each, name) for each in (before, after))
        if was != now:
            found.words.append((called, was, now))
    former = {file.key: file for file in before.files.all()}
    present = {file.key: file for file in after.files.all()}
    found.added = [file for key, file in present.items() if key not in former]
    found.removed = [file for key, file in former.items() if key not in present]
    for key in present.keys() & former.keys():
        was, now = former[key], present[key]
        if was.sha256 != now.sha256:
            found.replaced.append((was, now))
        elif was.title != now.title:
            found.renamed.append((was, now))
        else:
            found.same += 1
    for pairs in (found.replaced, found.renamed):
        pairs.sort(key=lambda pair: pair[1].position)
    return found


def _said(edition: Any, name: str) -> str:
    value = getattr(edition, name)
    return str(value() if callable(value) else value) or "–"


class EditionChanges(OpenPage, View):
    """What an edition changed of the one before."""

    def get(self, request, number, edition):
        current = on_shelf(PublishedItem).filter(number=number).defer("passport", "search")
        current = current.prefetch_related("files").first()
        wanted = on_shelf(PublishedEdition).filter(number=number, edition__in=[edition - 1, edition])
        found = {each.edition: each for each in wanted.defer("passport").prefetch_related("files")}
        if current is not None and current.edition == edition:
            found[edition] = current
        before, after = found.get(edition - 1), found.get(edition)
        if current is None and not found:
            return gone(request, number)
        if before is None or after is None:
            raise Http404
        context = {
            "item": after,
            "before": before,
            "changes": changes(before, after),
            "is_current": after is current,
            "section": ItemPage.section,
        }
        return render(request, "portal/changes.html", context)
