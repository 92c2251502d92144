"""``dondoc read`` in a terminal: its arguments, its files, what it prints."""
