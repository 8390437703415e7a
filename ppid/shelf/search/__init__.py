"""The search over everything public: its language, its index, what it finds, and the text inside documents."""
