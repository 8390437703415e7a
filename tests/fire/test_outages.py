"""What is away for a while: a sentence for whoever sits there, and everything goes on by itself once it is back."""

import os
import time
from contextlib import contextmanager

import psycopg
import pytest

from tests import make_pdf
from tests.fire.browser import Browser, filled
from tests.fire.house import house, mount, unmount

pytestmark = [
    pytest.mark.fire,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a house a disk of its own"),
]
NEW = "/meja/pengumuman/baru/"


@pytest.fixture(scope="module")
def home():
    with house(size="400m") as one:
        yield one


@pytest.fixture(scope="module")
def siti(home):
    browser = Browser(home.port, "dinsos")
    browser.sign_in()
    return browser


def typed(browser, title: str, **more: str) -> dict[str, list[str]]:
    return filled(browser.get(NEW).form(None)) | {"title": [title]} | {name: [value] for name, value in more.items()}


def pdf(size: int) -> list[tuple[str, str, bytes]]:
    content = make_pdf.pages("Laporan", mark=str(size)) + b"\n%" + b"x" * size + b"\n%%EOF\n"
    return [("documents", "laporan.pdf", content)]


def count(home, title: str) -> int:
    with psycopg.connect(home.server.url) as connection:
        statement = "SELECT count(*) FROM information_information WHERE title = %s"
        return connection.execute(statement, [title]).fetchone()[0]


@contextmanager
def full(home):
    """Fill the house's disk to the last byte, and take it away again."""
    filler = home.folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 65536)
        except OSError:
            pass
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def read_only(folder):
    folder.mkdir(parents=True, exist_ok=True)
    mount("--bind", str(folder), str(folder))
    mount("-o", "remount,bind,ro", str(folder))
    try:
        yield
    finally:
        unmount(folder)


def test_the_database_is_gone_for_a_while_and_everything_goes_on_without_a_restart(home, siti):
    sent, master = typed(siti, "Saat basis data pergi"), home.web.pid
    with home.without_database():
        time.sleep(3)
        visitor = Browser(home.port, "").get("/informasi/?q=pergi")
        assert visitor.status == 503
        assert "Basis data sedang tidak dapat dihubungi" in visitor.words
        page = siti.post(NEW, sent)
        assert page.status == 503
        assert "Basis data sedang tidak dapat dihubungi" in page.words
        assert "mungkin belum tersimpan" in page.words
        assert "Saat basis data pergi" in page.content.decode(), "what was typed is given back"
    home.until(home.answers, "The portal did not answer")
    assert home.web.pid == master
    assert siti.post(NEW, sent).status == 302, "the session is there still"
    assert count(home, "Saat basis data pergi") == 1
    beat = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > %s"
    with psycopg.connect(home.server.url, autocommit=True) as connection:
        [back] = connection.execute("SELECT pg_postmaster_start_time()").fetchone()
        home.until(lambda: connection.execute(beat, [back]).fetchone()[0], "No worker came back")


@pytest.mark.parametrize("size", [1_000_000, 6_000_000], ids=["in memory", "in a file"])
def test_a_full_disk_is_said_and_nothing_is_half_kept(home, siti, size):
    title = f"Saat penyimpanan penuh {size}"
    sent = typed(siti, title, summary="Ringkasan yang lama diketik.")
    with full(home):
        page = siti.post(NEW, sent, pdf(size))
        assert page.status == 507, page.words
        assert "Penyimpanan server penuh" in page.words
        assert "Ringkasan yang lama diketik." in page.content.decode()
    home.until(lambda: home.server.keep_up() or home.answers(), "The portal did not answer")
    assert count(home, title) == 0
    assert siti.post(NEW, typed(siti, title), pdf(size)).status == 302
    assert count(home, title) == 1


@pytest.mark.parametrize(("place", "size"), [("files/private", 100_000), ("uploads", 6_000_000)])
def test_a_folder_that_takes_nothing_is_said_and_pages_are_still_read(home, siti, place, size):
    title = f"Saat {place} hanya dapat dibaca"
    sent = typed(siti, title)
    with read_only(home.folder / "var" / place):
        page = siti.post(NEW, sent, pdf(size))
        assert page.status == 503, page.words
        assert "Server tidak dapat menulis ke penyimpanannya" in page.words
        assert title in page.content.decode()
        assert siti.get("/meja/").status == 200
    assert count(home, title) == 0
    assert siti.post(NEW, sent, pdf(size)).status == 302


def test_mail_that_is_away_for_a_day_is_said_and_comes_once(home, siti):
    def waiting(title: str) -> list[tuple[str, str]]:
        statement = (
            "SELECT stage, because FROM notices_dispatch JOIN notices_notice ON notice_id = notices_notice.id"
            " WHERE channel = 'mail' AND title LIKE %s"
        )
        with psycopg.connect(home.server.url) as connection:
            return connection.execute(statement, [f"%{title}%"]).fetchall()

    title, urgent = "Saat surel pergi", {"is_urgent": "on", "urgent_because": "Pipa induk pecah."}
    with home.without_mail():
        assert siti.post(NEW, typed(siti, title, **urgent)).status == 302, "no act waits for mails"
        home.until(lambda: any(because for _, because in waiting(title)), "nobody tried to send")
        assert {stage for stage, _ in waiting(title)} == {"waiting"}
        keeper = Browser(home.port, "utama")
        keeper.sign_in()
        assert "Server surel tidak dapat dihubungi" in keeper.get("/meja/keadaan/").words
    with psycopg.connect(home.server.url) as connection:  # a day goes by: what waits for a later try is due
        connection.execute("UPDATE notices_dispatch SET next_at = now() WHERE next_at IS NOT NULL")
    home.must("-m", "tests.fire.late_mails")
    home.until(lambda: {stage for stage, _ in waiting(title)} == {"sent"}, "it was not sent")
    assert set(home.mailbox.came.values()) == {1}


def test_afterwards_everything_holds(home):
    home.stop()
    for command in ("verify_files", "verify_ledger", "compare_shelf"):
        home.must("manage.py", command)
    said = home.must("manage.py", "sweep", "--hours", "0")
    assert "uploads: 0 broken off" in said
