"""Shelves to measure on: 10,000 items, 100,000 and on demand a million, alike at every making.

Rows are made by PostgreSQL out of their number alone (``_share``), so a shelf of this size always holds the same. What
the product's triggers keep (counts, the parts of the map, the edition) they keep here too; entries of the search are
those that the product itself would write (``search.index``), only copied in at once.
"""

import random
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from io import StringIO

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Q

from ppid.shelf.models import DikEntry, DocumentPage, DocumentText, PublishedItem, PublishedSop, Tombstone
from ppid.shelf.search import index
from ppid.shelf.search.models import SearchEntry
from ppid.shelf.search.vectors import vector
from ppid.shelf.units import ShelfUnit

SIZES = (10_000, 100_000)
COMMON, RARE, THREE = "bantuan", "takterduga", "laporan bantuan sosial"
_AT_ONCE = 5_000

KINDS = """
    laporan rencana daftar keputusan pengumuman rekapitulasi profil perjanjian rancangan ringkasan data standar
    realisasi statistik neraca pedoman maklumat peta evaluasi inventaris
""".split()  # noqa: SIM905 - read as a text
# The most used first, as they are used: how often a word comes falls with its place.
TOPICS = """
    bantuan sosial anggaran kinerja pelayanan keuangan daerah kependudukan kesehatan pendidikan pengadaan barang jasa
    aset belanja pendapatan penerima kelurahan kecamatan program kegiatan perizinan lingkungan perumahan pertanian
    perikanan perdagangan pariwisata ketenagakerjaan perhubungan kebersihan pengawasan kepegawaian kearsipan jalan
    jembatan drainase sampah banjir kebakaran puskesmas imunisasi stunting gizi sekolah guru siswa beasiswa koperasi
    usaha mikro pasar retribusi pajak reklame parkir trayek terminal pelabuhan sungai taman kota olahraga pemuda
    perempuan anak lansia disabilitas keluarga miskin pengungsi bencana logistik gudang kendaraan gedung kantor
    penerangan air minum limbah energi listrik internet aplikasi statistik peta wilayah batas tanah sertifikat
    sengketa hukum peraturan walikota rancangan musyawarah pembangunan evaluasi indikator sasaran capaian triwulan
    semester tahunan bulanan penetapan perubahan lampiran tabel grafik survei kepuasan masyarakat pengaduan
    permohonan keberatan informasi publik dokumentasi arsip akta kelahiran kematian perkawinan penduduk mutasi pindah
    datang kartu identitas blanko antrean loket petugas jadwal piket pelatihan sertifikasi pegawai honorer pensiun
    kenaikan pangkat jabatan struktural fungsional disiplin absensi cuti tunjangan gaji honorarium perjalanan dinas
""".split()  # noqa: SIM905 - as above
PLACES = """
    Akcaya Benua Melayu Parit Tokaya Bangka Belitung Kotabaru Sungaibangkong Sungaijawi Sungaibeliung Pallima
    Siantan Batulayang Dalam Bugis Tanjunghilir Tanjunghulu Saigon Parittokaya Banjarserasan Tambelan Sampit
""".split()  # noqa: SIM905 - as above
SYLLABLES = "ba ka la ma na pa ra sa ta wa di gi li mi ni ri si ti bu du ku lu mu nu ru su tu jo lo ro".split()  # noqa: SIM905
UNITS = """
    Pendidikan|Kesehatan|Sosial|Perhubungan|Perdagangan|Pariwisata|Lingkungan Hidup|Pekerjaan Umum|Perumahan|Pangan
    Tenaga Kerja|Perpustakaan|Pemuda dan Olahraga|Koperasi|Penanaman Modal|Keluarga Berencana|Satpol PP|Bappeda
    Keuangan|Pendapatan|Kepegawaian|Kesbangpol|Inspektorat|Penanggulangan Bencana|Sekretariat DPRD|RSUD|Bagian Hukum
    Bagian Umum|Bagian Organisasi|Bagian Pengadaan|Pontianak Utara|Pontianak Timur|Pontianak Barat|Pontianak Kota
    Pontianak Selatan|Pontianak Tenggara
"""


def fill(items: int) -> None:
    """Let the shelf of the database hold ``items`` items, forty units, twelve years, and all that belongs to them."""
    there = PublishedItem.objects.count()
    with connection.cursor() as cursor, _at_the_end(cursor, _TABLES) if items > SIZES[0] else nullcontext():
        _name_units()
        for start in range(there + 1, items + 1, 50_000):
            of = {"from": start, "to": min(start + 50_000 - 1, items), "all": items, **_words()}
            with transaction.atomic():  # the triggers' own tables would heap up versions in one transaction
                for statement in _ITEMS:
                    cursor.execute(statement, of)
        call_command("load_duties", stdout=StringIO())
        with transaction.atomic():
            for statement in _BESIDE:
                cursor.execute(statement, {"all": items, **_words()})
        _write_texts(items)
        _write_entries()


def _words() -> dict[str, list[str]]:
    """Return the words by how often they come: a hundred and a half of the office, then names that come seldom."""
    rng = random.Random(2026)
    names = dict.fromkeys("".join(rng.choices(SYLLABLES, k=rng.choice((3, 4)))) for _ in range(6_000))
    topics = list(dict.fromkeys(TOPICS))
    units = [name.strip() for line in UNITS.strip().splitlines() for name in line.split("|")]
    return {"kinds": KINDS, "words": [*topics, *names], "places": PLACES, "units": units}


def _share(salt: int, n: str = "n") -> str:
    """Return SQL for a number from 0 to under 1 that belongs to the row ``n``."""
    return f"((hashint8extended({n}, {salt}) & 2147483647) / 2147483648.0)"


def _one_of(words: str, salt: int, n: str = "n") -> str:
    return f"({words})[1 + floor(cardinality({words}) * {_share(salt, n)})::int]"


def _used(words: str, salt: int, n: str = "n") -> str:
    """Return SQL for one of the words, the first ones the most often, as words of a language come (Zipf)."""
    return f"({words})[floor(power(cardinality({words}) + 1, {_share(salt, n)}))::int]"


_W = "%(words)s::text[]"
_UNIT = "(SELECT array_agg(code ORDER BY code) FROM shelf_shelfunit WHERE successor_code = '')"
_FIRST, _LAST = "timestamptz '2015-01-05'", "timestamptz '2026-11-20'"
_DAY = f"{_FIRST} + power(n::float8 / %(all)s, 0.8) * ({_LAST} - {_FIRST})"
_SENTENCE = " || ' ' || ".join(_used(_W, salt) for salt in range(20, 34))
_PASSPORT = """(
    SELECT jsonb_agg(jsonb_build_object('number', step, 'kind', 'step', 'text', 'Langkah ' || step || ' menurut lembar',
        'office', 'PPID Pelaksana', 'standard', '1 hari', 'used', '1 hari', 'days', 1, 'standard_days', 1,
        'on_time', true, 'done_on', '2026-11-20') ORDER BY step)
    FROM generate_series(1, 7) step
)"""
_ITEM_COLUMNS = """
    number, edition, title, summary, category, unit_code, unit_name, responsible, made_place, made_when, made_from,
    made_to, has_softcopy, has_hardcopy, on_request, retention, passport, sop_slug, sop_number, sop_title, sop_unit,
    corrections, published_at
"""
_ITEMS = [
    f"""
    INSERT INTO shelf_publisheditem ({_ITEM_COLUMNS}, written_at, rhythm, renew_by)
    WITH unit AS (SELECT {_UNIT} AS codes), passport AS MATERIALIZED (SELECT {_PASSPORT} AS steps), drawn AS (
        SELECT n, {_DAY} AS at, floor({_share(1)} * 10)::int AS dice, {_used("unit.codes", 2)} AS code,
               CASE WHEN {_share(3)} < 0.05 THEN 2 ELSE 1 END AS edition
        FROM generate_series(%(from)s::bigint, %(to)s) n, unit
    )
    SELECT extract(year FROM at) || '-' || lpad(n::text, 7, '0'), edition,
           initcap({_used("%(kinds)s::text[]", 4)}) || ' ' || {_used(_W, 5)} || ' ' || {_used(_W, 6)} || ' '
               || {_one_of("%(places)s::text[]", 7)} || ' ' || extract(year FROM at)
               || CASE WHEN n %% (%(all)s / 12) = 7 THEN ' {RARE}' ELSE '' END,
           initcap({_used(_W, 8)}) || ' ' || {_SENTENCE} || '.',
           CASE WHEN dice < 5 THEN 'periodic' WHEN dice < 6 THEN 'immediate' ELSE 'on_demand' END,
           code, u.name, 'Sekretaris ' || u.short_name, 'Pontianak', to_char(at, 'YYYY'), at::date, at::date,
           {_share(9)} < 0.9, {_share(10)} < 0.4, false, '5 tahun', passport.steps, 'pengumuman-informasi-publik',
           '/SOP/2023', '', '', '[]'::jsonb, at,
           at, CASE WHEN dice < 5 THEN 6 END, CASE WHEN dice < 5 THEN greatest(at::date, current_date) + 30 END
    FROM drawn JOIN shelf_shelfunit u USING (code), passport
    ORDER BY n
    """,
    f"""
    INSERT INTO shelf_publishedfile (item_id, key, position, title, filename, media_type, size, sha256)
    SELECT item.id, chr(96 + position), position, item.title,
           CASE WHEN position = 1 THEN 'dokumen.pdf' ELSE 'data.xlsx' END,
           CASE WHEN position = 1 THEN 'application/pdf'
                ELSE 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' END,
           1000 + floor({_share(11, "item.id")} * 4000000)::int,
           encode(sha256((item.number || position)::bytea), 'hex')
    FROM shelf_publisheditem item,
         generate_series(1, 1 + ({_share(12, "item.id")} < 0.25)::int) position
    WHERE right(item.number, 7) ~ '^\\d+$' AND right(item.number, 7)::int BETWEEN %(from)s AND %(to)s
      AND item.number LIKE '____-_______' AND has_softcopy
    ORDER BY item.id, position
    """,
    """
    INSERT INTO shelf_knownbytes (kind, number, edition, published_at, sha256, key, unit_name, why)
    SELECT 'item', item.number, item.edition, item.published_at, file.sha256, file.key, item.unit_name, ''
    FROM shelf_publishedfile file JOIN shelf_publisheditem item ON item.id = file.item_id
    WHERE item.number LIKE '____-_______' AND right(item.number, 7)::int BETWEEN %(from)s AND %(to)s
    ORDER BY file.id
    """,
]
_NAMES = ", ".join(name.strip() for name in _ITEM_COLUMNS.split(","))
_BESIDE = [
    # Earlier editions of those that say they are the second.
    f"""
    INSERT INTO shelf_publishededition ({_NAMES}, ended_at)
    SELECT {_NAMES.replace("edition", "1", 1).replace("published_at", "published_at - interval '1 year'")}, published_at
    FROM shelf_publisheditem WHERE edition = 2 AND number LIKE '____-_______' ORDER BY id
    """,
    f"""
    INSERT INTO shelf_dikentry
        (number, information, unit_code, unit_name, legal_basis, consequence_if_open, consequence_if_closed, scope,
         term, ends_on, decree_number, decree_date, adopted_at, corrections, continues, open_part, reopened_because,
         item_number)
    SELECT 'D-' || lpad(n::text, 6, '0'), 'Data ' || {_used(_W, 51)} || ' ' || {_used(_W, 52)} || ' ' || n,
           u.code, u.name, 'UU 14/2008 Pasal 17 huruf h', 'Mengungkap rahasia ' || {_used(_W, 53)} || '.',
           'Rahasia terlindungi.', 'Seluruhnya', '5 tahun', current_date + (n %% 1500)::int - 200,
           n || '/PPID/' || 2015 + n %% 12, make_date((2015 + n %% 12)::int, 1 + (n %% 10)::int, 3),
           now() - n * interval '1 hour', '[]'::jsonb, '', '', '', ''
    FROM generate_series(1::bigint, greatest(1000, %(all)s / 200)) n, (SELECT {_UNIT} AS codes) unit
    JOIN shelf_shelfunit u ON true WHERE u.code = {_used("unit.codes", 54)} ORDER BY n
    """,
    f"""
    INSERT INTO shelf_tombstone
        (number, title, kind, reason, taken_off_at, why, successor, edition, reopened_because, dik)
    SELECT 'T-' || lpad(n::text, 6, '0'), 'Laporan ' || {_used(_W, 61)} || ' ' || {_used(_W, 62)}, 'withdrawn',
           'Ditarik karena ' || {_used(_W, 63)} || '.', now() - n * interval '3 hours', 'withdrawn', '', 1, '', ''
    FROM generate_series(1::bigint, greatest(50, %(all)s / 200)) n ORDER BY n
    """,
    f"""
    INSERT INTO shelf_publishedsop
        (slug, title, name, theme, unit_code, unit_name, number, steps, version, status, flow, is_master, effective,
         in_force_from, ended_because, related, sheet, pdf_sha256, pdf_size, approved_at)
    SELECT 'sop-' || n, 'Penyusunan ' || {_used(_W, 71)} || ' ' || n, 'penyusunan ' || n, 'tema ' || n %% 12,
           u.code, u.name, n || '/SOP/2026', 'Menerima ' || {_used(_W, 72)}, 1, 'in_force', '', false, '2026',
           master.in_force_from, '', '{{}}', master.sheet, master.pdf_sha256, master.pdf_size, master.approved_at
    FROM generate_series(1::bigint, 400) n, (SELECT {_UNIT} AS codes) unit, shelf_shelfunit u, shelf_publishedsop master
    WHERE u.code = {_used("unit.codes", 73)} AND master.flow = 'publication' AND master.status = 'in_force'
      AND master.is_master ORDER BY n
    """,
    # The newest items fill two of three cells, as a busy office would have it.
    """
    INSERT INTO shelf_dutyfill (duty_code, unit_code, period, parts, number)
    SELECT duty_code, unit_code, period, '{}', number
    FROM (
        SELECT d.code AS duty_code, u.code AS unit_code, row_number() OVER (ORDER BY d.position, u.code) AS n,
               CASE WHEN d.rhythm = 'yearly' THEN to_char(now(), 'YYYY') ELSE '' END AS period
        FROM shelf_shownduty d, shelf_shelfunit u WHERE u.successor_code = ''
    ) cell
    JOIN (
        SELECT number, row_number() OVER (ORDER BY id DESC) AS n FROM shelf_publisheditem ORDER BY id DESC LIMIT 4000
    ) item USING (n)
    WHERE n %% 3 > 0
    """,
    """
    INSERT INTO shelf_publishedregister
        (register, number, year, as_of, decree_number, decree_date, set_at, size, origin, signatory)
    SELECT 'dip', 1 + coalesce((SELECT max(number) FROM shelf_publishedregister WHERE register = 'dip'), 0),
           extract(year FROM current_date), current_date, '1/PPID', current_date, now(), count(*), '', '{}'::jsonb
    FROM shelf_publisheditem
    """,
    """
    INSERT INTO shelf_publishedregisterrow (edition_id, position, key, unit_code, values, covered)
    SELECT edition.id, row_number() OVER (ORDER BY item.number), item.number, item.unit_code,
           jsonb_build_object('number', item.number, 'title', title, 'summary', summary, 'unit', unit_name,
               'responsible', responsible, 'made', 'Pontianak, ' || made_when, 'form', 'Softcopy',
               'retention', retention, 'category', category), ''
    FROM shelf_publisheditem item, shelf_publishedregister edition
    WHERE edition.register = 'dip'
      AND edition.number = (SELECT max(number) FROM shelf_publishedregister WHERE register = 'dip')
    """,
]


def _name_units() -> None:
    """Let the city have forty units at least."""
    missing = 40 - ShelfUnit.objects.filter(successor_code="").count()
    ShelfUnit.objects.bulk_create(
        ShelfUnit(code=f"bench-{n:02}", name=f"Dinas {name} Kota Pontianak", short_name=name)
        for n, name in enumerate(_words()["units"][: max(missing, 0)], start=1)
    )


def _write_texts(items: int) -> None:
    """Let two of a hundred items, a thousand at most, have a document that was read: three pages of text."""
    wanted = min(items // 50, 1000)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT sha256, page, (SELECT string_agg({_used(_W, 80, "id * 1000 + page * 200 + at")}, ' ' ORDER BY at)
                                  FROM generate_series(1, 120) at)
            FROM (SELECT max(id) AS id, sha256 FROM shelf_publishedfile WHERE position = 1 GROUP BY sha256
                  ORDER BY max(id) DESC LIMIT %(wanted)s) file,
                 generate_series(1, 3) page
            """,
            {"wanted": wanted, **_words()},
        )
        rows = cursor.fetchall()
    pages = [
        DocumentPage(sha256=sha256, page=page, place=f"Halaman {page}", text=text, words=vector((text, "D", "D")))
        for sha256, page, text in rows
    ]
    texts = dict.fromkeys(sha256 for sha256, *_ in rows)
    DocumentText.objects.bulk_create(DocumentText(sha256=sha256, state="read") for sha256 in texts)
    DocumentPage.objects.bulk_create(pages, batch_size=500)
    index._write_pages(Q(sha256__in=[row[0] for row in rows]))


def _write_entries() -> None:
    """Write what the search finds of everything that it doesn't know yet, as the product writes it."""
    known = {kind: set(SearchEntry.objects.filter(kind=kind).values_list("key", flat=True)) for kind in index._BUILDERS}
    for kind, model in {"item": PublishedItem, "dik": DikEntry, "tombstone": Tombstone, "sop": PublishedSop}.items():
        build = index._BUILDERS[kind][1]
        keys = list(model.objects.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), _AT_ONCE):
            entries = build(model.objects.filter(pk__in=keys[start : start + _AT_ONCE]).order_by("pk"))
            _copy([each for each in entries if each.key not in known[kind]])


_ENTRY = [field.name for field in SearchEntry._meta.fields if field.name != "id"]


def _copy(entries: list[SearchEntry]) -> None:
    """Write the entries by COPY; their triggers count their words as for any others."""
    into = f"COPY shelf_searchentry ({', '.join(_ENTRY)}) FROM STDIN"
    with transaction.atomic(), connection.cursor() as cursor, cursor.copy(into) as copy:
        for each in entries:
            copy.write_row([getattr(each, name) for name in _ENTRY])


_TABLES = ("shelf_publisheditem", "shelf_publishedfile", "shelf_knownbytes", "shelf_searchentry")


@contextmanager
def _at_the_end(cursor, tables: Iterable[str]) -> Iterator[None]:
    """Take the indexes of these tables away that hold no rule, and build them once all rows are there."""
    cursor.execute(
        """
        SELECT index.relname, pg_get_indexdef(index.oid) FROM pg_index
        JOIN pg_class index ON index.oid = indexrelid JOIN pg_class held ON held.oid = indrelid
        WHERE held.relname = ANY(%s) AND NOT indisunique
        """,
        [list(tables)],
    )
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f'DROP INDEX "{name}"')
    yield
    for _, definition in found:
        cursor.execute(definition)
