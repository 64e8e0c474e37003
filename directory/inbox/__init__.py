"""What do visitors leave behind for the city? Rows of an append-only inbox: the public site adds, the desk takes over.

`directory.inbox.pulling` takes them over into the directory's database.
"""

from directory.inbox.box import Inbox, Letter
from directory.inbox.kinds import KINDS

__all__ = ["Inbox", "KINDS", "Letter"]
