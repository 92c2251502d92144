"""Speed, measured against named peers in one run. ``make bench`` prints the table and writes ``build/bench.json``."""
