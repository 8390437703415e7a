"""The sheet on paper: the one door to WeasyPrint, pages and their breaks."""
