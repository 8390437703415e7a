"""Lists in pages, which the address calls ``halaman`` (``templates/partials/pages.html``)."""

from django.views.generic import ListView


class PagedList(ListView):
    """A list in pages. A page number that does not fit leads to the nearest page there is."""

    def paginate_queryset(self, queryset, page_size):
        page = self.get_paginator(queryset, page_size).get_page(self.request.GET.get("halaman"))
        return page.paginator, page, page.object_list, page.has_other_pages()
