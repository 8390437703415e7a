"""What changed from one edition of an item to the next: its words, old and new, and its files."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.http import Http404
from django.shortcuts import render
from django.views.generic import View

from ppid.portal.items import ItemPage, gone
from ppid.portal.pages import OpenPage, on_shelf
from ppid.shelf.held import is_held
from ppid.shelf.models import EditionFile, PublishedEdition, PublishedFile, PublishedItem

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
    former, present = _files(before), _files(after)
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


def _with_files(editions: QuerySet[Any], model: type[PublishedFile | EditionFile]) -> QuerySet[Any]:
    """Fetch the editions with their files, in one query."""
    files = model.objects.filter(item=OuterRef("pk")).order_by("position")
    said = files.annotate(held=is_held()).values(said=JSONObject(held="held", **{name: name for name in model.words()}))
    return editions.defer("passport").annotate(enclosed=ArraySubquery(said))


def _files(edition: Any) -> dict[str, Any]:
    """Return the files of an edition that was fetched with them, by their keys; each knows whether it ``is_held``."""
    model = PublishedFile if isinstance(edition, PublishedItem) else EditionFile
    found = {}
    for each in edition.enclosed:
        held = each.pop("held")
        found[each["key"]] = file = model(item=edition, **each)
        file.is_held = held
    return found


def _said(edition: Any, name: str) -> str:
    value = getattr(edition, name)
    return str(value() if callable(value) else value) or "–"


class EditionChanges(OpenPage, View):
    """What an edition changed of the one before."""

    def get(self, request, number, edition):
        current = _with_files(on_shelf(PublishedItem).filter(number=number), PublishedFile).first()
        wanted = on_shelf(PublishedEdition).filter(number=number, edition__in=[edition - 1, edition])
        found = {each.edition: each for each in _with_files(wanted, EditionFile)}
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
