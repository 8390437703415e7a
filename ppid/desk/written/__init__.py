"""The desk's room for the pages that the office writes itself, and for the announcement on top of the portal."""
