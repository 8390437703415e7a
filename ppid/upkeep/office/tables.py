"""Which tables an export of the office holds, in which order, and what each is, told so that others can read it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from django.apps import apps
from django.db import connection, models
from django.utils.functional import Promise

# Tables that stay behind, each with the reason. All others go along, so nothing that is added later is forgotten.
STAYS = {
    "account_emailaddress": "cara masuk",
    "account_emailconfirmation": "cara masuk",
    "auth_group": "tidak dipakai",
    "auth_group_permissions": "tidak dipakai",
    "auth_permission": "dibuat oleh pemasangan",
    "chain_noted": "kosong di luar transaksi",
    "chain_turn": "kosong di luar transaksi",
    "desk_typeddraft": "ketikan yang belum dikirim",
    "django_content_type": "dibuat oleh pemasangan",
    "django_migrations": "dibuat oleh pemasangan; namanya ada di kantor.json",
    "django_session": "cara masuk",
    "health_jobrun": "keadaan satu mesin",
    "health_trouble": "keadaan satu mesin",
    "mfa_authenticator": "cara masuk: langkah kedua",
    "notices_calendarkey": "cara masuk: alamat rahasia kalender",
    "organisation_cityaccount": "cara masuk: akun kota",
    "organisation_factorrecovery": "cara masuk: pemulihan langkah kedua",
    "organisation_signinsession": "cara masuk: sesi",
    "organisation_signintry": "cara masuk: percobaan",
    "shelf_bundle": "dibuat ulang dari yang diumumkan",
    "shelf_bundlepart": "dibuat ulang dari yang diumumkan",
    "shelf_documentpage": "indeks pencarian, dibuat ulang",
    "shelf_documenttext": "indeks pencarian, dibuat ulang",
    "shelf_searchentry": "indeks pencarian, dibuat ulang",
    "shelf_searchword": "indeks pencarian, dibuat ulang",
    "socialaccount_socialaccount": "cara masuk: akun kota",
    "socialaccount_socialapp": "cara masuk: akun kota",
    "socialaccount_socialtoken": "cara masuk: akun kota",
}
# Tables of the queue have no model of ours.
QUEUE = "procrastinate_"
# Columns that stay behind: nobody signs in elsewhere with what they chose here.
BLANKED = {("organisation_user", "password"): "cara masuk: sidik kata sandi"}

_ROLES = re.compile(r":\w+:`([^`]+)`")


@dataclass(frozen=True)
class Table:
    """A table of the office: ``columns`` are those that an export holds, with PostgreSQL's word for their type."""

    model: type[models.Model]
    columns: dict[str, str] = field(hash=False)
    nullable: frozenset[str]

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        return self.model._meta.pk.column

    @cached_property
    def fields(self) -> dict[str, models.Field]:
        return {each.column: each for each in self.model._meta.concrete_fields}

    def described(self) -> dict:
        """Return what the table and each of its columns is, for ``schema.json``."""
        meta = self.model._meta
        return {
            "table": self.name,
            "label": str(meta.verbose_name),
            "meaning": _plain(self.model.__doc__ or ""),
            "key": self.key,
            "columns": [self._column(name) for name in self.columns],
            "left_out": {column: why for (table, column), why in BLANKED.items() if table == self.name},
        }

    def _column(self, name: str) -> dict:
        column = self.fields[name]
        said: dict = {
            "name": name,
            "type": self.columns[name],
            "null": name in self.nullable,
            "label": str(column.verbose_name),
        }
        if column.help_text:
            said["help"] = str(column.help_text)
        if column.choices:
            said["choices"] = {str(value): _words(label) for value, label in column.flatchoices}
        if column.related_model is not None:
            target = column.target_field
            said["refers_to"] = {"table": target.model._meta.db_table, "column": target.column}
        return said


def tables() -> list[Table]:
    """Return the tables that go along, each after those that it refers to as far as no circle keeps that from being."""
    wanted = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in STAYS
    }
    found = _columns()
    return [
        Table(
            wanted[name],
            {column: kind for column, (kind, _) in found[name].items() if (name, column) not in BLANKED},
            frozenset(column for column, (_, is_nullable) in found[name].items() if is_nullable),
        )
        for name in _in_order(wanted)
    ]


def unknown_tables() -> set[str]:
    """Return the tables of the database that neither go along nor are known to stay."""
    going = {table.name for table in tables()}
    return {name for name in _columns() if name not in going | set(STAYS) and not name.startswith(QUEUE)}


def sequences() -> set[str]:
    """Return the sequences that go along: all but those of tables that stay."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT counter.relname, coalesce(owner.relname, '') FROM pg_class counter
            LEFT JOIN pg_depend ON objid = counter.oid AND deptype IN ('a', 'i')
                AND classid = 'pg_class'::regclass AND refclassid = 'pg_class'::regclass
            LEFT JOIN pg_class owner ON owner.oid = refobjid
            WHERE counter.relkind = 'S' AND counter.relnamespace = 'public'::regnamespace
            """
        )
        return {name for name, table in cursor.fetchall() if table not in STAYS and not table.startswith(QUEUE)}


def _columns() -> dict[str, dict[str, tuple[str, bool]]]:
    """Return the columns of each table that are not reckoned: their type, and whether they may be NULL."""
    found: dict[str, dict[str, tuple[str, bool]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT relname, attname, format_type(atttypid, atttypmod), NOT attnotnull
            FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
            WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
              AND attgenerated = '' ORDER BY relname, attname
            """
        )
        for table, column, kind, is_nullable in cursor.fetchall():
            found.setdefault(table, {})[column] = (kind, is_nullable)
    return found


def _in_order(wanted: dict[str, type[models.Model]]) -> Iterator[str]:
    refers = {
        name: {
            other
            for each in model._meta.concrete_fields
            if each.related_model is not None
            and (other := each.related_model._meta.concrete_model._meta.db_table) in wanted
            and other != name
        }
        for name, model in sorted(wanted.items())
    }
    while True:
        try:
            yield from TopologicalSorter({name: sorted(others) for name, others in refers.items()}).static_order()
            return
        except CycleError as circle:
            # Keys are checked at the end of the transaction, so one that closes a circle may lead ahead.
            before, after = circle.args[1][:2]
            refers[after].discard(before)


def _plain(text: str) -> str:
    return " ".join(_ROLES.sub(r"\1", text).replace("``", "").split())


def _words(label: object) -> str:
    return str(label) if isinstance(label, str | Promise) else repr(label)
