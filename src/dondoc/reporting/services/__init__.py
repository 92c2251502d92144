"""State changes of campaigns and reports, one function each."""
