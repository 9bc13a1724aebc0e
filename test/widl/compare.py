#!/usr/bin/env python3
"""Compares the asynchronous twins that farcall generates with what widl makes of the same interfaces in IDL.

  compare.py build/release/bin/farcall

Every interface is described once, as a list of methods, and written both as IDL and as an annotated C++ header. widl
prints Begin_m and Finish_m of IDL's [async_uuid] into a C header, farcall those of rpc::async_uuid; the names of the
halves, their order, the names of their parameters and where the result comes back must be the same. Where widl is known
to be wrong, the interface says so, and the test fails as soon as widl is right.
"""

import argparse
import dataclasses
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

WIDL = "x86_64-w64-mingw32-widl"
SKIPPED = 77

# (in IDL, in C++)
TYPES = {"long": ("long", "std::int32_t"), "double": ("double", "double"), "hyper": ("hyper", "std::int64_t"),
         "byte": ("byte", "std::uint8_t"), "bytes": ("byte", "std::vector<std::uint8_t>")}


@dataclasses.dataclass
class Parameter:
    name: str
    way: str  # "in", "out", "inout", or "retval": the C++ result
    type: str = "long"
    size: str = ""  # of bytes: the parameter with their count


@dataclasses.dataclass
class Method:
    name: str
    parameters: list
    result: str = "HRESULT"  # or a type that both halves know, or void
    wire_name: str = ""      # for overloads


@dataclasses.dataclass
class Interface:
    name: str
    methods: list
    base: str = "IUnknown"
    defect: str = ""  # of widl: why its halves differ, as they then have to


def i(name, type="long"):
    return Parameter(name, "in", type)


def o(name, type="long", size=""):
    return Parameter(name, "out", type, size)


def io(name, type="long", size=""):
    return Parameter(name, "inout", type, size)


def ret(name, type="long"):
    return Parameter(name, "retval", type)


INTERFACES = [
    Interface("OneWay", [Method("Set", [i("value")]), Method("Store", [i("key"), i("value", "double")])]),
    Interface("OnlyOut", [Method("Get", [o("value")]), Method("Limits", [o("low", "double"), o("high", "double")])]),
    Interface("BothWays", [Method("Exchange", [io("value")]), Method("Swap", [io("first"), io("second")])]),
    Interface("Mixed", [Method("Adjust", [i("room"), io("low", "double"), o("now", "double"), i("step", "double")])]),
    Interface("OutFirst", [Method("Pull", [o("value", "double"), i("request"), o("returned")]),
                           Method("Seek", [io("where", "hyper"), i("origin"), o("position", "hyper"), i("flags")])]),
    Interface("Nothing", [Method("Reset", []), Method("Pause", []), Method("Resume", [])]),
    Interface("WithResult", [Method("Sum", [i("a"), i("b"), ret("sum")]), Method("Count", [ret("count")])]),
    Interface("ResultAndOut", [Method("Find", [i("key"), o("value", "double"), io("hint"), ret("found")])]),
    Interface("OwnResult", [Method("Share", [], "long"), Method("Notify", [i("what")], "void"),
                            Method("Measure", [i("room"), o("error", "double")], "double")]),
    Interface("InOrder", [Method("C", [i("x")]), Method("A", [o("x")]), Method("B", [io("x")])]),
    Interface("Sized", [Method("Write", [i("size"), Parameter("data", "in", "bytes", "size"), o("written")]),
                        Method("Read", [i("size"), o("data", "bytes", "size"), o("got")])]),
    Interface("SizedBothWays", [Method("Transform", [io("size"), io("data", "bytes", "size"), i("key")])]),
    Interface("Derived", [Method("Stop", [i("reason")])], base="Nothing"),
    Interface("DerivedTwice", [Method("Start", [o("state")])], base="Derived"),
    Interface("Overloaded", [Method("Add", [i("number")]), Method("Add", [i("number", "double")], wire_name="AddDouble")],
              defect="it has no names for overloads, and declares Begin_Add and Finish_Add twice"),
]


def uuid(number):
    return f"6ba7b810-9dad-11d1-80b4-{number:012x}"


def idl_parameter(parameter):
    ways = {"in": "in", "out": "out", "inout": "in, out", "retval": "out, retval"}
    size = f", size_is({parameter.size})" if parameter.size and parameter.way == "in" else ""
    if parameter.size and parameter.way != "in":
        size = f", size_is({'*' if parameter.size_goes_both_ways else ''}{parameter.size})"
    star = "" if parameter.way == "in" and not parameter.size else "*"
    return f"[{ways[parameter.way]}{size}] {TYPES[parameter.type][0]} {star}{parameter.name}"


def idl(interfaces):
    text = 'import "unknwn.idl";\n'
    for number, interface in enumerate(interfaces):
        text += f"\n[object, local, uuid({uuid(2 * number + 1)}), async_uuid({uuid(2 * number + 2)})]\n"
        text += f"interface {interface.name} : {interface.base}\n{{\n"
        for method in interface.methods:
            both_ways = {each.name for each in method.parameters if each.way == "inout"}
            for each in method.parameters:
                each.size_goes_both_ways = each.size in both_ways
            parameters = ", ".join(map(idl_parameter, method.parameters))
            text += f"    {method.result} {method.name}({parameters});\n"
        text += "}\n"
    return text


def cpp_parameter(parameter):
    type = TYPES[parameter.type][1]
    return {"in": type, "inout": type + "&", "out": f"[[rpc::out]] {type}&"}[parameter.way] + " " + parameter.name


def cpp_result(method):
    for parameter in method.parameters:
        if parameter.way == "retval":
            return TYPES[parameter.type][1]
    return TYPES[method.result][1] if method.result in TYPES else "void"


def header(interfaces):
    text = "#pragma once\n#include <cstdint>\n#include <vector>\n"
    for number, interface in enumerate(interfaces):
        base = "" if interface.base == "IUnknown" else f" : public {interface.base}"
        text += f'\nclass [[rpc::uuid("{uuid(2 * number + 1)}"), rpc::async_uuid("{uuid(2 * number + 2)}")]] '
        text += f"{interface.name}{base} {{\n public:\n"
        if not base:
            text += f"  virtual ~{interface.name}() = default;\n"
        for method in interface.methods:
            name = f'[[rpc::name("{method.wire_name}")]] ' if method.wire_name else ""
            parameters = ", ".join(cpp_parameter(each) for each in method.parameters if each.way != "retval")
            text += f"  {name}virtual {cpp_result(method)} {method.name}({parameters}) = 0;\n"
        text += "};\n"
    return text


def run(command, folder):
    done = subprocess.run(command, cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stdout}")


def names_of(parameters):
    """The names in a parameter list that has the types too."""
    return [re.search(r"(\w+)\s*(?:\[\])?$", each.strip())[1] for each in parameters.split(",") if each.strip() not in ("", "void")]


def halves_in(body, pattern):
    """[("Begin_Sum", "", ["a", "b"]), …]: the name, the result and the parameters of each half in the class body."""
    return [(match["name"], match["result"], names_of(match["parameters"])) for match in re.finditer(pattern, body)]


def of_widl(text, name):
    """The C++ form of the twin, which has the methods of this interface alone."""
    body = re.search(rf"\bAsync{name} : public \w+\s*\{{(.*?)\n\}};", text, re.DOTALL)
    if body is None:
        sys.exit(f"widl made no twin of {name}")
    base = re.search(rf"\bAsync{name} : public (\w+)", text)[1]
    pattern = r"virtual (?P<result>[\w ]+?) STDMETHODCALLTYPE (?P<name>(?:Begin|Finish)_\w+)\((?P<parameters>[^)]*)\) = 0;"
    return base, halves_in(body[1], pattern)


def of_farcall(text, name):
    body = re.search(rf"^class Async{name}( : public (\w+))? \{{(.*?)^\}};", text, re.DOTALL | re.MULTILINE)
    if body is None:
        sys.exit(f"farcall made no twin of {name}")
    pattern = r"virtual (?P<result>[\w:<>, ]+?) (?P<name>(?:Begin|Finish)_\w+)\((?P<parameters>[^)]*)\)(?: const)? = 0;"
    halves = halves_in(body[3].replace("::rpc::Pending)", ")").replace("::rpc::Pending, ", ""), pattern)
    return body[2] or "IUnknown", halves


def in_common(interface, halves, is_widl):
    """The halves without what the two languages say differently: a retval is the result in C++, and HRESULT is nothing."""
    made = []
    retvals = {method.name: [each.name for each in method.parameters if each.way == "retval"] for method in interface.methods}
    for name, result, parameters in halves:
        half, _, method = name.partition("_")
        retval = retvals.get(method, [])
        if is_widl:
            has_result = half == "Finish" and result not in ("HRESULT", "void")
            if retval and half == "Finish":
                has_result = retval[0] in parameters
                parameters = [each for each in parameters if each != retval[0]]
        else:
            has_result = half == "Finish" and result != "void"
        made.append((name, parameters, has_result))
    return made


def compare(interface, widl, farcall):
    base, halves = of_widl(widl, interface.name)
    own_base, own_halves = of_farcall(farcall, interface.name)
    expected = in_common(interface, halves, True)
    made = in_common(interface, own_halves, False)
    same = (base, expected) == (own_base, made)
    if same == bool(interface.defect):
        sys.exit(f"{interface.name}: " + (f"widl is said to differ, as {interface.defect}, but does not" if same else
                 f"widl has Async{interface.name} : {base} {expected}\nfarcall has Async{interface.name} : {own_base} {made}"))
    print(f"{interface.name}: {len(made)} halves" + (f"; not as widl, since {interface.defect}" if interface.defect else ""))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("farcall", type=pathlib.Path, help="the tool")
    options = parser.parse_args()
    if shutil.which(WIDL) is None:
        print(f"skipped: there is no {WIDL}; Debian has it in mingw-w64-tools, which ./dev deps installs")
        sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        path.joinpath("unknwn.idl").write_text(UNKNOWN)
        path.joinpath("twins.idl").write_text(idl(INTERFACES))
        path.joinpath("twins.h").write_text(header(INTERFACES))
        run([WIDL, "-h", "-o", "widl.h", "twins.idl"], folder)
        run([os.path.abspath(options.farcall), "generate", "twins.h", "--", "-std=c++20"], folder)
        widl = path.joinpath("widl.h").read_text()
        farcall = path.joinpath("twins.rpc.h").read_text()
        for interface in INTERFACES:
            compare(interface, widl, farcall)


# The root of all interfaces, as far as widl wants to know it: the real one comes with headers that nothing else needs.
UNKNOWN = """
typedef long HRESULT;

[object, local, uuid(00000000-0000-0000-C000-000000000046)]
interface IUnknown
{
}
"""

main()
