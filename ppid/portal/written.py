"""The pages that the office writes about itself: a list of all, each as it is now, and every edition of each."""

from functools import cached_property

from django.http import Http404
from django.shortcuts import redirect
from django.views.generic import TemplateView, View

from ppid.portal.pages import OpenPage, on_shelf
from ppid.shelf.page_kinds import BY_SLUG, GROUPS, PAGE_KINDS, PageKind
from ppid.shelf.written_pages import PublishedPage
from ppid.web.markup import plain
from ppid.web.word_changes import word_changes


class PageList(OpenPage, TemplateView):
    """All pages by what they are about; also those that are not written yet, because they are to be."""

    template_name = "portal/written/list.html"
    section = "pages"

    def get_context_data(self, **kwargs):
        shown = {page.slug: page for page in on_shelf(PublishedPage).current().defer("body")}
        groups = [
            (group, [(kind, shown.get(kind.slug)) for kind in PAGE_KINDS if kind.group == group]) for group in GROUPS
        ]
        return super().get_context_data(groups=groups, **kwargs)


class OfPage(OpenPage):
    """Mixin: what is about one page."""

    section = "pages"

    @cached_property
    def kind(self) -> PageKind:
        kind = BY_SLUG.get(self.kwargs["slug"])
        if kind is None:
            raise Http404
        return kind

    @cached_property
    def editions(self) -> list[PublishedPage]:
        """All editions, the newest first, without their texts: they are few."""
        return list(on_shelf(PublishedPage).filter(slug=self.kind.slug).newest_first().defer("body"))

    def text_of(self, edition: int) -> str:
        found = on_shelf(PublishedPage).filter(slug=self.kind.slug, edition=edition)
        return found.values_list("body", flat=True).get()

    def find(self, number: int) -> PublishedPage:
        found = next((each for each in self.editions if each.edition == number), None)
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs):
        return super().get_context_data(kind=self.kind, editions=self.editions, **kwargs)


class Page(OfPage, TemplateView):
    """A page as it is now. One that is not written yet says so, with the way to the office: its address is linked.

    The English summary, until the office writes its own, is one that is true of every office.
    """

    def get_template_names(self):
        if self.editions:
            return ["portal/written/page.html"]
        return [f"portal/written/unwritten_{self.kind.lang}.html"]

    def get_context_data(self, **kwargs):
        page = self.editions[0] if self.editions else None
        body = self.text_of(page.edition) if page else ""
        return super().get_context_data(page=page, body=body, **kwargs)


class PageEdition(OfPage, TemplateView):
    """An edition as it was approved, whatever the page says since."""

    template_name = "portal/written/edition.html"

    def get_context_data(self, **kwargs):
        page = self.find(self.kwargs["edition"])
        return super().get_context_data(page=page, body=self.text_of(page.edition), current=self.editions[0], **kwargs)


class PageChanges(OfPage, TemplateView):
    """What an edition says otherwise than the one before, word by word."""

    template_name = "portal/written/changes.html"

    def get_context_data(self, **kwargs):
        page = self.find(self.kwargs["edition"])
        if page.edition == 1:
            raise Http404
        before, after = (plain(self.text_of(number)) for number in (page.edition - 1, page.edition))
        return super().get_context_data(page=page, before=page.edition - 1, runs=word_changes(before, after), **kwargs)


class Accessibility(OpenPage, View):
    """The old address of the accessibility statement."""

    def get(self, request):
        return redirect("portal:page", "aksesibilitas", permanent=True)
