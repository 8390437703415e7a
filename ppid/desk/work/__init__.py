"""The officers' daily work: what waits, opening a case, taking its steps."""
