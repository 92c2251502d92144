"""A file → pages of text and table cells with their place."""
