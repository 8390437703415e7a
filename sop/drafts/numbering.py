"""The units' own numbers for their SOPs: «{nomor}/SOP.DINSOS/{tahun}» gives «04/SOP.DINSOS/2026» after «03/…»."""

import re
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ppid.organisation.models import Unit, User
from sop.drafts.edits import edit
from sop.guards import SopRefused, require_keeper
from sop.models import NumberingPattern, SopVersion

NUMBER, YEAR = "{nomor}", "{tahun}"


def next_number(unit: Unit, year: int) -> str:
    """Return the number that follows the unit's highest one of the year, as wide as that one; "" without a pattern."""
    kept = NumberingPattern.objects.filter(unit=unit).first()
    if kept is None:
        return ""
    numbers = SopVersion.objects.filter(sop__unit=unit).exclude(number="").values_list("number", flat=True)
    shape = _shape(kept.pattern, year)
    running = [found.group(1) for number in set(numbers) if (found := shape.fullmatch("".join(number.split())))]
    highest = max(running, key=int, default="")
    following = str(int(highest or 0) + 1).zfill(len(highest))
    return kept.pattern.replace(NUMBER, following).replace(YEAR, str(year))


@transaction.atomic
def assign_number(version: SopVersion, *, actor: User, at: datetime | None = None) -> SopVersion:
    """Give a draft the unit's next number of this year. Raises SopRefused, also while the unit has no pattern."""
    at = at or timezone.now()
    # One at a time in a unit, so that two drafts don't get one number.
    NumberingPattern.objects.select_for_update().filter(unit=version.sop.unit).first()
    with edit(version, actor=actor, seen=None, at=at, is_typed=False) as edited:
        unit = edited.draft.sop.unit
        number = next_number(unit, timezone.localdate(at).year)
        if not number:
            raise SopRefused(f"{unit.name} belum punya pola nomor SOP. Tetapkan polanya dahulu.")
        edited.draft.number = number
    return edited.draft


@transaction.atomic
def set_pattern(unit: Unit, pattern: str, *, actor: User) -> NumberingPattern:
    """Set how the unit numbers its SOPs; numbers already given stay. Raises SopRefused."""
    require_keeper(actor, unit, timezone.now())
    pattern = " ".join(pattern.split())
    if pattern.count(NUMBER) != 1:
        raise SopRefused("Pola nomor harus memuat {nomor} satu kali, misalnya {nomor}/SOP.DINSOS/{tahun}.")
    if unknown := re.findall(r"[{}]", pattern.replace(NUMBER, "").replace(YEAR, "")):
        raise SopRefused(f"Pola nomor hanya mengenal {{nomor}} dan {{tahun}}; hapus «{unknown[0]}» yang lain.")
    if len(pattern) > 100:
        raise SopRefused("Pola nomor paling panjang 100 huruf.")
    kept, _ = NumberingPattern.objects.update_or_create(unit=unit, defaults={"pattern": pattern})
    return kept


def _shape(pattern: str, year: int) -> re.Pattern:
    """Return what a number of the year looks like, blanks aside; its group is the running number."""
    text = re.escape("".join(pattern.split()).replace(NUMBER, "\0").replace(YEAR, str(year)))
    return re.compile(text.replace(re.escape("\0"), r"(\d{1,6})"))
