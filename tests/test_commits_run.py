"""What waits for a commit runs in tests too, once, and only when the transaction holds."""

import pytest
from django.db import transaction

pytestmark = pytest.mark.django_db


def test_it_runs_when_the_outermost_transaction_ends_and_not_before():
    done = []
    with transaction.atomic():
        with transaction.atomic():
            transaction.on_commit(lambda: done.append("swept"))
        assert done == []
    assert done == ["swept"]


def test_it_does_not_run_when_the_transaction_falls():
    done = []

    @transaction.atomic
    def fall():
        transaction.on_commit(lambda: done.append("swept"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fall()
    with transaction.atomic():
        pass
    assert done == []
