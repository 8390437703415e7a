-- The database, its owner and the portal's own sign-in, which reads the shelf and nothing else.
-- Run as the database administrator: psql -v password="'…'" -f deploy/roles.sql
CREATE ROLE ppid LOGIN;
CREATE ROLE ppid_portal NOLOGIN;
CREATE ROLE ppid_web LOGIN PASSWORD :password IN ROLE ppid_portal;
CREATE DATABASE ppid OWNER ppid TEMPLATE template0 ENCODING 'UTF8';
REVOKE CONNECT ON DATABASE ppid FROM PUBLIC;
GRANT CONNECT ON DATABASE ppid TO ppid_web;
