"""The editions of an item: each has an address that means it for ever, also while it is the current one."""

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.generic import View

from ppid.portal import files
from ppid.portal.items import ItemPage, gone, page_of, shown
from ppid.portal.pages import OpenPage, on_shelf
from ppid.portal.reader import reader_of, with_reading
from ppid.portal.units import called_now
from ppid.shelf.models import EditionFile, PublishedEdition, PublishedFile, PublishedItem


class EditionPage(OpenPage, View):
    """An edition as it was read; the current one is the item's own page."""

    def get(self, request, number, edition):
        try:
            return HttpResponse(page_of(request, number, edition=edition))
        except PublishedItem.DoesNotExist:
            stands = Exists(PublishedItem.objects.filter(number=OuterRef("number")))
        editions = on_shelf(PublishedEdition).filter(number=number, edition=edition)
        editions = editions.annotate(unit_now=called_now(), is_standing=stands)
        found = editions.prefetch_related(with_reading(EditionFile, request.GET)).first()
        if found is None:
            return _no_longer(request, number, edition)
        reader = reader_of(found.files.all(), request.GET, address=found.edition_url)
        context = {"current": found.is_standing, "unit_now": found.unit_now, "reader": reader}
        return render(request, "portal/edition.html", shown(found) | context)


class FileOfEdition(OpenPage, View):
    """A file of an edition: these very bytes, whatever the item shows since."""

    def get(self, request, number, edition, key, filename):
        wanted = {"item__number": number, "item__edition": edition, "key": key}
        file = _first(PublishedFile, wanted) or _first(EditionFile, wanted)
        if file is None:
            return _no_longer(request, number, edition)
        if file.filename != filename:
            return redirect("portal:edition_file", number, edition, key, file.filename)
        return files.send(request, file.sha256, media_type=file.media_type, filename=file.filename)


def _first(model, wanted):
    return on_shelf(model).filter(**wanted).select_related("item").first()


def _no_longer(request, number: str, edition: int) -> HttpResponse:
    """Answer for what no edition has: 410 for an edition that there was, else 404."""
    current = on_shelf(PublishedItem).filter(number=number).only("number", "edition", "title").first()
    if current is None:
        return gone(request, number)
    if not 1 <= edition < current.edition or _is_readable(number, edition):
        raise Http404
    return render(request, "portal/former_edition.html", {"item": current, "section": ItemPage.section}, status=410)


def _is_readable(number: str, edition: int) -> bool:
    return on_shelf(PublishedEdition).filter(number=number, edition=edition).exists()
