"""What must hold of the portal's connection before the portal starts: it reads the shelf and nothing else."""

from django.conf import settings
from django.core.checks import Error, Warning
from django.db import OperationalError, connections

from ppid.shelf import desk_role, portal_role
from ppid.web.database_away import reason
from ppid.web.examinations import examination

# Everything that the connection may do besides reading the shelf, and whatever of the shelf it can't read.
_FAULTS = """
    SELECT format('%%s %%s', verb, name) FROM (
        SELECT c.oid, c.relname AS name, c.relname = ANY(%(shelf)s) AS on_shelf, verb
        FROM pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) verb
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    ) each
    WHERE (on_shelf AND verb = 'SELECT') <> (
        has_table_privilege(oid, verb)
        OR (verb IN ('INSERT', 'UPDATE') AND has_any_column_privilege(oid, verb))
        OR (verb = 'SELECT' AND NOT on_shelf AND has_any_column_privilege(oid, verb))
    )
    UNION ALL SELECT format('%%s is missing', name) FROM unnest(%(shelf)s::text[]) name WHERE to_regclass(name) IS NULL
    ORDER BY 1 LIMIT 5
"""


@examination("Portal hanya dapat membaca yang diumumkan")
def portal_reads_the_shelf_alone(databases):
    """Refuse to start when the portal's connection does not open, or could do more than read the shelf."""
    if "portal" not in databases:
        return []
    connection = connections["portal"]
    try:
        with connection.cursor() as cursor:
            cursor.execute(_FAULTS, {"shelf": portal_role.shelf_tables()})
            faults = [fault for (fault,) in cursor.fetchall()]
    except OperationalError as error:
        return [_does_not_open(error)]
    if not faults:
        return []
    return [
        Error(
            f"Cara masuk portal ke basis data hanya boleh membaca yang diumumkan; yang salah: {', '.join(faults)}.",
            hint="Jalankan manage.py prepare; sisanya diberi dengan tangan, atau PORTAL_DATABASE_URL menyebut pemilik.",
            id="ppid.E003",
        )
    ]


@examination("Cara masuk portal tidak dapat naik hak")
def portal_cannot_climb_back(databases):
    """Warn in production when the portal's connection began as the owner's, to whom SET ROLE NONE leads back."""
    if settings.DEMO or settings.PORTAL_HAS_OWN_SIGN_IN or "portal" not in databases:
        return []
    return [
        Warning(
            "PORTAL_DATABASE_URL belum diisi: portal masuk dengan peran meja lalu turun menjadi "
            f"{settings.PORTAL_ROLE}, dan kesalahan di dalamnya dapat naik kembali (SET ROLE NONE).",
            hint="Beri portal cara masuk sendiri (docs/operasi.md) dan isi PORTAL_DATABASE_URL.",
            id="ppid.W001",
        )
    ]


@examination("Cara masuk meja hanya membaca dan menulis baris")
def desk_changes_rows_alone(databases):
    """Refuse to start where the desk lacks what it needs; warn in production of what its sign-in could do besides."""
    if settings.PORTAL_ALONE or "default" not in databases:
        return []
    much, little = desk_role.too_much_and_too_little()
    if little:
        return [
            Error(
                f"Cara masuk meja ke basis data kekurangan hak: {', '.join(little)}.",
                hint="Jalankan manage.py prepare.",
                id="ppid.E031",
            )
        ]
    if not much or settings.DEMO:
        return []
    return [
        Warning(
            f"Cara masuk meja ke basis data boleh lebih dari membaca dan menulis baris: {', '.join(much)}. Kesalahan "
            "di portal dapat mengubah atau mengosongkan buku besar.",
            hint="Pisahkan pemilik tabel dari yang melayani (docs/operasi.md, bagian 4 dan 8), lalu manage.py prepare.",
            id="ppid.W032",
        )
    ]


def _does_not_open(error: OperationalError) -> Error:
    lines = [] if settings.PORTAL_HAS_OWN_SIGN_IN else portal_role.grant(connections["default"])
    advice = ("DBA sudah menjalankan: " + " ".join(lines)) if lines else "alamat dan kata sandinya benar"
    return Error(
        f"Sambungan portal ke basis data tidak terbuka: {reason(error)}.",
        hint=f"Pastikan {advice}; lalu jalankan manage.py prepare.",
        id="ppid.E004",
    )
