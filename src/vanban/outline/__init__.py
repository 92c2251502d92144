"""Lines → numbered tree; tables → rows."""
