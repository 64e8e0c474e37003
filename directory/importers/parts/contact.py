"""How is it reached, and which of that may be public?

A mobile number and a representative are staff-only. A landline is public where the source publishes facilities, or
where the list names no contact person whose home it could be; otherwise the SC passes calls on.
"""

from collections.abc import Callable, Mapping

from directory.importers.cleaning.phones import is_mobile, numbers, phone
from directory.importers.cleaning.text import line, words
from directory.importers.cleaning.web import email, url


def contact_values(cells: Mapping[str, object], public: bool, doubt: Callable) -> dict[str, object]:
    """Values of telephone, mail, web, and the staff-only person behind them."""
    number, problem = phone(cells.get("phone"))
    doubt("phone", problem)
    if number is None:
        number = next(iter(numbers(words(cells.get("contact")) or "")), None)
    mobile, problem = phone(cells.get("mobile"))
    doubt("mobile", problem)
    if is_mobile(number):
        number, mobile = None, mobile or number
    address, problem = email(cells.get("email"))
    doubt("email", problem)
    web, problem = url(cells.get("url"))
    if web is None and problem and address is None:
        # a mail address in the web column is still a mail address
        address, not_mail = email(cells.get("url"))
        problem = problem if not_mail else None
    doubt("url", problem)
    return {
        "listing.phone": number, "listing.phone_extension": line(cells.get("phone_extension")),
        "listing.phone_hours": line(cells.get("phone_hours")), "listing.email": address, "listing.web": web,
        "listing.representative": line(cells.get("representative")), "listing.mobile": mobile,
        "listing.contact_public": bool(public and (number or address)),
    }
