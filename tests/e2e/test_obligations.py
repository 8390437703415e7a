"""An empty cell of the matrix in a real browser: the unit starts it and answers another one, PPID Utama approves."""

import pytest
from django.utils import timezone

from ppid.obligations import gaps
from tests.e2e.visit import PHONE, Visit
from tests.obligations import said
from tests.portal import shelf_rows

pytestmark = pytest.mark.e2e


def test_a_unit_answers_its_duties_and_the_public_reads_it(browser, portal):
    shelf_rows.duty(name="Kedudukan, alamat, tugas dan fungsi")
    shelf_rows.duty("ss-perjanjian", category="on_demand", name="Perjanjian dengan pihak ketiga", max_months=12)
    gaps.count(on=timezone.localdate())

    with Visit(browser, portal, "dinsos") as dinsos:
        dinsos.sees("Dinas Sosial: 2 belum ada")
        dinsos.follow("Dinas Sosial: 2 belum ada")
        dinsos.follow("Kedudukan, alamat, tugas dan fungsi")
        dinsos.follow("Mulai pengumumannya")
        dinsos.press("Buka proses pengumuman")
        dinsos.sees("Kewajiban ini tampil sebagai sedang dikerjakan.")
        dinsos.sees("Kewajiban yang dipenuhi")
        dinsos.go("/meja/kewajiban/sel/ss-perjanjian/dinsos/")
        dinsos.follow("Nyatakan nihil atau tidak wajib")
        dinsos.page.get_by_label("Nihil: unit ini").check()
        dinsos.page.get_by_label("Alasan").fill("Belum ada perjanjian tahun ini.")
        dinsos.press("Ajukan untuk disetujui")
        dinsos.sees("Pernyataan diajukan.")

    with Visit(browser, portal, "utama", width=PHONE) as utama:
        utama.sees("Belum ada perjanjian tahun ini.")
        utama.follow("Perjanjian dengan pihak ketiga")
        utama.press("Setujui")
        utama.sees("Tabel kewajiban sudah menampilkannya.")
        utama.go("/meja/kewajiban/")
        utama.go("/meja/kewajiban/daftar/")
        utama.go(f"/meja/kewajiban/daftar/{said.DUTY}/")

    with Visit(browser, portal, "bidang") as bidang:
        bidang.go(f"/meja/kewajiban/daftar/{said.DUTY}/tulis/")
        bidang.page.get_by_label("Keterangan").fill("Diperbarui saat susunan unit berubah.")
        bidang.press("Ajukan untuk disetujui")
        bidang.sees("Diajukan.")

    with Visit(browser, portal, "") as anybody:
        anybody.go("/kewajiban/unit/dinsos/")
        anybody.sees("Disiapkan sejak")
        anybody.sees("Belum ada perjanjian tahun ini.")
