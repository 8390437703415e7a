"""What changed between two texts, word by word, as one text in which what went and what came stand side by side."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

# Beyond so many words the texts are told as a whole: comparing costs the square of them.
_MOST_WORDS = 4_000


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that stayed, came or went."""

    kind: Literal["same", "ins", "del"]
    text: str


def word_changes(before: str, after: str) -> list[Run]:
    """Return the runs of words from one text to the other; single blanks between changes belong to them."""
    old, new = (re.findall(r"\s+|\S+", text) for text in (before, after))
    if len(old) + len(new) > _MOST_WORDS:
        return _replaced(before, after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    found: list[Run] = []
    gone, come = "", ""
    for tag, a, b, c, d in matcher.get_opcodes():
        same = "".join(new[c:d]) if tag == "equal" else ""
        if tag == "equal" and (same.strip() or not (gone or come)):
            found += [*_replaced(gone, come), Run("same", same)]
            gone, come = "", ""
        else:
            gone += "".join(old[a:b])
            come += "".join(new[c:d])
    return found + _replaced(gone, come)


def _replaced(gone: str, come: str) -> list[Run]:
    runs = [Run("del", gone), Run("ins", come)]
    return [run for run in runs if run.text]
