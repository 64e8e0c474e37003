"""How does a member of staff come in, and what stands between a private page and everybody else?"""
