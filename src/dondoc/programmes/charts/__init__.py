"""Pictures of targets, drawn on the server as inline SVG: they need no script, print, and can be tested.

Each differs by form of line as well as colour, and has its figures as text (title, description, a table beside it).
Colours and type come from ``targets.css``; sizes are in points of the picture's own box.
"""
