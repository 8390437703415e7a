"""The figures' pages, and what is taken away of them: PDF, XLSX and the draft of the annual report (no rules)."""
