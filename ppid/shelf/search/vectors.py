"""What the index holds of a text: a tsvector, written out here, so that it says exactly what the language says.

A word and its root stand at one place, so phrases are found by either. The configuration of the database is not asked.
"""

from collections import defaultdict
from collections.abc import Iterable

from ppid.shelf.search.language import root, words

_MOST_PLACES = 16_383  # PostgreSQL counts no further, and keeps 256 places of a word at most
_MOST_OF_A_WORD = 250
_GAP = 10  # places between texts, so that no phrase reaches from one into the next


def vector(*texts: tuple[str, str, str], marks: Iterable[str] = ()) -> str:
    """Return the tsvector of texts, each with the weight of its words and that of their roots.

    ``marks`` are what else it is found by (``unit_mark``); no word is spelled like one.
    """
    places: dict[str, list[str]] = defaultdict(list)
    place = 0
    for text, weight, weight_of_roots in texts:
        for word in words(text):
            place += 1
            if place > _MOST_PLACES:
                break
            _add(places[word], place, weight)
            if (stem := root(word)) != word:
                _add(places[stem], place, weight_of_roots)
        place += _GAP
    found = [f"'{word}':{','.join(at)}" for word, at in sorted(places.items())]
    return " ".join([*found, *(f"'{mark}'" for mark in marks)])


def _add(at: list[str], place: int, weight: str) -> None:
    if len(at) < _MOST_OF_A_WORD:
        at.append(f"{place}{weight}")


def unit_mark(code: str) -> str:
    """Return the mark by which all is found for which the unit answers."""
    return f"={code}"
