"""How does somebody outside tell the city what is wrong, what is missing and what still holds? Reports, applications, links.

What they write travels through directory/inbox; here stands what may be written and what becomes of it.
"""
