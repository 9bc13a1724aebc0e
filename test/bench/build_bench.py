#!/usr/bin/env python3
"""From nothing to a linked client and server: a service of 50 methods and 50 structs, by Farcall and by others.

  build_bench.py --farcall build/bench/bin/farcall --include lib/runtime/include [--rounds 3] [NAME…]

For each library the benchmark writes the interface in its language, a server that implements all methods, a client that
calls all of them, and a build.ninja; then `ninja -j1` builds them, and builds them again after one method has changed.
Seconds of CPU, children included, and of the clock; of several rounds, in which all take turns, the least. The ratios are
to the first line. What is not installed is left out (./dev deps bench installs it).
"""
import argparse
import os
import pathlib
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time

STRUCTS, METHODS, CHANGED = 50, 50, 7
KINDS = ["bool", "i32", "i64", "double", "string", "list i32", "list double", "list string"]
NAMES = {
    "farcall": {"bool": "bool", "i32": "std::int32_t", "i64": "std::int64_t", "double": "double", "string": "std::string",
                "list": "std::vector<{}>"},
    "proto": {"bool": "bool", "i32": "int32", "i64": "int64", "double": "double", "string": "string", "list": "repeated {}"},
    "capnp": {"bool": "Bool", "i32": "Int32", "i64": "Int64", "double": "Float64", "string": "Text", "list": "List({})"},
    "thrift": {"bool": "bool", "i32": "i32", "i64": "i64", "double": "double", "string": "string", "list": "list<{}>"},
}


def spelled(kind, language):
    names = NAMES[language]
    if kind.startswith("list "):
        return names["list"].format(spelled(kind[5:], language))
    return names.get(kind, kind)


def structs():
    """The fields of each as (name, kind): seven or eight of a mix, some of an earlier struct."""
    source = random.Random(3)
    for i in range(STRUCTS):
        kinds = source.sample(KINDS, 7 if i % 2 else 8)
        if i % 3 == 2:
            earlier = f"Record{source.randrange(i)}"
            kinds[source.randrange(len(kinds))] = source.choice([earlier, "list " + earlier])
        yield f"Record{i}", [(f"{'abcdefgh'[j]}{i}", kind) for j, kind in enumerate(kinds)]


def methods(changed):
    """Each as (name, struct of the parameter, kind of the number, struct of the result)."""
    for i in range(METHODS):
        number = "i64" if changed and i == CHANGED else "i32"
        yield f"method{i}", f"Record{i % STRUCTS}", number, f"Record{(i * 7 + 3) % STRUCTS}"


def farcall_files(changed):
    header = "#pragma once\n#include <cstdint>\n#include <string>\n#include <vector>\nnamespace bench {\n"
    for name, fields in structs():
        header += f"struct {name} {{\n" + "".join(f"  {spelled(kind, 'farcall')} {field}{{}};\n" for field, kind in fields) + "};\n"
    header += "class [[rpc::interface]] Big {\n public:\n  virtual ~Big() = default;\n"
    server = '#include <rpc/rpc.h>\n#include "big.rpc.h"\nclass Handler : public bench::Big {\n public:\n'
    client = ('#include <rpc/rpc.h>\n#include "big.rpc.h"\nint main(int, char** arguments) {\n'
              "  bench::BigClient big(rpc::connect(arguments[1]));\n")
    for name, record, number, result in methods(changed):
        signature = f"{name}(const {{}}{record}& record, {spelled(number, 'farcall')} number)"
        header += f"  virtual {result} {signature.format('')} = 0;\n"
        server += (f"  bench::{result} {name}(const bench::{record}&, {spelled(number, 'farcall')}) override {{ return {{}}; }}\n")
        client += f"  big.{name}(bench::{record}(), 1);\n"
    server += ("};\nint main(int, char** arguments) {\n  rpc::Server server;\n  server.serve<bench::Big>(std::make_shared<Handler>());\n"
               "  server.listen(arguments[1]);\n  server.run();\n}\n")
    return {"big.h": header + "};\n}\n", "server.cpp": server, "client.cpp": client + "}\n",
            "stubs.cpp": '#include "big.rpc.cpp"\n'}


def grpc_files(changed):
    proto = 'syntax = "proto3";\npackage bench;\n'
    for name, fields in structs():
        proto += f"message {name} {{\n" + "".join(
            f"  {spelled(kind, 'proto')} {field} = {i + 1};\n" for i, (field, kind) in enumerate(fields)) + "}\n"
    service = "service Big {\n"
    server = '#include <grpcpp/grpcpp.h>\n#include "big.grpc.pb.h"\nclass Handler final : public bench::Big::Service {\n'
    client = ('#include <grpcpp/grpcpp.h>\n#include "big.grpc.pb.h"\nint main(int, char** arguments) {\n  auto big = '
              "bench::Big::NewStub(grpc::CreateChannel(arguments[1], grpc::InsecureChannelCredentials()));\n")
    for name, record, number, result in methods(changed):
        proto += f"message {name.title()} {{ {record} record = 1; {spelled(number, 'proto')} number = 2; }}\n"
        service += f"  rpc {name}({name.title()}) returns ({result});\n"
        server += (f"  grpc::Status {name}(grpc::ServerContext*, const bench::{name.title()}*, bench::{result}*) override {{ "
                   "return grpc::Status::OK; }\n")
        client += (f"  {{ grpc::ClientContext context; bench::{name.title()} request; request.mutable_record(); "
                   f"request.set_number(1); bench::{result} result; big->{name}(&context, request, &result); }}\n")
    server += ("};\nint main(int, char** arguments) {\n  Handler handler;\n  grpc::ServerBuilder builder;\n"
               "  builder.AddListeningPort(arguments[1], grpc::InsecureServerCredentials());\n"
               "  builder.RegisterService(&handler);\n  builder.BuildAndStart()->Wait();\n}\n")
    return {"big.proto": proto + service + "}\n", "server.cpp": server, "client.cpp": client + "}\n"}


def capnp_files(changed):
    schema = '@0xd3f1a0b2c4e59687;\nusing Cxx = import "/capnp/c++.capnp";\n$Cxx.namespace("bench");\n'
    for name, fields in structs():
        schema += f"struct {name} {{\n" + "".join(
            f"  {field} @{i} :{spelled(kind, 'capnp')};\n" for i, (field, kind) in enumerate(fields)) + "}\n"
    schema += "interface Big {\n"
    server = '#include <capnp/ez-rpc.h>\n#include "big.capnp.h"\nclass Handler final : public bench::Big::Server {\n public:\n'
    client = ('#include <capnp/ez-rpc.h>\n#include "big.capnp.h"\nint main(int, char** arguments) {\n'
              "  capnp::EzRpcClient client(arguments[1]);\n  bench::Big::Client big = client.getMain<bench::Big>();\n")
    for i, (name, record, number, result) in enumerate(methods(changed)):
        schema += f"  {name} @{i} (record :{record}, number :{spelled(number, 'capnp')}) -> (result :{result});\n"
        server += (f"  kj::Promise<void> {name}({name.title()}Context context) override {{ context.getResults().initResult(); "
                   "return kj::READY_NOW; }\n")
        client += (f"  {{ auto request = big.{name}Request(); request.initRecord(); request.setNumber(1); "
                   "request.send().wait(client.getWaitScope()); }\n")
    server += ("};\nint main(int, char** arguments) {\n  capnp::EzRpcServer server(kj::heap<Handler>(), arguments[1]);\n"
               "  kj::NEVER_DONE.wait(server.getWaitScope());\n}\n")
    return {"big.capnp": schema + "}\n", "server.cpp": server, "client.cpp": client + "}\n"}


def thrift_files(changed):
    idl = "namespace cpp bench\n"
    for name, fields in structs():
        idl += f"struct {name} {{\n" + "".join(
            f"  {i + 1}: {spelled(kind, 'thrift')} {field}\n" for i, (field, kind) in enumerate(fields)) + "}\n"
    idl += "service Big {\n"
    server = ('#include <thrift/protocol/TBinaryProtocol.h>\n#include <thrift/server/TThreadedServer.h>\n'
              '#include <thrift/transport/TBufferTransports.h>\n#include <thrift/transport/TServerSocket.h>\n#include "Big.h"\n'
              "using namespace apache::thrift;\nclass Handler : public bench::BigIf {\n public:\n")
    client = ('#include <thrift/protocol/TBinaryProtocol.h>\n#include <thrift/transport/TBufferTransports.h>\n'
              '#include <thrift/transport/TSocket.h>\n#include "Big.h"\nusing namespace apache::thrift;\n'
              "int main(int, char** arguments) {\n  auto socket = std::make_shared<transport::TSocket>(arguments[1]);\n"
              "  auto buffer = std::make_shared<transport::TBufferedTransport>(socket);\n"
              "  bench::BigClient big(std::make_shared<protocol::TBinaryProtocol>(buffer));\n  buffer->open();\n")
    for name, record, number, result in methods(changed):
        idl += f"  {result} {name}(1: {record} record, 2: {spelled(number, 'thrift')} number)\n"
        width = {"i32": "int32_t", "i64": "int64_t"}[number]
        server += f"  void {name}(bench::{result}&, const bench::{record}&, {width}) override {{}}\n"
        client += f"  {{ bench::{result} result; big.{name}(result, bench::{record}(), 1); }}\n"
    server += ("};\nint main(int, char** arguments) {\n"
               "  server::TThreadedServer(std::make_shared<bench::BigProcessor>(std::make_shared<Handler>()),\n"
               "                          std::make_shared<transport::TServerSocket>(arguments[1]),\n"
               "                          std::make_shared<transport::TBufferedTransportFactory>(),\n"
               "                          std::make_shared<protocol::TBinaryProtocolFactory>()).serve();\n}\n")
    return {"big.thrift": idl + "}\n", "server.cpp": server, "client.cpp": client + "}\n"}


class Library:
    """How one of them is built: `generate` makes `made`, whose sources are compiled along with client and server."""

    def __init__(self, files, *, compiler="g++", flags="", libraries="", interface="", generate="", made=(), sources=()):
        self.files, self.interface, self.generate, self.made, self.sources = files, interface, generate, made, sources
        self.compile = f"{compiler} -std=c++20 -O2 -w -I. {flags} -MMD -MF $out.d -c $in -o $out"
        self.link = f"{compiler} -o $out $in {libraries}"

    def ninja(self):
        text = (f"rule cxx\n  command = {self.compile}\n  depfile = $out.d\n  deps = gcc\n"
                f"rule link\n  command = {self.link}\n")
        if self.generate:
            text += (f"rule generate\n  command = {self.generate}\n  restat = 1\n"
                     f"build {' '.join(self.made)}: generate {self.interface}\n")
        objects = [source + ".o" for source in self.sources]
        for source in (*self.sources, "server.cpp", "client.cpp"):
            text += f"build {source}.o: cxx {source}" + (f" || {' '.join(self.made)}" if self.made else "") + "\n"
        for program in ("server", "client"):
            text += f"build {program}: link {program}.cpp.o {' '.join(objects)}\n"
        return text

    def write(self, folder, changed):
        for name, text in {**self.files(changed), "build.ninja": self.ninja()}.items():
            path = folder / name
            if not path.exists() or path.read_text() != text:
                path.write_text(text)


def linked(*packages):
    """What the linker is told; nothing where the packages are not installed."""
    return subprocess.run(["pkg-config", "--libs", *packages], capture_output=True, text=True).stdout.strip()


def libraries_from(options):
    farcall = pathlib.Path(options.farcall).resolve()
    lib = farcall.parent.parent / "lib"
    runtime = {"libraries": f"{lib}/libfarcall_runtime.a -lsqlite3 -pthread"}
    include = f"-I{pathlib.Path(options.include).resolve()}"
    found = {
        "Farcall, plugin": Library(farcall_files, compiler="clang++-22", flags=f"{include} -fplugin={lib}/FarcallPlugin.so",
                                   sources=["stubs.cpp"], **runtime),
        "Farcall, rule": Library(farcall_files, flags=include, interface="big.h", made=["big.rpc.h", "big.rpc.cpp"],
                                 generate=f"{farcall} generate big.h -- -std=c++20", sources=["big.rpc.cpp"], **runtime),
        "gRPC": Library(grpc_files, libraries=linked("grpc++", "protobuf"), interface="big.proto",
                        made=["big.pb.cc", "big.pb.h", "big.grpc.pb.cc", "big.grpc.pb.h"],
                        generate="protoc --cpp_out=. --grpc_out=. --plugin=protoc-gen-grpc=/usr/bin/grpc_cpp_plugin big.proto",
                        sources=["big.pb.cc", "big.grpc.pb.cc"]),
        "Cap'n Proto": Library(capnp_files, libraries=linked("capnp-rpc"), interface="big.capnp",
                               made=["big.capnp.c++", "big.capnp.h"], generate="capnp compile -oc++ big.capnp",
                               sources=["big.capnp.c++"]),
        "Thrift": Library(thrift_files, libraries=linked("thrift"), interface="big.thrift",
                          made=["Big.cpp", "Big.h", "big_types.cpp", "big_types.h"],
                          generate="thrift --gen cpp:no_skeleton -out . big.thrift", sources=["Big.cpp", "big_types.cpp"]),
    }
    tools = {"gRPC": "grpc_cpp_plugin", "Cap'n Proto": "capnp", "Thrift": "thrift"}
    for name, tool in tools.items():
        if not shutil.which(tool):
            print(f"{name} is left out: there is no {tool}; ./dev deps bench installs it")
            del found[name]
    wanted = [name.lower() for name in options.names]
    return {name: each for name, each in found.items() if not wanted or any(part in name.lower() for part in wanted)}


def build(folder):
    """Seconds of CPU and of the clock."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(["ninja", "-j1"], cwd=folder, capture_output=True, text=True,
                          env=dict(os.environ, XDG_CACHE_HOME=str(folder)))
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.monotonic() - began


def measure(library):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        library.write(folder, changed=False)
        first = build(folder)
        time.sleep(0.01)  # later than what was made, for a clock of that step
        library.write(folder, changed=True)
        return *first, *build(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--farcall", required=True, help="the tool; plugin and runtime are in ../lib beside it")
    parser.add_argument("--include", required=True, help="the runtime's include folder")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("names", nargs="*", help="only these")
    options = parser.parse_args()
    libraries = libraries_from(options)
    best = {name: (float("inf"),) * 4 for name in libraries}
    for _ in range(options.rounds):
        for name, library in libraries.items():
            best[name] = tuple(map(min, best[name], measure(library)))
    print(f"{'':<18}{'from nothing':>32}{'one method changed':>32}")
    base = next(iter(best.values()))
    for name, (cpu, wall, cpu_again, wall_again) in best.items():
        print(f"{name:<18}{cpu:8.2f} s CPU {wall:6.2f} s {cpu / base[0]:6.2f} x"
              f"{cpu_again:10.2f} s CPU {wall_again:6.2f} s {cpu_again / base[2]:6.2f} x")
    farcall = [each for name, each in best.items() if name.startswith("Farcall")]
    others = [each for name, each in best.items() if not name.startswith("Farcall")]
    is_fastest = all(own[i] < other[i] for own in farcall for other in others for i in (0, 2))
    print("Farcall is the fastest of all, either way" if is_fastest else "Farcall is NOT the fastest of all")
    sys.exit(0 if is_fastest else 1)


if __name__ == "__main__":
    main()
