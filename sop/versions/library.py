"""The library as a list for officers: which SOPs there are, narrowed by theme, state, review date and words.

What is in force is searched on the shelf, whose words are indexed; only what isn't there yet is read row by row.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from ppid.organisation.models import Unit
from ppid.shelf.models import PublishedSop
from ppid.shelf.search.families import asked
from sop.models import UNDECIDED, Activity, Sop, SopVersion

_LISTED = ("sop", "version", "state", "number", "in_force_from", "review_on", "origin", "confirmed_at", "approved_at")


def for_list(sops: QuerySet[Sop]) -> QuerySet[Sop]:
    """Fetch along what the list prints, the newest version first."""
    versions = SopVersion.objects.only(*_LISTED).order_by("-version")
    return sops.select_related("unit").prefetch_related(Prefetch("versions", versions)).order_by("title", "pk")


def in_state(sops: QuerySet[Sop], state: SopVersion.State) -> QuerySet[Sop]:
    """Keep the SOPs that have a version in this state."""
    return sops.filter(Exists(SopVersion.objects.filter(sop=OuterRef("pk"), state=state)))


def due_for_review(sops: QuerySet[Sop], *, on: date) -> QuerySet[Sop]:
    """Keep the SOPs whose version in force is due for review («perlu ditinjau»)."""
    return sops.filter(pk__in=SopVersion.objects.due_for_review(on=on).values("sop"))


def matching(sops: QuerySet[Sop], words: str, *, of_units: Collection[str] = (), with_words: str = "") -> QuerySet[Sop]:
    """Keep the SOPs that hold all the words in their title, number or steps, of a shown version or of a draft.

    And those of the units (by their codes) that hold ``with_words``.
    """
    found = _holding(words)
    if of_units:
        found |= Q(unit__code__in=of_units) & (_holding(with_words) if with_words else Q())
    return sops.filter(found)


def _holding(words: str) -> Q:
    title, draft = Q(), SopVersion.objects.filter(sop=OuterRef("pk"), state__in=UNDECIDED)
    for word in words.split()[:10]:
        title &= Q(title__icontains=word)
        step = Activity.objects.filter(version=OuterRef("pk"), text__icontains=word)
        draft = draft.filter(Q(title__icontains=word) | Q(number__icontains=word) | Exists(step))
    shown = PublishedSop.objects.matching(asked(words)).order_by().values("slug")
    return title | Q(slug__in=shown) | Q(Exists(draft))


def themes() -> list[str]:
    """Return the themes that SOPs have."""
    return list(Sop.objects.exclude(theme="").order_by("theme").values_list("theme", flat=True).distinct())


def units() -> QuerySet[Unit]:
    """Return the units that have SOPs."""
    return Unit.objects.filter(Exists(Sop.objects.filter(unit=OuterRef("pk")))).order_by("name")
