"""What SARIF 2.1.0 demands of the objects that Farcall writes: their properties, those that must be there, their types.

check(log) raises ValueError with the path to what is wrong. The names are those of the standard, section 3.
"""

import re

TEXT = "text"
COUNT = "count"  # an integer from 1
INDEX = "index"  # an integer from 0
FLAG = "flag"
URI = "uri"
LEVELS = {"none", "note", "warning", "error"}

# object: {property: type}. "!" marks what must be there; [x] is an array of x, {x} one of the words, (x,) a map to x.
OBJECTS = {
    "log": {"$schema": URI, "version!": {"2.1.0"}, "runs!": ["run"]},
    "run": {
        "tool!": "tool",
        "columnKind": {"utf16CodeUnits", "unicodeCodePoints"},
        "originalUriBaseIds": ("artifactLocation",),
        "invocations": ["invocation"],
        "results": ["result"],
    },
    "tool": {"driver!": "toolComponent"},
    "toolComponent": {"name!": TEXT, "version": TEXT, "rules": ["reportingDescriptor"]},
    "reportingDescriptor": {
        "id!": TEXT,
        "shortDescription": "multiformatMessageString",
        "help": "multiformatMessageString",
        "defaultConfiguration": "reportingConfiguration",
    },
    "reportingConfiguration": {"level": LEVELS},
    "multiformatMessageString": {"text!": TEXT},
    "invocation": {"executionSuccessful!": FLAG, "toolExecutionNotifications": ["notification"]},
    "notification": {"level": LEVELS, "message!": "message", "locations": ["location"]},
    "result": {
        "ruleId": TEXT,
        "ruleIndex": INDEX,
        "level": LEVELS,
        "message!": "message",
        "locations": ["location"],
        "relatedLocations": ["location"],
        "fixes": ["fix"],
    },
    "message": {"text": TEXT},
    "location": {"physicalLocation": "physicalLocation", "message": "message"},
    "physicalLocation": {"artifactLocation!": "artifactLocation", "region": "region"},
    "artifactLocation": {"uri": URI, "uriBaseId": TEXT},
    "region": {"startLine": COUNT, "startColumn": COUNT, "endLine": COUNT, "endColumn": COUNT},
    "fix": {"description": "message", "artifactChanges!": ["artifactChange"]},
    "artifactChange": {"artifactLocation!": "artifactLocation", "replacements!": ["replacement"]},
    "replacement": {"deletedRegion!": "region", "insertedContent": "artifactContent"},
    "artifactContent": {"text": TEXT},
}
# Arrays that the standard wants to have at least one element, and to have none twice.
NOT_EMPTY = {"artifactChanges", "replacements"}
UNIQUE = {"rules", "fixes", "artifactChanges", "relatedLocations"}


def check_value(value, kind, path):
    def expect(holds, what):
        if not holds:
            raise ValueError(f"{path} is {value!r:.80}, not {what}")

    if isinstance(kind, list):
        expect(isinstance(value, list), "an array")
        expect(value or path.split(".")[-1] not in NOT_EMPTY, "an array with elements")
        expect(path.split(".")[-1] not in UNIQUE or all(each not in value[:i] for i, each in enumerate(value)), "unique")
        for index, each in enumerate(value):
            check_value(each, kind[0], f"{path}[{index}]")
    elif isinstance(kind, tuple):
        expect(isinstance(value, dict), "an object")
        for name, each in value.items():
            check_value(each, kind[0], f"{path}.{name}")
    elif isinstance(kind, set):
        expect(value in kind, f"one of {sorted(kind)}")
    elif kind in (COUNT, INDEX):
        least = 1 if kind == COUNT else 0
        expect(isinstance(value, int) and not isinstance(value, bool) and value >= least, f"an integer from {least}")
    elif kind == FLAG:
        expect(isinstance(value, bool), "true or false")
    elif kind == TEXT:
        expect(isinstance(value, str), "a string")
    elif kind == URI:
        expect(isinstance(value, str) and re.fullmatch(r"([A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-F]{2})*", value), "a URI")
    else:
        check_object(value, kind, path)


def check_object(value, kind, path):
    if not isinstance(value, dict):
        raise ValueError(f"{path} is no object")
    properties = {name.rstrip("!"): each for name, each in OBJECTS[kind].items()}
    for name in OBJECTS[kind]:
        if name.endswith("!") and name[:-1] not in value:
            raise ValueError(f"{path} has no {name[:-1]}")
    for name, each in value.items():
        if name not in properties:
            raise ValueError(f"{path}.{name} is no property of {kind}")
        check_value(each, properties[name], f"{path}.{name}")


def check(log):
    check_object(log, "log", "log")
    for run in log["runs"]:
        rules = run["tool"]["driver"]["rules"]
        for result in run["results"]:
            if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
                raise ValueError(f"ruleIndex {result['ruleIndex']} is not {result['ruleId']}")
