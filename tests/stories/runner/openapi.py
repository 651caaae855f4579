"""Holds every answer below /api/ that a story sees against the description the platform serves itself (OpenAPI 3.1, whose schemas
are JSON Schema 2020-12). An answer that is not described fails the story: a route, a status, a content type, a member."""
import json
import re
import threading
import urllib.parse

import jsonschema

from runner.story import Failed

# What any operation may be refused with, before it is looked at.
everywhere = (413, 429, 503)

formats = jsonschema.FormatChecker(formats=())


@formats.checks("date-time")
def moment(value):
    return not isinstance(value, str) or re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", value) is not None


@formats.checks("date")
def day(value):
    return not isinstance(value, str) or re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None


class Description:
    def __init__(self, text):
        self.whole = json.loads(text)
        self.validators = {}
        self.lock = threading.Lock()
        # What is more literal goes before: /api/v1/events/stream before /api/v1/events/{event}.
        self.paths = sorted(((path.count("{"), re.compile(re.sub(r"\{\w+\}", "[^/]+", re.escape(path).replace(r"\{", "{").replace(r"\}", "}"))), path)
                             for path in self.whole["paths"]), key=lambda one: one[0])

    def resolve(self, thing):
        while "$ref" in thing:
            at = self.whole
            for part in thing["$ref"].removeprefix("#/").split("/"):
                at = at[part]
            thing = at
        return thing

    def operation(self, method, path):
        for _, pattern, template in self.paths:
            if pattern.fullmatch(path):
                found = self.whole["paths"][template].get(method.lower())
                if found:
                    return template, found
        return None, None

    def validator(self, key, schema):
        with self.lock:
            if key not in self.validators:
                # "#/components/..." means this very document, so the schema takes the components along.
                self.validators[key] = jsonschema.Draft202012Validator({"allOf": [schema], "components": self.whole["components"]}, format_checker=formats)
            return self.validators[key]

    def check(self, method, target, answer):
        path = urllib.parse.unquote(target.partition("?")[0])
        template, operation = self.operation("GET" if method == "HEAD" else method, path)
        told = f"{method} {path} answered {answer.status}"
        content_type = (answer.header("Content-Type") or "").partition(";")[0]
        if operation is None:
            if answer.status in (404, 405) and content_type == "application/problem+json":
                return
            raise Failed(f"{told}, and the description knows no such operation")
        if answer.status == 304:
            return
        response = operation["responses"].get(str(answer.status))
        if response is None and answer.status in everywhere and content_type == "application/problem+json":
            return
        if response is None:
            raise Failed(f"{told}, which is not described for {template}: {answer.text[:300]}")
        content = self.resolve(response).get("content", {})
        if method == "HEAD":
            return
        if not content:
            if answer.body:
                raise Failed(f"{told} with a body, which is not described")
            return
        if content_type not in content:
            raise Failed(f"{told} as {content_type}, which is not described; it should be {', '.join(content)}")
        schema = content[content_type].get("schema")
        if schema is None or content_type not in ("application/json", "application/problem+json"):
            return
        errors = sorted(self.validator((template, method, answer.status, content_type), schema).iter_errors(json.loads(answer.body)), key=lambda one: list(one.absolute_path))
        if errors:
            worst = jsonschema.exceptions.best_match(errors)
            raise Failed(f"{told}, and its body is not as described at /{'/'.join(map(str, worst.absolute_path))}: {worst.message[:300]}")


cached, lock = None, threading.Lock()


def check(web, method, target, answer):
    """Every platform of a run is the same program, so one description does for all."""
    global cached
    if target.startswith("http"):
        target = urllib.parse.urlsplit(target).path
    if not target.startswith("/api/") or target.startswith("/api/v1/openapi.json"):
        return
    with lock:
        if cached is None:
            served = web.plain("GET", "/api/v1/openapi.json")
            if served.status != 200:
                return  # a witness, or a platform without its pages
            cached = Description(served.body)
    cached.check(method, target, answer)
