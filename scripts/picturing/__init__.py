"""What is on the pictures of docs/pages.md besides the public pages?"""
