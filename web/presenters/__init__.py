"""How are the directory's records put into words for a page? One module a page, and the facts both pages share."""
