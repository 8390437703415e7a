"""The catalogue of everything public for other catalogues (DCAT), and the copy of everything."""

from django.views.generic import TemplateView

from ppid.portal.bundles import prints
from ppid.portal.machines import Keys, MachinePage, key, moment, said, site
from ppid.portal.pages import OpenPage, on_shelf
from ppid.shelf.bundles import DUMP
from ppid.shelf.models import PublishedItem
from ppid.web.contact import contact

OF_A_PAGE = 100
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


class Dcat(MachinePage):
    """The catalogue in pages of 100 items."""

    keys = Keys("dcat", ("published_at", "pk"), (moment, key), newest_first=True)

    def get(self, request):
        base = site(request)
        here = base + request.path
        rows = self.keys.ordered(on_shelf(PublishedItem).defer("passport").prefetch_related("files"))
        if cursor := request.GET.get("sesudah"):
            rows = self.keys.after(rows, cursor)
        found = list(rows[: OF_A_PAGE + 1])
        shown = found[:OF_A_PAGE]
        publisher = {"@type": "foaf:Agent", "foaf:name": contact().government}
        page = {
            "@context": _CONTEXT,
            "@id": here,
            "@type": ["dcat:Catalog", "hydra:PartialCollectionView"],
            "dct:title": {"@value": f"Informasi publik {contact().government}", "@language": "id"},
            "dct:description": {"@value": "Semua informasi publik yang sedang diumumkan.", "@language": "id"},
            "dct:publisher": publisher,
            "dct:language": {"@id": "http://publications.europa.eu/resource/authority/language/IND"},
            "dcat:dataset": [_dataset(item, base) for item in shown],
        }
        if len(found) > OF_A_PAGE:
            last = shown[-1]
            page["hydra:next"] = {"@id": f"{here}?sesudah={self.keys.cursor([last.published_at, last.pk])}"}
        return said(page, media_type="application/ld+json")


def _dataset(item, base: str) -> dict:
    url = base + item.get_absolute_url()
    return {
        "@id": url,
        "@type": "dcat:Dataset",
        "dct:identifier": item.number,
        "dct:title": {"@value": item.title, "@language": "id"},
        "dct:description": {"@value": item.summary or item.title, "@language": "id"},
        "dct:issued": _moment(item.published_at),
        "dct:modified": _moment(item.written_at),
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": item.unit_name},
        "dcat:landingPage": {"@id": url},
        "dcat:distribution": [_distribution(file, base) for file in item.files.all()],
    }


def _distribution(file, base: str) -> dict:
    url = base + file.get_absolute_url()
    return {
        "@id": url,
        "@type": "dcat:Distribution",
        "dct:title": {"@value": file.title, "@language": "id"},
        "dcat:downloadURL": {"@id": url},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{file.media_type}"},
        "dcat:byteSize": {"@value": str(file.size), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": file.sha256,
        },
    }


def _moment(value) -> dict:
    return {"@value": value.isoformat(), "@type": "xsd:dateTime"}


class Data(OpenPage, TemplateView):
    """All doors to what is public as data."""

    template_name = "portal/data.html"
    section = "data"

    def get_context_data(self, **kwargs):
        return super().get_context_data(copy=prints(DUMP, "dump_part"), **kwargs)


class Manifest(MachinePage):
    """What the copy of everything consists of; ``data`` is empty while there is none."""

    def get(self, request):
        copy, base = prints(DUMP, "dump_part"), site(request)
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
