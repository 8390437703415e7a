"""What somebody typed into the search: what it asks for, in the words of the index. Nothing that is typed is an error.

Plain data, no database: families of words and names of units are given.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from ppid.shelf.search.language import EMPTY, root, words
from ppid.shelf.search.vectors import unit_mark
from ppid.web.letters import without_forbidden

MOST_LETTERS, MOST_WORDS = 200, 12
_MOST_OF_A_FAMILY = 6  # words that belong together
_PART = re.compile(r'"([^"]*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Term:
    """A part of the question; ``alone`` are its words, in their order. Several words stand one after the other."""

    alone: tuple[str, ...]
    is_quoted: bool = False

    @property
    def query(self) -> str:
        return _in_a_row(self.alone, exact=self.is_quoted or len(self.alone) > 1)

    @property
    def roots(self) -> tuple[str, ...]:
        return tuple(root(word) for word in self.alone)


@dataclass(frozen=True, slots=True)
class Wider:
    """What else is searched in place of some words: the ``others`` of their family, and units that they name."""

    said: str
    others: tuple[str, ...]
    terms: frozenset[int]
    query: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is searched: all the ``terms``, each or what is ``wider`` in its place. ``typed`` is what is shown of it."""

    typed: str
    terms: tuple[Term, ...]
    run: tuple[str, ...] = ()
    wider: tuple[Wider, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def query(self) -> str:
        """The question as a tsquery; "" where nothing is asked."""
        asked: list[str] = []
        widened: set[int] = set()
        for each in self.wider:
            own = " & ".join(self.terms[n].query for n in sorted(each.terms))
            asked.append(f"(({own}) | {each.query})")
            widened |= each.terms
        asked += [f"({term.query})" for n, term in enumerate(self.terms) if n not in widened]
        return " & ".join(asked)

    @property
    def marked(self) -> frozenset[str]:
        """The words and roots that are marked in what is found."""
        said = [word for term in self.terms for word in term.alone]
        said += [word for each in self.wider for other in each.others for word in words(other) if word not in EMPTY]
        return frozenset(said) | frozenset(root(word) for word in said)

    def has_only(self, common: Collection[str]) -> bool:
        """Whether it asks for several things at once, and each by a word that is common."""
        words = [{*term.alone, *term.roots} for term in self.terms]
        return len(words) > 1 and not any(each.isdisjoint(common) for each in words)

    def keys(self) -> list[str]:
        """Return the keys of the families that these words may name."""
        roots = [root(word) for word in self.run]
        spans = range(1, _MOST_OF_A_FAMILY + 1)
        return [" ".join(roots[at : at + n]) for n in spans for at in range(len(roots) - n + 1)]

    def without(self, left_out: int) -> "Question":
        """Return the question with one term less."""
        terms = tuple(term for n, term in enumerate(self.terms) if n != left_out)
        said = " ".join(" ".join(term.alone) for term in terms)
        return Question(said, terms, tuple(word for term in terms for word in term.alone))


NOTHING = Question("", ())


def read(typed: str) -> Question:
    """Return what this asks for; more than a search needs is left out."""
    typed = " ".join(without_forbidden(typed[: MOST_LETTERS * 4]).split())[:MOST_LETTERS]
    terms: list[Term] = []
    run: list[str] = []
    for quoted, bare in _PART.findall(typed):
        run += words(quoted or bare)
        if quoted and (said := words(quoted)):
            terms.append(Term(tuple(said[:MOST_WORDS]), is_quoted=True))
        # «12/2024» may be written «12 Tahun 2024»; «1.02» stands so and not otherwise.
        for piece in re.split(r"[^\w.]", bare):
            said = words(piece)
            if len(said) > 1 and any(letter.isdigit() for letter in piece):
                terms.append(Term(tuple(said[:MOST_WORDS])))
            else:
                terms += [Term((word,)) for word in said]
    terms = list(dict.fromkeys(terms))
    full = [term for term in terms if len(term.alone) > 1 or term.alone[0] not in EMPTY]
    return Question(typed, tuple((full or terms)[:MOST_WORDS]), tuple(run[: MOST_WORDS * 2]))


Families = Iterable[Sequence[str]]


def widened(
    question: Question, families: Families = (), units: Iterable[tuple[str, str, Iterable[str]]] = ()
) -> Question:
    """Return the question with what else is meant by its words.

    ``families`` are words that mean the same; ``units`` are code, name, and what people call the unit.
    """
    meant: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for family in families:
        for word in family:
            others = [(each, _in_a_row(words(each))) for each in family if each != word]
            meant.setdefault(_key(word), []).extend(others)
    for code, name, called in units:
        for word in called:
            if key := _key(word):
                meant.setdefault(key, []).append((name, f"'{unit_mark(code)}'"))
    return replace(question, wider=tuple(_wider(question, meant)))


def _wider(question: Question, meant: dict[tuple[str, ...], list[tuple[str, str]]]) -> Iterable[Wider]:
    taken: set[int] = set()
    at = [(n, stem) for n, term in enumerate(question.terms) for stem in term.roots if not term.is_quoted]
    roots = [stem for _, stem in at]
    for key in sorted(meant, key=len, reverse=True):
        asked = tuple(each for each in key if each not in EMPTY) or key
        for start in range(len(roots) - len(asked) + 1):
            terms = frozenset(n for n, _ in at[start : start + len(asked)])
            if tuple(roots[start : start + len(asked)]) == asked and not terms & taken:
                taken |= terms
                others = list(dict.fromkeys(meant[key]))
                said = " ".join(word for n in sorted(terms) for word in question.terms[n].alone)
                query = " | ".join(f"({query})" for _, query in others)
                yield Wider(said, tuple(dict.fromkeys(other for other, _ in others)), terms, query)
                break


def key_of(word: str) -> str:
    """Return by what a family knows the word: its roots."""
    return " ".join(_key(word))


def _key(word: str) -> tuple[str, ...]:
    return tuple(root(each) for each in words(word))


def _in_a_row(said: Sequence[str], *, exact: bool = False) -> str:
    """Return the tsquery for words that stand one after the other; each or its root, or ``exact`` as they are."""
    return " <-> ".join(f"'{word}'" if exact else _or_root(word) for word in said)


def _or_root(word: str) -> str:
    stem = root(word)
    return f"'{word}'" if stem == word else f"('{word}' | '{stem}')"
