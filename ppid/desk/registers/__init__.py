"""The registers: publications, exclusions, DIP and DIK as the desk sees them."""
