"""What holds for reports, without a database."""
