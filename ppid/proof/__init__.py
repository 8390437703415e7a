"""What the office can prove to who examines it: marks, the ledgers read again, dossiers, an auditor's link."""
