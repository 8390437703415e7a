"""Families of words («padanan kata»): which mean the same to who searches, and how the office keeps them."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import QuerySet

from ppid.shelf.lock import one_writer_at_a_time
from ppid.shelf.search.models import FamilyWord, WordFamily
from ppid.shelf.search.question import Question, key_of, read, widened
from ppid.web.refusals import Refused

MOST_WORDS, MOST_LETTERS = 12, 80


class FamilyRefused(Refused):
    """These words can't be a family; the sentences say why."""


def named_by(question: Question) -> QuerySet[FamilyWord]:
    """Return the words of all families that the question names, family by family.

    It is bound to no database, so that it can be read along with what another connection asks for.
    """
    words = FamilyWord.objects.all()
    return words.filter(family__in=words.filter(key__in=question.keys()).values("family")).order_by(
        "family", "position"
    )


def asked(typed: str, *, units: Iterable[tuple[str, str, Iterable[str]]] = ()) -> Question:
    """Return what this asks for, with all that is meant by its words; ``units`` as ``widened`` takes them."""
    question = read(typed)
    families: dict[int, list[str]] = {}
    for each in named_by(question) if question else ():
        families.setdefault(each.family_id, []).append(each.word)
    return widened(question, families.values(), units)


@transaction.atomic
def keep_family(words: Sequence[str], family: WordFamily | None = None) -> WordFamily:
    """Keep these words as a family, in place of what ``family`` said. Raises FamilyRefused.

    The entries of the index stay as they are: families are asked for by who searches.
    """
    one_writer_at_a_time()
    said = checked(words, family)
    if family is None:
        family = WordFamily.objects.create()
    else:
        family.members.all().delete()
    FamilyWord.objects.bulk_create(
        FamilyWord(family=family, position=n, word=word, key=key_of(word)) for n, word in enumerate(said, start=1)
    )
    return family


def checked(words: Sequence[str], family: WordFamily | None = None) -> list[str]:
    """Return the words as they are kept. Raises FamilyRefused with all that is wrong with them."""
    said = [each for word in words if (each := " ".join(word.split()))]
    faults = []
    if len(said) < 2:
        faults.append("Padanan kata terdiri atas sedikitnya dua kata: tuliskan satu per baris.")
    if len(said) > MOST_WORDS:
        faults.append(f"Paling banyak {MOST_WORDS} kata dalam satu padanan; pecah menjadi beberapa padanan.")
    by_key: dict[str, str] = {}
    for word in said:
        key = key_of(word)
        if len(word) > MOST_LETTERS:
            faults.append(f"«{word[:40]}…» terlalu panjang: paling banyak {MOST_LETTERS} huruf.")
        elif not key:
            faults.append(f"«{word}» tidak memuat huruf atau angka.")
        elif key in by_key:
            faults.append(
                f"«{word}» dan «{by_key[key]}» sudah dianggap sama oleh pencarian, jadi menunjuk dirinya sendiri. "
                "Hapus salah satunya."
            )
        else:
            by_key[key] = word
    others = FamilyWord.objects.filter(key__in=by_key).exclude(family=family).select_related("family")
    for other in others:
        family_words = ", ".join(other.family.members.values_list("word", flat=True))
        faults.append(
            f"«{by_key[other.key]}» sudah ada dalam padanan «{family_words}». Satu kata hanya dalam satu padanan: "
            "tambahkan kata lainnya di sana."
        )
    if faults:
        raise FamilyRefused(*faults)
    return said


@transaction.atomic
def drop_family(family: WordFamily) -> None:
    """Let these words mean the same no more."""
    one_writer_at_a_time()
    family.delete()
