"""What pages of both buildings share: filters, CSV lines, files in and out, refusals, error pages, template tags."""
