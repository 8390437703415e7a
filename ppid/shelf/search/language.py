"""Words as the search knows them: how a text falls into words, and which words have one root. Plain data, no database.

What is written and what is asked are split by the same function, so numbers are found as people type them: «2026» in
«2025/2026», «1.02» in «1.02.01», «DPA SKPD» in «DPA-SKPD».
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from simplemma.strategies.dictionaries import DefaultDictionaryFactory

MOST_LETTERS = 60  # of a word: what is longer is no word
WORD = re.compile(r"[^\W_]+")
_MARK = re.compile(r"[\u0300-\u036f]")
_SHORTEST = 3  # letters of a root that an affix is taken from

# What stands in nearly every text and says nothing: it is written down, but nobody is asked for it.
EMPTY = frozenset(
    """
    dan di ke dari yang untuk pada dengan atau oleh dalam tentang adalah ini itu para serta bagi atas
    nomor no nomer tahun thn th or and
    """.split()  # noqa: SIM905 - read as a text
)

# Where the lemma list takes a word apart that is one of its own («perintah» for «pemerintah»), or leaves one whole.
_OWN = {
    "pemerintah": "pemerintah",
    "pemerintahan": "pemerintah",
    "keberatan": "keberatan",
    "masakan": "masak",
    "sehati": "hati",
    "kecuali": "kecuali",
}
_LONG, _LONG_ROOT = 9, 5  # letters of a word that the list calls a root, and of the root that it has all the same

_ENDS = ("nya", "lah", "kah", "pun", "ku", "mu", "kan", "an", "i")
# A beginning, and the first letters of a root that it may have swallowed.
_BEGINNINGS = (
    ("memper", ("",)),
    ("diper", ("",)),
    ("keber", ("",)),
    ("keter", ("",)),
    ("penge", ("",)),
    ("menge", ("",)),
    ("peng", ("", "k")),
    ("meng", ("", "k")),
    ("peny", ("s",)),
    ("meny", ("s",)),
    ("pem", ("", "p")),
    ("mem", ("", "p")),
    ("pen", ("", "t")),
    ("men", ("", "t")),
    ("ber", ("",)),
    ("ter", ("",)),
    ("per", ("",)),
    ("di", ("",)),
    ("ke", ("",)),
    ("se", ("",)),
    ("pe", ("",)),
    ("me", ("",)),
)


def folded(text: str) -> str:
    """Return the text without what two spellings of it may differ in: case, accents, ligatures."""
    if text.isascii():
        return text.lower()
    return _MARK.sub("", unicodedata.normalize("NFKD", text).casefold())


def words(text: str) -> list[str]:
    """Return the words and numbers of the text, in their order; signs and blanks stand between them."""
    return [word for word in WORD.findall(folded(text)) if len(word) <= MOST_LETTERS]


@lru_cache(maxsize=100_000)
def root(word: str) -> str:
    """Return the root of a folded word: «penduduk» for «kependudukan»; of a number, the number without leading zeros.

    What has no root that the lemma list knows is its own.
    """
    if word.isdigit():
        return word.lstrip("0") or "0"
    if not word.isalpha():
        return word
    return _rooted(word, 3)


def _rooted(word: str, left: int) -> str:
    if word in _OWN:
        return _OWN[word]
    lemma = _lemma(word)
    if lemma is not None and lemma != word:
        return _rooted(lemma, left - 1) if left else lemma
    if left and (lemma is None or len(word) >= _LONG):
        for stem in _stems(word):
            is_plain = (
                lemma is None or len(stem) >= _LONG_ROOT and not word.startswith(stem) and not word.endswith(stem)
            )
            if is_plain and _lemma(stem) is not None:
                return _rooted(stem, left - 1)
    return word


def _stems(word: str) -> Iterator[str]:
    """Yield what is left of a word without its affixes, the least taken away first."""
    shortened = [word]
    for end in _ENDS:
        if word.endswith(end) and len(word) - len(end) >= _SHORTEST:
            shortened.append(word.removesuffix(end))
    yield from shortened[1:]
    for short in shortened:
        for beginning, swallowed in _BEGINNINGS:
            if short.startswith(beginning):
                rest = short.removeprefix(beginning)
                for letter in swallowed:
                    if len(letter + rest) > _SHORTEST:
                        yield letter + rest


def _lemma(word: str) -> str | None:
    """Return what the lemma list says of the word; None where it doesn't know it."""
    found = _lemmas().get(word)
    return None if found is None else folded(found)


@lru_cache(maxsize=1)
def _lemmas() -> Mapping[str, str]:
    return DefaultDictionaryFactory().get_dictionary("id")
