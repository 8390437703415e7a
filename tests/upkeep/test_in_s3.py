"""An office whose files lie in S3: served as in production from both buckets, backed up, restored, and without them."""

import hashlib
import io
import re
from contextlib import contextmanager
from dataclasses import replace

import pytest
import requests
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.core.management import CommandError, call_command
from django.urls import reverse

from ppid.content_store import StoreAway, store
from ppid.flows.documents import add_document
from ppid.flows.models import Case
from ppid.information.documents import private_store
from ppid.information.examining import read_now, unread
from ppid.organisation.models import User
from ppid.portal import files as portal_files
from ppid.shelf.actions import public_store
from ppid.shelf.models import PublishedFile, PublishedItem, ReadFile
from ppid.shelf.search.models import DocumentText
from ppid.showing.tasks import show
from ppid.upkeep.backups import restoring
from ppid.upkeep.backups.restoring import NotRestored
from ppid.upkeep.backups.sets import opened
from ppid.upkeep.stores import all_stores
from ppid.upkeep.verify import verify
from tests import make, s3, serve
from tests.upkeep.conftest import led_to

PASSWORD = "kapuas mengalir ke laut"
TITLE = "Laporan yang diketik sebelum berkasnya hilang"


@pytest.fixture(scope="module")
def endpoint():
    with s3.s3_server() as address:
        yield address


@pytest.fixture
def buckets(endpoint, settings):
    """Lead to two new buckets, with the files that the office's rows name; call it when those can be read."""

    return lambda: led_to(settings, s3.new_place(endpoint, ""), s3.new_place(endpoint, "umum/"))


@pytest.fixture
def stores(db, buckets):
    return buckets()


def nowhere(place):
    """Return the same place on a server that nobody runs."""
    return replace(place, endpoint="http://127.0.0.1:1")


def keys_in(place) -> set[str]:
    listed = s3.client(place.endpoint).list_objects_v2(Bucket=place.bucket).get("Contents", [])
    return {each["Key"] for each in listed}


@contextmanager
def served(settings, *, by: str | None = None):
    """Serve the office with its buckets, or with a server of files at another address."""
    told = {
        "S3_ENDPOINT_URL": by or settings.PRIVATE_FILES.endpoint,
        "S3_ACCESS_KEY_ID": s3.KEY_ID,
        "S3_SECRET_ACCESS_KEY": s3.SECRET,
    }
    with serve.gunicorn(environment=told) as server:
        yield server.url


def signed_in(url: str, who: str) -> requests.Session:
    browser = requests.Session()
    typed = {"login": make.demo(who).email, "password": PASSWORD}
    address = f"{url}/meja/akun/masuk/"
    answer = browser.post(address, typed | token(browser.get(address, timeout=60).text), timeout=60)
    assert answer.url == f"{url}/meja/"
    return browser


def token(page: str) -> dict[str, str]:
    """Return what is hidden in the page's own form, the longest one."""
    form = max(re.findall(r"<form.*?</form>", page, re.DOTALL), key=len)
    found = {}
    for field in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", form):
        found[re.search(r'name="([^"]*)"', field)[1]] = (re.search(r'value="([^"]*)"', field) or ["", ""])[1]
    return found


def test_the_walk_of_a_file_from_its_upload_until_it_is_gone(committed_database, buckets, settings):
    buckets()
    User.objects.filter(is_demo=True).update(password=make_password(PASSWORD, hasher=Argon2PasswordHasher()))
    serve.collect_static()
    case = make.publication(at="preparing", unit="disdukcapil")
    content = make.pdf(text="Isi yang diunggah lewat peramban").read()
    sha256 = hashlib.sha256(content).hexdigest()
    with served(settings) as url:
        browser = signed_in(url, "disdukcapil")
        form = url + reverse("desk:document-add", args=[case.number])
        page = browser.get(form, timeout=60)
        assert page.status_code == 200, page.url
        sent = browser.post(
            form,
            token(page.text) | {"title": "Diunggah"},
            files={"file": ("unggahan.pdf", content, "application/pdf")},
            timeout=60,
        )
        assert sent.status_code == 200
        assert f"{sha256[:2]}/{sha256}" in keys_in(settings.PRIVATE_FILES)
        assert not any(sha256 in key for key in keys_in(settings.PUBLIC_FILES))
        document = case.information.documents.get(sha256=sha256)
        kept = browser.get(url + reverse("desk:document", args=[case.number, document.pk]), timeout=60)
        assert kept.content == content
        picture = browser.get(url + reverse("desk:document-page", args=[case.number, document.pk, 1]), timeout=60)
        assert picture.content.startswith(b"\x89PNG")

        make.walk(Case.objects.get(pk=case.pk), to="published", hands={**make.PUBLICATION, "prepare": "disdukcapil"})
        show()
        assert f"umum/{sha256[:2]}/{sha256}" in keys_in(settings.PUBLIC_FILES)
        file = PublishedFile.objects.get(sha256=sha256)
        address = url + file.get_absolute_url()
        whole = requests.get(address, timeout=60)
        assert (whole.status_code, whole.content) == (200, content)
        assert whole.headers["ETag"] == f'"{sha256}"'
        part = requests.get(address, headers={"Range": "bytes=3-9"}, timeout=60)
        assert (part.status_code, part.content) == (206, content[3:10])
        assert part.headers["Content-Range"] == f"bytes 3-9/{len(content)}"
        known = requests.get(address, headers={"If-None-Match": whole.headers["ETag"]}, timeout=60)
        assert (known.status_code, known.content) == (304, b"")
        beyond = requests.get(address, headers={"Range": f"bytes={len(content)}-"}, timeout=60)
        assert beyond.status_code == 416

        make.exclusion(at="adopted", information=case.information)
        assert requests.get(address, timeout=60).status_code in (404, 410)
        assert not any(sha256 in key for key in keys_in(settings.PUBLIC_FILES))
        assert f"{sha256[:2]}/{sha256}" in keys_in(settings.PRIVATE_FILES)


def test_a_server_of_files_that_is_away_is_a_503_and_nothing_typed_is_lost(committed_database, buckets, settings):
    buckets()
    User.objects.filter(is_demo=True).update(password=make_password(PASSWORD, hasher=Argon2PasswordHasher()))
    serve.collect_static()
    case = make.publication(at="published", unit="disdukcapil")
    working = make.publication(at="preparing", unit="disdukcapil")
    file = PublishedItem.objects.get(number=case.information.number).files.get()
    before = working.information.documents.count()
    with served(settings, by="http://127.0.0.1:1") as url:
        assert requests.get(url, timeout=60).status_code == 200
        assert requests.get(f"{url}/informasi/{case.information.number}/", timeout=60).status_code == 200
        away = requests.get(url + file.get_absolute_url(), timeout=60)
        assert away.status_code == 503
        assert "Penyimpanan berkas sedang tidak dapat dihubungi" in away.text
        assert away.headers["Retry-After"] == "60"
        browser = signed_in(url, "disdukcapil")
        form = url + reverse("desk:document-add", args=[working.number])
        sent = browser.post(
            form,
            token(browser.get(form, timeout=60).text) | {"title": TITLE},
            files={"file": ("unggahan.pdf", make.pdf().read(), "application/pdf")},
            timeout=60,
        )
        assert sent.status_code == 503
        assert "Penyimpanan berkas sedang tidak dapat dihubungi" in sent.text
        assert "Yang Anda ketik masih ada" in sent.text
        assert TITLE in sent.text
        assert working.information.documents.count() == before
        assert browser.get(url + reverse("desk:case", args=[working.number]), timeout=60).status_code == 200


@pytest.mark.django_db
class TestWhileItIsAway:
    @pytest.fixture(autouse=True)
    def _without_memory(self):
        portal_files._holds_its_bytes.cache_clear()

    def test_an_exclusion_holds_and_the_sweep_takes_the_bytes(self, stores, settings):
        published = make.publication(at="published", unit="disdukcapil")
        sha256 = PublishedItem.objects.get(number=published.information.number).files.get().sha256
        case = make.exclusion(information=published.information, at="adopting")
        make.supply(case, "adopt", make.demo("bidang"))
        place, settings.PUBLIC_FILES = settings.PUBLIC_FILES, nowhere(settings.PUBLIC_FILES)
        make.step(case, "adopt", actor="bidang")
        assert make.again(case).state == "adopted"
        assert not PublishedItem.objects.filter(number=published.information.number).exists()
        settings.PUBLIC_FILES = place
        assert public_store().exists(sha256)
        call_command("sweep", stdout=io.StringIO())
        assert not public_store().exists(sha256)

    def test_nothing_is_marked_as_lost_or_unreadable(self, stores, settings):
        make.publication(at="published", unit="disdukcapil")
        place, settings.PUBLIC_FILES = settings.PUBLIC_FILES, nowhere(settings.PUBLIC_FILES)
        with pytest.raises(StoreAway):
            show()
        settings.PUBLIC_FILES = place
        show()
        file = PublishedFile.objects.get()
        assert file.sha256 in set(public_store().names())
        assert ReadFile.objects.get(sha256=file.sha256).why_not == ""
        assert DocumentText.objects.get(sha256=file.sha256).state != DocumentText.State.UNREADABLE

    def test_what_was_to_be_read_for_personal_data_stays_unread(self, stores, settings):
        case = make.publication(at="preparing")
        document = add_document(case, make.pdf(), title="Belum dibaca", actor=make.demo("dinsos"))
        place, settings.PRIVATE_FILES = settings.PRIVATE_FILES, nowhere(settings.PRIVATE_FILES)
        read_now([document])
        assert unread([document]) == [document]
        settings.PRIVATE_FILES = place
        read_now([document])
        assert unread([document]) == []

    @pytest.mark.parametrize("command", [["verify_files"], ["sweep"]])
    def test_a_command_says_so_in_a_sentence(self, stores, settings, command):
        settings.PRIVATE_FILES = nowhere(settings.PRIVATE_FILES)
        with pytest.raises(CommandError, match="s3://.* doesn't answer"):
            call_command(*command, stdout=io.StringIO())


@pytest.mark.django_db
def test_the_daily_commands_work_with_buckets(stores):
    case = make.publication(at="published", unit="disdukcapil")
    sha256 = PublishedItem.objects.get(number=case.information.number).files.get().sha256
    left = [each.files.put([b"sisa"]).sha256 for each in stores]
    said = io.StringIO()
    call_command("sweep", hours=0, stdout=said, force=True)
    assert not any(each.files.exists(sha) for each, sha in zip(stores, left, strict=True))
    public_store().remove(sha256)
    said = io.StringIO()
    call_command("verify_files", stdout=said)
    assert "1 mended, 0 lost" in said.getvalue()
    public_store().check(sha256)
    private_store().remove(sha256)
    public_store().remove(sha256)
    with pytest.raises(CommandError, match="files are lost"):
        call_command("verify_files", stdout=said)
    assert f"s3://{private_store().place.bucket}/{sha256[:2]}/{sha256}" in said.getvalue()


class TestBackingUp:
    @pytest.fixture(autouse=True)
    def a_machine(self, committed_database, buckets, settings, tmp_path):
        settings.VAR = tmp_path / "var"
        buckets()

    def test_a_backup_reads_from_buckets_and_is_restored_into_empty_ones(
        self, endpoint, settings, tmp_path, monkeypatch
    ):
        make.publication(at="published")
        call_command("backup", str(tmp_path / "all"), stderr=io.StringIO())
        call_command("verify_backup", tmp_path / "all", stdout=io.StringIO())
        with pytest.raises(NotRestored, match="s3://.* is not empty"):
            restoring.refuse_full_folders()
        before = [keys_in(place) for place in (settings.PRIVATE_FILES, settings.PUBLIC_FILES)]
        places = s3.new_place(endpoint, ""), s3.new_place(endpoint, "umum/")
        settings.PRIVATE_FILES, settings.PUBLIC_FILES = places
        restoring.refuse_full_folders()
        (made,) = (path for path in (tmp_path / "all").iterdir() if (path / "manifest.json").exists())
        one = opened(made, None)

        def refuses(*args):
            raise NotRestored("The database refuses.")

        monkeypatch.setattr(restoring, "rows_into", refuses)
        with pytest.raises(NotRestored, match="refuses"):
            restoring.restore(one, all_stores())
        assert [store(place).anything() for place in places] == [None, None]
        monkeypatch.setattr(restoring, "rows_into", lambda *args: None)
        restoring.restore(one, all_stores())
        assert [keys_in(place) for place in places] == before
        assert all(found.is_sound for found in verify(all_stores()))
        store(places[0]).mark(".restoring")  # as if it had been killed before its end
        store(places[1]).mark(".restoring")
        restoring.refuse_full_folders()
        assert [store(place).anything() for place in places] == [None, None]

    def test_while_they_are_away_no_backup_is_made_that_calls_all_files_lost(self, settings, tmp_path):
        settings.PRIVATE_FILES = nowhere(settings.PRIVATE_FILES)
        with pytest.raises(CommandError, match="doesn't answer"):
            call_command("backup", str(tmp_path / "all"), stderr=io.StringIO())
        assert not list((tmp_path / "all").rglob("manifest.json"))
