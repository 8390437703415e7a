"""Which units a list of the desk is narrowed to: those that are open; an old address leads on to the successor."""

from collections.abc import Iterable

from django.core.validators import slug_re
from django.http import QueryDict

from ppid.organisation.models import Unit


def asked_of(data: QueryDict, units: Iterable[Unit]) -> tuple[QueryDict, dict]:
    """Return what was asked, with the unit that answers for it now, and what the filter is told of units.

    ``units`` are those that the list offers, fetched ``with_spoken``.
    """
    units = list(units)
    told: dict = {"units": [(unit.code, unit.short_name) for unit in units], "said": []}
    told["spoken"] = [(unit.code, unit.spoken) for unit in units]
    offered, code = dict(told["units"]), data.get("unit", "")
    if code and code not in offered and slug_re.fullmatch(code):
        former = Unit.objects.filter(code=code, is_active=False).first()
        if former is not None and (now := former.present).code in offered:
            data = data.copy()
            data["unit"] = now.code
            told["said"] = [f"{former.name} sudah ditutup; yang dimilikinya kini pada {now.name}."]
    return data, told
