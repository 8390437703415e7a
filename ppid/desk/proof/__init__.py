"""The ledgers read again, dossiers and auditors' links at the desk."""
