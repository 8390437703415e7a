"""The passage of a text in which the words that were asked for stand, with these words marked. Plain data."""

from collections.abc import Collection
from itertools import islice

from ppid.shelf.search.language import EMPTY, MOST_LETTERS, WORD, folded, root

Parts = list[tuple[str, bool]]
_MOST_PLACES = 60  # that are looked at: the first ones of a page
_BEFORE = 60  # letters before the first marked word


class Known(dict[str, str]):
    """The words that are marked, as texts write them: each with its root, "" where it is not one of them.

    One for all that a page shows, for its texts repeat themselves.
    """

    def __init__(self, words: Collection[str]):
        self.words = words

    def __missing__(self, written: str) -> str:
        word, stem = folded(written), ""
        # What is longer is no word, and its root would be remembered.
        if len(written) <= MOST_LETTERS and (word in self.words or word not in EMPTY and root(word) in self.words):
            stem = root(word)
        self[written] = stem
        return stem


def marked(text: str, known: Known) -> Parts:
    """Return the whole text in parts, each with whether it is marked."""
    return _parts(text, 0, len(text), _found(text, known))


def passage(text: str, known: Known, *, letters: int = 220) -> Parts:
    """Return the passage that holds most of the words; the beginning of the text where it holds none."""
    text = " ".join(text.split())
    found = _found(text, known)
    start = _best(found, letters) if found else 0
    if start:
        start = max(0, text.rfind(" ", 0, start) + 1)
    end = start + letters
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + letters // 2)
    parts = _parts(text, start, min(end, len(text)), found)
    if start:
        parts.insert(0, ("… ", False))
    if end < len(text):
        parts.append((" …", False))
    return parts


def _found(text: str, known: Known) -> list[tuple[int, int, str]]:
    marks = ((place.start(), place.end(), stem) for place in WORD.finditer(text) if (stem := known[place[0]]))
    return list(islice(marks, _MOST_PLACES))


def _best(found: list[tuple[int, int, str]], letters: int) -> int:
    """Return where the passage begins that holds most different words."""
    room = letters - _BEFORE

    def held(at: int) -> int:
        return len({stem for start, end, stem in found if at <= start and end <= at + room})

    best = max(found, key=lambda each: (held(each[0]), -each[0]))
    return max(0, best[0] - _BEFORE)


def _parts(text: str, start: int, end: int, found: list[tuple[int, int, str]]) -> Parts:
    parts: Parts = []
    at = start
    for first, last, _ in found:
        if first < start or last > end:
            continue
        between = text[at:first]
        if parts and parts[-1][1] and between.isspace():  # two words side by side are one mark
            parts[-1] = (parts[-1][0] + between + text[first:last], True)
        else:
            if between:
                parts.append((between, False))
            parts.append((text[first:last], True))
        at = last
    if at < end:
        parts.append((text[at:end], False))
    return parts
