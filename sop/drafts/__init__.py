"""A draft while people write it: the acts of the editor, what may stand in a field, and what changed."""
