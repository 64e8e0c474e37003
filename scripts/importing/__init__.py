"""What do the commands that import have in common?"""
