"""What people may see of campaigns and reports."""
