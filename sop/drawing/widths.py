"""How wide a sheet's columns are, in parts of the table; the same as in static/css/sheet.css."""

NUMBER, DURATION, NOTE = 0.034, 0.07, 0.084
_PERFORMER = (0.14, 0.12, 0.106, 0.096, 0.086, 0.076, 0.068, 0.062, 0.057, 0.053)


def columns(performers: int) -> list[float]:
    """Return the widths from No. to Keterangan for a sheet of so many performers (at least one column stands there)."""
    performers = max(performers, 1)
    performer = _PERFORMER[performers - 1] if performers <= len(_PERFORMER) else 0.53 / performers
    rest = 1 - NUMBER - DURATION - NOTE - performers * performer
    return [NUMBER, rest * 0.43, *[performer] * performers, rest * 0.275, DURATION, rest * 0.295, NOTE]
