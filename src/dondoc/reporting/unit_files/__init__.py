"""A unit's own report form as a file: made for that unit in Excel or Word, filled in away from the network, read back."""
