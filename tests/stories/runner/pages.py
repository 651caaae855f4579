"""Reads a page as a visitor without JavaScript has it: its words, its forms, its reviews."""
import html
import html.parser
import re

from runner.story import Failed


class Form:
    def __init__(self, action, method):
        self.action, self.method = action, method
        self.fields = []  # [name, value, kind, chosen]

    def names(self):
        return {field[0] for field in self.fields}

    def chosen(self, name):
        return [field[1] for field in self.fields if field[0] == name and field[3]]

    def filled(self, changes):
        """What a browser would send after these changes; None leaves a field out."""
        unknown = [name for name in changes if name not in self.names()]
        if unknown:
            raise Failed(f"the form has no field {', '.join(unknown)}; it has {', '.join(sorted(self.names()))}")
        sent = [(name, value) for name, value, _, chosen in self.fields if chosen and name not in changes]
        return sent + [(name, value) for name, value in changes.items() if value is not None]


class Page(html.parser.HTMLParser):
    silent = {"script", "style", "svg", "title"}

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.forms, self.times, self.reviews, self.links, self.marked = [], [], [], [], []
        self.language = ""
        self._inside = False
        self._words, self._depth, self._area, self._select, self._option, self._mark = [], 0, None, None, None, None
        self.feed(text)
        self.close()
        self.words = spaces_alike(" ".join(self._words))

    def handle_starttag(self, tag, attributes):
        got = {name: value or "" for name, value in attributes}
        if tag in self.silent:
            self._depth += 1
        elif tag == "html":
            self.language = got.get("lang", "")
        elif tag == "time" and "datetime" in got:
            self.times.append(got["datetime"])
        elif tag == "article" and "review" in got.get("class", "").split():
            self.reviews.append(got.get("id", ""))
        elif tag == "a" and "href" in got:
            self.links.append(got["href"])
        elif tag == "mark":
            self._mark, self._inside = [], True
        elif tag == "form":
            self.forms.append(Form(got.get("action", ""), got.get("method", "get")))
        elif self.forms:
            self._field(tag, got)

    def _field(self, tag, got):
        fields, name = self.forms[-1].fields, got.get("name", "")
        if tag == "input" and name:
            kind = got.get("type", "text")
            chosen = "checked" in got if kind in ("radio", "checkbox") else kind not in ("submit", "button")
            fields.append([name, got.get("value", "on" if kind == "checkbox" else ""), kind, chosen])
        elif tag == "button" and name:
            fields.append([name, got.get("value", ""), "button", False])
        elif tag == "textarea":
            fields.append([name, "", tag, True])
            self._area = fields[-1]
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            fields.append([self._select, got.get("value", ""), "select", "selected" in got])

    def handle_endtag(self, tag):
        if tag in self.silent and self._depth:
            self._depth -= 1
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None
        elif tag == "mark" and self._mark is not None:
            self.marked.append("".join(self._mark))
            self._mark, self._inside = None, True

    def handle_data(self, data):
        if self._area is not None:
            self._area[1] += data
        if self._mark is not None:
            self._mark.append(data)
        if not self._depth and (data.strip() or self._inside):
            # A mark stands inside a sentence: no space where the page has none.
            if self._inside and self._words:
                self._words[-1] += data
            else:
                self._words.append(data)
            self._inside = False

    def form_with(self, *names):
        for form in self.forms:
            if form.names().issuperset(names):
                return form
        raise Failed(f"the page has no form with {', '.join(names)}; it says: {self.words[:400]}")


def spaces_alike(text):
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u202f", " "))


def escaped(text):
    return html.escape(text, quote=True).replace("&#x27;", "&#39;")
