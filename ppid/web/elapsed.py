"""Time by the clock, as the law reads it: nights and holidays count."""

from datetime import datetime


def elapsed(since: datetime, until: datetime) -> str:
    """Write the time between two moments by its two largest units: «3 jam 20 menit», «2 hari 4 jam», «40 menit»."""
    minutes = max(int((until - since).total_seconds()), 0) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} hari" + (f" {hours} jam" if hours else "")
    if hours:
        return f"{hours} jam" + (f" {minutes} menit" if minutes else "")
    return f"{minutes} menit" if minutes else "kurang dari 1 menit"
