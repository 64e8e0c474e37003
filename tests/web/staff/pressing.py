"""What would a browser send if somebody pressed a button of this page? The fields of one form, as they stand in it."""

from html.parser import HTMLParser

from werkzeug.datastructures import MultiDict

Fields = MultiDict[str, str]


class _Forms(HTMLParser):
    """Every form of a page: action → its fields."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, Fields] = {}
        self.now: Fields | None = None
        self.area: tuple[str, list[str]] | None = None
        self.choice: tuple[str, list[tuple[str, bool]]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.now = self.forms.setdefault(given.get("action", ""), MultiDict())
        if self.now is None or "name" not in given and tag != "option":
            return
        if tag == "input":
            ticked = given.get("type") not in ("checkbox", "radio") or "checked" in given
            if ticked:
                self.now.add(given["name"], given.get("value", "on"))
        elif tag == "textarea":
            self.area = given["name"], []
        elif tag == "select":
            self.choice = given["name"], []
        elif tag == "option" and self.choice:
            self.choice[1].append((given.get("value", ""), "selected" in given))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.area[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.now = None
        elif tag == "textarea" and self.area and self.now is not None:
            self.now.add(self.area[0], "".join(self.area[1]))
            self.area = None
        elif tag == "select" and self.choice and self.now is not None:
            name, options = self.choice
            chosen = [value for value, selected in options if selected] or [options[0][0]] if options else []
            for value in chosen[:1]:
                self.now.add(name, value)
            self.choice = None


def fields_of_form(page: str, action: str) -> Fields:
    """The fields of the form that is sent to `action`, nothing pressed and nothing typed."""
    parser = _Forms()
    parser.feed(page)
    return parser.forms[action].copy()
