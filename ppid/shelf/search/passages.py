"""The passage of a text in which the words that were asked for stand, with these words marked. Plain data."""

from collections.abc import Collection

from ppid.shelf.search.language import EMPTY, places, root

Parts = list[tuple[str, bool]]
_MOST_PLACES = 60  # that are looked at: the first ones of a page
_BEFORE = 60  # letters before the first marked word


def marked(text: str, words: Collection[str]) -> Parts:
    """Return the whole text in parts, each with whether it is marked."""
    return _parts(text, 0, len(text), _found(text, words))


def passage(text: str, words: Collection[str], *, letters: int = 220) -> Parts:
    """Return the passage that holds most of the words; the beginning of the text where it holds none."""
    text = " ".join(text.split())
    found = _found(text, words)
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


def _found(text: str, words: Collection[str]) -> list[tuple[int, int, str]]:
    found = []
    for start, end, word in places(text):
        if word in words or (word not in EMPTY and root(word) in words):
            found.append((start, end, root(word)))
            if len(found) >= _MOST_PLACES:
                break
    return found


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
