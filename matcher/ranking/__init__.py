"""Which places fit one person, why, and what would open more? Pure arithmetic over columns.

It imports nothing else of ours and knows no database: `matcher.candidates` brings the columns, `matcher.matching`
tells the whole story.
"""
