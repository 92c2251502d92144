"""Raw text → normalised text with a map back, and a judgement of its quality."""
