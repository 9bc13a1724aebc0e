#!/usr/bin/env python3
"""The compiler plugin, as users meet it: each case is a folder of its own with a header, sources and a compiler.

  plugin_test.py --clang clang++-22 --plugin FarcallPlugin.so --farcall farcall --include lib/runtime/include [CASE…]
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

HEADER = """#pragma once
#include <string>
namespace home {
class [[rpc::interface]] Lamp {
 public:
  virtual ~Lamp() = default;
  virtual bool set(std::string room, int level) = 0;
  [[rpc::async]] virtual int level(std::string room) = 0;
};
}  // namespace home
"""
USE = "bool use(home::LampClient& lamp) { return lamp.set(\"hall\", 3); }\n"
STUBS = ("lamp.rpc.h", "lamp.rpc.cpp")
options = argparse.Namespace()


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="farcall-plugin-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.write("lamp.h", HEADER)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def read(self, name):
        return (self.folder / name).read_text()

    def exists(self, *names):
        return all((self.folder / name).exists() for name in names)

    @staticmethod
    def command(source, *flags, plugin_arguments=()):
        return [options.clang, "-std=c++20", "-fplugin=" + options.plugin,
                *("-fplugin-arg-farcall-" + each for each in plugin_arguments), "-I", options.include,
                *(flags or ["-fsyntax-only"]), source]

    def compile(self, source, *flags, plugin_arguments=(), fails=False):
        done = subprocess.run(self.command(source, *flags, plugin_arguments=plugin_arguments), cwd=self.folder,
                              capture_output=True, text=True)
        if fails:
            self.assertNotEqual(done.returncode, 0, "it compiles")
        else:
            self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout + done.stderr

    def expect_what_generate_makes(self, header="lamp.h", *flags):
        done = subprocess.run([options.farcall, "generate", "--check", *flags, header, "--", "-std=c++20"],
                              cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


class FirstBuild(Case):
    def test_of_header_and_stubs(self):
        self.write("server.cpp", '#include "lamp.h"\n#include "lamp.rpc.h"\n' + USE)
        self.compile("server.cpp")
        self.expect_what_generate_makes()

    def test_of_the_stubs_alone(self):
        self.write("server.cpp", '#include "lamp.rpc.h"\n#include "lamp.rpc.h"\n' + USE)
        self.compile("server.cpp")
        self.expect_what_generate_makes()

    def test_of_the_definitions(self):
        self.write("stubs.cpp", '#include "lamp.rpc.cpp"\n')
        self.compile("stubs.cpp", "-c", "-o", "stubs.o")
        symbols = subprocess.run(["nm", "-C", "stubs.o"], cwd=self.folder, capture_output=True, text=True).stdout
        self.assertIn("T home::LampClient::set", symbols)

    def test_in_other_folders(self):
        self.write("inc/far/lamp.h", HEADER)
        os.remove(self.folder / "lamp.h")
        self.write("src/a.cpp", '#include "../inc/far/lamp.rpc.h"\n' + USE)
        self.write("src/b.cpp", '#include <far/lamp.rpc.h>\n' + USE)
        self.write("src/c.cpp", '#include "far/lamp.h"\n#include "far/lamp.rpc.h"\n' + USE)
        for source, flags in (("src/a.cpp", ()), ("src/b.cpp", ("-Iinc",)), ("src/c.cpp", ("-iquote", "inc"))):
            with self.subTest(source):
                self.compile(source, "-fsyntax-only", *flags)
                self.expect_what_generate_makes("inc/far/lamp.h")
                for stub in STUBS:
                    os.remove(self.folder / "inc/far" / stub)

    def test_by_several_compilers_at_once(self):
        names = [f"use{number}.cpp" for number in range(4)]
        for name in names:
            self.write(name, '#include "lamp.rpc.h"\n' + USE)
        running = [subprocess.Popen(self.command(name), cwd=self.folder, stderr=subprocess.PIPE) for name in names]
        for each in running:
            self.assertEqual((each.communicate()[1], each.returncode), (b"", 0))
        self.expect_what_generate_makes()

    def test_through_another_header(self):
        self.write("house.h", '#pragma once\n#include "lamp.h"\n#include "lamp.rpc.h"\n')
        self.write("server.cpp", '#include "house.h"\n#include "lamp.h"\n#include "lamp.rpc.h"\n' + USE)
        self.compile("server.cpp")
        self.expect_what_generate_makes()

    def test_by_a_module(self):
        self.write("home.cppm", 'module;\n#include "lamp.rpc.h"\nexport module home;\nexport using home::LampClient;\n')
        self.write("main.cpp", "import home;\nvoid use(LampClient*) {}\n")
        self.compile("home.cppm", "--precompile", "-o", "home.pcm")
        self.compile("main.cpp", "-fsyntax-only", "-fmodule-file=home=home.pcm")
        self.expect_what_generate_makes()

    def test_of_a_module_that_has_the_class_itself(self):
        self.write("home.cppm", "module;\n#include <string>\nexport module home;\nexport " + HEADER.split("\n", 2)[2])
        os.remove(self.folder / "lamp.h")
        self.compile("home.cppm", "--precompile", "-o", "home.pcm")
        self.assertIn("#include <string>\n\nimport home;\n", self.read("home.rpc.h"))
        imported = ("-fmodule-file=home=home.pcm", "-c", "-o", "use.o")
        for includes in ('import home;\n#include "home.rpc.h"\n', '#include "home.rpc.h"\n', '#include "home.rpc.cpp"\n'):
            with self.subTest(includes):
                self.write("use.cpp", includes + USE)
                self.compile("use.cpp", *imported)
        subprocess.run([options.clang, *self.command("", "-x", "c++-module")[1:-1], "-fsyntax-only", "home.cppm"], cwd=self.folder,
                       check=True)
        self.compile("home.cppm", "--precompile", "-o", "home.pcm", plugin_arguments=["out=gen"])
        self.assertEqual(self.read("home.rpc.cpp"), self.read("gen/home.rpc.cpp"))

    def test_of_a_module_whose_class_cannot_be_imported(self):
        self.write("home.cppm", "module;\n#include <string>\nexport module home;\n" + HEADER.split("\n", 2)[2])
        told = self.compile("home.cppm", "--precompile", "-o", "home.pcm", fails=True)
        self.assertRegex(told, r"home\.cppm:5:26: error: 'Lamp' is remote but not exported, so that its stubs cannot")
        self.assertFalse(self.exists("home.rpc.h"))

    def test_of_a_header_without_interfaces_does_nothing(self):
        self.write("plain.h", "#pragma once\nstruct Plain {};\n")
        self.write("server.cpp", '#include "plain.h"\n#include "lamp.h"\n')
        self.compile("server.cpp")
        self.assertEqual(sorted(os.listdir(self.folder)), ["lamp.h", "plain.h", "server.cpp"])


class LaterBuilds(Case):
    def setUp(self):
        super().setUp()
        self.write("server.cpp", '#include "lamp.rpc.h"\n' + USE)
        self.compile("server.cpp")

    def test_see_a_changed_header(self):
        self.write("lamp.h", HEADER.replace("  virtual bool set", "  virtual void off() = 0;\n  virtual bool set"))
        self.write("server.cpp", '#include "lamp.rpc.h"\nvoid use(home::LampClient& lamp) { lamp.off(); }\n')
        self.compile("server.cpp")
        self.expect_what_generate_makes()

    def test_leave_unchanged_files_alone(self):
        before = [os.stat(self.folder / stub).st_mtime_ns for stub in STUBS]
        self.compile("server.cpp")
        self.assertEqual(before, [os.stat(self.folder / stub).st_mtime_ns for stub in STUBS])

    def test_bring_back_what_was_deleted(self):
        for stub in STUBS:
            os.remove(self.folder / stub)
        self.compile("server.cpp")
        self.expect_what_generate_makes()

    def test_of_stale_definitions_ask_to_be_repeated(self):
        self.write("lamp.rpc.cpp", '#include "lamp.rpc.h"\n')
        told = self.compile("lamp.rpc.cpp", fails=True)
        self.assertIn("was not up to date and has been written anew: compile it again", told)
        self.compile("lamp.rpc.cpp")


class PrecompiledHeaders(Case):
    def test_with_the_header_inside(self):
        self.write("pch.h", '#include "lamp.h"\n')
        self.write("server.cpp", '#include "lamp.h"\n#include "lamp.rpc.h"\n' + USE)
        self.compile("pch.h", "-x", "c++-header", "-o", "pch.h.pch")
        self.assertFalse(self.exists(STUBS[0]))
        self.compile("server.cpp", "-fsyntax-only", "-include-pch", "pch.h.pch")
        self.expect_what_generate_makes()

    def test_with_the_stubs_inside(self):
        self.write("pch.h", '#include "lamp.rpc.h"\n')
        self.write("server.cpp", '#include "lamp.rpc.h"\n' + USE)
        self.compile("pch.h", "-x", "c++-header", "-o", "pch.h.pch")
        self.compile("server.cpp", "-fsyntax-only", "-include-pch", "pch.h.pch")
        self.expect_what_generate_makes()

    def test_with_an_output_folder(self):
        self.write("pch.h", '#include "lamp.rpc.h"\n')
        self.write("server.cpp", '#include "lamp.rpc.h"\n' + USE)
        self.compile("pch.h", "-x", "c++-header", "-o", "pch.h.pch", plugin_arguments=["out=gen"])
        self.compile("server.cpp", "-fsyntax-only", "-include-pch", "pch.h.pch", plugin_arguments=["out=gen"])
        self.expect_what_generate_makes("lamp.h", "--out-dir=gen")


class WrongHeaders(Case):
    def test_fail_the_compilation_where_they_are_wrong(self):
        self.write("lamp.h", HEADER.replace("int level(std::string room)", "int* level(std::string room)"))
        self.write("server.cpp", '#include "lamp.rpc.h"\n' + USE)
        told = self.compile("server.cpp", fails=True)
        self.assertRegex(told, r"lamp\.h:8:\d+: error: 'int\*' is a raw pointer.*\[raw-pointer\]")
        self.assertNotIn("LampClient", told)
        self.assertFalse(self.exists(STUBS[0]))

    def test_that_do_not_compile_are_clangs(self):
        self.write("lamp.h", HEADER.replace("std::string room, int", "std::strin room, int"))
        self.write("server.cpp", '#include "lamp.rpc.h"\n')
        told = self.compile("server.cpp", fails=True)
        self.assertIn("no type named 'strin' in namespace 'std'", told)
        self.assertFalse(self.exists(STUBS[0]))

    def test_that_include_their_own_stubs(self):
        self.write("lamp.h", HEADER.replace("namespace home {", '#include "lamp.rpc.h"\nnamespace home {', 1))
        self.write("server.cpp", '#include "lamp.h"\n')
        self.assertIn("'lamp.h' includes 'lamp.rpc.h' while it is being read", self.compile("server.cpp", fails=True))

    def test_raise_warnings_that_can_be_turned_off(self):
        self.write("lamp.h", HEADER.replace("int level)", "long level)"))
        self.write("server.cpp", '#include "lamp.rpc.h"\n')
        self.assertIn("[platform-type]", self.compile("server.cpp"))
        self.assertEqual(self.compile("server.cpp", plugin_arguments=["Wno-platform-type"]), "")
        self.compile("server.cpp", plugin_arguments=["Werror=platform-type"], fails=True)


class Output(Case):
    def test_is_the_same_whoever_else_is_in_the_translation_unit(self):
        self.write("other.h", "#pragma once\nnamespace home { struct room {}; struct level {}; struct call {}; }\n")
        self.write("server.cpp", '#include "other.h"\n#include "lamp.h"\n#include "lamp.rpc.h"\n')
        self.compile("server.cpp")
        self.expect_what_generate_makes()

    def test_goes_to_a_folder_of_its_own(self):
        self.write("include/torch.h", HEADER.replace("Lamp", "Torch"))
        self.write("server.cpp", '#include "lamp.rpc.h"\n#include "torch.rpc.h"\n' + USE)
        self.compile("server.cpp", "-fsyntax-only", "-Iinclude", plugin_arguments=["out=gen"])
        self.assertFalse(self.exists(STUBS[0]) or self.exists("include/torch.rpc.h"))
        self.expect_what_generate_makes("lamp.h", "--out-dir=gen")
        self.expect_what_generate_makes("include/torch.h", "--out-dir=gen")

    def test_may_be_more_than_code(self):
        self.write("server.cpp", '#include "lamp.rpc.h"\n')
        self.compile("server.cpp", plugin_arguments=["emit=cpp,json,proto,mock"])
        self.assertTrue(self.exists(*STUBS, "lamp.rpc.mock.h", "lamp.proto", "lamp.rpc.json"))

    def test_can_be_compared_instead(self):
        self.write("server.cpp", '#include "lamp.h"\n#include "lamp.rpc.h"\n')
        self.compile("server.cpp")
        self.compile("server.cpp", plugin_arguments=["check"])
        self.write("lamp.rpc.h", self.read("lamp.rpc.h") + "// more\n")
        told = self.compile("server.cpp", plugin_arguments=["check"], fails=True)
        self.assertIn("'lamp.rpc.h' is not up to date; run: farcall generate lamp.h", told)
        self.assertIn("// more", self.read("lamp.rpc.h"))

    def test_follows_the_frozen_contract(self):
        subprocess.run([options.farcall, "generate", "--freeze", "lamp.h", "--", "-std=c++20"], cwd=self.folder, check=True)
        self.write("lamp.h", HEADER.replace("bool set(std::string room, int level)", "bool set(std::string room, double level)"))
        self.write("server.cpp", '#include "lamp.rpc.h"\n')
        self.assertIn("[breaking-change]", self.compile("server.cpp", fails=True))

    def test_depends_on_the_frozen_contract(self):
        self.write("server.cpp", '#include "lamp.rpc.h"\n')
        depfile = ("-c", "-o", "server.o", "-MMD", "-MP", "-MF", "server.d")
        self.compile("server.cpp", *depfile)
        self.assertNotIn("lamp.rpc.json", self.read("server.d"))
        self.compile("server.cpp", plugin_arguments=["emit=cpp,json"])
        self.compile("server.cpp", *depfile)
        self.assertIn(" lamp.rpc.json", self.read("server.d"))

    def test_is_not_written_by_a_compiler_that_only_has_the_plugin_preloaded(self):
        self.write("server.cpp", '#include "lamp.h"\n#if __has_include("lamp.rpc.h")\n#error written\n#endif\n')
        preloaded = " ".join([os.environ.get("LD_PRELOAD", ""), options.plugin])
        done = subprocess.run([options.clang, "-std=c++20", "-fsyntax-only", "-Werror", "server.cpp"], cwd=self.folder,
                              env=dict(os.environ, LD_PRELOAD=preloaded), capture_output=True, text=True)
        self.assertEqual((done.stderr, done.returncode), ("", 0))

    def test_is_shown(self):
        self.write("server.cpp", '#include "lamp.rpc.h"\n')
        self.assertIn("home::Lamp", self.compile("server.cpp", plugin_arguments=["print-contract"]))


class Arguments(Case):
    def test_that_are_wrong_list_the_right_ones(self):
        self.write("server.cpp", '#include "lamp.rpc.h"\n')
        told = self.compile("server.cpp", plugin_arguments=["outt=gen"], fails=True)
        self.assertIn("farcall: 'outt=gen' is no argument of the plugin; there are: out=<folder>, check, emit=", told)
        self.assertIn("emit= knows cpp, json, proto and mock", self.compile("server.cpp", plugin_arguments=["emit=java"], fails=True))
        self.assertIn("maybe-result", self.compile("server.cpp", plugin_arguments=["Wno-maybe-resul"], fails=True))


class Versions(Case):
    def test_that_are_not_the_plugins_say_so(self):
        if not options.other:
            self.skipTest("there is no other clang")
        self.write("server.cpp", '#include "lamp.rpc.h"\n')
        done = subprocess.run([options.other, *self.command("server.cpp")[1:]], cwd=self.folder, capture_output=True, text=True)
        self.assertNotEqual(done.returncode, 0)
        self.assertRegex(done.stderr, r"farcall: error: this plugin was built for clang \d+, and the compiler is .*clang version")


class BuildSystems(Case):
    """A rule for server.o alone, with the dependency file the compiler writes."""

    def setUp(self):
        super().setUp()
        self.write("server.cpp", '#include "lamp.rpc.h"\n' + USE)
        command = " ".join(self.command("server.cpp", "-MMD", "-MP", "-MF", "server.d", "-c", "-o", "server.o"))
        self.write("build.ninja", f"rule cxx\n  command = {command}\n  depfile = server.d\n  deps = gcc\n"
                                  "build server.o: cxx server.cpp\n")
        self.write("Makefile", f"server.o: server.cpp\n\t{command}\n-include server.d\n")

    def run_tool(self, *tool):
        done = subprocess.run(tool, cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return "server.cpp" in done.stdout

    def expect_just_what_is_needed(self, *tool):
        self.assertTrue(self.run_tool(*tool), "the first time")
        self.assertFalse(self.run_tool(*tool), "nothing changed")
        later = os.stat(self.folder / "server.o").st_mtime + 1
        self.write("lamp.h", HEADER.replace("int level)", "double level)"))
        os.utime(self.folder / "lamp.h", (later, later))
        self.assertTrue(self.run_tool(*tool), "the header changed")
        self.expect_what_generate_makes()
        os.utime(self.folder / "server.o", (later + 1, later + 1))
        os.remove(self.folder / "lamp.rpc.h")
        self.assertTrue(self.run_tool(*tool), "a stub is gone")
        self.expect_what_generate_makes()

    def test_ninja(self):
        self.expect_just_what_is_needed("ninja", "-v")

    def test_make(self):
        self.expect_just_what_is_needed("make")

    def write_project(self, more=""):
        self.write("CMakeLists.txt", f"""cmake_minimum_required(VERSION 3.25)
            project(lamp LANGUAGES CXX)
            set(CMAKE_CXX_STANDARD 20)
            include({options.include}/../../cmake/FarcallGenerate.cmake)
            add_library(runtime INTERFACE)
            target_include_directories(runtime INTERFACE {options.include})
            add_library(Farcall::runtime ALIAS runtime)
            add_library(lamp OBJECT server.cpp)
            target_compile_options(lamp PRIVATE -Wall -Wextra -Werror)
            farcall_plugin(lamp OUT_DIR gen EXTRA_ARGS Wno-platform-type)
            {more}
            """)

    def test_cmake(self):
        self.write_project()
        for compiler in (options.clang, "g++"):  # the second one takes what the first one made
            with self.subTest(compiler):
                build = "build-" + os.path.basename(compiler)
                configure = ["cmake", "-G", "Ninja", "-S", ".", "-B", build, "-DCMAKE_CXX_COMPILER=" + compiler,
                             "-DFarcall_PLUGIN=" + options.plugin]
                for command in (configure, ["cmake", "--build", build]):
                    done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True)
                    self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                self.expect_what_generate_makes("lamp.h", "--out-dir=gen")

    def use_ccache(self):
        if not shutil.which("ccache"):
            self.skipTest("there is no ccache")
        os.environ["CCACHE_DIR"] = str(self.folder / "cache")
        self.addCleanup(os.environ.pop, "CCACHE_DIR")

    def test_cmake_with_a_precompiled_header(self):
        self.write("lamp.h", HEADER.replace("  virtual", "  /// What it is.\n  virtual"))
        self.write_project("target_precompile_headers(lamp PRIVATE lamp.h)")
        self.run_tool("cmake", "-G", "Ninja", "-S", ".", "-B", "build", "-DCMAKE_CXX_COMPILER=" + options.clang,
                      "-DFarcall_PLUGIN=" + options.plugin)
        self.run_tool("cmake", "--build", "build")
        self.expect_what_generate_makes("lamp.h", "--out-dir=gen")

    def test_cmake_with_ccache_sees_the_contract(self):
        self.use_ccache()
        self.write_project()
        self.run_tool(options.farcall, "generate", "--out-dir=gen", "--emit=cpp,json", "lamp.h", "--", "-std=c++20")
        contract = (self.folder / "gen/lamp.rpc.json").read_text()
        self.run_tool("cmake", "-G", "Ninja", "-S", ".", "-B", "build", "-DCMAKE_CXX_COMPILER=" + options.clang,
                      "-DFarcall_PLUGIN=" + options.plugin, "-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
        for number in (1, 7):
            self.write("gen/lamp.rpc.json", contract.replace('"number": 1', f'"number": {number}'))
            later = os.stat(self.folder / "gen/lamp.rpc.json").st_mtime + number
            os.utime(self.folder / "gen/lamp.rpc.json", (later, later))
            self.run_tool("cmake", "--build", "build")
            self.expect_what_generate_makes("lamp.h", "--out-dir=gen")

    def test_ccache_never_takes_the_wrong_one(self):
        self.use_ccache()
        objects = []
        for level in ("int", "double", "int"):
            self.write("lamp.h", HEADER.replace("int level)", f"{level} level)"))
            done = subprocess.run(["ccache", *self.command("server.cpp", "-c", "-o", "server.o")], cwd=self.folder,
                                  capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.expect_what_generate_makes()
            objects.append((self.folder / "server.o").read_bytes())
        self.assertNotEqual(objects[0], objects[1])
        self.assertEqual(objects[0], objects[2])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--clang", "--plugin", "--farcall", "--include"):
        parser.add_argument(name, required=True)
    parser.add_argument("--other", help="a clang of another version")
    parser.parse_known_args(namespace=options)
    rest = parser.parse_known_args()[1]
    unittest.main(argv=[sys.argv[0], *rest], verbosity=2)
