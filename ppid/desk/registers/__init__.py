"""The office's registers: publications, exclusions, DIP and DIK, with filters, CSV and print."""
