"""The library of reasons: PPID Utama keeps it, nothing that was written is ever lost, and the database holds that."""

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from ppid.flows.reasons import FIRST, Reason, begin_library, retire_reason, write_reason
from ppid.web.refusals import ChangedMeanwhile, Forbidden, Refused
from tests import make

pytestmark = pytest.mark.django_db


def written(text: str = "Tabelnya terpotong.", **how) -> Reason:
    return write_reason("clarify", text, actor=make.demo("utama"), **how)


def test_it_begins_with_sentences_for_every_decision_once():
    assert begin_library() == sum(len(texts) for texts in FIRST.values())
    assert begin_library() == 0
    assert set(Reason.objects.current().values_list("of", flat=True)) == set(Reason.Of.values)


def test_a_changed_sentence_takes_the_others_place_and_both_stay():
    first = written()
    second = written("Tabel terpotong di tepi kanan.", replaces=first)
    assert list(Reason.objects.current()) == [second]
    retire_reason(second, actor=make.demo("wakil"))
    assert not Reason.objects.current().exists()
    assert Reason.objects.get(pk=first.pk).text == "Tabelnya terpotong."


@pytest.mark.parametrize("who", ["bidang", "dinsos", "operator", "opd", "atasan"])
def test_nobody_else_keeps_it(who):
    kept = written()
    with pytest.raises(Forbidden, match="PPID Utama"):
        write_reason("clarify", "Lain.", actor=make.demo(who))
    with pytest.raises(Forbidden, match="PPID Utama"):
        retire_reason(kept, actor=make.demo(who))


@pytest.mark.parametrize(("of", "text"), [("clarify", "  "), ("clarify", "x" * 301), ("", "Baik."), ("lain", "Baik.")])
def test_it_wants_one_sentence_for_a_decision(of, text):
    with pytest.raises(Refused):
        write_reason(of, text, actor=make.demo("utama"))


def test_the_same_sentence_is_not_kept_twice():
    written()
    with pytest.raises(Refused, match="sudah ada"):
        written("  Tabelnya   terpotong. ")


def test_what_is_offered_no_more_is_changed_no_more():
    kept = written()
    retire_reason(kept, actor=make.demo("utama"))
    with pytest.raises(ChangedMeanwhile):
        retire_reason(kept, actor=make.demo("utama"))
    with pytest.raises(ChangedMeanwhile):
        written("Lain.", replaces=kept)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE flows_reason SET text = 'Lain.' WHERE id = %s",
        "UPDATE flows_reason SET \"of\" = 'sheet' WHERE id = %s",
        "DELETE FROM flows_reason WHERE id = %s",
        "TRUNCATE flows_reason CASCADE",
    ],
)
def test_no_sentence_is_ever_changed_or_deleted(statement):
    kept = written()
    with pytest.raises(DatabaseError), make.savepoint(), connection.cursor() as cursor:
        cursor.execute(statement, [kept.pk] if "%s" in statement else None)


def test_a_retired_sentence_never_comes_back():
    kept = retire_reason(written(), actor=make.demo("utama"))
    with pytest.raises(DatabaseError), make.savepoint():
        Reason.objects.filter(pk=kept.pk).update(retired_at=None, retired_by=None, retired_name="")
