"""The desk's room for what must be public: what is open, answering a cell, deciding, and the list of duties."""
