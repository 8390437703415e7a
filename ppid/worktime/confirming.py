"""Whether the holidays of a year rest on a decree: from December on the next year is asked for too."""

from datetime import date

from django.db.models import QuerySet

from ppid.worktime.models import Holiday

DECEMBER = 12


def year_to_confirm(on: date) -> int:
    """Return the year whose holidays should be confirmed by this day: in December the next one."""
    return on.year + 1 if on.month == DECEMBER else on.year


def confirmed(year: int) -> QuerySet[Holiday]:
    """Keep the days of the year that rest on a decree; a local day alone confirms none."""
    return Holiday.objects.of_year(year).filter(is_confirmed=True).exclude(kind=Holiday.Kind.LOCAL)


def warning(on: date) -> str:
    """Return what to say while the year is not confirmed; "" once it is. One query."""
    year = year_to_confirm(on)
    if confirmed(year).exists():
        return ""
    return (
        f"Hari libur tahun {year} belum dikukuhkan, jadi tenggat pada tahun itu sementara. Masukkan SKB-nya di "
        "/meja/kalender/."
    )
