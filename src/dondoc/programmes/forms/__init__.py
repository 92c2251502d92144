"""What people fill in; each form's fields are the arguments of its service."""
