"""Where is the reader in the phrase? A position in the tokens that can be tried, taken and reset."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from directory.schedules.characters import Folded
from directory.schedules.tokens import Token, tokenize

Found = TypeVar("Found")
END = Token("end", None, 10**9, 10**9)  # beyond any text: its text is empty


class Cursor:
    """Tokens of a folded phrase and a position; spaces are skipped unless asked for."""

    def __init__(self, folded: Folded) -> None:
        self.folded = folded
        self.tokens = tokenize(folded.text)
        self.position = 0

    def peek(self, ahead: int = 0) -> Token:
        """The token that comes next (or `ahead` of it), spaces apart."""
        index = self.position
        while index < len(self.tokens):
            if self.tokens[index].kind != "space":
                if not ahead:
                    return self.tokens[index]
                ahead -= 1
            index += 1
        return END

    def take(self, *kinds: str) -> Token | None:
        """Take the next token if it is of one of these kinds."""
        index = self.position
        while index < len(self.tokens) and self.tokens[index].kind == "space":
            index += 1
        if index < len(self.tokens) and self.tokens[index].kind in kinds:
            self.position = index + 1
            return self.tokens[index]
        return None

    def take_all(self, *kinds: str) -> list[Token]:
        """Take tokens as long as they are of these kinds."""
        taken: list[Token] = []
        while token := self.take(*kinds):
            taken.append(token)
        return taken

    def attempt(self, rule: Callable[[Cursor], Found | None]) -> Found | None:
        """What the rule reads, or None with the position as before."""
        start = self.position
        found = rule(self)
        if found is None:
            self.position = start
        return found

    def after_space(self) -> bool:
        """Does a space stand between here and the next token?"""
        return self.position < len(self.tokens) and self.tokens[self.position].kind == "space"

    def at_end(self) -> bool:
        """Nothing but spaces is left."""
        return self.peek() is END

    def text(self, token: Token) -> str:
        """The folded text of a token."""
        return self.folded.text[token.start : token.end]
