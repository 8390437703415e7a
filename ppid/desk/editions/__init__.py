"""The desk's room for the dated editions of DIP and DIK."""
