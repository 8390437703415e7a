-- The database, the owner of its tables, and who serves: the desk, which reads and writes rows, and the portal, which
-- reads the shelf and nothing else. What either may do with each table is granted by manage.py prepare.
-- Run as the database administrator: psql -v owner="'…'" -v portal="'…'" -f deploy/roles.sql
CREATE ROLE ppid_owner LOGIN CREATEDB PASSWORD :owner; -- a database on which backups are restored on trial
CREATE ROLE ppid_desk NOLOGIN;
CREATE ROLE ppid_portal NOLOGIN;
CREATE ROLE ppid LOGIN IN ROLE ppid_desk;
CREATE ROLE ppid_web LOGIN PASSWORD :portal IN ROLE ppid_portal;
CREATE DATABASE ppid OWNER ppid_owner TEMPLATE template0 ENCODING 'UTF8';
REVOKE CONNECT, TEMPORARY ON DATABASE ppid FROM PUBLIC;
GRANT CONNECT ON DATABASE ppid TO ppid, ppid_web;
