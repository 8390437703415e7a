"""The page of the one search: what bears the typed number, then what holds the words, by kind, with true counts."""

from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import Count, Value
from django.views.generic import TemplateView

from ppid.desk.find.asked import read
from ppid.desk.find.kinds import KINDS, Found, Kind, Seeker
from ppid.desk.find.nearest import nearest_to
from ppid.desk.pages import AppointedPage
from ppid.organisation.models import Unit
from ppid.web.parameters import text
from ppid.web.spoken import Spoken

FIRST, A_PAGE, EXACT = 5, 20, 20


class Find(AppointedPage, TemplateView):
    template_name = "desk/find/find.html"
    section = "find"

    @cached_property
    def seeker(self) -> Seeker:
        return self.seeker_of(text(self.request.GET, "q"))

    def seeker_of(self, typed: str) -> Seeker:
        asked = read(typed)
        return Seeker(
            self.request.user,
            self.offices,
            self.visible,
            asked,
            self.spoken.meant(" ".join(asked.words)),
            self.now,
            self.working,
        )

    @cached_property
    def spoken(self) -> Spoken:
        units = Unit.objects.open().with_spoken().order_by("name")
        return Spoken([(unit.code, unit.spoken) for unit in units])

    @cached_property
    def kind(self) -> Kind | None:
        """The kind that is shown alone."""
        asked = text(self.request.GET, "hal")
        return next((kind for kind in KINDS if kind.key == asked), None)

    @cached_property
    def counts(self) -> dict[str, int]:
        return counted(self.seeker)

    def exact(self) -> list[tuple[Kind, Found]]:
        """Return what bears the number that was typed."""
        found = []
        for kind in KINDS:
            rows = kind.exact(self.seeker)
            if rows is not None:
                found += [(kind, each) for each in kind.found(rows[:EXACT], self.seeker)]
        return found

    def get_context_data(self, **kwargs):
        asked = self.seeker.asked
        kwargs |= {"asked": asked, "kinds": [(kind, self.counts[kind.key]) for kind in KINDS] if asked.typed else []}
        if not asked.typed:
            return super().get_context_data(**kwargs)
        kwargs["total"] = sum(self.counts.values())
        kwargs["exact"] = exact = self.exact()
        if self.kind:
            rows = self.kind.rows(self.seeker)
            page = Paginator(range(self.counts[self.kind.key]), A_PAGE).get_page(self.request.GET.get("halaman"))
            first = max(page.start_index() - 1, 0)
            found = self.kind.found(rows[first : page.end_index()], self.seeker) if page.object_list else []
            kwargs |= {"kind": self.kind, "page_obj": page, "found": found}
        else:
            kwargs["groups"] = [
                (kind, n, kind.found(kind.rows(self.seeker)[:FIRST], self.seeker)) for kind, n in kwargs["kinds"] if n
            ]
        if not exact and not kwargs["total"]:
            kwargs |= self.nearest()
        return super().get_context_data(**kwargs)

    def nearest(self) -> dict[str, object]:
        """Return the nearest spelling that finds something, and how much it finds."""
        meant = nearest_to(self.seeker)
        many = sum(counted(self.seeker_of(meant)).values()) if meant else 0
        return {"meant": meant, "meant_many": many} if many else {}


def counted(seeker: Seeker) -> dict[str, int]:
    """Return how many of each kind hold the words, in one query."""
    counts = dict.fromkeys((kind.key for kind in KINDS), 0)
    asked = []
    for kind in KINDS:
        rows = kind.rows(seeker)
        if not rows.query.is_empty():
            asked.append(rows.order_by().values_list(Value(kind.key)).annotate(n=Count("pk")))
    if not asked:
        return counts
    one, *more = asked
    return counts | dict(one.union(*more, all=True))
