"""Forms of campaigns and reports."""
