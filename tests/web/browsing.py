"""What does every test with a real browser do? It presses and waits for the next page, and lets axe look at it."""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only what is wrong comes back: what is right would be a hundred times as much.
LOOK = ("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
        ".then(found => found.violations.map(one => [one.id, one.nodes[0].html]))")


def follow(pressed) -> None:
    """Press what loads a page (a link, a button of a form): come back when the new page is there, not before.

    A press alone comes back at once, and what is looked at next may still be the page one has left.
    """
    with pressed.page.expect_navigation():
        pressed.click()


def unfold(page) -> None:
    """Open whatever is folded."""
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")


def faults(page, axe_source: str) -> list[list[str]]:
    """What axe finds on the page with everything unfolded: the rule and the first element that breaks it."""
    unfold(page)
    page.evaluate(axe_source)
    return page.evaluate(LOOK, RULES)
