"""The working calendar's pages."""
