"""The editor of a draft: its pages, forms and addresses. What may be written, and by whom: ``sop.drafts``."""
