"""Which pages are for staff only? Those under paths of their own, so that nothing of them is ever counted or kept."""

from flask import request

# Where the desks live. A test sees that no private page stands elsewhere, and no open one here.
PREFIXES = ("/desk",)


def is_private(path: str | None = None) -> bool:
    """Whether this path, or the one being asked for, belongs to a desk."""
    asked = request.path if path is None else path
    return any(asked == prefix or asked.startswith(f"{prefix}/") for prefix in PREFIXES)
