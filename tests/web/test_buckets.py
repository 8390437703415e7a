"""What is examined of files in S3: both buckets are reached, and written where they should be."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.core.checks import ERROR, INFO, WARNING, run_checks

from ppid.content_store import store
from ppid.shelf.management.commands.doctor import _djangos_own
from ppid.web import checks
from tests import s3


@pytest.fixture(scope="module")
def endpoint():
    with s3.s3_server() as address:
        yield address


@pytest.fixture
def places(endpoint, settings):
    settings.PRIVATE_FILES, settings.PUBLIC_FILES = s3.new_place(endpoint), s3.new_place(endpoint, "umum/")
    return settings.PRIVATE_FILES, settings.PUBLIC_FILES


def examined():
    return [(each.level, each.msg) for each in checks.buckets_answer(["default"])]


def test_folders_are_no_buckets(settings, tmp_path):
    settings.PRIVATE_FILES = settings.PUBLIC_FILES = tmp_path
    assert examined() == []


def test_both_buckets_are_told_and_nothing_is_left_in_them(places):
    assert [level for level, _ in examined()] == [INFO, INFO]
    assert all("terbaca dan dapat ditulis" in said for _, said in examined())
    assert [store(place).anything() for place in places] == [None, None]


def test_the_portal_alone_only_looks_into_its_own(places, settings):
    settings.PORTAL_ALONE, settings.PRIVATE_FILES = True, replace(places[0], endpoint="http://127.0.0.1:1")
    assert examined() == [(INFO, f"{places[1]}: terbaca.")]


def test_one_that_is_away_is_an_error_with_what_to_do_and_hides_no_other(places, settings):
    settings.PRIVATE_FILES = replace(places[0], bucket="tidak-ada-di-sana")
    away, well = checks.buckets_answer(["default"])
    assert (away.level, well.level) == (ERROR, INFO)
    assert (
        away.msg == "PRIVATE_FILES: s3://tidak-ada-di-sana/berkas tidak menjawab sebagaimana mestinya (NoSuchBucket)."
    )
    assert "docs/operasi.md" in away.hint
    assert places[0].secret not in away.msg


def test_one_that_keeps_what_is_deleted_is_told(places):
    place = places[1]
    on = {"Status": "Enabled"}
    s3.client(place.endpoint).put_bucket_versioning(Bucket=place.bucket, VersioningConfiguration=on)
    well, doubtful = checks.buckets_answer(["default"])
    assert (well.level, doubtful.level) == (INFO, WARNING)
    assert "menyimpan versi lama" in doubtful.msg


def test_two_who_try_at_once_do_not_mislead_each_other(places):
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda _: examined(), range(12)):
            assert [level for level, _ in found] == [INFO, INFO]


@pytest.mark.django_db
def test_a_start_names_the_bucket_that_does_not_answer_and_goes_on(places, settings):
    settings.PRIVATE_FILES = replace(places[0], endpoint="http://127.0.0.1:1")
    assert checks.files_can_be_kept(["default"]) == []
    assert not any("s3:" in each.msg for each in checks.disk_has_room(["default"]))
    (told,) = (each for each in run_checks(tags=["database"], databases=["default"]) if "s3:" in each.msg)
    assert told.msg.startswith("PRIVATE_FILES: s3://")
    assert "Periksa server S3" in told.hint
    assert not told.is_serious()


def test_a_command_that_needs_no_database_asks_no_bucket(places, settings):
    settings.PRIVATE_FILES = replace(places[0], endpoint="http://127.0.0.1:1")
    assert checks.away_at_the_start(None) == []


def test_doctor_says_it_once(places, settings):
    settings.PRIVATE_FILES = replace(places[0], bucket="tidak-ada-di-sana")
    assert not any("tidak-ada" in each.msg for each in _djangos_own().messages)
