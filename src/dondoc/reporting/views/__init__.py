"""Pages of campaigns and reports."""
