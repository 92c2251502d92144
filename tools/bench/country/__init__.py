"""A generated country, as large as the real one and wholly invented, and the pages that are measured on it."""
