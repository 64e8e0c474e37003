"""The worker desk: one module a page. Each loads through a use case of casework, then renders or sends on.

A form that only looks (what-if, comparing, the sheets) is a POST too: what it holds is about a person and has no
place in an address, a history or a log. It changes nothing, so it is answered with a page instead of a redirect.
"""
