"""Numbers of a workbook in the words that its cells show: «90 menit», «12 Januari 2026», «1:30»; in Indonesian.

As far as offices' formats go: literals, digits, decimals, thousands, percent, dates, times and elapsed times.
"""

import re
from datetime import datetime, time
from decimal import ROUND_HALF_UP, Decimal
from operator import eq, ge, gt, le, lt, ne

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import from_excel

from ppid.web.dates import MONTHS

# Formats that a program shows as the country has them, whatever the file says.
_OF_THE_COUNTRY = {14: "dd/mm/yyyy", 22: "dd/mm/yyyy hh:mm", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy"}
_LONG_DATE = "d mmmm yyyy"
_ENGLISH = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<room>.)|\*(?P<fill>.)|\[(?P<elapsed>h+|m+|s+)\]|\[(?P<aside>[^\]]*)\]'
    r"|(?P<general>General)|(?P<ampm>AM/PM|A/P)|(?P<date>y+|m+|d+|h+|s+)|(?P<digits>[0#?][0#?,]*(?:\.[0#?]+)?|\.[0#?]+)"
    r"|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9]+(?:\.[0-9]+)?)\]")
_COMPARED = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne}
_MOST, _MOST_PLACES, _MOST_DIGITS = 10**15, 10, 20


def format_of(number: int, own: dict[int, str]) -> str:
    """Return the format that a style names by its number."""
    return own.get(number) or _OF_THE_COUNTRY.get(number) or BUILTIN_FORMATS.get(number, "General")


def printed(value: str, number_format: str, epoch: datetime) -> str:
    """Return a stored number as the worksheet shows it; ``epoch`` is the day from which the workbook counts."""
    try:
        number = Decimal(value)
        if not number.is_finite() or abs(number) > _MOST:
            return value
        section, shown = _section(_sections(number_format), number)
        if is_date_format(section):
            return _moment(number, section, epoch)
        return "".join(_part(shown, kind, text, section) for kind, text in _tokens(section)).strip()
    except (ArithmeticError, ValueError):
        return value


def printed_day(value: str, number_format: str) -> str:
    """Return a day that the file writes as text («2026-01-12T00:00:00») as the worksheet shows it."""
    try:
        moment = datetime.fromisoformat(value.removesuffix("Z"))
    except ValueError:
        return value
    return _calendar(moment, number_format if is_date_format(number_format) else _OF_THE_COUNTRY[14])


def _tokens(section: str) -> list[tuple[str, str]]:
    """Return the parts of a format: what kind each is, and its text."""
    return [(found.lastgroup or "", found[found.lastgroup or 0]) for found in _TOKEN.finditer(section or "General")]


def _sections(number_format: str) -> list[str]:
    parts, quoted = [""], False
    for n, letter in enumerate(number_format):
        if letter == '"':
            quoted = not quoted
        if letter == ";" and not quoted and number_format[n - 1 : n] != "\\":
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _section(sections: list[str], number: Decimal) -> tuple[str, Decimal]:
    """Return the part of the format for the number, and the number that it shows: a minus is the format's own there."""
    if any(_CONDITION.search(section) for section in sections):
        fits = [section for section in sections if _is_met(_CONDITION.search(section), number)]
        return (fits or sections)[0], number
    if number < 0 and len(sections) > 1:
        return sections[1], -number
    if number == 0 and len(sections) > 2:
        return sections[2], number
    return sections[0], number


def _is_met(condition: re.Match[str] | None, number: Decimal) -> bool:
    return condition is None or _COMPARED[condition[1]](number, Decimal(condition[2]))


def _part(number: Decimal, kind: str, text: str, section: str) -> str:
    if kind == "digits":
        return _digits(number * 100 if "%" in section else number, text)
    if kind == "general" or (kind == "other" and text == "@"):
        return _general(number)
    if kind == "aside":  # «[$Rp-421]» is a currency, «[Red]» a colour, «[>=60]» a condition
        return text[1:].partition("-")[0] if text.startswith("$") else ""
    return _literal(kind, text)


def _literal(kind: str, text: str) -> str:
    if kind in ("aside", "fill"):
        return ""
    return " " if kind == "room" else text


def _digits(number: Decimal, pattern: str) -> str:
    whole, _, decimals = pattern.partition(".")
    places = min(len(decimals), _MOST_PLACES)
    with_thousands = "," in whole.rstrip(",")
    scaled = number.scaleb(-3 * (len(whole) - len(whole.rstrip(","))))
    rounded = scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    front, _, back = f"{abs(rounded):f}".partition(".")
    front = front.zfill(min(whole.count("0"), _MOST_DIGITS)) if front != "0" or "0" in whole else ""
    if with_thousands:
        front = f"{int(front or 0):,}".replace(",", ".")
    while back and decimals[len(back) - 1 : len(back)] != "0" and back.endswith("0"):
        back = back[:-1]
    sign = "-" if rounded < 0 else ""
    return f"{sign}{front},{back}" if back else f"{sign}{front}"


def _general(number: Decimal) -> str:
    if number == number.to_integral_value():
        return str(int(number))
    rounded = number.quantize(Decimal("0.000000001"), ROUND_HALF_UP).normalize()
    return f"{rounded:f}".replace(".", ",")


def _moment(number: Decimal, section: str, epoch: datetime) -> str:
    if any(kind == "elapsed" for kind, _ in _tokens(section)):
        return _elapsed(number, section)
    moment = from_excel(float(number), epoch)
    if isinstance(moment, time):  # less than a day
        moment = datetime.combine(epoch, moment)
    return _calendar(moment, section)


def _elapsed(number: Decimal, section: str) -> str:
    """Return hours, minutes or seconds in all; what follows is what the first one leaves."""
    left = int((abs(number) * 86_400).quantize(Decimal(1), ROUND_HALF_UP))
    said = "-" if number < 0 else ""
    rates = {"h": 3600, "m": 60, "s": 1}
    for kind, text in _tokens(section):
        if kind in ("elapsed", "date") and (rate := rates.get(text[0].lower())):
            amount, left = divmod(left, rate)
            said += str(amount).zfill(len(text))
        else:
            said += _literal(kind, text)
    return said


def _calendar(moment: datetime, section: str) -> str:
    tokens = _tokens(section)
    asides = [text.upper() for kind, text in tokens if kind == "aside"]
    if "$-F800" in asides:
        return _calendar(moment, _LONG_DATE)
    is_english = any(text.endswith(("-409", "-809", "-0409", "-0809")) for text in asides)
    months, days = (_ENGLISH, _ENGLISH_DAYS) if is_english else (MONTHS, _DAYS)
    has_half = any(kind == "ampm" for kind, _ in tokens)
    said, last = "", ""
    for n, (kind, text) in enumerate(tokens):
        letter = text[:1].lower()
        if kind == "date":
            is_minute = letter == "m" and (last == "h" or _next_date(tokens, n) == "s")
            said += (
                str(moment.minute).zfill(len(text)) if is_minute else _of_moment(moment, text, months, days, has_half)
            )
            last = letter
        elif kind == "ampm":
            said += ("AM", "PM")[moment.hour >= 12]
        elif kind == "digits":
            continue  # parts of a second
        else:
            said += _literal(kind, text)
    return said.strip()


def _next_date(tokens: list[tuple[str, str]], n: int) -> str:
    return next((text[0].lower() for kind, text in tokens[n + 1 :] if kind == "date"), "")


def _of_moment(moment: datetime, text: str, months: tuple[str, ...], days: tuple[str, ...], has_half: bool) -> str:
    letter, length = text[0].lower(), len(text)
    if letter == "y":
        return f"{moment.year:04}" if length > 2 else f"{moment.year % 100:02}"
    if letter == "m":
        name = months[moment.month - 1]
        return {1: str(moment.month), 2: f"{moment.month:02}", 3: name[:3], 5: name[:1]}.get(length, name)
    if letter == "d":
        name = days[moment.weekday()]
        return {1: str(moment.day), 2: f"{moment.day:02}", 3: name[:3]}.get(length, name)
    value = moment.second if letter == "s" else (moment.hour % 12 or 12) if has_half else moment.hour
    return str(value).zfill(min(length, 2))
