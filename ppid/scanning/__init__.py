"""What the virus scanner said of each file, by its SHA-256; only where CLAMAV_URL names one."""
