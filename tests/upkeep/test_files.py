"""Files and rows agree: what no row names is swept, what was damaged is mended or told."""

import io
import os
import time

import pytest
from django.core.management import CommandError, call_command

from ppid.flows.actions import take_step
from ppid.flows.documents import replace_document
from ppid.flows.steps import StepUnmet
from ppid.shelf.models import PublishedItem, PublishedSop
from tests import make

pytestmark = pytest.mark.django_db


def told(command, *arguments, **options) -> str:
    out = io.StringIO()
    call_command(command, *arguments, stdout=out, stderr=out, no_color=True, **options)
    return out.getvalue()


def aged(path, hours=25):
    moment = time.time() - hours * 3600
    os.utime(path, (moment, moment))
    return path


def damage(store, sha256):
    path = store.files.path(sha256)
    path.chmod(0o640)
    path.write_bytes(b"busuk")


@pytest.fixture
def published(stores):
    """A published item; returns the SHA-256 of its file, which lies in the documents' store and the public one."""
    case = make.publication(at="published")
    return PublishedItem.objects.get(number=case.information.number).files.get().sha256


def test_sound_files_are_counted_and_nothing_else_is_said(stores, published):
    assert told("verify_files").endswith(" files checked, 0 mended, 0 lost\n")


@pytest.mark.parametrize("fault", ["damaged", "missing"])
@pytest.mark.parametrize("position", [0, 2], ids=["documents", "public"])
def test_a_lost_copy_is_mended_by_its_sound_twin(stores, published, position, fault):
    store = stores[position]
    damage(store, published) if fault == "damaged" else store.files.remove(published)
    said = told("verify_files")
    assert f"{fault}, mended from the store «{stores[2 - position].name}»" in said
    assert said.endswith(" 1 mended, 0 lost\n")
    store.files.check(published)


def test_what_no_store_has_sound_is_told_by_its_row_and_ends_with_an_error(stores, published):
    for store in (stores[0], stores[2]):
        damage(store, published)
    out = io.StringIO()
    with pytest.raises(CommandError, match="2 files are lost"):
        call_command("verify_files", stdout=out, no_color=True)
    number = PublishedItem.objects.get(files__sha256=published).number
    assert (
        f"of item {number} ({stores[0].files.path(published)}): damaged, bring it back from a backup" in out.getvalue()
    )
    assert "public file" in out.getvalue()


def test_a_sheet_is_mended_from_its_public_copy(stores):
    sha256 = PublishedSop.objects.first().pdf_sha256
    stores[1].files.remove(sha256)
    assert "sheet " in told("verify_files")
    stores[1].files.check(sha256)


def test_what_no_row_names_is_swept_when_it_is_old(stores, published):
    old, new = (stores[0].files.put([content]).target for content in (b"lama", b"baru"))
    aged(old)
    assert "documents: 1 files" in told("sweep", "--dry-run")
    assert old.exists(), "a rehearsal deletes nothing"
    told("sweep")
    assert not old.exists()
    assert new.exists(), "an upload may be under way"
    for store in stores:
        for sha256, words in store.promised():
            assert store.files.path(sha256).exists(), words


def test_a_public_file_that_no_row_names_goes_at_once(stores, published):
    left = stores[2].files.put([b"sisa"]).target
    told("sweep")
    assert not left.exists()


def test_old_papers_that_the_library_names_nowhere_go(stores):
    left = aged(stores[1].files.put([b"sisa lembar"]).target)
    told("sweep")
    assert not left.exists()


def test_an_arrival_that_broke_off_is_swept_when_it_is_old(stores):
    for store in stores:
        for name, hours in ((".incoming-lama", 25), (".incoming-baru", 1)):
            store.files.root.mkdir(parents=True, exist_ok=True)
            (store.files.root / name).write_bytes(b"setengah")
            aged(store.files.root / name, hours)
    told("sweep")
    for store in stores:
        assert [path.name for path in store.files.root.glob(".incoming-*")] == [".incoming-baru"]


def test_placing_the_same_bytes_again_makes_the_file_new_to_a_sweep(stores):
    old = aged(stores[0].files.put([b"sama"]).target)
    stores[0].files.put([b"sama"])
    told("sweep")
    assert old.exists()


def test_files_are_left_alone_while_the_database_seems_not_restored(stores):
    left = aged(stores[0].files.put([b"cadangan"]).target)
    assert not stores[0].names_any()
    with pytest.raises(CommandError, match="Is the database restored"):
        call_command("sweep", stdout=io.StringIO())
    assert left.exists()
    told("sweep", "--force")
    assert not left.exists()


def test_more_than_half_of_many_files_without_a_row_are_left_alone(stores, published):
    left = [aged(stores[0].files.put([b"cadangan %d" % n]).target) for n in range(21)]
    with pytest.raises(CommandError, match="documents"):
        call_command("sweep", stdout=io.StringIO())
    assert all(path.exists() for path in left)


def test_few_files_without_a_row_go_though_they_are_most(stores, published):
    left = [aged(stores[0].files.put([b"sisa %d" % n]).target) for n in range(20)]
    told("sweep")
    assert not any(path.exists() for path in left)


def test_just_half_of_many_files_without_a_row_go(stores, published):
    for n in range(21 - len(list(stores[0].files.names()))):
        stores[0].files.put([b"baru %d" % n])
    left = [aged(stores[0].files.put([b"sisa %d" % n]).target) for n in range(21)]
    told("sweep")
    assert not any(path.exists() for path in left)


@pytest.mark.parametrize("hours", [-1, 8761])
def test_hours_that_make_no_sense_are_refused(stores, hours):
    with pytest.raises(CommandError, match="--hours takes a number from 0 to 8760"):
        told("sweep", hours=hours)


def test_a_day_runs_every_task_and_says_so(stores, published):
    make.at_the_end()  # what was written has its links
    said = told("daily")
    for task in ("verify_files", "bring_sops_into_force", "sweep", "clearsessions"):
        assert f"\n{task}\n" in f"\n{said}"
    assert said.endswith(
        "Done: verify_files, rescan_files, bring_units_about, bring_sops_into_force, lapse_exclusions, "
        "reckon_deadlines, remind, freeze_scores, count_gaps, mark_ledger, verify_ledger, compare_shelf, "
        "print_editions, put_downloads, renew_search, sweep, end_accounts, clearsessions, sweep_sessions, "
        "forget_sign_in_tries, forget_drafts, forget_reporters.\n"
    )


def test_a_task_that_fails_keeps_none_of_the_others_from_running(stores, published):
    for store in (stores[0], stores[2]):
        store.files.remove(published)
    left = stores[2].files.put([b"sisa"]).target
    with pytest.raises(CommandError, match="Not everything was done: verify_files"):
        told("daily")
    assert not left.exists()


def test_a_file_that_is_placed_over_a_damaged_one_mends_it(stores):
    sha256 = stores[0].files.put([b"utuh"]).sha256
    damage(stores[0], sha256)
    stores[0].files.put([b"utuh"])
    stores[0].files.check(sha256)


@pytest.mark.parametrize("fault", ["damaged", "missing"])
def test_publishing_a_lost_file_is_refused_with_a_sentence(stores, fault):
    case = make.publication(at="publishing")
    document = case.information.documents.current().content().get()
    damage(stores[0], document.sha256) if fault == "damaged" else stores[0].files.remove(document.sha256)
    with pytest.raises(StepUnmet, match=f"Berkas «{document.title}» .* hilang atau rusak"):
        make.step(case, "publish", actor="operator")
    assert make.again(case).state == "publishing"
    assert not PublishedItem.objects.filter(number=case.information.number).exists()


def test_publishing_does_not_trust_a_damaged_file_that_already_stands_there(stores):
    case = make.publication(at="publishing")
    sha256 = case.information.documents.current().content().get().sha256
    stores[2].files.copy_from(stores[0].files, sha256)
    damage(stores[2], sha256)
    make.step(case, "publish", actor="operator")
    stores[2].files.check(sha256)


def test_what_is_public_and_sound_can_be_published_again_though_the_private_copy_is_lost(stores, published):
    item = PublishedItem.objects.get(files__sha256=published)
    stores[0].files.remove(published)
    case = make.publication(information=make.Information.objects.get(number=item.number), at="published")
    assert PublishedItem.objects.get(number=item.number).pk != item.pk
    take_step(case, "retract", actor=make.demo("utama"), note="Keliru.")


def test_the_bytes_of_an_earlier_edition_are_verified_mended_and_never_swept(stores, published):
    item = PublishedItem.objects.get(files__sha256=published)
    case = make.publication(information=make.Information.objects.get(number=item.number), at="preparing")
    old = case.information.documents.content().get()
    replace_document(case, old, make.pdf("baru.pdf"), title="Baru", actor=make.demo("dinsos"))
    make.walk(make.again(case), to="published")
    told("sweep")
    stores[2].files.check(published)
    damage(stores[2], published)
    assert f"of item {item.number}, edition 1" in told("verify_files")
    stores[2].files.check(published)
    take_step(make.again(case), "retract", actor=make.demo("utama"), note="Keliru.", why="wrongly_published")
    assert not stores[2].files.path(published).exists()
