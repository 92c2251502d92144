"""What the first page of a person shows, and the lists that its figures open."""
