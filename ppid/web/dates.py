"""Dates as sheets print them («12 Nopember 2023», «03/VII/2023»), read as days. The printed words stay as they are."""

import re
from datetime import date

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
# How offices write them besides: older spellings, short forms, Roman numbers, the English of a program.
_SPELLINGS = (
    "januari pebruari maret april mei juni juli agustus september oktober nopember desember",
    "jan peb mrt apr mei jun jul agt sept okt nop des",
    "jan feb mar apr mei jun jul ags sep okt nov des",
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul agu sep oct nov dec",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "i ii iii iv v vi vii viii ix x xi xii",
)
MONTH_NUMBERS = {name.lower(): n for n, name in enumerate(MONTHS, start=1)} | {
    word: n for spelling in _SPELLINGS for n, word in enumerate(spelling.split(), start=1)
}
_DAYS = "senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad"
_MONTH = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_NUMERIC = re.compile(r"(?P<day>[0-9]{1,2}) ?[/.-] ?(?P<month>[0-9]{1,2}) ?[/.-] ?(?P<year>[0-9]{4})")
_WRITTEN = re.compile(
    rf"(?:(?:{_DAYS}),? )?(?P<day>[0-9]{{1,2}})(?: ?[/.-] ?| )(?P<month>{_MONTH})\.?(?: ?[/.-] ?| )(?P<year>[0-9]{{4}})"
)


def full_date(printed: str) -> date | None:
    """Return the day that the printed words name, or None when they name none, as «2023» and «-» do."""
    words = " ".join(printed.casefold().replace("\xa0", " ").split())
    for shape in (_ISO, _NUMERIC, _WRITTEN):
        if found := shape.fullmatch(words):
            month = MONTH_NUMBERS.get(found["month"]) or int(found["month"])
            try:
                return date(int(found["year"]), month, int(found["day"]))
            except ValueError:
                return None
    return None


def with_last_day(term: str, last: date | None) -> str:
    """Return the words of a term with its last day, unless they name it: «enam bulan, sampai 20 Januari 2027»."""
    if last is None:
        return term
    day = f"{last.day} {MONTHS[last.month - 1]} {last.year}"
    return term if day.casefold() in term.casefold() else f"{term}, sampai {day}"
