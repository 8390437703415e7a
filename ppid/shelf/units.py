"""How the portal calls the units: each once, by its present name, also where a row keeps the name of its day.

What is shown keeps ``unit_name``, the name of its day, for ever; its ``unit_code`` names who answers for it now.
"""

from collections.abc import Iterable

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, OuterRef, Q
from django.utils.functional import cached_property

from ppid.web.contact import Contact


class ShelfUnit(models.Model):
    """A unit that the public meets, with what people call it. Once closed it names the one to which all passed.

    ``former_names`` are those that it bore while the portal knew it, the oldest first. Where it is reached itself is ""
    where it says nothing of its own.
    """

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    everyday_names = ArrayField(models.CharField(max_length=60), default=list)
    successor_code = models.SlugField(blank=True)
    former_names = ArrayField(models.CharField(max_length=200), default=list)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.CharField(max_length=254, blank=True)
    hours = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="no_shown_unit_succeeds_itself", condition=~Q(successor_code=models.F("code")))
        ]

    def __str__(self):
        return self.name

    @property
    def contact(self) -> Contact | None:
        """Where it is reached itself; None while it says nothing of its own."""
        own = {"address": self.address, "phone": self.phone, "email": self.email, "hours": self.hours}
        return Contact(**own, government="", office=self.name, city="", whatsapp="") if any(own.values()) else None


class Units:
    """The units as they are called now, read once for a page, and only where it asks."""

    def __init__(self, shown: Iterable[ShelfUnit]):
        self._shown = shown

    @cached_property
    def by_code(self) -> dict[str, ShelfUnit]:
        return {unit.code: unit for unit in self._shown}

    def now(self, code: str) -> str:
        """Return the code of the unit that answers for it now: the one to which it passed, else itself."""
        unit = self.by_code.get(code)
        return unit.successor_code if unit and unit.successor_code else code

    def name(self, code: str, of_its_day: str) -> str:
        """Return how the unit is called now; the name that a row has, where the portal knows no other."""
        unit = self.by_code.get(self.now(code))
        return unit.name if unit else of_its_day


def spoken(code: str = "unit_code") -> ArraySubquery:
    """Return SQL for what people call the unit of an outer row, and those that it succeeded: short and everyday names.

    ``code`` is the outer row's column that names it.
    """
    named = ShelfUnit.objects.filter(Q(code=OuterRef(code)) | Q(successor_code=OuterRef(code)))
    words = Func(F("everyday_names"), F("short_name"), function="array_append")
    name = Func(words, function="unnest", output_field=models.CharField())
    return ArraySubquery(named.annotate(word=name).values("word"))
