"""A version's way through review: every state × every act, who may, what the ledger keeps, and the day it comes."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from ppid.shelf.models import PublishedSop
from sop.drafts.editing import confirm_interpretation
from sop.ledgers import SignedSheet, StateChange
from sop.models import Activity, SopVersion
from sop.versions.actions import (
    approve,
    bring_into_force,
    new_draft,
    retire,
    send_back,
    submit,
)
from sop.versions.store import sheet_store
from tests import make
from tests.sop.conftest import approved, person, refused

# The sources have slips of which the sheet check warns, so approving them asks for a reason.
WHY = "Lembar sumber, kata demi kata."

STATES = ["draft", "in_review", "approved", "superseded", "retired"]

# Written out: where each act starts, and where it leads.
ACTS = {
    "submit": (submit, {}, {"draft": "in_review"}),
    "confirm": (confirm_interpretation, {}, {"draft": "draft"}),
    "send_back": (send_back, {"why": "Langkah 3 keliru."}, {"in_review": "draft"}),
    "approve": (approve, {"why": WHY}, {"in_review": "approved"}),
    "retire": (retire, {"why": "Tugasnya pindah ke dinas lain."}, {"approved": "retired"}),
}

# Written out: who may do what. «submitter» handed this version in and leads too.
MAY = {
    "submit": {"keeper", "lead"},
    "confirm": {"keeper", "lead"},
    "new_draft": {"keeper", "lead"},
    "send_back": {"lead"},
    "approve": {"lead"},
    "retire": {"lead"},
}
PEOPLE = {
    "keeper": ("sop_keeper", "dinsos"),
    "keeper of another unit": ("sop_keeper", "disdukcapil"),
    "lead": ("ppid_utama", "diskominfo"),
    "atasan": ("atasan_ppid", "setda"),
    "bidang": ("bidang_layanan", "diskominfo"),
    "operator": ("operator", "diskominfo"),
    "pelaksana": ("ppid_pelaksana", "dinsos"),
    "pembantu": ("ppid_pembantu", "dinsos"),
    "opd": ("opd", "dinsos"),
}

pytestmark = pytest.mark.usefixtures("quick_pdf")


def stored(version):
    return SopVersion.objects.with_sheet().get(pk=version.pk)


@pytest.fixture
def free(publication):
    """The first sheet, followed by no running flow, so that it may be retired."""
    make.bind(publication.sop)
    return stored(publication)


def at_state(version, state, ppid_utama):
    """Walk the version to ``state`` and return it."""
    if state == "in_review":
        submit(version, actor=person("penyusun@contoh.id", "sop_keeper", unit="dinsos"))
    elif state != "draft":
        approved(version, by=ppid_utama)
    if state == "superseded":
        approved(new_draft(version, actor=ppid_utama), by=ppid_utama)
    elif state == "retired":
        retire(version, actor=ppid_utama, why="Tidak dipakai lagi.")
    assert stored(version).state == state
    return stored(version)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_open_only_in_its_state(free, ppid_utama, state, act):
    version = at_state(free, state, ppid_utama)
    do, words, leads = ACTS[act]
    if state in leads:
        do(version, actor=ppid_utama, **words)
        assert stored(version).state == leads[state]
    else:
        assert "Ini hanya dapat dilakukan pada versi dengan keadaan" in refused(do, version, actor=ppid_utama, **words)
        assert stored(version).state == state


@pytest.mark.parametrize("state", STATES)
def test_a_next_version_is_begun_only_when_none_is_undecided(free, ppid_utama, state):
    version = at_state(free, state, ppid_utama)
    if state in ("draft", "in_review"):
        assert f"sudah punya versi 1 yang belum diputuskan (keadaan: {version.get_state_display()})" in refused(
            new_draft, version, actor=ppid_utama
        )
    else:
        assert new_draft(version, actor=ppid_utama).state == "draft"


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("act", MAY)
def test_who_may(free, ppid_utama, who, act):
    state = {"send_back": "in_review", "approve": "in_review", "retire": "approved", "new_draft": "approved"}
    version = at_state(free, state.get(act, "draft"), ppid_utama)
    role, unit = PEOPLE[who]
    actor = person("seseorang@contoh.id", role, unit=unit)
    do, words, _ = ACTS.get(act, (new_draft, {}, None))
    if who in MAY[act]:
        do(version, actor=actor, **words)
    else:
        assert refused(do, version, actor=actor, **words).startswith("Hanya ")


@pytest.mark.parametrize("act", MAY)
def test_an_appointment_that_ended_or_has_not_begun_gives_no_right(free, ppid_utama, act):
    state = {"send_back": "in_review", "approve": "in_review", "retire": "approved", "new_draft": "approved"}
    version = at_state(free, state.get(act, "draft"), ppid_utama)
    yesterday = timezone.localdate() - timedelta(days=1)
    former = person("lama@contoh.id", "ppid_utama", starts_on=date(2020, 1, 1), ends_on=yesterday)
    coming = person("baru@contoh.id", "ppid_utama", starts_on=yesterday + timedelta(days=2))
    do, words, _ = ACTS.get(act, (new_draft, {}, None))
    for someone in (former, coming):
        assert refused(do, version, actor=someone, **words).startswith("Hanya ")


def test_who_handed_it_in_does_not_approve_it(publication, ppid_utama):
    submit(publication, actor=ppid_utama)
    assert "menyetujui versi ini karena Anda mengajukannya" in refused(approve, publication, actor=ppid_utama)
    assert approve(publication, actor=person("wakil@contoh.id", "ppid_utama"), why=WHY).state == "approved"


def test_the_last_to_hand_it_in_counts(publication, ppid_utama, keeper):
    submit(publication, actor=ppid_utama)
    send_back(publication, actor=ppid_utama, why="Saya perbaiki dahulu.")
    submit(publication, actor=keeper)
    assert approve(publication, actor=ppid_utama, why=WHY).state == "approved"


@pytest.mark.parametrize("why", ["", "   \n"])
@pytest.mark.parametrize("act", ["send_back", "retire"])
def test_a_refusal_and_an_end_carry_their_reason(free, ppid_utama, act, why):
    do, _, leads = ACTS[act]
    version = at_state(free, next(iter(leads)), ppid_utama)
    assert "Tuliskan alasannya." in refused(do, version, actor=ppid_utama, why=why)


def test_the_ledger_keeps_who_when_and_why(publication, ppid_utama, keeper):
    at = timezone.now()
    submit(publication, actor=keeper, at=at)
    send_back(publication, actor=ppid_utama, why=" Langkah 3 keliru. ", at=at)
    submit(publication, actor=keeper, at=at)
    approve(publication, actor=ppid_utama, at=at, why="Sudah sesuai.")
    rows = publication.changes.values_list("from_state", "to_state", "actor", "at", "why")
    assert list(rows) == [
        ("draft", "in_review", keeper.pk, at, ""),
        ("in_review", "draft", ppid_utama.pk, at, "Langkah 3 keliru."),
        ("draft", "in_review", keeper.pk, at, ""),
        ("in_review", "approved", ppid_utama.pk, at, "Sudah sesuai."),
    ]
    assert [row.actor_name for row in publication.changes.all()] == ["Pengelola", "Utama", "Pengelola", "Utama"]


@pytest.mark.parametrize(
    "way",
    [lambda rows: rows.update(why="lain"), lambda rows: rows.delete()],
    ids=["rewriting", "deleting"],
)
def test_the_ledger_is_kept(publication, keeper, way):
    submit(publication, actor=keeper)
    with pytest.raises(DatabaseError), transaction.atomic():
        way(StateChange.objects.filter(version=publication))


@pytest.mark.parametrize(
    "way",
    [lambda rows: rows.update(filename="lain.pdf"), lambda rows: rows.delete()],
    ids=["rewriting", "deleting"],
)
def test_a_signed_sheet_is_kept(publication, ppid_utama, way):
    version = approved(publication, by=ppid_utama)
    SignedSheet.objects.create(
        version=version, filename="a.pdf", sha256="0" * 64, size=1, uploaded_by=ppid_utama, uploaded_at=timezone.now()
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        way(SignedSheet.objects.filter(version=version))


@pytest.mark.parametrize(
    "way",
    [
        lambda v: SopVersion.objects.filter(pk=v.pk).update(title="Lain"),
        lambda v: SopVersion.objects.filter(pk=v.pk).update(revision=9),
        lambda v: SopVersion.objects.filter(pk=v.pk).update(confirmed_at=timezone.now()),
        lambda v: SopVersion.objects.filter(pk=v.pk).delete(),
        lambda v: Activity.objects.filter(version=v, number=2).update(text="Lain"),
        lambda v: Activity.objects.filter(version=v, number=7).delete(),
        lambda v: v.performers.filter(position=1).update(label="Lain"),
    ],
    ids=["title", "revision", "confirmation", "deleting", "an activity", "an activity less", "a performer"],
)
def test_what_is_in_review_stays_as_it_was_handed_in(publication, keeper, way):
    submit(publication, actor=keeper)
    with pytest.raises(DatabaseError), transaction.atomic():
        way(publication)


def test_sent_back_it_may_change_again(publication, keeper, ppid_utama):
    submit(publication, actor=keeper)
    send_back(publication, actor=ppid_utama, why="Langkah 2 keliru.")
    Activity.objects.filter(version=publication, number=2).update(text="Menghimpun bahan")
    assert stored(publication).sheet().rows[1].text == "Menghimpun bahan"


@pytest.mark.parametrize(
    "fields",
    [
        {"in_force_from": date(2020, 1, 1)},
        {"approved_at": timezone.now()},
        {"pdf_sha256": "f" * 64},
        {"pdf_size": 1},
    ],
    ids=lambda fields: next(iter(fields)),
)
@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "superseded", "retired"])
def test_what_approving_wrote_never_changes(free, ppid_utama, state, fields):
    version = at_state(free, state, ppid_utama)
    with pytest.raises(DatabaseError), transaction.atomic():
        SopVersion.objects.filter(pk=version.pk).update(**fields)


# Written out: the legal pairs; every other pair is refused, also by SQL.
PAIRS = {
    ("draft", "in_review"),
    ("in_review", "draft"),
    ("in_review", "approved"),
    ("approved", "superseded"),
    ("approved", "retired"),
}


@pytest.mark.parametrize("after", STATES)
@pytest.mark.parametrize("before", STATES)
def test_the_database_knows_the_pairs_too(free, ppid_utama, before, after):
    version = at_state(free, before, ppid_utama)
    if before == after or (before, after) == ("in_review", "approved"):
        return  # approving comes with its facts: the test of the ledger walks it

    def move():
        row = {"from_state": before, "to_state": after, "actor": ppid_utama, "at": timezone.now()}
        StateChange.objects.create(version=version, sequence=version.moves + 1, **row)
        return SopVersion.objects.filter(pk=version.pk).update(state=after, moves=version.moves + 1)

    if (before, after) in PAIRS:
        assert move() == 1
    else:
        with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
            move()


TODAY = date(2026, 7, 1)


def moment(day):
    return timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 9))


def in_force(sop, on):
    return [version.version for version in SopVersion.objects.in_force(on=on).filter(sop=sop)]


def shown(sop):
    """Return the versions that the public sees as being in force."""
    return list(PublishedSop.objects.in_force().filter(slug=sop.slug).values_list("version", flat=True))


@pytest.fixture
def coming(publication, ppid_utama):
    """Version 2, approved on 1 July to be in force from 1 August, over version 1."""
    first = approved(publication, by=ppid_utama, at=moment(date(2026, 6, 1)))
    second = new_draft(first, actor=ppid_utama)
    return approved(second, by=ppid_utama, at=moment(TODAY), in_force_from=date(2026, 8, 1))


def test_a_version_is_in_force_from_its_day(coming):
    assert in_force(coming.sop, date(2026, 5, 31)) == []
    assert in_force(coming.sop, date(2026, 6, 1)) == [1]
    assert in_force(coming.sop, date(2026, 7, 31)) == [1]
    assert in_force(coming.sop, date(2026, 8, 1)) == [2]
    assert coming.review_on == date(2027, 8, 1)


def test_until_its_day_the_older_one_stays_on_the_shelf(coming):
    assert shown(coming.sop) == [1]
    assert bring_into_force(on=date(2026, 7, 31)) == []
    assert shown(coming.sop) == [1]
    assert [version.version for version in bring_into_force(on=date(2026, 8, 1))] == [2]
    assert shown(coming.sop) == [2]
    assert dict(coming.sop.versions.values_list("version", "state")) == {1: "superseded", 2: "approved"}
    last = StateChange.objects.filter(version__sop=coming.sop, version__version=1).last()
    assert (last.to_state, last.actor, last.why) == ("superseded", coming.approved_by, "Digantikan versi 2.")
    assert bring_into_force(on=date(2026, 8, 1)) == [], "a second time changes nothing"


def test_the_command_brings_in_what_has_come(publication, ppid_utama, capsys):
    today = timezone.localdate()
    first = approved(publication, by=ppid_utama, at=timezone.now() - timedelta(days=9))
    second = new_draft(first, actor=ppid_utama)
    approved(second, by=ppid_utama, at=timezone.now() - timedelta(days=5), in_force_from=today)
    call_command("bring_sops_into_force")
    assert "In force: pengumuman-informasi-publik, version 2" in capsys.readouterr().out
    assert shown(publication.sop) == [2]


def test_a_version_is_not_in_force_before_it_is_approved(publication, ppid_utama, keeper):
    submit(publication, actor=keeper)
    yesterday = timezone.localdate() - timedelta(days=1)
    assert "tidak boleh sebelum hari ini" in refused(approve, publication, actor=ppid_utama, in_force_from=yesterday)


def test_a_leap_day_is_reviewed_on_the_last_of_february(publication, ppid_utama):
    version = approved(publication, by=ppid_utama, at=moment(date(2028, 2, 29)))
    assert version.review_on == date(2029, 2, 28)


def test_retiring_takes_it_off_the_shelf(free, ppid_utama):
    version = at_state(free, "approved", ppid_utama)
    assert shown(version.sop) == [1]
    retire(version, actor=ppid_utama, why="Tugasnya pindah.")
    assert shown(version.sop) == []
    assert in_force(version.sop, timezone.localdate()) == []
    assert version.changes.last().why == "Tugasnya pindah."


def test_a_sheet_that_a_flow_follows_is_not_retired(publication, ppid_utama):
    version = approved(publication, by=ppid_utama)
    assert "setujui versi penggantinya" in refused(retire, version, actor=ppid_utama, why="Sudah lama.")


def test_calling_off_a_version_that_has_not_come_leaves_the_older_one(coming, ppid_utama):
    retire(coming, actor=ppid_utama, why="Batal.", at=moment(date(2026, 7, 2)))
    assert shown(coming.sop) == [1]
    assert in_force(coming.sop, date(2026, 8, 1)) == [1]


def test_the_kept_pdf_is_the_approved_one(publication, ppid_utama):
    version = approved(publication, by=ppid_utama)
    kept = sheet_store().path(version.pdf_sha256)
    assert kept.read_bytes().startswith(b"%PDF 1")
