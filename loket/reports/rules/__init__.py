"""What holds for reports, pure: no input, no output, no clock."""
