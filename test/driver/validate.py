"""Checks JSON files against a JSON schema: validate.py schema.json file.json...

Knows what docs/contract.schema.json uses, and stops at a keyword it does not know.
"""
import json
import sys

TYPES = {'object': dict, 'array': list, 'string': str, 'boolean': bool, 'integer': int, 'null': type(None)}
NOTES = {'$schema', 'title', 'description', '$defs'}


def is_a(value, name):
    return isinstance(value, TYPES[name]) and not (name == 'integer' and isinstance(value, bool))


def problems(value, schema, root, path):
    """Yields what is wrong with the value, each with its place."""
    def each_of(schema_of_part, parts):
        for key, part in parts:
            yield from problems(part, schema_of_part, root, f'{path}/{key}')

    for keyword, wanted in schema.items():
        fine = True
        if keyword in NOTES:
            pass
        elif keyword == '$ref':
            yield from problems(value, root['$defs'][wanted.removeprefix('#/$defs/')], root, path)
        elif keyword == 'type':
            fine = any(is_a(value, name) for name in ([wanted] if isinstance(wanted, str) else wanted))
        elif keyword == 'const':
            fine = value == wanted and type(value) is type(wanted)
        elif keyword == 'enum':
            fine = value in wanted
        elif keyword == 'oneOf':
            fine = sum(not list(problems(value, one, root, path)) for one in wanted) == 1
        elif keyword == 'required':
            fine = not isinstance(value, dict) or all(key in value for key in wanted)
        elif keyword == 'properties':
            if isinstance(value, dict):
                for key in value.keys() & wanted.keys():
                    yield from problems(value[key], wanted[key], root, f'{path}/{key}')
        elif keyword == 'additionalProperties':
            known = schema.get('properties', {})
            rest = [(key, part) for key, part in value.items() if key not in known] if isinstance(value, dict) else []
            if wanted is False:
                fine = not rest
            else:
                yield from each_of(wanted, rest)
        elif keyword == 'items':
            yield from each_of(wanted, enumerate(value) if isinstance(value, list) else [])
        elif keyword in ('minItems', 'minLength', 'minProperties'):
            fine = not isinstance(value, (list, str, dict)) or len(value) >= wanted
        elif keyword in ('maxItems', 'maxProperties'):
            fine = not isinstance(value, (list, dict)) or len(value) <= wanted
        elif keyword == 'minimum':
            fine = not is_a(value, 'integer') or value >= wanted
        elif keyword == 'maximum':
            fine = not is_a(value, 'integer') or value <= wanted
        else:
            sys.exit(f'the schema has a keyword this program does not know: {keyword}')
        if not fine:
            yield f'{path or "/"}: {keyword} is {json.dumps(wanted)[:80]}, and this is {json.dumps(value)[:80]}'


def main():
    schema = json.load(open(sys.argv[1], encoding='utf-8'))
    found = [f'{name}{problem}' for name in sys.argv[2:]
             for problem in problems(json.load(open(name, encoding='utf-8')), schema, schema, '')]
    print('\n'.join(found))
    sys.exit(1 if found else 0)


main()
