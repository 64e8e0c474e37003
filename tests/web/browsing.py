"""How does a browser under test go from page to page? It presses, and waits until the next page stands."""


def follow(pressed) -> None:
    """Press what loads a page (a link, a button of a form): come back when the new page is there, not before.

    A press alone comes back at once, and what is looked at next may still be the page one has left.
    """
    with pressed.page.expect_navigation():
        pressed.click()
