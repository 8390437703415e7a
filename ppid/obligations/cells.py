"""A cell of the matrix, as the acts of the desk name it: checked against the list of duties that the public reads."""

from dataclasses import dataclass
from datetime import date

from ppid.obligations.refusals import DutyRefused
from ppid.organisation.models import Unit
from ppid.shelf.models import ShownDuty
from ppid.shelf.obligations import CITY, CITY_NAME


@dataclass(frozen=True, slots=True)
class Named:
    """A duty at a unit (its code, or ``CITY``) for a period ("" for none)."""

    duty: ShownDuty
    unit: str
    unit_name: str
    period: str

    @property
    def key(self) -> dict[str, str]:
        return {"duty_code": self.duty.code, "unit_code": self.unit, "period": self.period}


def named(duty: str, unit: str, period: str, *, on: date) -> Named:
    """Return the cell. Raises DutyRefused, with a sentence, for one that is not to be answered."""
    found = ShownDuty.objects.filter(code=duty).first()
    if found is None:
        raise DutyRefused("Kewajiban itu tidak ada dalam daftar.")
    if not found.stands(on=on):
        raise DutyRefused("Kewajiban itu sudah berakhir, jadi tidak ada lagi yang perlu dijawab.")
    name = (
        CITY_NAME
        if unit == CITY
        else Unit.objects.filter(code=unit, is_active=True).values_list("name", flat=True).first()
    )
    if name is None:
        raise DutyRefused("Unit itu tidak ada, atau sudah ditutup.")
    if not found.concerns(unit):
        raise DutyRefused(f"Kewajiban itu bukan untuk {name}.")
    if not found.calendar.is_period(period):
        raise DutyRefused("Pilih periode yang ada bagi kewajiban ini.", fields=["period"])
    return Named(found, unit, name, period)
