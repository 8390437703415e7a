"""The SOP library for the public: the list, the page of a sheet and of each of its versions, and what is downloaded."""

from django.http import Http404, StreamingHttpResponse
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from ppid.portal import files
from ppid.portal.filters import SopFilter
from ppid.portal.of_edition import of_edition
from ppid.portal.pages import OpenPage, ShelfList, on_shelf
from ppid.portal.sop_archive import archive
from ppid.portal.units import asked_of, called_now
from ppid.shelf.held import is_held
from ppid.shelf.listed_registers import listed_sops
from ppid.shelf.models import PublishedSop, PublishedSopFile
from ppid.shelf.search.question import read
from ppid.web.safe_files import PDF


def found_or_404(rows):
    """Return the first of the rows."""
    if (found := rows.first()) is None:
        raise Http404
    return found


def sop_filter(request) -> SopFilter:
    """Return the filters of the address, with the units, themes and years of the library."""
    shelf = of_edition(request)
    asked, told = asked_of(request.GET, shelf.library.units, shelf.units)
    told["families"] = shelf.families(read(request.GET.get("q", "")))
    return SopFilter(asked, themes=shelf.library.themes, oldest=shelf.library.oldest, today=shelf.day, **told)


class SopList(ShelfList):
    model = PublishedSop
    template_name = "portal/sops.html"
    section = "sop"
    # Ranking reads every match: a search that finds more than this goes by title, and says so.
    SEARCHED = 200

    @cached_property
    def filter(self):
        return sop_filter(self.request)

    def get_paginator(self, queryset, per_page, **kwargs):
        paginator = super().get_paginator(queryset, per_page, **kwargs)
        if "q" in self.filter.chosen:
            paginator.counted = self.SEARCHED
            if paginator.has_more_than_counted:
                paginator.object_list = queryset.by_title()
        return paginator

    def get_context_data(self, **kwargs):
        unit = self.filter.chosen.get("unit")
        unit_name = dict(self.filter.fields["unit"].choices).get(unit, "")
        context = super().get_context_data(unit=unit, unit_name=unit_name, **kwargs)
        found = context["page_obj"].object_list
        return context | {"rows": listed_sops(found) if context["paginator"].count else []}


class SopVersionPage(OpenPage, TemplateView):
    """The page of exactly one version, to which what is printed on the sheet leads."""

    template_name = "portal/sop.html"
    section = "sop"

    def published(self):
        return on_shelf(PublishedSop).filter(version=self.kwargs["version"])

    def get_context_data(self, slug, **kwargs):
        found = self.published().filter(slug=slug).defer("steps")
        published = found_or_404(found.annotate(unit_now=called_now(), pdf_is_held=is_held("pdf_sha256")))
        versions = on_shelf(PublishedSop).filter(slug=slug).order_by("-version").for_list()
        enclosed = list(published.files.annotate(is_held=is_held()))
        meant = on_shelf(PublishedSop).meant_by(published.related, unit_code=published.unit_code)
        return super().get_context_data(
            published=published,
            versions=list(versions),
            files=[file for file in enclosed if file.kind != PublishedSopFile.Kind.SIGNED],
            signed=next((file for file in enclosed if file.kind == PublishedSopFile.Kind.SIGNED), None),
            related=[(text, meant.get(text)) for text in published.related],
            **kwargs,
        )


class SopPage(SopVersionPage):
    """The page of an SOP: of its version in force, or of the last one that was."""

    def published(self):
        return on_shelf(PublishedSop).current_first()


class SopPdf(OpenPage, View):
    """The kept bytes of the sheet, as they were when it was approved; without a version, those of the one in force."""

    def get(self, request, slug, version=None):
        versions = on_shelf(PublishedSop).filter(slug=slug).current_first()
        if version is not None:
            versions = versions.filter(version=version)
        for kept, sha256 in versions.values_list("version", "pdf_sha256")[:1]:
            return files.send(request, sha256, media_type=PDF, filename=f"{slug}-v{kept}.pdf")
        raise Http404


class SopFile(OpenPage, View):
    """A version in another form, or as it was signed."""

    def get(self, request, slug, version, filename):
        rows = on_shelf(PublishedSopFile).filter(sop__slug=slug, sop__version=version, filename=filename)
        file = found_or_404(rows)
        name = f"{slug}-v{version}-{file.filename}"
        return files.send(request, file.sha256, media_type=file.media_type, filename=name)


class SopsOfUnit(OpenPage, View):
    """All sheets of a unit that are in force, with an index, as one ZIP written while it is sent."""

    def get(self, request, unit):
        sops = list(on_shelf(PublishedSop).in_force().filter(unit_code=unit).by_title().for_list())
        if not sops:
            raise Http404
        signed = on_shelf(PublishedSopFile).filter(sop__in=sops, kind=PublishedSopFile.Kind.SIGNED)
        chunks = archive(sops, {file.sop_id: file for file in signed}, base=request.build_absolute_uri("/"))
        response = StreamingHttpResponse(chunks, content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="sop-{unit}.zip"'
        response["X-Content-Type-Options"] = "nosniff"
        return response
