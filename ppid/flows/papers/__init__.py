"""The papers that the portal writes from a case: what each says (plain data), how it is drawn, numbered and signed."""
