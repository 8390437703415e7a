"""What helps where nothing was found, and while typing: spellings and words of the shelf's own vocabulary."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connections
from rapidfuzz import process
from rapidfuzz.distance import OSA

from ppid.shelf.search.language import root, words
from ppid.shelf.search.models import Kind, SearchEntry, SearchWord
from ppid.shelf.search.question import Question, Term, read

_SHORTEST = 4  # letters of a word that may be misspelled
_LIKE = 0.7
_MOST_CORRECTED = 5
_MOST_KNOWN = 20_000
_COUNTED = 200


@dataclass(frozen=True, slots=True)
class Instead:
    """Another question that finds something: how many results, exactly or at least, and whose they mostly are."""

    words: str
    results: int
    is_all: bool
    unit_code: str


def spelled(question: Question, *, using: str) -> str:
    """Return what was probably meant, "" when nothing is near. One query."""
    doubtful = [term.alone[0] for term in question.terms if _may_be_misspelled(term)][:_MOST_CORRECTED]
    if not doubtful:
        return ""
    known = _known(doubtful, using)
    roots = {root(word) for word in known}
    meant = {word: _nearest(word, known) for word in doubtful if word not in known and root(word) not in roots}
    if not any(meant.values()):
        return ""
    return " ".join(meant.get(word) or word for word in words(question.typed))


def _may_be_misspelled(term: Term) -> bool:
    return len(term.alone) == 1 and len(term.alone[0]) >= _SHORTEST and term.alone[0].isalpha()


def _known(doubtful: Sequence[str], using: str) -> dict[str, int]:
    """Return the words of the shelf that begin like one of these, also if its first two letters are swapped."""
    beginnings = {letter for word in doubtful for letter in word[:2]}
    longest, shortest = max(map(len, doubtful)) + 2, min(map(len, doubtful)) - 2
    with connections[using].cursor() as cursor:
        cursor.execute(
            """
            SELECT word, entries FROM shelf_searchword
            WHERE word LIKE ANY(%s) AND length(word) BETWEEN %s AND %s ORDER BY entries DESC LIMIT %s
            """,
            [[f"{letter}%" for letter in sorted(beginnings)], shortest, longest, _MOST_KNOWN],
        )
        return dict(cursor.fetchall())


def _nearest(word: str, known: dict[str, int]) -> str:
    near = process.extract(word, known.keys(), scorer=OSA.normalized_similarity, score_cutoff=_LIKE, limit=5)
    best = max(near, key=lambda each: (round(each[1], 2), known[each[0]]), default=None)
    return best[0] if best else ""


def instead(question: Question, *, using: str) -> tuple[Instead | None, list[Instead]]:
    """Return the nearest spelling, and wider questions with one word less, as far as they find something.

    Two queries at most.
    """
    meant = spelled(question, using=using)
    asked = [read(meant)] if meant else []
    if 1 < len(question.terms) <= 8:
        asked += [question.without(n) for n in range(len(question.terms))]
    counted = _counted(asked, using)
    nearest = counted.get(meant) if meant else None
    wider = [each for words, each in counted.items() if words != meant]
    return nearest, sorted(wider, key=lambda each: -len(each.words))[:3]


def _counted(asked: Sequence[Question], using: str) -> dict[str, Instead]:
    """Return those of the questions that find something, each with how much."""
    asked = [question for question in asked if question]
    if not asked:
        return {}
    with connections[using].cursor() as cursor:
        one = """
            SELECT %s::text, count(*),
                count(DISTINCT CASE WHEN kind IN ('item', 'page') THEN number ELSE kind || key END),
                mode() WITHIN GROUP (ORDER BY unit_code)
            FROM (
                SELECT kind, key, number, unit_code FROM shelf_searchentry
                WHERE words @@ %s::tsquery AND is_current LIMIT %s
            ) found
        """
        parameters = [each for question in asked for each in (question.typed, question.query, _COUNTED)]
        cursor.execute(" UNION ALL ".join([one] * len(asked)), parameters)
        return {
            words: Instead(words, results, matches < _COUNTED, unit or "")
            for words, matches, results, unit in cursor.fetchall()
            if results
        }


@dataclass(frozen=True, slots=True)
class Suggested:
    """What may be typed on: whole questions, and items that answer them."""

    questions: list[str]
    items: list[tuple[str, str]]


def suggested(typed: str, *, using: str) -> Suggested:
    """Return what the last word may become, and the newest items of that, in two queries at most."""
    said = words(read(typed).typed)
    if not said or len(said[-1]) < 2:
        return Suggested([], [])
    *before, last = said
    known = SearchWord.objects.using(using).filter(word__startswith=last)
    endings = list(known.order_by("-entries", "word").values_list("word", flat=True)[:6])
    if not endings:
        return Suggested([], [])
    questions = [" ".join([*before, each]) for each in endings]
    rest = " & ".join(f"({term.query})" for term in read(" ".join(before)).terms)
    any_of = " | ".join(f"'{each}'" for each in endings)
    query = f"({any_of})" + (f" & {rest}" if rest else "")
    entries = SearchEntry.objects.using(using).holding(query).filter(kind=Kind.ITEM, is_current=True)
    items = list(entries.order_by("-day", "-pk").values_list("number", "title")[:5])
    if before and not items:
        return Suggested([], [])
    return Suggested(questions, items)
