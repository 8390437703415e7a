"""A worker dies between the copy and the commit, or between the commit and its clearing: the next sweep mends it."""

import io
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection, transaction

from ppid.flows.models import Case
from ppid.shelf.actions import public_store
from ppid.shelf.models import PublishedItem
from tests import make
from tests.killed import killed


@contextmanager
def holding(table: str, mode: str):
    """Keep others from writing (EXCLUSIVE) or from reading too (ACCESS EXCLUSIVE) the table."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'LOCK TABLE "{table}" IN {mode} MODE')
        yield


def swept() -> str:
    out = io.StringIO()
    call_command("sweep", stdout=out)
    return out.getvalue()


def test_a_worker_killed_between_the_copy_and_the_commit_leaves_nothing_public(committed_database, own_stores):
    own_stores()
    case = make.publication(at="publishing")
    sha256 = case.information.documents.content().get().sha256
    copy = public_store().path(sha256)

    with holding("shelf_publishedfile", "EXCLUSIVE"):
        killed(lambda: make.step(case, "publish", actor="operator"), when=copy.exists)

    assert make.again(case).state == "publishing"
    assert not PublishedItem.objects.filter(number=case.information.number).exists()
    assert "public: 1 files" in swept()
    assert not copy.exists()
    make.step(case, "publish", actor="operator")
    public_store().check(sha256)


def test_a_worker_killed_before_it_cleared_leaves_no_excluded_bytes_beyond_the_next_sweep(
    committed_database, own_stores
):
    own_stores()
    published = make.publication(at="published", unit="disdukcapil")
    copy = public_store().path(published.information.documents.content().get().sha256)
    case = make.exclusion(information=published.information, at="adopting")
    make.supply(case, "adopt", make.demo("bidang"))

    def adopted() -> bool:
        return Case.objects.filter(pk=case.pk, state="adopted").exists()

    with holding("shelf_publishedsopfile", "ACCESS EXCLUSIVE"):
        killed(lambda: make.step(case, "adopt", actor="bidang"), when=adopted)

    assert copy.exists()
    assert "public: 1 files" in swept()
    assert not copy.exists()
