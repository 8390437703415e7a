"""The evaluation of a version, as page, PDF and XLSX."""
