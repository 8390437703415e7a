"""What the office works by: the SOP sheets and the working calendar."""
