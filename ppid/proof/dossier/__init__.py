"""The dossier of a case («berkas proses»): all that the office knows of it, as one PDF and as a ZIP with its files."""
