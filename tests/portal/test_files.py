"""A public file: typed, cacheable, in ranges, under its own name, and unable to run anything."""

import re

import pytest

from ppid.shelf import actions


@pytest.fixture
def pdf(shelf):
    return shelf.item(files=[shelf.file(b"0123456789")]).files.get()


def body_of(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_pdf_opens_in_the_page(client, pdf):
    response = client.get(pdf.get_absolute_url())
    assert body_of(response) == b"0123456789"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="laporan.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["ETag"] == f'"{pdf.sha256}"'
    assert response["Accept-Ranges"] == "bytes"
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_it_is_downloaded_when_asked(client, pdf):
    response = client.get(f"{pdf.get_absolute_url()}?unduh")
    assert response["Content-Disposition"] == 'attachment; filename="laporan.pdf"'


@pytest.mark.parametrize(
    ("filename", "media_type", "disposition"),
    [
        ("a.xlsx", "application/vnd.ms-excel", 'attachment; filename="a.xlsx"'),
        ("a.svg", "image/svg+xml", 'attachment; filename="a.svg"'),
        ("a.html", "text/html", 'attachment; filename="a.html"'),
        ("a.png", "image/png", 'inline; filename="a.png"'),
        ('kutip "dua".png', "image/png", 'inline; filename="kutip \\"dua\\".png"'),
        ("résumé.png", "image/png", "inline; filename*=utf-8''r%C3%A9sum%C3%A9.png"),
    ],
)
def test_only_what_a_browser_shows_safely_is_shown(client, shelf, filename, media_type, disposition):
    file = shelf.item(files=[shelf.file(filename=filename, media_type=media_type)]).files.get()
    response = client.get(file.get_absolute_url())
    assert response.status_code == 200
    assert response["Content-Disposition"] == disposition
    assert response["Content-Type"] == media_type
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_known_bytes_are_not_sent_again(client, pdf):
    response = client.get(pdf.get_absolute_url(), headers={"If-None-Match": f'W/"x", "{pdf.sha256}"'})
    assert response.status_code == 304
    assert not response.content
    assert response["ETag"] == f'"{pdf.sha256}"'


@pytest.mark.parametrize(
    ("asked", "status", "body", "content_range"),
    [
        ("bytes=0-0", 206, b"0", "bytes 0-0/10"),
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=7-99", 206, b"789", "bytes 7-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=-99", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=5-2", 200, b"0123456789", None),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=-", 200, b"0123456789", None),
        ("bytes=0-1,4-5", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
        ("bytes=" + "9" * 5000 + "-", 200, b"0123456789", None),
    ],
)
def test_a_part_is_sent_when_asked(client, pdf, asked, status, body, content_range):
    response = client.get(pdf.get_absolute_url(), headers={"Range": asked})
    assert (response.status_code, body_of(response)) == (status, body)
    assert response.headers.get("Content-Range") == content_range
    assert int(response["Content-Length"]) == len(body)


def test_a_part_of_older_bytes_is_not_mixed_with_newer(client, pdf):
    asked = {"Range": "bytes=2-4", "If-Range": '"older"'}
    assert body_of(client.get(pdf.get_absolute_url(), headers=asked)) == b"0123456789"
    asked["If-Range"] = f'"{pdf.sha256}"'
    assert body_of(client.get(pdf.get_absolute_url(), headers=asked)) == b"234"


def test_an_old_link_leads_to_the_file_that_replaced_it(client, shelf):
    old = shelf.item(number="2026-0500", files=[shelf.file(filename="lama.pdf")]).files.get()
    successor = shelf.file(b"baru", filename="baru.pdf", key=old.key)
    new = shelf.item(number="2026-0500", files=[shelf.file(b"lain"), successor]).files.get(key=old.key)
    assert client.get(old.get_absolute_url())["Location"] == new.get_absolute_url()


def test_the_address_of_a_file_taken_out_never_opens_another(client, shelf):
    first, second = shelf.file(b"pertama", title="Pertama"), shelf.file(b"kedua", title="Kedua")
    item = shelf.item(number="2026-0501", title="Anggaran", files=[first, second])
    old, kept = (file.get_absolute_url() for file in item.files.all())
    shelf.item(number="2026-0501", title="Anggaran", files=[second])
    assert body_of(client.get(old, follow=True)) == b"pertama", "the earlier edition has it"
    actions.withdraw("2026-0501", reason="Keliru.", at=shelf.NOW, why="wrongly_published")
    shelf.item(number="2026-0501", title="Anggaran", files=[second])
    answer = client.get(old)
    assert answer.status_code == 410
    page = answer.content.decode()
    assert "Berkas ini sudah tidak diumumkan" in page
    assert "Anggaran" in page
    assert "Pertama" not in page, "what was taken out isn't named"
    assert body_of(client.get(kept)) == b"kedua"


def test_a_file_stays_taken_out_when_its_item_comes_back_without_it(client, shelf):
    old = shelf.item(number="2026-0502", files=[shelf.file(b"lama")]).files.get()
    actions.withdraw("2026-0502", reason="Keliru.", at=shelf.NOW)
    assert "Keliru." in client.get(old.get_absolute_url()).content.decode(), "the item's tombstone answers"
    shelf.item(number="2026-0502", files=[shelf.file(b"baru")])
    assert client.get(old.get_absolute_url()).status_code == 410
    shelf.item(number="2026-0502", files=[shelf.file(b"lama", key=old.key)])
    assert body_of(client.get(old.get_absolute_url())) == b"lama"
    shelf.item(number="2026-0502", files=[shelf.file(b"baru")])
    assert body_of(client.get(old.get_absolute_url(), follow=True)) == b"lama", "an earlier edition has it"


def test_a_running_position_leads_to_no_file(client, pdf):
    assert client.get(f"/informasi/{pdf.item.number}/berkas/1/laporan.pdf").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/informasi/{0}/berkas/2/laporan.pdf",
        "/informasi/{0}/berkas/ffffffffffff/laporan.pdf",
        "/informasi/{0}/berkas/99999999999999999999/laporan.pdf",
        "/informasi/2026-9999/berkas/1/laporan.pdf",
        "/informasi/{0}/berkas/{1}/",
        "/informasi/{0}/berkas/{1}/a%0d%0aSet-Cookie:x=1",
        "/informasi/{0}/berkas/{1}/%00",
    ],
)
def test_what_is_not_there_is_404(client, pdf, address):
    assert client.get(address.format(pdf.item.number, pdf.key)).status_code == 404


@pytest.mark.parametrize("name", ["..%2F..%2Fsettings.py", "%F0%9F%98%80"])
def test_a_name_made_up_leads_back_to_the_file(client, pdf, name):
    response = client.get(f"/informasi/{pdf.item.number}/berkas/{pdf.key}/{name}")
    assert response["Location"] == pdf.get_absolute_url()
    assert not response.cookies


def test_bytes_that_are_missing_are_404(client, pdf, settings):
    (settings.PUBLIC_FILES / pdf.sha256[:2] / pdf.sha256).unlink()
    assert client.get(pdf.get_absolute_url()).status_code == 404


def test_the_sheet_of_an_sop_is_the_bytes_that_were_kept(client, shelf):
    sop = shelf.sop(b"%PDF lembar yang disahkan")
    response = client.get(f"/sop/{sop.slug}/lembar.pdf")
    assert body_of(response) == b"%PDF lembar yang disahkan"
    assert response["Content-Disposition"] == f'inline; filename="{sop.slug}-v1.pdf"'
    again = client.get(f"/sop/{sop.slug}/lembar.pdf", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_damaged_bytes_are_never_sent(client, pdf, settings):
    kept = settings.PUBLIC_FILES / pdf.sha256[:2] / pdf.sha256
    assert client.get(pdf.get_absolute_url()).status_code == 200
    kept.chmod(0o640)
    kept.write_bytes(b"0123456780")
    assert client.get(pdf.get_absolute_url()).status_code == 404
    kept.write_bytes(b"0123456789")
    assert client.get(pdf.get_absolute_url()).status_code == 200


class TestSentByNginx:
    """With X_ACCEL=1 the application decides and names the place; the bytes are nginx's to send."""

    @pytest.fixture(autouse=True)
    def _on(self, settings):
        settings.X_ACCEL = True

    def test_it_names_the_place_and_keeps_every_header(self, client, pdf, settings):
        handed = client.get(pdf.get_absolute_url())
        assert (handed.status_code, handed.content) == (200, b"")
        assert handed["X-Accel-Redirect"] == f"/_berkas/umum/{pdf.sha256[:2]}/{pdf.sha256}"
        settings.X_ACCEL = False
        sent = client.get(pdf.get_absolute_url())
        assert "X-Accel-Redirect" not in sent
        own = {"Content-Length", "X-Accel-Redirect", "X-Reference"}
        said, would_say = ({name: each[name] for name in each.headers if name not in own} for each in (handed, sent))
        assert said == would_say

    def test_known_bytes_and_marked_parts_are_answered_here(self, client, pdf):
        known = client.get(pdf.get_absolute_url(), headers={"If-None-Match": f'"{pdf.sha256}"'})
        assert known.status_code == 304
        assert "X-Accel-Redirect" not in known
        marked = {"Range": "bytes=2-4", "If-Range": f'"{pdf.sha256}"'}
        answer = client.get(pdf.get_absolute_url(), headers=marked)
        assert (answer.status_code, body_of(answer)) == (206, b"234")

    def test_lost_and_damaged_bytes_are_not_handed_over(self, client, pdf):
        actions.public_store().path(pdf.sha256).unlink()
        assert client.get(pdf.get_absolute_url()).status_code == 404


def test_a_file_tells_whose_pages_may_show_it(client, pdf):
    assert client.get(pdf.get_absolute_url())["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_nginx_names_every_header_of_a_file_again(client, pdf, settings):
    """At an internal redirect it keeps these by itself; the others are gone unless they are named."""
    kept = {"Content-Type", "Content-Disposition", "Cache-Control", "Accept-Ranges", "Content-Length"}
    conf = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text()
    location = conf.split("location /_berkas/ {")[1]
    named = set(re.findall(r"add_header ([\w-]+) \$upstream_http", location))
    assert set(client.get(pdf.get_absolute_url()).headers) - kept <= named
