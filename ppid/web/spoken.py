"""What people call units («Capil»), found in the words that they search."""

from collections import defaultdict
from collections.abc import Iterable


class Spoken:
    """The codes of units by each name that people say; several units may share one."""

    def __init__(self, named: Iterable[tuple[str, Iterable[str]]] = ()):
        """``named`` are the codes, each with what people call the unit."""
        self._codes: dict[str, set[str]] = defaultdict(set)
        for code, names in named:
            for name in names:
                self._codes[name.casefold()].add(code)

    def meant(self, words: str) -> tuple[set[str], str]:
        """Return the codes of the units that the words name, and the words that are left: («capil akta» → akta)."""
        left, codes = f" {' '.join(words.casefold().split())} ", set()
        for name in sorted(self._codes, key=lambda name: (-len(name), name)):
            if f" {name} " in left:
                left = left.replace(f" {name} ", " ")
                codes |= self._codes[name]
        return codes, left.strip()
