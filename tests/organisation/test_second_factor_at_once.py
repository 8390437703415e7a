"""Two devices at one account, and two keepers at one recovery, at the same moment."""

import pytest

from ppid.notices import recovering
from ppid.organisation import second_factor
from ppid.organisation.actions import PeopleRefused
from ppid.organisation.models import FactorRecovery, PersonChange
from ppid.organisation.second_factor import CodeRefused
from tests import make
from tests.second_factors import code_of, with_app
from tests.together import two_at_once

pytestmark = pytest.mark.usefixtures("committed_database")


def test_of_two_apps_that_are_set_up_at_once_one_holds_and_the_other_is_told(committed_database):
    person = make.person("operator")
    sealed = [second_factor.new_secret(), second_factor.new_secret()]
    codes = [code_of(second_factor.secret_in(each)) for each in sealed]
    first, second = two_at_once(
        lambda: second_factor.set_up_app(person, sealed[0], codes[0], replaces=None),
        lambda: second_factor.set_up_app(person, sealed[1], codes[1], replaces=None),
    )
    assert len(first) == 10
    assert isinstance(second, PeopleRefused)
    assert "baru saja dipasang" in second.sentences[0]
    assert second_factor.use_code(person, code_of(second_factor.secret_in(sealed[0]), periods=1)) == "totp"
    assert PersonChange.objects.filter(person=person, kind="factor_added").count() == 1


def test_one_code_sent_twice_at_once_is_good_once(committed_database):
    person = make.person("operator")
    code = code_of(with_app(person))
    first, second = two_at_once(
        lambda: second_factor.use_code(person, code), lambda: second_factor.use_code(person, code)
    )
    assert first == "totp"
    assert isinstance(second, CodeRefused)


def test_one_recovery_code_sent_twice_at_once_is_good_once(committed_database):
    person = make.person("operator")
    with_app(person)
    code = second_factor.renew_codes(person)[3]
    first, second = two_at_once(
        lambda: second_factor.use_code(person, code), lambda: second_factor.use_code(person, code)
    )
    assert first == "recovery_codes"
    assert isinstance(second, CodeRefused)
    assert second_factor.codes_left(person) == 9


def test_a_recovery_that_is_begun_twice_at_once_is_begun_once(committed_database):
    person, one, other = make.person("operator"), make.person("admin_ppid"), make.person("admin_ppid")
    with_app(person)
    _, second = two_at_once(
        lambda: recovering.begin(person, why="Datang.", actor=one),
        lambda: recovering.begin(person, why="Datang.", actor=other),
    )
    assert isinstance(second, PeopleRefused)
    assert FactorRecovery.objects.filter(person=person).count() == 1


def test_a_recovery_that_is_cancelled_as_it_is_confirmed_stays_cancelled(committed_database):
    person, one, other = make.person("operator"), make.person("admin_ppid"), make.person("admin_ppid")
    with_app(person)
    recovery = recovering.begin(person, why="Datang.", actor=one)
    _, second = two_at_once(
        lambda: recovering.cancel(recovery, actor=person), lambda: recovering.confirm(recovery, actor=other)
    )
    assert isinstance(second, PeopleRefused)
    assert second_factor.standing_of(person).has_any
