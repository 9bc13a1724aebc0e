#!/usr/bin/env python3
"""Every fix that Farcall offers for a header of this folder resolves its finding: it is applied alone, as another
program would from the SARIF log, and the header then parses, and has one finding of the rule less. The first fix, which farcall rewrite applies, brings no errors
of other rules.

The headers are judged in one run, all variants of them in a second one. usage: fixes.py FARCALL
"""

import collections
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

import sarif

farcall = sys.argv[1]
rules = pathlib.Path(__file__).parent
problems = []


def run(*arguments, cwd):
    return subprocess.run([farcall, *arguments, "--", "-std=c++20"], cwd=cwd, capture_output=True, text=True)


def judge(headers, folder):
    """The results by name of the header, and the headers that Clang could not parse."""
    log = json.loads(run("check", "--format=sarif", *headers, cwd=folder).stdout)
    sarif.check(log)
    results = collections.defaultdict(list)
    for result in log["runs"][0]["results"]:
        results[name_of(result["locations"][0])].append(result)
    notifications = log["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    return results, {name_of(each["locations"][0]): each["message"]["text"] for each in notifications}


def name_of(location):
    return urllib.parse.unquote(location["physicalLocation"]["artifactLocation"]["uri"])


def offset(text, line, column):
    return sum(len(each) for each in text.splitlines(keepends=True)[: line - 1]) + column - 1


def apply(fix, name, text):
    edits = []
    for change in fix["artifactChanges"]:
        assert urllib.parse.unquote(change["artifactLocation"]["uri"]) == name, change
        for each in change["replacements"]:
            region = each["deletedRegion"]
            begin = offset(text, region["startLine"], region["startColumn"])
            end = offset(text, region["endLine"], region["endColumn"])
            edits.append((begin, end, each["insertedContent"]["text"]))
    for begin, end, new in sorted(edits, reverse=True):
        text = text[:begin] + new + text[end:]
    return text


def count(results, level=None):
    return collections.Counter(each["ruleId"] for each in results if level in (None, each["level"]))


def check_fixes(folder):
    names = sorted(each.name for each in rules.glob("*.h"))
    for name in names:
        shutil.copy(rules / name, folder)
    found, unparsed = judge(names, folder)
    if unparsed:
        problems.append(f"cannot be parsed: {unparsed}")
    variants = {}
    for name in names:
        for finding in found[name]:
            for number, fix in enumerate(finding.get("fixes", []), 1):
                variant = f"{len(variants)}-{name}"
                text = apply(fix, name, (folder / name).read_text())
                (folder / variant).write_text(text)
                variants[variant] = (name, finding["ruleId"], number, fix["description"]["text"], text)
    after, unparsed = judge(list(variants), folder)
    for variant, (name, rule, number, title, text) in variants.items():
        what = f"{name}: fix {number} of {rule}, '{title}',"
        before = found[name]
        now = after[variant]
        new = set(count(now, "error")) - set(count(before, "error"))
        if variant in unparsed:
            problems.append(f"{what} does not compile: {unparsed[variant]}\n{text}")
        elif count(now)[rule] >= count(before)[rule]:
            problems.append(f"{what} does not resolve it\n{text}")
        elif new and number == 1:
            problems.append(f"{what} leads to {new}\n{text}")
    print(f"{len(names)} headers, {len(variants)} fixes")
    return [name for name in names if any("fixes" in each for each in found[name])]


def check_exported(folder, fixable):
    """clang-apply-replacements, where it is installed, changes every header that has a fix."""
    program = shutil.which("clang-apply-replacements-22")
    if program is None:
        print("clang-apply-replacements-22 is not installed")
        return
    for name in fixable:
        shutil.copy(rules / name, folder)
    run("check", "--export-fixes=fixes.yaml", *fixable, cwd=folder)
    done = subprocess.run([program, str(folder)], capture_output=True, text=True)
    if done.returncode != 0 or done.stderr:
        problems.append(f"clang-apply-replacements: {done.stdout}{done.stderr}")
    for name in fixable:
        if (folder / name).read_text() == (rules / name).read_text():
            problems.append(f"clang-apply-replacements left {name} alone")


def check_rewrite(folder, fixable):
    """farcall rewrite leaves nothing that it could have fixed. Headers that include nothing are enough, and quick."""
    fixable = [name for name in fixable if "#include" not in (rules / name).read_text()]
    for name in fixable:
        shutil.copy(rules / name, folder)
    first = run("rewrite", "--fix", "--quiet", *fixable, cwd=folder)
    second = run("rewrite", "--fix", "--quiet", *fixable, cwd=folder)
    if not first.stderr.startswith("farcall: fixed ") or not second.stderr.startswith("farcall: nothing to fix\n"):
        problems.append(f"farcall rewrite: {first.stderr}{second.stderr}")


with tempfile.TemporaryDirectory() as root:
    folders = [pathlib.Path(root, name) for name in ("each", "exported", "rewritten")]
    for each in folders:
        each.mkdir()
    with_fixes = check_fixes(folders[0])
    check_exported(folders[1], with_fixes)
    check_rewrite(folders[2], with_fixes)
sys.exit("\n".join(problems) or 0)
