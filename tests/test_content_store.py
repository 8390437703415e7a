"""The stores of files: each verb over a folder and over a bucket, and what only a bucket can do to us."""

import hashlib
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ppid import s3_store
from ppid.content_store import BytesChanged, BytesMissing, FolderStore, StoreAway, store
from ppid.s3_place import S3Place
from ppid.s3_store import S3Store
from tests import s3

BYTES = b"0123456789"
SHA256 = hashlib.sha256(BYTES).hexdigest()
NEVER = hashlib.sha256(b"tidak pernah disimpan").hexdigest()
LARGE = 20 << 20  # three parts


@pytest.fixture(scope="module")
def endpoint():
    with s3.s3_server() as address:
        yield address


@pytest.fixture
def place(endpoint):
    return s3.new_place(endpoint)


@pytest.fixture(params=["folder", "bucket"])
def kept(request, tmp_path, endpoint):
    return store(tmp_path / "store" if request.param == "folder" else s3.new_place(endpoint))


def damage(kept, content: bytes = b"rusak") -> None:
    """Let other bytes lie under the name, as a failing disk would."""
    if isinstance(kept, FolderStore):
        kept.path(SHA256).chmod(0o640)
        kept.path(SHA256).write_bytes(content)
    else:
        s3.client(kept.place.endpoint).put_object(
            Bucket=kept.place.bucket, Key=f"{kept.place.prefix}{SHA256[:2]}/{SHA256}", Body=content
        )


def pieces(content: bytes, of: int = 3):
    return (content[start : start + of] for start in range(0, len(content), of))


class TestEveryVerb:
    def test_what_is_put_is_there_byte_for_byte(self, kept):
        put = kept.put(pieces(BYTES))
        assert (put.sha256, put.size) == (SHA256, 10)
        with kept.open(SHA256) as file:
            assert file.read() == BYTES
            file.seek(5)
            assert file.read() == BYTES[5:]
        with kept.open_checked(SHA256) as file:
            assert file.read() == BYTES
            assert os.fstat(file.fileno()).st_size == 10
        kept.check(SHA256)
        with kept.readable(SHA256) as path:
            assert path.read_bytes() == BYTES
        assert kept.exists(SHA256)
        assert kept.size(SHA256) == 10
        assert list(kept.names()) == [SHA256]
        assert SHA256 in kept.where(SHA256)

    def test_nothing_at_all_is_a_file_too(self, kept):
        empty = kept.put([])
        assert kept.size(empty.sha256) == 0
        kept.check(empty.sha256)
        assert kept.part(empty.sha256, 0, 0).read() == b""

    @pytest.mark.parametrize(("first", "count"), [(0, 10), (0, 1), (3, 4), (9, 1), (2, 0)])
    def test_a_part_is_read_forwards(self, kept, first, count):
        kept.put([BYTES])
        with closing(kept.part(SHA256, first, count)) as file:
            assert file.read(count) == BYTES[first : first + count]

    def test_what_is_not_there_is_missing(self, kept):
        kept.put([BYTES])
        with kept.readable(SHA256):
            pass
        for ask in (kept.open, kept.open_checked, kept.check, kept.standing, lambda name: kept.part(name, 0, 5)):
            with pytest.raises(BytesMissing):
                ask(NEVER)
        with pytest.raises(BytesMissing), kept.readable(NEVER):
            pass
        assert not kept.exists(NEVER)
        assert kept.size(NEVER) == 0
        kept.remove(NEVER)

    def test_other_bytes_are_never_taken_for_it_and_a_new_one_takes_their_place(self, kept):
        kept.put([BYTES])
        before = kept.standing(SHA256).mark
        damage(kept)
        assert kept.standing(SHA256).mark != before
        for ask in (kept.open_checked, kept.check):
            with pytest.raises(BytesChanged):
                ask(SHA256)
        with pytest.raises(BytesChanged), kept.readable(SHA256):
            pass
        kept.put([BYTES])
        kept.check(SHA256)

    @pytest.mark.parametrize(
        "name", ["", "x", "../../etc/passwd", SHA256.upper(), SHA256 + "0", f"{SHA256}\n", f"{SHA256}/x"]
    )
    def test_only_a_sha256_is_a_name(self, kept, name):
        asks = (kept.open, kept.check, kept.standing, kept.remove, kept.where, lambda each: kept.part(each, 0, 1))
        for ask in asks:
            with pytest.raises(ValueError, match="Not a SHA-256"):
                ask(name)

    def test_what_is_not_placed_leaves_nothing(self, kept):
        with kept.incoming([BYTES]) as arrived:
            assert arrived.temporary.read_bytes() == BYTES
        assert not arrived.temporary.exists()
        assert list(kept.names()) == []

    def test_what_breaks_off_while_it_arrives_leaves_nothing(self, kept):
        def broken_off():
            yield BYTES
            raise ConnectionError("Peramban pergi.")

        with pytest.raises(ConnectionError):
            kept.put(broken_off())
        assert kept.anything() is None
        assert not list(kept.leftovers(before=datetime.now(UTC) + timedelta(hours=1)))

    def test_it_is_placed_once(self, kept):
        with kept.incoming([BYTES]) as arrived:
            arrived.place()
            arrived.place()
        arrived.place()  # nor is anything asked for that is gone by then
        kept.check(SHA256)

    def test_what_was_not_expected_is_not_placed(self, kept):
        with pytest.raises(BytesChanged):
            kept.put([b"lain"], expect=SHA256)
        assert list(kept.names()) == []

    def test_a_file_is_copied_from_either_kind_and_a_damaged_one_is_not(self, kept, tmp_path, endpoint):
        kept.put([BYTES])
        others = [FolderStore(tmp_path / "lain"), store(s3.new_place(endpoint))]
        for other in others:
            other.copy_from(kept, SHA256)
            other.check(SHA256)
            with pytest.raises(BytesMissing):
                other.copy_from(kept, NEVER)
        damage(kept)
        for other in others:
            other.remove(SHA256)
            with pytest.raises(BytesChanged):
                other.copy_from(kept, SHA256)
            assert not other.exists(SHA256)

    def test_names_before_a_moment_are_those_placed_before_it(self, kept):
        kept.put([BYTES])
        now = datetime.now(UTC)
        assert list(kept.names(before=now + timedelta(hours=1))) == [SHA256]
        assert list(kept.names(before=now - timedelta(hours=1))) == []

    def test_only_the_named_are_kept(self, kept):
        other = kept.put([b"lain"]).sha256
        kept.put([BYTES])
        assert kept.keep_only({SHA256}, among={SHA256, other}) == {other}
        assert list(kept.names()) == [SHA256]

    def test_a_mark_is_no_file_and_stays_when_all_else_goes(self, kept):
        assert not kept.is_marked(".restoring")
        kept.mark(".restoring")
        kept.put([BYTES])
        assert kept.is_marked(".restoring")
        assert list(kept.names()) == [SHA256]
        kept.empty(but=".restoring")
        assert kept.anything() == ".restoring"
        kept.unmark(".restoring")
        assert kept.anything() is None

    def test_a_part_of_a_place_is_a_store_of_its_own(self, tmp_path, place):
        for whole in (tmp_path, place):
            documents, sheets = store(whole), store(whole, "sop")
            sheets.put([BYTES])
            assert list(documents.names()) == []
            documents.put([b"lain"])
            assert list(sheets.names()) == [SHA256]
            assert documents.anything()

    def test_many_place_and_remove_the_same_bytes_at_once(self, kept):
        content = os.urandom(300_000)
        sha256 = hashlib.sha256(content).hexdigest()
        with ThreadPoolExecutor(8) as pool:
            put = list(pool.map(lambda _: kept.put(pieces(content, 70_000)).sha256, range(24)))
        assert set(put) == {sha256}
        kept.check(sha256)
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: kept.remove(sha256), range(4)))
        assert kept.anything() is None or not kept.exists(sha256)

    def test_large_ones_go_through_little_memory(self, kept):
        def large():
            for _ in range(LARGE >> 20):
                yield b"x" * (1 << 20)

        kept.put([BYTES])  # what is loaded once is loaded
        tracemalloc.start()
        sha256 = kept.put(large()).sha256
        kept.check(sha256)
        with kept.readable(sha256) as path:
            assert path.stat().st_size == LARGE
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert most < 3 * (8 << 20)
        assert kept.size(sha256) == LARGE


CONTENTS = st.sampled_from([b"", b"a", BYTES, b"\x00" * 70_000])
ACTS = st.lists(st.tuples(st.sampled_from(["put", "remove", "damage", "check", "copy"]), CONTENTS), max_size=12)


@pytest.mark.parametrize("kind", ["folder", "bucket"])
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_after_any_acts_it_holds_what_a_dictionary_would(kind, acts, endpoint, place, tmp_path):
    kept = store(tmp_path / "apa saja" if kind == "folder" else place)
    kept.mark("ada")
    kept.empty(but="ada")
    expected: dict[str, bool] = {}  # the name: whether its bytes are sound
    for act, content in acts:
        sha256 = hashlib.sha256(content).hexdigest()
        if act == "put":
            assert kept.put(pieces(content, 50_000)).sha256 == sha256
            expected[sha256] = True
        elif act == "remove":
            kept.remove(sha256)
            expected.pop(sha256, None)
        elif act == "damage" and sha256 == SHA256 and sha256 in expected:
            damage(kept)
            expected[sha256] = False
        elif act == "copy" and expected.get(sha256):
            kept.copy_from(kept, sha256)
        elif act == "check":
            match expected.get(sha256):
                case None:
                    with pytest.raises(BytesMissing):
                        kept.check(sha256)
                case False:
                    with pytest.raises(BytesChanged):
                        kept.check(sha256)
                case True:
                    kept.check(sha256)
    assert set(kept.names()) == set(expected)
    assert all(kept.exists(sha256) for sha256 in expected)


@pytest.mark.parametrize(
    ("other", "is_shared"),
    [
        (S3Place("ppid", "kantor/", "https://s3.kota.example"), True),
        (S3Place("ppid", "", "https://s3.kota.example"), True),
        (S3Place("ppid", "kantor/privat/", "https://s3.kota.example"), True),
        (S3Place("ppid", "kantor/", "https://S3.kota.example:443/"), True),
        (S3Place("ppid", "publik/", "https://s3.kota.example"), False),
        (S3Place("ppid", "kantor2/", "https://s3.kota.example"), False),
        (S3Place("lain", "kantor/", "https://s3.kota.example"), False),
        (S3Place("ppid", "kantor/", "https://s3.kota.example:9000"), False),
        (S3Place("ppid", "kantor/", "https://lain.example"), False),
    ],
)
def test_two_places_lie_in_each_other_or_apart_however_they_are_written(other, is_shared):
    place = S3Place("ppid", "kantor/", "https://s3.kota.example")
    assert (place.overlaps(other), other.overlaps(place)) == (is_shared, is_shared)


def test_a_link_that_lies_in_a_folder_goes_and_what_it_leads_to_stays(tmp_path):
    elsewhere = tmp_path / "lain"
    elsewhere.mkdir()
    (elsewhere / "catatan.txt").write_text("milik orang")
    kept = FolderStore(tmp_path / "store")
    kept.put([BYTES])
    (kept.root / "tautan").symlink_to(elsewhere)
    kept.empty(but="tanda")
    assert list(kept.root.iterdir()) == []
    assert (elsewhere / "catatan.txt").read_text() == "milik orang"


def test_what_else_lies_in_a_folder_is_no_file_of_the_store(tmp_path):
    kept = FolderStore(tmp_path)
    kept.put([BYTES])
    (kept.path(SHA256).parent / "catatan.txt").touch()
    assert list(kept.names()) == [SHA256]


def test_only_its_owner_and_their_group_read_a_file(tmp_path):
    kept = FolderStore(tmp_path)
    kept.put([BYTES])
    assert kept.path(SHA256).stat().st_mode & 0o777 == 0o640


class TestABucket:
    def test_what_others_keep_in_the_bucket_is_neither_seen_nor_touched(self, place):
        keeper, kept = s3.client(place.endpoint), store(place)
        strangers = ["lain.txt", "berkas/catatan.txt", f"berkas/ab/{SHA256}", "berkas/ab/x", f"berkas2/01/{SHA256}"]
        for key in strangers:
            keeper.put_object(Bucket=place.bucket, Key=key, Body=b"milik orang")
        kept.put([BYTES])
        assert list(kept.names()) == [SHA256]
        kept.remove(SHA256)
        left = keeper.list_objects_v2(Bucket=place.bucket)["Contents"]
        assert {each["Key"] for each in left} == set(strangers)

    def test_all_names_are_told_however_many(self, place):
        kept, keeper = store(place), s3.client(place.endpoint)
        names = {hashlib.sha256(str(n).encode()).hexdigest() for n in range(40)}
        names |= {f"ab{n:062x}" for n in range(1100)}  # more in one folder than an answer holds
        with ThreadPoolExecutor(8) as pool:
            list(
                pool.map(
                    lambda name: keeper.put_object(Bucket=place.bucket, Key=f"berkas/{name[:2]}/{name}", Body=b""),
                    names,
                )
            )
        assert set(kept.names()) == names

    def test_the_server_is_told_which_bytes_it_should_have_received(self, place):
        told = []
        events = s3_store._client_of(place).meta.events
        events.register("before-parameter-build.s3.PutObject", lambda params, **_: told.append(params))
        S3Store(place).put([b"0123456789"])
        (params,) = told
        assert params["ChecksumSHA256"] == "hNiYd/DUBB77a/kaFvAkjy/Vc+avBcGflr7bn4gveII="
        assert params["ContentMD5"] == "eB5eJF1ptWaXm4bijSPyxw=="

    def test_a_process_that_was_forked_speaks_by_a_connection_of_its_own(self, place, monkeypatch):
        parents = s3_store._client_of(place)
        assert s3_store._client_of(place) is parents
        child = os.getpid() + 1
        monkeypatch.setattr(s3_store.os, "getpid", lambda: child)
        assert s3_store._client_of(place) is not parents

    def test_an_upload_that_breaks_off_in_the_middle_leaves_nothing_under_the_name(self, place, monkeypatch):
        kept, keeper = S3Store(place), s3.client(place.endpoint)
        content = os.urandom(1 << 20) * 20
        real = s3_store._md5
        told = []

        def cut_off(part):
            told.append(part)
            if len(told) == 2:
                raise KeyboardInterrupt
            return real(part)

        monkeypatch.setattr(s3_store, "_md5", cut_off)
        with pytest.raises(KeyboardInterrupt):
            kept.put([content])
        assert kept.anything() is None
        assert "Uploads" not in keeper.list_multipart_uploads(Bucket=place.bucket)
        assert not list(kept.leftovers(before=datetime.now(UTC) + timedelta(hours=1)))

    def test_what_a_killed_process_left_is_swept_once_it_is_old(self, place):
        kept, keeper = S3Store(place), s3.client(place.endpoint)
        key = f"berkas/{SHA256[:2]}/{SHA256}"
        keeper.create_multipart_upload(Bucket=place.bucket, Key=key)
        keeper.create_multipart_upload(Bucket=place.bucket, Key="berkas/bukan-milik-portal")
        half = Path(tempfile.gettempdir(), f"{kept._incoming}setengah")
        half.write_bytes(b"setengah")
        # This server says of each upload that it began in 2010.
        assert list(kept.leftovers(before=datetime(2009, 1, 1, tzinfo=UTC))) == []
        for take_away in kept.leftovers(before=datetime.now(UTC) + timedelta(hours=1)):
            take_away()
            take_away()  # somebody else was faster
        assert not half.exists()
        left = keeper.list_multipart_uploads(Bucket=place.bucket)["Uploads"]
        assert [each["Key"] for each in left] == ["berkas/bukan-milik-portal"]

    @pytest.mark.parametrize("size", [100, LARGE])
    def test_a_disk_that_changes_what_arrived_lets_nothing_stand(self, place, size):
        kept = S3Store(place)
        with kept.incoming([b"x" * size]) as arrived:
            arrived.temporary.write_bytes(b"y" * size)
            with pytest.raises(BytesChanged):
                arrived.place()
        assert kept.anything() is None

    def test_a_bucket_that_is_gone_is_away_and_no_file_is_lost(self, place):
        gone = S3Store(replace(place, bucket="tidak-ada"))
        acts = (
            *(gone.open, gone.check, gone.standing, gone.exists, gone.size, gone.remove),
            *(lambda name: gone.part(name, 0, 5), lambda name: gone.put([BYTES]), lambda name: list(gone.names())),
            lambda name: gone.put([b"x" * LARGE]),
        )
        for act in acts:
            with pytest.raises(StoreAway):
                act(SHA256)

    def test_it_says_whether_the_bucket_keeps_what_is_deleted(self, place):
        assert not S3Store(place).keeps_versions()
        on = {"Status": "Enabled"}
        s3.client(place.endpoint).put_bucket_versioning(Bucket=place.bucket, VersioningConfiguration=on)
        assert S3Store(place).keeps_versions()

    def test_who_may_list_and_read_reads_and_changes_nothing(self, endpoint, place):
        store(place).put([BYTES])
        with s3.only_reads(endpoint, place) as reader:
            portal = S3Store(reader)
            portal.check(SHA256)
            assert portal.size(SHA256) == 10
            assert portal.part(SHA256, 2, 3).read(3) == b"234"
            assert not portal.exists(NEVER), "without the right to list, what is missing would be forbidden"
            assert list(portal.names()) == [SHA256]
            assert portal.anything()
            acts = (
                *(portal.remove, portal.mark, lambda _: portal.put([b"lain"])),
                lambda _: portal.put([b"x" * LARGE]),
            )
            for act in acts:
                with pytest.raises(StoreAway, match="AccessDenied"):
                    act(SHA256)
            with pytest.raises(StoreAway, match="refuses"):
                S3Store(replace(reader, secret="salah")).check(SHA256)
        assert list(store(place).names()) == [SHA256]
        store(place).check(SHA256)

    def test_no_secret_is_ever_written_out(self, place):
        assert place.secret not in repr(place) + str(place)


@contextmanager
def answering(answer: bytes | None):
    """Listen on a port: answer everybody so and hang up, or with None never say a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        held = []

        def serve():
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                held.append(connection)
                if answer is not None:
                    with connection:
                        connection.recv(65536)
                        connection.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        for each in held:
            each.close()


REFUSES = (
    b"HTTP/1.1 403 Forbidden\r\nContent-Type: application/xml\r\nConnection: close\r\n\r\n"
    b"<Error><Code>AccessDenied</Code><Message>tidak boleh</Message></Error>"
)
A_PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<!doctype html><p>Selamat datang"
NO_PAGE = A_PAGE.replace(b"200 OK", b"404 Not Found")
WHOLE = b'HTTP/1.1 200 OK\r\nContent-Length: 10\r\nETag: "x"\r\n\r\n0123456789'
CUT_SHORT = (
    b"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-999/1000\r\nContent-Length: 1000\r\n"
    b'ETag: "x"\r\n\r\nhanya sedikit'
)
ANSWERS = {
    "refuses": REFUSES,
    "is broken": b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "is too busy": REFUSES.replace(b"403 Forbidden", b"503 Slow Down").replace(b"AccessDenied", b"SlowDown"),
    "speaks something else": b"220 surel.kota.example ESMTP\r\n",
    "hangs up": b"",
    "breaks off": CUT_SHORT,
}


class TestAway:
    def at(self, endpoint: str) -> S3Store:
        return S3Store(S3Place("berkas", "", endpoint, "us-east-1", "kunci", "rahasia-sekali"))

    def test_nobody_listens(self):
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            kept = self.at(f"http://127.0.0.1:{free.getsockname()[1]}")
            began = time.monotonic()
            for act in (kept.open, kept.exists, kept.remove, lambda _: kept.put([BYTES])):
                with pytest.raises(StoreAway, match="doesn't answer"):
                    act(SHA256)
            assert time.monotonic() - began < 15

    @pytest.mark.parametrize("how", ANSWERS)
    def test_a_server_that(self, how):
        with answering(ANSWERS[how]) as endpoint:
            kept = self.at(endpoint)
            with pytest.raises(StoreAway) as away:
                kept.check(SHA256)
            assert "rahasia" not in str(away.value)
            if how != "breaks off":
                with pytest.raises(StoreAway):
                    kept.put([BYTES])

    def test_a_web_site_is_no_store_and_keeps_nothing(self):
        with answering(A_PAGE) as endpoint:
            kept = self.at(endpoint)
            acts = (
                *(kept.check, kept.open, kept.standing, kept.exists, kept.is_marked),
                *(lambda _: kept.put([BYTES]), lambda _: kept.put([b"x" * LARGE])),
                *(lambda _: kept.anything(), lambda _: list(kept.names()), lambda name: kept.part(name, 0, 5)),
                lambda _: list(kept.leftovers(before=datetime.now(UTC))),
            )
            for act in acts:
                with pytest.raises(StoreAway):
                    act(SHA256)

    def test_a_web_site_that_has_no_such_page_lost_no_file(self):
        with answering(NO_PAGE) as endpoint:
            kept = self.at(endpoint)
            for act in (kept.check, kept.open, kept.standing, kept.exists, lambda name: kept.part(name, 0, 5)):
                with pytest.raises(StoreAway, match="404"):
                    act(SHA256)

    def test_a_server_that_knows_no_parts_never_gives_other_bytes_for_them(self):
        with answering(WHOLE) as endpoint, pytest.raises(StoreAway, match="other bytes"):
            self.at(endpoint).part(SHA256, 3, 4)

    def test_a_part_that_breaks_off_is_told_and_never_taken_for_the_end(self):
        with answering(CUT_SHORT) as endpoint:
            part = self.at(endpoint).part(SHA256, 0, 1000)
            with pytest.raises(StoreAway):
                list(iter(lambda: part.read(64), b""))

    def test_one_that_hangs_is_given_up(self, monkeypatch):
        real = s3_store.Config
        monkeypatch.setattr(s3_store, "Config", lambda **asked: real(**asked | {"read_timeout": 1}))
        with answering(None) as endpoint:
            began = time.monotonic()
            with pytest.raises(StoreAway):
                self.at(endpoint).exists(SHA256)
            assert time.monotonic() - began < 10

    def test_nobody_waits_again_for_one_that_just_let_somebody_wait(self, monkeypatch):
        real = s3_store.Config
        monkeypatch.setattr(s3_store, "Config", lambda **asked: real(**asked | {"read_timeout": 1}))
        with answering(None) as endpoint:
            kept = self.at(endpoint)
            with pytest.raises(StoreAway):
                kept.exists(SHA256)
            began = time.monotonic()
            for act in (kept.exists, kept.open, kept.remove, kept.is_marked, lambda _: kept.put([BYTES])) * 5:
                with pytest.raises(StoreAway, match="it did not a moment ago"):
                    act(SHA256)
            assert time.monotonic() - began < 1
            passed = began + s3_store._REMEMBERED + 5
            monkeypatch.setattr(s3_store.time, "monotonic", lambda: passed)
            monkeypatch.setattr(s3_store._silent, "was_waited_for", lambda place: None)  # as if it were still trying
            for sentence in (
                "ReadTimeoutError",
                "it did not a moment ago",
            ):  # one tries, no other
                with pytest.raises(StoreAway, match=sentence):
                    kept.exists(SHA256)

    def test_one_that_answers_again_is_asked_again(self, place, monkeypatch):
        kept, now = S3Store(place), time.monotonic()
        s3_store._silent.was_waited_for(place)
        with pytest.raises(StoreAway, match="it did not a moment ago"):
            kept.put([BYTES])
        monkeypatch.setattr(s3_store.time, "monotonic", lambda: now + s3_store._REMEMBERED + 1)
        kept.put([BYTES])
        assert kept.exists(SHA256)
        with pytest.raises(BytesMissing):  # no file of that name is an answer, too
            kept.check(NEVER)
        assert kept.exists(SHA256)

    def test_nothing_waits_longer_than_a_server_may(self, place):
        config = S3Store(place)._client.meta.config
        longest = config.retries["total_max_attempts"] * (config.connect_timeout + config.read_timeout)
        assert longest <= 30, "gunicorn gives a worker a minute"


def test_nothing_of_it_is_loaded_where_files_lie_in_folders():
    code = (
        "import django; django.setup(); import sys; from ppid.content_store import store;"
        "from django.conf import settings; store(settings.PRIVATE_FILES);"
        "print([name for name in sys.modules if name.split('.')[0] in ('boto3', 'botocore', 's3transfer')])"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "ppid.settings", "PPID_DEMO": "1"}
    for name in ("PRIVATE_FILES", "PUBLIC_FILES"):
        environment.pop(name, None)
    told = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
