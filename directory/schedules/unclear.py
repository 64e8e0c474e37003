"""What is raised when a phrase was seen to say something that cannot be taken as one meaning?"""


class Unclear(Exception):
    """The message is the question to ask, a whole Japanese sentence."""
