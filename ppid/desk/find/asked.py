"""What somebody typed into the search: a number as people write it, and words. Plain data, no database."""

import re
from dataclasses import dataclass, field

MOST_LETTERS, MOST_WORDS = 200, 8

_PREFIXES = {"p": ("P-",), "k": ("K-",), "": ("", "P-", "K-")}
# «P-2026-0008», «p 2026 8», «2026-0008», and the other way round «8/2026», «no. 8 tahun 2026».
_NUMBERS = [
    re.compile(
        rf"^(?:(?:no(?:mor)?|perkara|proses|informasi)\b\.?\s*)*(?P<prefix>[pk]?)[\s\-./]*{order}$", re.IGNORECASE
    )
    for order in (
        r"(?P<year>20\d\d)[\s\-./]+(?P<n>\d{1,8})",
        r"0*(?P<n>\d{1,8})\s*(?:/|-|\btahun\b|\s)\s*(?P<year>20\d\d)",
    )
]
_SHA256 = re.compile(r"^[0-9a-f]{64}$", re.IGNORECASE)
_NIP = re.compile(r"^\d{18}$")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched.

    ``numbers`` are those that it may mean, of cases and items; ``sha256``, ``nip`` and ``letter`` what else it may be,
    "" where it isn't; ``words`` what is searched as words.
    """

    typed: str
    numbers: tuple[str, ...] = ()
    sha256: str = ""
    nip: str = ""
    letter: str = ""
    words: tuple[str, ...] = field(default=())


def read(typed: str) -> Asked:
    """Return what this means; nothing that is typed is an error."""
    typed = " ".join(typed.split())[:MOST_LETTERS]
    bare = typed.replace(" ", "")
    return Asked(
        typed,
        numbers=numbers_meant(typed),
        sha256=bare.lower() if _SHA256.match(bare) else "",
        nip=bare if _NIP.match(bare) else "",
        letter=typed if re.search(r"\d", typed) and "/" in typed else "",
        words=tuple(re.findall(r"\w+", typed.casefold())[:MOST_WORDS]),
    )


def numbers_meant(typed: str) -> tuple[str, ...]:
    """Return the numbers of cases and items that this may mean, as they are written here; none when it means none.

    «2000/2001» may be read both ways.
    """
    found = [match for each in _NUMBERS if (match := each.match(typed.strip()))]
    meant = [
        f"{kind}{match['year']}-{int(match['n']):04}"
        for match in found
        for kind in _PREFIXES[match["prefix"].casefold()]
    ]
    return tuple(dict.fromkeys(meant))
