"""わたしに合う場所をさがす: how do a few ticks become places with reasons, and nothing else?"""
