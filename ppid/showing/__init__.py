"""What is made of an item once it is public: pictures of its pages, its tables' first rows, its announcement."""
