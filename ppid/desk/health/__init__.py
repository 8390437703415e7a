"""The state of the installation, for those who keep the office."""
