"""Metadata → citations → agencies → deadlines → targets → tasks and duties; each may use those before it."""
