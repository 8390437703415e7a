"""The catalogue of everything public for other catalogues (DCAT), and the copy of everything."""

from urllib.parse import quote

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.generic import TemplateView

from ppid.portal.bundles import prints
from ppid.portal.machines import Keys, MachinePage, key, moment, said, site
from ppid.portal.of_edition import of_edition
from ppid.portal.pages import OpenPage, on_shelf
from ppid.portal.turtle import MEDIA_TYPE, turtle
from ppid.shelf.bundles import DUMP
from ppid.shelf.held import unheld
from ppid.shelf.models import PublishedFile, PublishedItem, Tombstone
from ppid.web.contact import contact

OF_A_PAGE = 100
CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_INDONESIAN = "http://publications.europa.eu/resource/authority/language/IND"
_WITHDRAWN = "http://publications.europa.eu/resource/authority/dataset-status/WITHDRAWN"


class Dcat(MachinePage):
    """The catalogue in pages of 100 items, and under ``?ditarik`` what was taken off, in the same pages.

    ``form`` is the end of the address: the same graph as JSON-LD or as Turtle.
    """

    form = "jsonld"
    keys = Keys("dcat", ("published_at", "pk"), (moment, key), newest_first=True)
    withdrawn = Keys("dcat-ditarik", ("taken_off_at", "pk"), (moment, key), newest_first=True)

    def get(self, request):
        page = self.of_withdrawals(request) if "ditarik" in request.GET else self.of_items(request)
        if self.form == "jsonld":
            return said({"@context": CONTEXT} | page, media_type="application/ld+json")
        return HttpResponse(turtle(page, CONTEXT), content_type=f"{MEDIA_TYPE}; charset=utf-8")

    def of_items(self, request) -> dict:
        base = site(request)
        named = Prefetch("files", unheld(on_shelf(PublishedFile)))
        rows = on_shelf(PublishedItem).defer("passport").prefetch_related(named)
        shown, following = self.page_of(rows, self.keys, request.GET.get("sesudah"))
        address = base + reverse("portal:data")
        return {
            "@id": f"{address}#katalog",
            "@type": "dcat:Catalog",
            "dct:title": _text(f"Informasi publik {contact().government}"),
            "dct:description": _text("Semua informasi publik yang sedang diumumkan."),
            "dct:publisher": _agent(contact().government),
            "dct:language": {"@id": _INDONESIAN},
            "dct:license": _licence(),
            "foaf:homepage": {"@id": address},
            "dct:hasFormat": [{"@id": base + reverse(f"portal:dcat{ending}")} for ending in ("", "_ttl")],
            "dcat:catalog": {"@id": f"{address}#ditarik"},
            "dcat:dataset": [_dataset(item, base) for item in shown],
            "hydra:view": self.view_of(request, following),
        }

    def of_withdrawals(self, request) -> dict:
        base = site(request)
        shown, following = self.page_of(on_shelf(Tombstone), self.withdrawn, request.GET.get("sesudah"))
        return {
            "@id": f"{base}{reverse('portal:data')}#ditarik",
            "@type": "dcat:Catalog",
            "dct:title": _text(f"Yang tidak diumumkan lagi, {contact().government}"),
            "dct:description": _text("Yang ditarik, digantikan, atau dikecualikan sesudah diumumkan."),
            "dct:publisher": _agent(contact().government),
            "dcat:dataset": [_withdrawn(stone, base) for stone in shown],
            "hydra:view": self.view_of(request, following, ditarik=""),
        }

    @staticmethod
    def page_of(rows, keys: Keys, cursor: str | None) -> tuple[list, str]:
        """Return the rows of the page, and the cursor of the next one, "" where there is none. Raises Unanswerable."""
        rows = keys.ordered(rows)
        if cursor:
            rows = keys.after(rows, cursor)
        found = list(rows[: OF_A_PAGE + 1])
        shown = found[:OF_A_PAGE]
        more = len(found) > OF_A_PAGE
        return shown, keys.cursor([getattr(shown[-1], name) for name in keys.fields]) if more else ""

    @staticmethod
    def view_of(request, following: str, **asked: str) -> dict:
        """Return the page itself, with the address of the next one."""
        here = site(request) + request.path
        view = {"@id": f"{here}?{request.GET.urlencode()}" if request.GET else here}
        view["@type"] = "hydra:PartialCollectionView"
        if following:
            view["hydra:next"] = {"@id": f"{here}?{urlencode({**asked, 'sesudah': following})}"}
        return view


def _dataset(item, base: str) -> dict:
    url = base + item.get_absolute_url()
    return {
        "@id": url,
        "@type": "dcat:Dataset",
        "dct:identifier": item.number,
        "dct:title": _text(item.title),
        "dct:description": _text(item.summary or item.title),
        "dct:issued": _moment(item.published_at),
        "dct:modified": _moment(item.written_at),
        "dct:publisher": _agent(item.unit_name),
        "dct:license": _licence(),
        "dcat:landingPage": {"@id": url},
        "dcat:distribution": [_distribution(file, base) for file in item.files.all()],
    }


def _withdrawn(stone: Tombstone, base: str) -> dict:
    """Return what a tombstone says, and nothing else."""
    url = f"{base}{reverse('portal:item', args=[stone.number])}"
    said = {
        "@id": url,
        "@type": "dcat:Dataset",
        "dct:identifier": stone.number,
        "dct:title": _text(stone.title),
        "dct:description": _text(f"{stone.get_kind_display()}. {stone.reason}"),
        "dct:modified": _moment(stone.taken_off_at),
        "adms:status": {"@id": _WITHDRAWN},
    }
    if stone.successor:
        said["dct:isReplacedBy"] = {"@id": f"{base}{reverse('portal:item', args=[stone.successor])}"}
    return said


def _distribution(file, base: str) -> dict:
    url = base + file.get_absolute_url()
    return {
        "@id": url,
        "@type": "dcat:Distribution",
        "dct:title": _text(file.title),
        "dct:license": _licence(),
        "dcat:accessURL": {"@id": url},
        "dcat:downloadURL": {"@id": url},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{quote(file.media_type)}"},
        "dcat:byteSize": {"@value": str(file.size), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"},
        },
    }


def _text(words: str) -> dict:
    return {"@value": words, "@language": "id"}


def _agent(name: str) -> dict:
    return {"@type": "foaf:Agent", "foaf:name": name}


def _licence() -> dict:
    """Return how it may be used again: in the office's words, because it names no licence with an address."""
    return {"@type": "dct:LicenseDocument", "rdfs:label": _text(settings.REUSE_LICENCE)}


def _moment(value) -> dict:
    return {"@value": value.isoformat(), "@type": "xsd:dateTime"}


class Data(OpenPage, TemplateView):
    """All doors to what is public as data."""

    template_name = "portal/data.html"
    section = "data"

    def get_context_data(self, **kwargs):
        return super().get_context_data(copy=prints(of_edition(self.request), DUMP, "dump_part"), **kwargs)


class Manifest(MachinePage):
    """What the copy of everything consists of; ``data`` is empty while there is none."""

    def get(self, request):
        copy, base = prints(of_edition(request), DUMP, "dump_part"), site(request)
        parts = [
            {
                "part": each.part,
                "filename": each.filename,
                "records": each.rows,
                "size": each.size,
                "sha256": each.sha256,
                "url": base + each.url,
            }
            for each in copy.parts
        ]
        as_of = copy.as_of.isoformat() if copy.as_of else None
        return said({"as_of": as_of, "records": copy.rows, "data": parts})
