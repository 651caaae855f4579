"""The examples of the API's description: a programmer copies them, so each is what its schema says, and none is missing."""
from runner.openapi import Description
from runner.story import check, sentence


def described(description):
    """(where, schema, content) of every JSON body that is asked for or answered well."""
    for path, operations in description.whole["paths"].items():
        for method, operation in operations.items():
            if not isinstance(operation, dict):
                continue
            bodies = [("request", operation["requestBody"])] if "requestBody" in operation else []
            bodies += [(status, answer) for status, answer in operation.get("responses", {}).items() if status.startswith("2")]
            for name, body in bodies:
                content = description.resolve(body).get("content", {}).get("application/json")
                if content is not None:
                    yield f"{method.upper()} {path} {name}", content


def examples_of(description, content):
    """Those of the body itself, else those of its schema."""
    if "example" in content:
        return [content["example"]]
    if content.get("examples"):
        return [description.resolve(one)["value"] for one in content["examples"].values()]
    return description.resolve(content.get("schema", {})).get("examples", [])


def wrong(description, where, schema, value):
    return [f"{where} at /{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in description.validator(("example", where), schema).iter_errors(value)]


@sentence(r"every body that the API describes has an example, and each example is as it describes")
def check_examples(world):
    description = Description(world.web.get("/api/v1/openapi.json").text)
    missing, broken, seen = [], [], 0
    for where, content in described(description):
        found = examples_of(description, content)
        if not found:
            missing.append(where)
        for value in found:
            seen += 1
            broken += wrong(description, where, content.get("schema", {}), value)
    for name, parameter in description.whole["components"].get("parameters", {}).items():
        if "example" in parameter:
            seen += 1
            broken += wrong(description, f"parameter {name}", parameter.get("schema", {}), parameter["example"])
    check(not missing, f"without an example: {', '.join(missing)}")
    check(not broken, "; ".join(broken[:10]))
    check(seen > 200, f"only {seen} examples were found")
