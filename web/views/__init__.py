"""Which pages are there? One module for each kind of reader; each view parses, asks the directory, and renders."""
