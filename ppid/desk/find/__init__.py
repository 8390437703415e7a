"""One search over cases, items, papers, sheets, people and units: within what its reader may see."""
