"""The second factor: who needs one, which codes are good and how often, and how it is given back to its person."""

import json
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ppid.notices.models import Notice
from ppid.notices.recovering import begin, cancel, confirm
from ppid.organisation import second_factor
from ppid.organisation.actions import PeopleForbidden, PeopleRefused, confirm_person, give_password, write_change
from ppid.organisation.appointing import appoint, stop
from ppid.organisation.checks import second_factor_roles_exist, second_factors_can_be_read
from ppid.organisation.mfa_adapter import KeyIsAnother
from ppid.organisation.models import Appointment, FactorRecovery, PersonChange, Role, Unit, User
from ppid.organisation.second_factor import CodeRefused, standing_of, use_code
from tests import make
from tests.second_factors import code_of, with_app

pytestmark = pytest.mark.django_db

DEFAULT = ["ppid_utama", "atasan_ppid", "admin_ppid"]
NOW = timezone.now()


def last_rows(person: User, n: int = 1) -> list[tuple[str, str]]:
    rows = PersonChange.objects.filter(person=person).order_by("-pk")[:n]
    return [(row.kind, row.actor_name) for row in rows][::-1]


def needs_and_has(person: User, *, on: date) -> tuple[bool, bool]:
    asked = second_factor.needs_and_has("pk", on=on, roles=settings.SECOND_FACTOR_ROLES)
    found = User.objects.annotate(**asked).get(pk=person.pk)
    return found.needs_factor, found.has_factor


# Who needs one, in production as it comes: written out from the issue («decide or administer»).
ROLES = [
    ("ppid_utama", True),
    ("atasan_ppid", True),
    ("admin_ppid", True),
    ("ppid_pelaksana", False),
    ("ppid_pembantu", False),
    ("opd", False),
    ("bidang_layanan", False),
    ("operator", False),
    ("sop_keeper", False),
]


@pytest.mark.parametrize(("role", "needed"), ROLES)
def test_who_decides_or_administers_needs_one(role, needed, settings):
    settings.SECOND_FACTOR_ROLES = DEFAULT
    person, today = make.person(role), timezone.localdate()
    assert needs_and_has(person, on=today) == (needed, False)
    assert bool(second_factor.roles_that_need_it(person, on=today)) == needed
    assert needs_and_has(make.person(), on=today) == (False, False), "no appointment, no need"


def test_every_role_of_the_office_is_in_the_table_of_who_needs_one():
    assert {role for role, _ in ROLES} == set(Role.objects.values_list("code", flat=True))


def test_an_app_is_set_up_by_its_first_code_and_gives_ten_recovery_codes():
    person, sealed = make.person("operator"), second_factor.new_secret()
    code = code_of(second_factor.secret_in(sealed))
    codes = second_factor.set_up_app(person, sealed, code, replaces=None)
    assert len(set(codes)) == 10
    assert all(len(each) == 8 and each.isdigit() for each in codes)
    assert (standing_of(person).codes, standing_of(person).has_few_codes) == (10, False)
    assert last_rows(person) == [("factor_added", person.name)]
    with pytest.raises(CodeRefused, match="sudah dipakai"):
        use_code(person, code)


def test_a_wrong_first_code_sets_nothing_up():
    person, sealed = make.person("operator"), second_factor.new_secret()
    with pytest.raises(CodeRefused, match="Kode ini salah"):
        second_factor.set_up_app(person, sealed, "000000x", replaces=None)
    assert not standing_of(person).has_any
    assert last_rows(person) == []


# Periods of 30 seconds from now × what is said; None: the code is good.
CLOCKS = [
    (0, None),
    (-1, "sudah dipakai"),  # with which the app was set up
    (1, None),
    (-3, "sudah lewat waktunya, sekitar 2 menit"),
    (4, "lebih cepat sekitar 2 menit"),
    (20, "lebih cepat sekitar 10 menit"),
    (-40, "Kode ini salah"),
]


@pytest.mark.parametrize(("periods", "said"), CLOCKS)
def test_a_code_of_another_time_is_told_by_how_much(periods, said):
    person = make.person("operator")
    code = code_of(with_app(person), periods=periods)
    if said is None:
        assert use_code(person, f"{code[:3]} {code[3:]}") == "totp"
        return
    with pytest.raises(CodeRefused, match=said):
        use_code(person, code)


def test_a_code_is_good_once_and_none_before_it_ever():
    person = make.person("operator")
    secret = with_app(person)
    use_code(person, code_of(secret, periods=1))
    for periods in (1, 0, -1):
        with pytest.raises(CodeRefused, match="sudah dipakai"):
            use_code(person, code_of(secret, periods=periods))


def test_a_recovery_code_is_good_once_and_the_rest_is_counted():
    person = make.person("operator")
    with_app(person)
    codes = second_factor.renew_codes(person)
    assert use_code(person, f"{codes[0][:4]} {codes[0][4:]}") == "recovery_codes"
    with pytest.raises(CodeRefused, match="sudah pernah dipakai"):
        use_code(person, codes[0])
    assert second_factor.codes_left(person) == 9
    for code in codes[1:8]:
        use_code(person, code)
    assert standing_of(person).has_few_codes
    second_factor.renew_codes(person)
    with pytest.raises(CodeRefused, match="Kode ini salah"):
        use_code(person, codes[9])
    assert last_rows(person) == [("codes", person.name)]


def test_a_code_of_somebody_else_is_wrong():
    one, other = make.person("operator"), make.person("operator")
    secret = with_app(one)
    with_app(other)
    with pytest.raises(CodeRefused, match="Kode ini salah"):
        use_code(other, code_of(secret))


@given(typed=st.text(max_size=12).filter(lambda text: not text.isdigit()))
def test_a_first_code_that_is_no_code_is_one_sentence(typed):
    with pytest.raises(CodeRefused):
        second_factor._counter_of("JBSWY3DPEHPK3PXP", typed, used=-1)


def test_no_secret_stands_in_the_database_in_clear():
    person = make.person("operator")
    secret = with_app(person)
    codes = second_factor.renew_codes(person)
    dump = json.dumps([row.data for row in Authenticator.objects.filter(user=person)])
    assert secret not in dump
    assert not any(code in dump for code in codes)


def test_a_new_key_opens_what_the_old_one_wrote_and_another_key_is_a_sentence(settings):
    person, old, new = make.person("operator"), settings.MFA_KEYS[0], "sebuah-kunci-lain-yang-cukup-panjang-0123"
    secret = with_app(person)
    settings.MFA_KEYS = [new]
    with pytest.raises(KeyIsAnother, match="petugas TI"):
        use_code(person, code_of(secret))
    assert second_factor.unreadable() == 2
    assert standing_of(person).codes == 0
    with pytest.raises(CommandError, match="Nothing changed"):
        call_command("renew_mfa_key")
    settings.MFA_KEYS = [new, old]
    assert use_code(person, code_of(secret)) == "totp"
    call_command("renew_mfa_key", verbosity=0)
    settings.MFA_KEYS = [new]
    assert use_code(person, code_of(secret, periods=1)) == "totp"
    assert second_factor.unreadable() == 0


def test_another_app_takes_the_place_of_the_first():
    person = make.person("operator")
    secret, standing = with_app(person), standing_of(person).app
    sealed = second_factor.new_secret()
    code = code_of(second_factor.secret_in(sealed))
    with pytest.raises(PeopleRefused, match="baru saja dipasang dari peramban"):
        second_factor.set_up_app(person, sealed, code, replaces=None)
    assert second_factor.set_up_app(person, sealed, code, replaces=standing.pk) == [], "recovery codes stay"
    with pytest.raises(CodeRefused):
        use_code(person, code_of(secret, periods=1))
    assert use_code(person, code_of(second_factor.secret_in(sealed), periods=1)) == "totp"


def test_the_last_one_stays_where_it_is_required(settings):
    settings.SECOND_FACTOR_ROLES = DEFAULT
    person = make.person("admin_ppid")
    with_app(person)
    app = standing_of(person).app
    with pytest.raises(PeopleForbidden, match="Pasang yang baru dahulu"):
        second_factor.remove(person, app.pk)
    settings.SECOND_FACTOR_ROLES = []
    second_factor.remove(person, app.pk)
    assert not Authenticator.objects.filter(user=person).exists(), "recovery codes of nothing go too"
    assert last_rows(person) == [("factor_gone", person.name)]


def test_with_a_first_password_nothing_is_set_up():
    person = make.first_password(make.person("operator"))
    with pytest.raises(DatabaseError, match="a first password is changed"):
        with_app(person)


# What SQL by hand may not do to second factors and recoveries: each told by its trigger.
BY_HAND = [
    (
        "INSERT INTO mfa_authenticator (user_id, type, data, created_at) VALUES ({other}, 'totp', '{{}}', now())",
        "comes",
    ),
    ("DELETE FROM mfa_authenticator WHERE user_id = {person}", "goes with a row of the ledger"),
    ("UPDATE mfa_authenticator SET user_id = {other} WHERE user_id = {person}", "Cannot update"),
    ("TRUNCATE mfa_authenticator", "never emptied"),
    ("TRUNCATE organisation_factorrecovery", "never emptied"),
    ("DELETE FROM organisation_factorrecovery", "Cannot delete"),
    ("UPDATE organisation_factorrecovery SET why = 'lain'", "Cannot update"),
    ("UPDATE organisation_factorrecovery SET asked_by_id = {other}", "Cannot update"),
    (
        "UPDATE organisation_factorrecovery SET \"end\" = 'done', ended_by_id = {other}, ended_at = now()",
        "second keeper",
    ),
    (
        "UPDATE organisation_factorrecovery SET \"end\" = 'done', ended_by_id = {chief}, ended_at = now()",
        "second keeper",
    ),
]


@pytest.mark.parametrize(("sql", "said"), BY_HAND)
def test_by_hand_no_second_factor_comes_or_goes(sql, said):
    person, other, chief = make.person("operator"), make.person("operator"), make.demo("utama")
    with_app(person)
    begin(person, why="Datang sendiri.", actor=chief)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table that something waits for is not emptied anyway
    with pytest.raises(DatabaseError, match=said), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(person=person.pk, other=other.pk, chief=chief.pk))


# The newest row of the ledger about a second factor × whether one may come now, and whether one may go.
NEWEST = [("factor_added", True, False), ("codes", True, False), ("factor_gone", False, True), ("rescued", False, True)]


@pytest.mark.parametrize(("kind", "comes", "goes"), NEWEST)
def test_only_its_own_row_of_the_ledger_lets_a_second_factor_come_or_go(kind, comes, goes):
    person = make.person("operator")
    with_app(person)
    write_change(person, PersonChange.Kind(kind), person, None, note="Uji.")
    new = "INSERT INTO mfa_authenticator (user_id, type, data, created_at) VALUES (%s, 'webauthn', '{}', now())"
    for sql, is_let in ((new, comes), ("DELETE FROM mfa_authenticator WHERE user_id = %s", goes)):
        with make.savepoint(undo=True), connection.cursor() as cursor:
            if is_let:
                cursor.execute(sql, [person.pk])
                continue
            with pytest.raises(DatabaseError, match="with a row of the ledger"), make.savepoint():
                cursor.execute(sql, [person.pk])


def test_no_second_factor_turns_into_one_of_another_kind():
    person = make.person("operator")
    with_app(person)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Authenticator.objects.filter(user=person, type="recovery_codes").update(type="webauthn")


def by_hand(person: User, keeper: User, **fields) -> FactorRecovery:
    given = {"why": "Datang.", "asked_by": keeper, "asked_by_name": keeper.name, "asked_at": timezone.now()}
    return FactorRecovery.objects.create(person=person, **given | fields)


# From when to when somebody is Admin PPID, in days from today, and whether the database lets them recover others today.
KEEPING = [(-9, None, True), (0, 0, True), (-9, -1, False), (1, None, False)]


@pytest.mark.parametrize(("begins", "ends", "keeps"), KEEPING)
def test_the_database_lets_who_keeps_people_today_begin_and_confirm(begins, ends, keeps):
    person, other, today = make.person("operator"), make.person("operator"), timezone.localdate()
    keeper = make.person()
    days = [None if each is None else today + timedelta(days=each) for each in (begins, ends)]
    make.appoint(keeper, "admin_ppid", unit="diskominfo", starts_on=days[0], ends_on=days[1])
    recovery = by_hand(person, make.demo("wakil"))
    done = {"end": "done", "ended_by": keeper, "ended_at": timezone.now()}
    if keeps:
        by_hand(other, keeper)
        FactorRecovery.objects.filter(pk=recovery.pk).update(**done)
        return
    with pytest.raises(DatabaseError, match="begun by who keeps people"), transaction.atomic():
        by_hand(other, keeper)
    with pytest.raises(DatabaseError, match="confirmed by a second keeper"), transaction.atomic():
        FactorRecovery.objects.filter(pk=recovery.pk).update(**done)


def test_the_database_lets_nobody_begin_a_recovery_whose_appointment_was_stopped():
    person, keeper = make.person("operator"), make.person("admin_ppid")
    stop(keeper.appointments.get(), actor=make.demo("utama"))
    with pytest.raises(DatabaseError, match="begun by who keeps people"), transaction.atomic():
        by_hand(person, keeper)


def test_no_recovery_begins_as_one_that_is_over():
    person, keeper, now = make.person("operator"), make.demo("wakil"), timezone.now()
    with pytest.raises(DatabaseError, match="and ends later"), transaction.atomic():
        by_hand(person, keeper, end="done", ended_by=make.demo("utama"), ended_at=now)


def test_with_a_first_password_nobody_begins_a_recovery():
    person, keeper = make.person("operator"), make.first_password(make.person("admin_ppid"))
    with pytest.raises(DatabaseError, match="a first password is changed"), transaction.atomic():
        by_hand(person, keeper)


@pytest.mark.parametrize("field", ["person", "why", "asked_by", "asked_by_name", "asked_at"])
def test_nothing_of_what_was_asked_changes(field):
    recovery = by_hand(make.person("operator"), make.demo("wakil"))
    other = make.demo("utama")
    changed = {
        "person": other,
        "why": "lain",
        "asked_by": other,
        "asked_by_name": "Lain",
        "asked_at": recovery.asked_at - timedelta(hours=1),
    }[field]
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        FactorRecovery.objects.filter(pk=recovery.pk).update(**{field: changed})


def test_what_ended_stays_as_it_ended():
    person, admin = make.person("operator"), make.person("admin_ppid")
    with_app(person)
    cancel(begin(person, why="Datang sendiri.", actor=admin), actor=admin)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        FactorRecovery.objects.update(end="lapsed", ended_by=None)


def told_of(person) -> list[str]:
    return list(Notice.objects.filter(person=person, kind="account").order_by("pk").values_list("title", flat=True))


def test_two_keepers_take_it_away_and_all_three_are_told(settings):
    settings.SECOND_FACTOR_ROLES = DEFAULT
    person, one, other = make.demo("utama"), make.person("admin_ppid"), make.person("admin_ppid")
    secret = with_app(person)
    recovery = begin(person, why="Datang sendiri dengan kartu pegawai.", actor=one)
    assert use_code(person, code_of(secret)) == "totp", "until the second one confirms, it holds"
    confirm(recovery, actor=other)
    assert not Authenticator.objects.filter(user=person).exists()
    assert needs_and_has(person, on=timezone.localdate()) == (True, False)
    assert last_rows(person, 2) == [("rescue_asked", one.name), ("rescued", other.name)]
    assert told_of(person) == ["Pemulihan langkah kedua dimulai", "Langkah kedua dilepas; dipasang lagi saat masuk"]
    assert told_of(one)[-1] == f"Langkah kedua dilepas; dipasang lagi saat masuk: {person.name}"
    assert told_of(other) == [f"Langkah kedua dilepas; dipasang lagi saat masuk: {person.name}"]


# Who may not be the first, or the second: each role by hand.
@pytest.mark.parametrize("role", [role for role, _ in ROLES if role not in ("ppid_utama", "admin_ppid")])
def test_who_keeps_no_people_recovers_nobody(role):
    person, keeper, other = make.person("operator"), make.person("admin_ppid"), make.person(role)
    with_app(person)
    with pytest.raises(PeopleForbidden, match="hanya dapat diubah oleh PPID Utama atau Admin PPID"):
        begin(person, why="Datang.", actor=other)
    recovery = begin(person, why="Datang.", actor=keeper)
    for act in (confirm, cancel):
        with pytest.raises(PeopleForbidden):
            act(recovery, actor=other)


def test_nobody_recovers_alone_or_themselves():
    person, other = make.person("admin_ppid"), make.person("admin_ppid")
    with_app(person)
    with pytest.raises(PeopleForbidden, match="dua pengelola lain"):
        begin(person, why="Saya sendiri.", actor=person)
    recovery = begin(person, why="Datang.", actor=other)
    with pytest.raises(PeopleForbidden, match="Anda yang memulai"):
        confirm(recovery, actor=other)
    with pytest.raises(PeopleForbidden, match="dua pengelola lain"):
        confirm(recovery, actor=person)
    cancel(recovery, actor=person)
    assert last_rows(person) == [("rescue_ended", person.name)]
    assert standing_of(person).has_any


def test_a_keeper_whom_another_made_alone_is_no_second_one():
    chief, puppet = make.maker_and_puppet("admin_ppid", unit="diskominfo")
    person = make.person("operator")
    with_app(person)
    recovery = begin(person, why="Datang.", actor=chief)
    with pytest.raises(PeopleForbidden, match="belum dikonfirmasi"):
        confirm(recovery, actor=puppet)
    with pytest.raises(DatabaseError, match="second keeper"), transaction.atomic():
        FactorRecovery.objects.filter(pk=recovery.pk).update(end="done", ended_by=puppet, ended_at=timezone.now())
    confirm_person(puppet, actor=make.demo("wakil"))
    confirm(recovery, actor=puppet)
    assert not standing_of(person).has_any


def test_who_began_and_got_a_password_of_the_second_one_since_is_no_first_one():
    person, first, second = make.person("operator"), make.person("admin_ppid"), make.demo("utama")
    with_app(person)
    recovery = begin(person, why="Datang.", actor=first)
    give_password(first, actor=second)
    with pytest.raises(PeopleForbidden, match="bergantung pada satu orang yang sama"):
        confirm(recovery, actor=second)
    with pytest.raises(DatabaseError, match="second keeper"), transaction.atomic():
        FactorRecovery.objects.filter(pk=recovery.pk).update(end="done", ended_by=second, ended_at=timezone.now())
    assert standing_of(person).has_any
    confirm(recovery, actor=make.demo("wakil"))
    assert not standing_of(person).has_any


def test_half_a_recovery_lapses_after_a_day_and_can_be_begun_again():
    person, one, other = make.person("operator"), make.person("admin_ppid"), make.person("admin_ppid")
    with_app(person)
    old = begin(person, why="Datang.", actor=one, at=NOW - timedelta(hours=25))
    with pytest.raises(PeopleRefused, match="lewat waktunya"):
        confirm(old, actor=other)
    again = begin(person, why="Datang lagi.", actor=other)
    assert last_rows(person, 2) == [("rescue_ended", ""), ("rescue_asked", other.name)]
    with pytest.raises(PeopleRefused, match="sudah dimulai"):
        begin(person, why="Datang.", actor=one)
    confirm(again, actor=one)
    assert FactorRecovery.objects.get(pk=old.pk).end == "lapsed"


def test_nothing_is_recovered_where_nothing_is_or_the_account_is_closed():
    person, keeper = make.person("operator"), make.person("admin_ppid")
    with pytest.raises(PeopleRefused, match="tidak punya langkah kedua"):
        begin(person, why="Datang.", actor=keeper)
    with_app(person)
    make.change(person, is_active=False)
    with pytest.raises(PeopleRefused, match="tidak aktif"):
        begin(person, why="Datang.", actor=keeper)


def test_the_terminal_takes_it_away_and_the_ledger_says_so(capsys):
    person = make.demo("utama")
    with pytest.raises(CommandError, match="tidak punya langkah kedua"):
        call_command("take_second_factor", person.email)
    with_app(person)
    begin(person, why="Datang.", actor=make.person("admin_ppid"))
    call_command("take_second_factor", person.email.upper())
    row = PersonChange.objects.filter(person=person).latest("pk")
    assert (row.kind, row.actor, row.note) == ("rescued", None, "Oleh petugas TI di terminal server.")
    assert not standing_of(person).has_any
    assert "langkah kedua" in told_of(person)[-1].lower()
    with pytest.raises(CommandError, match="Nobody"):
        call_command("take_second_factor", "tak.ada@example.test")


def test_the_first_ppid_utama_is_never_locked_out(settings):
    """Appointed at the terminal, with no other keeper: the way is open, through setting it up."""
    settings.SECOND_FACTOR_ROLES = DEFAULT
    person = make.person()
    appoint(
        Appointment(
            user=person,
            role=Role.objects.get(code="ppid_utama"),
            unit=Unit.objects.get(code="diskominfo"),
            kind="plh",
            reason="Cuti.",
            starts_on=timezone.localdate(),
            ends_on=timezone.localdate() + timedelta(days=5),
            order_number="1",
        ),
        actor=None,
    )
    assert needs_and_has(person, on=timezone.localdate()) == (True, False)
    with_app(person)
    assert needs_and_has(person, on=timezone.localdate()) == (True, True)


def test_the_start_warns_of_roles_that_nobody_can_hold_and_of_secrets_that_nothing_opens(settings):
    settings.SECOND_FACTOR_ROLES = [*DEFAULT, "ppid_utma"]
    warned = second_factor_roles_exist(databases=["default"])
    assert [each.id for each in warned] == ["ppid.W030"]
    assert "ppid_utma" in warned[0].msg
    settings.SECOND_FACTOR_ROLES = DEFAULT
    assert second_factor_roles_exist(databases=["default"]) == []
    with_app(make.person("operator"))
    assert second_factors_can_be_read(databases=["default"]) == []
    settings.MFA_KEYS = ["sebuah-kunci-lain-yang-cukup-panjang-0123"]
    warned = second_factors_can_be_read(databases=["default"])
    assert [(each.id, each.msg.split()[0]) for each in warned] == [("ppid.W031", "2")]
