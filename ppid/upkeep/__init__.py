"""What keeps the house in order day by day: files that no row names, files that were damaged, what falls due."""
