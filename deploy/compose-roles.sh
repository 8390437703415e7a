#!/bin/sh
# Makes the roles and the database in a PostgreSQL that is new (compose.yaml): the desk, too, signs in by a password there.
set -eu
word() { sed 's/.*:\(.*\)@.*/\1/' "/run/secrets/$1_database_url"; }
psql -q -v ON_ERROR_STOP=1 -U postgres -v owner="'$(word owner)'" -v portal="'$(word portal)'" -f /etc/ppid/roles.sql
psql -q -v ON_ERROR_STOP=1 -U postgres -v desk="'$(word desk)'" <<'SQL'
ALTER ROLE ppid PASSWORD :desk;
SQL
echo "include '/etc/ppid/postgresql.conf'" >> "$PGDATA/postgresql.conf"
