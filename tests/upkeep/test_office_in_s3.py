"""The move of an office whose files lie in S3: exported from two buckets, brought into two others, or not at all."""

import io
import re
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ppid.s3_place import S3Place
from ppid.upkeep.stores import all_stores
from tests import make, s3
from tests.machine import machine
from tests.upkeep.conftest import led_to
from tests.upkeep.test_in_s3 import endpoint, keys_in, nowhere  # noqa: F401 - a fixture
from tests.upkeep.test_office_drill import KEY, WHY


def exported(folder: Path, **how) -> Path:
    call_command("export_office", str(folder), because=WHY, stderr=io.StringIO(), **how)
    (made,) = folder.iterdir()
    return made


def without_a_file(export: Path, target: Path) -> Path:
    """Return the export without its last file, its sums made to fit."""
    shutil.copytree(export, target)
    path = sorted((target / "files").rglob("*"))[-1]
    path.unlink()
    sums = target / "SHA256SUMS"
    lines = sums.read_text().splitlines(keepends=True)
    sums.write_text("".join(line for line in lines if path.name not in line.split("  ")[1]))
    return target


def bytes_in(places: tuple[S3Place, ...], sha256: str) -> bytes:
    """Return what lies under the name in the first of the buckets that has it, read as their keeper would."""
    place, key = next((place, key) for place in places for key in keys_in(place) if key.endswith(sha256))
    return s3.client(place.endpoint).get_object(Bucket=place.bucket, Key=key)["Body"].read()


def test_an_office_moves_from_buckets_into_buckets(endpoint, committed_database, settings, short_folder):  # noqa: F811
    led_to(settings, s3.new_place(endpoint, ""), s3.new_place(endpoint, "umum/"))
    make.publication(at="published", unit="disdukcapil")
    make.adopted()
    was = [keys_in(place) for place in (settings.PRIVATE_FILES, settings.PUBLIC_FILES)]
    named = {sha256 for each in all_stores() for sha256, _ in each.promised()}
    (short_folder / "key").write_text(KEY)
    sealed = exported(short_folder / "sealed", key_file=short_folder / "key")
    plain = exported(short_folder / "plain")
    files = {path.name: path.read_bytes() for path in (plain / "files").rglob("*") if path.is_file()}
    assert files == {sha256: bytes_in((settings.PRIVATE_FILES, settings.PUBLIC_FILES), sha256) for sha256 in named}

    with machine(short_folder / "new") as new:
        private, public = s3.new_place(endpoint, ""), s3.new_place(endpoint, "umum/")
        there = s3.as_settings(private, public)
        new.managed("prepare", served=True, **there)
        for export, key, sentence in [
            (without_a_file(plain, short_folder / "short"), [], "is named by a row and is not in the export"),
            (sealed, [], "It is sealed: name the key"),
        ]:
            said = new.manage("import_office", str(export), "--because", WHY, *key, **there).stderr.decode()
            assert re.search(sentence, said), said
            assert "Traceback" not in said
            assert (keys_in(private), keys_in(public)) == (set(), set())
            assert new.rows("SELECT count(*) FROM organisation_unit") == [(0,)]
        by = ["--key-file", str(short_folder / "key")]
        said = new.managed("import_office", str(sealed), "--because", WHY, *by, **there)
        assert "0 faults of the ledgers, 0 of the shelf" in said
        assert [keys_in(private), keys_in(public)] == was
        assert not (new.folder / "private").exists()  # no file of it lies on the machine itself
        new.managed("verify_files", served=True, **there)


def test_from_a_bucket_that_is_away_nothing_is_exported(endpoint, committed_database, settings, tmp_path):  # noqa: F811
    led_to(settings, s3.new_place(endpoint, ""), s3.new_place(endpoint, "umum/"))
    settings.PRIVATE_FILES = nowhere(settings.PRIVATE_FILES)
    with pytest.raises(CommandError, match="s3://.* doesn't answer"):
        exported(tmp_path / "plain")
    assert list((tmp_path / "plain").iterdir()) == []
