"""Several processes serve the portal: none of them ever shows what another one knows to be gone."""

from django.test import Client
from django.utils import timezone

from ppid.shelf import actions
from tests.portal import shelf_rows

NUMBER = "2026-9001"
ADDRESS = f"/informasi/{NUMBER}/"


def test_no_process_is_ever_stale(settings, committed_database):
    settings.KEPT_PAGES_MB = 4
    processes = [Client(), Client(), Client()]
    held = '""'
    for title in ("Laporan pertama", "Laporan kedua"):
        shelf_rows.item(number=NUMBER, title="Laporan")
        said = {"on": "2026-11-20", "note": "Judul", "changes": [["Judul", "Laporan", title]]}
        actions.correct(NUMBER, words={"title": title}, correction=said)
        for process in processes * 2:
            page = process.get(ADDRESS, headers={"If-None-Match": held})
            assert page.status_code == 200, "what is held is of an older edition"
            assert title in page.content.decode()
        held = page["ETag"]
        for process in processes:
            assert process.get(ADDRESS, headers={"If-None-Match": held}).status_code == 304
        actions.withdraw(NUMBER, reason="Keliru", at=timezone.now())
        for process in processes:
            assert process.get(ADDRESS, headers={"If-None-Match": held}).status_code == 410
