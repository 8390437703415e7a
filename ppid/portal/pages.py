"""What every page of the portal is: open to all, reading the shelf through the role that can read nothing else."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.views.decorators.csrf import csrf_exempt

from ppid.web.paged import PagedList


def on_shelf(model):
    """Return all rows of a table of the shelf, read through the portal's own role."""
    return model.objects.using(settings.PORTAL_DATABASE)


class OpenPage:
    """Mixin of every view here: open to all, GET and HEAD only. ``section`` is the menu entry it belongs to."""

    http_method_names = ["get", "head"]
    section = ""

    @classmethod
    def as_view(cls, **initkwargs):
        # The CSRF check would read a cookie and answer before the 405 does; there is nothing here to forge.
        view = csrf_exempt(login_not_required(super().as_view(**initkwargs)))
        view.reads_the_shelf_alone = True  # so its answers can be kept (ppid/portal/kept.py)
        return view

    def get_context_data(self, **kwargs):
        return super().get_context_data(section=self.section, **kwargs)


class ShelfPaginator(Paginator):
    """Pages of a long list. Counting stops at ``counted``, so that a million items cost no more than ten thousand."""

    counted = 10_000

    @cached_property
    def found(self) -> int:
        return self.object_list.order_by()[: self.counted + 1].count()

    @property
    def count(self) -> int:
        return min(self.found, self.counted)

    @property
    def has_more_than_counted(self) -> bool:
        return self.found > self.counted


class ShelfList(OpenPage, PagedList):
    """A list with filters from the address."""

    paginator_class = ShelfPaginator
    paginate_by = 20

    def get_queryset(self):
        return self.filter.apply(self.shelf())

    def shelf(self):
        """Return what the list is of, before it is narrowed."""
        return on_shelf(self.model)

    def get_context_data(self, **kwargs):
        return super().get_context_data(filter=self.filter, **kwargs)
